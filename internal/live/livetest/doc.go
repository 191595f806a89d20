// Package livetest is the suite that every live engine passes.
//
// Run is the contract, case by case, on a fake clock. Machine compares an
// engine with a tiny model under random steps. Linearizable lets concurrent
// clients hold, pin, release and book while the engine may be disturbed, and
// has porcupine judge what they saw.
package livetest
