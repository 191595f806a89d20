package directory

import (
	"context"
	"io"
	"slices"
	"time"

	"github.com/relais-snp/relais/internal/audit"
	"github.com/relais-snp/relais/internal/sheet"
)

// batch is how many lines go into one transaction: an import of a whole country must not keep the one writer
// of a small database for itself, and stopping half-way loses nothing because importing again is harmless.
const batch = 200

// Importer brings files of professionals and locations into the record.
type Importer struct {
	Store Store
	// NewID gives the ID of a new practitioner or location.
	NewID func() string
	// KnowsTerritory reports whether a territory of that id exists.
	KnowsTerritory func(id string) bool
	// By is the account that imports, "system" for the command line; it goes into the audit with every change.
	By  string
	Now func() time.Time
	// Territories are given to every practitioner of a file, besides those of its own column.
	Territories []string
}

// Report is what an import did. Lines with a problem changed nothing.
type Report struct {
	Created, Updated, Unchanged int
	Problems                    []LineProblem // in order of line
	// Aside are the headers of columns that were left aside, as they stand in the file.
	Aside []string
}

// Practitioners imports a file for [ReadPractitioners]. Besides its problems, a line is refused when it names a
// territory ("directory.territory_unknown") or a location ("directory.location_unknown") that is not there, or would
// leave a professional in no territory, where nobody sees them ("directory.territory_missing"). The error is for the
// file as a whole, or the store's; lines reported as done before it stay done.
func (im Importer) Practitioners(ctx context.Context, r io.Reader) (Report, error) {
	rows, problems, aside, err := practitionersFile(r)
	if err != nil {
		return Report{}, err
	}
	return run(ctx, im, rows, Report{Problems: problems, Aside: aside}, im.practitioner)
}

// Locations imports a file for [ReadLocations]. The error is for the file as a whole, or the store's; lines
// reported as done before it stay done.
func (im Importer) Locations(ctx context.Context, r io.Reader) (Report, error) {
	rows, problems, aside, err := locationsFile(r)
	if err != nil {
		return Report{}, err
	}
	return run(ctx, im, rows, Report{Problems: problems, Aside: aside}, im.location)
}

// run imports rows with one, some in each transaction.
func run[Row any](ctx context.Context, im Importer, rows []Row, report Report,
	one func(context.Context, Tx, Row, *Report) error,
) (Report, error) {
	for some := range slices.Chunk(rows, batch) {
		var done Report
		err := im.Store.InTx(ctx, func(ctx context.Context, tx Tx) error {
			done = Report{} // the transaction may be tried again
			for _, row := range some {
				if err := one(ctx, tx, row, &done); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return report, err
		}
		report.add(done)
	}
	sheet.Sort(report.Problems)
	return report, nil
}

func (r *Report) add(other Report) {
	r.Created += other.Created
	r.Updated += other.Updated
	r.Unchanged += other.Unchanged
	r.Problems = append(r.Problems, other.Problems...)
}

func (im Importer) practitioner(ctx context.Context, tx Tx, row PractitionerRow, report *Report) error {
	news := row.Practitioner
	news.Territories = union(news.Territories, im.Territories)
	if slices.ContainsFunc(news.Territories, func(id string) bool { return !im.KnowsTerritory(id) }) {
		report.Problems = append(report.Problems, sheet.ProblemOf(row.Line, "territoire", errTerritory))
		return nil
	}
	for _, key := range row.Locations {
		location, ok, err := tx.LocationByKey(ctx, key)
		if err != nil {
			return err
		}
		if !ok {
			report.Problems = append(report.Problems, sheet.ProblemOf(row.Line, "lieu", errLocation))
			return nil
		}
		news.Locations = append(news.Locations, location.ID)
	}
	known, ok, err := tx.PractitionerByRPPS(ctx, news.RPPS)
	if err != nil {
		return err
	}
	if !ok {
		known = Practitioner{ID: im.NewID(), RPPS: news.RPPS, Profession: Physician}
	}
	settled := known.Completed(news)
	if len(settled.Territories) == 0 {
		report.Problems = append(report.Problems, sheet.ProblemOf(row.Line, "territoire", errNoTerritory))
		return nil
	}
	if !report.count(ok, settled.Equal(known)) {
		return nil
	}
	if err := tx.SavePractitioner(ctx, settled); err != nil {
		return err
	}
	return im.audit(ctx, tx, ok, "practitioner", settled.ID)
}

func (im Importer) location(ctx context.Context, tx Tx, row LocationRow, report *Report) error {
	known, ok, err := tx.LocationByKey(ctx, row.Location.Key())
	if err != nil {
		return err
	}
	if !ok {
		known = Location{ID: im.NewID(), FINESS: row.Location.FINESS}
	}
	settled := known.Completed(row.Location)
	if !report.count(ok, settled == known) {
		return nil
	}
	if err := tx.SaveLocation(ctx, settled); err != nil {
		return err
	}
	return im.audit(ctx, tx, ok, "location", settled.ID)
}

// audit says which practitioner or location came in or was changed.
func (im Importer) audit(ctx context.Context, tx Tx, known bool, what, id string) error {
	action := what + ".add"
	if known {
		action = what + ".change"
	}
	return tx.Audit(ctx, audit.Entry{At: im.Now(), Actor: im.By, Action: action, Target: what + ":" + id})
}

// count notes what became of a line and reports whether there is anything to save.
func (r *Report) count(known, same bool) bool {
	switch {
	case !known:
		r.Created++
	case same:
		r.Unchanged++
	default:
		r.Updated++
	}
	return !known || !same
}
