package app

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"strings"

	"github.com/relais-snp/relais/internal/config"
	"github.com/relais-snp/relais/internal/directory"
	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/store"
)

// errLines makes the exit code say that not everything went in.
var errLines = errors.New("some lines were not imported; the others were. Mend them and import the file again")

func importFile(ctx context.Context, c *call) error {
	var territories string
	rest, err := c.flags("import", func(set *flag.FlagSet) {
		set.StringVar(&territories, "territory", "", "territory ids given to every practitioner of the file")
	})
	if err != nil {
		return err
	}
	if len(rest) != 2 || rest[0] != "practitioners" && rest[0] != "locations" {
		return misuse("import: say practitioners or locations, then the file: relais import [--territory T] practitioners FILE.csv")
	}
	file, err := os.Open(rest[1])
	if err != nil {
		return usageError{err}
	}
	defer file.Close()
	return c.withRecord(ctx, func(cfg config.Config, db *store.DB) error {
		known, err := readAtlas(cfg)
		if err != nil {
			return err
		}
		importer := directory.Importer{Store: store.Directory{DB: db}, NewID: newID, By: "system", Now: now,
			KnowsTerritory: known.knows, Territories: words(territories)}
		do := importer.Practitioners
		if rest[0] == "locations" {
			do = importer.Locations
		}
		report, err := do(ctx, file)
		if fault.Of(err).Kind == fault.Invalid { // the file as a whole
			return err
		}
		c.tellImport(report)
		if err == nil && len(report.Problems) > 0 {
			err = errLines
		}
		return err
	})
}

func (c *call) tellImport(r directory.Report) {
	if len(r.Aside) > 0 {
		fmt.Fprintf(c.err, "note: columns left aside: %s\n", strings.Join(r.Aside, ", "))
	}
	refused := map[int]bool{}
	for _, p := range r.Problems {
		refused[p.Line] = true
		where := fmt.Sprintf("line %d", p.Line)
		if p.Column != "" {
			where += ", " + p.Column
		}
		fmt.Fprintf(c.err, "%s: %s\n", where, said(p.Reason))
	}
	fmt.Fprintf(c.out, "%d created, %d updated, %d unchanged, %d refused\n", r.Created, r.Updated, r.Unchanged, len(refused))
}
