// Package demo is a territory that lives: fictional people, a simulated past
// and colleagues who go on working while you look.
//
// Decisions
//   - Everything is made through the same use cases as in real life, with a
//     clock that is set to the moment of each act. A demo therefore obeys every
//     rule, and what it shows is what the service does.
//   - The season follows the trial of summer 2020 in Vendée: about 20 slots a
//     day, 59% taken over the season, all of them in the last days.
//   - Nobody here exists. RPPS numbers are valid by their key and begin with
//     999, which is not allotted; telephone numbers come from the ranges kept
//     for fiction.
package demo
