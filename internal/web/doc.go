// Package web is the HTTP and WebSocket face of Relais.
//
// The contract is written first, in openapi.yaml; package api is generated from it, and this package only translates between it
// and the use cases of the domain.
package web
