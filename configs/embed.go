// Package configs carries the files of this folder that the program needs without being installed: one binary
// is enough to start.
package configs

import "embed"

// Territories holds territories/*.yaml, one territory a file. A deployment may add a folder of its own.
//
//go:embed territories/*.yaml
var Territories embed.FS

// Regulation is regulation.yaml: the dated rules of SNP acts and of cover (indicator.Rules).
//
//go:embed regulation.yaml
var Regulation []byte

// Attribution is attribution.yaml: the dated rules of finding a médecin traitant (attribution.Rules).
//
//go:embed attribution.yaml
var Attribution []byte

// Funding holds funding/*.yaml, one kind of contract a file (funding.Schedule).
//
//go:embed funding/*.yaml
var Funding embed.FS
