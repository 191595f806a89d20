// Package api is generated from openapi.yaml: the types of the HTTP contract and the strict server that the web package implements.
package api
