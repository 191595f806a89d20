// Package configs carries the files of this folder that the program needs without being installed: one binary
// is enough to start.
package configs

import "embed"

// Territories holds territories/*.yaml, one territory a file. A deployment may add a folder of its own.
//
//go:embed territories/*.yaml
var Territories embed.FS

// Regulation is regulation.yaml: the dated rules of SNP acts (indicator.Rules).
//
//go:embed regulation.yaml
var Regulation []byte
