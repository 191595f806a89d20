package attribution

import (
	"context"
	"io"
	"slices"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/sheet"
	"github.com/relais-snp/relais/internal/territory"
)

// importBatch is how many lines go into one transaction, so that a large file
// does not keep the one writer of a small database for itself.
const importBatch = 100

// maxProblems is how many problems are told; beyond it, each bad line tells its
// first, and a file has no more lines than that.
const maxProblems = 2000

// ImportReport is what an import did. Lines with a problem changed nothing.
type ImportReport struct {
	Created int
	// Unchanged are lines that were imported before.
	Unchanged int
	// Duplicates are those of Created whose patient may have an open request already.
	Duplicates int
	Problems   []sheet.Problem // in order of line
	// Aside are the headers of columns that were left aside, as they stand in the file.
	Aside []string
}

// Import reads a CSV file of requests into a territory, as a nurse would report
// them one by one: good lines are kept, bad ones come back with their reason. A
// line that was imported before is unchanged: in the same words within some
// days, or for the same patient, origin and day of arrival while that request is
// open. A dry run says what would happen and keeps nothing.
//
// Errors: "attribution.file" for a file that cannot be read as a whole (over 1 MiB
// or 2,000 lines, columns missing, …), "territory.unknown", "account.forbidden",
// or the store's; lines done before it stay done.
func (s *Service) Import(ctx context.Context, a account.Actor, land string, r io.Reader, dryRun bool) (ImportReport, error) {
	if err := account.Allow(a, account.HandleRequests, account.Target{Territory: land}); err != nil {
		return ImportReport{}, err
	}
	at, err := s.Territories.Territory(land)
	if err != nil {
		return ImportReport{}, err
	}
	rows, file, problems, err := readRows(r)
	if err != nil {
		return ImportReport{}, err
	}
	in := importing{Service: s, nurse: a, land: at, dryRun: dryRun, here: map[string][]Request{}, made: map[string]bool{},
		report: ImportReport{Problems: problems, Aside: file.Aside}}
	for some := range slices.Chunk(rows, importBatch) {
		if err := in.some(ctx, some); err != nil {
			return in.report, err
		}
	}
	sheet.Sort(in.report.Problems)
	if len(in.report.Problems) > maxProblems {
		in.report.Problems = slices.CompactFunc(in.report.Problems, func(a, b sheet.Problem) bool { return a.Line == b.Line })
	}
	return in.report, nil
}

// importing is one import under way.
type importing struct {
	*Service

	nurse  account.Actor
	land   territory.Territory
	dryRun bool
	here   map[string][]Request // those of the file so far, by family name in one word
	made   map[string]bool      // ids of what this import created: not imported before
	report ImportReport
}

// arrival is a line that becomes a request.
type arrival struct {
	request Request
	digest  string
	twin    bool // its patient may have an open request
}

// some imports a batch.
func (in *importing) some(ctx context.Context, rows []row) error {
	var arrivals []arrival
	for _, one := range rows {
		one.draft.Territory = in.land.ID
		r, err := in.reported(ctx, in.nurse, in.land, one.draft)
		fields := fault.Of(err).Fields
		if err != nil && len(fields) == 0 {
			return err
		}
		in.report.Problems = append(in.report.Problems, one.problems(fields)...)
		if len(fields)+len(one.told) > 0 {
			continue
		}
		twins, err := in.twins(ctx, r)
		if err != nil {
			return err
		}
		if one.draft.Since != nil && slices.ContainsFunc(twins, func(t Request) bool { return in.before(t, r) }) {
			in.report.Unchanged++
			continue
		}
		arrivals = append(arrivals, arrival{r, digest(one.draft), len(twins) > 0 || in.twice(r)})
	}
	return in.arrive(ctx, arrivals)
}

// before reports whether a twin of a line's request is that line, imported before.
func (in *importing) before(twin, r Request) bool {
	return twin.Since == r.Since && twin.Origin == r.Origin && !in.made[twin.ID]
}

// twice notes a patient of the file and reports whether an earlier line may be
// of the same one.
func (in *importing) twice(r Request) bool {
	name := oneWord(r.Patient.Family)
	before := in.here[name]
	in.here[name] = append(before, r)
	return slices.ContainsFunc(before, func(other Request) bool { return SamePatient(r, other) })
}

// arrive writes a batch in one transaction.
func (in *importing) arrive(ctx context.Context, arrivals []arrival) error {
	var done ImportReport
	var made []string
	err := in.Store.InTx(ctx, func(ctx context.Context, tx Tx) error {
		done, made = ImportReport{}, nil // the transaction may be tried again
		for _, one := range arrivals {
			id, known, err := in.comes(ctx, tx, one)
			if err != nil {
				return err
			}
			made = append(made, id)
			switch {
			case known:
				done.Unchanged++
			case one.twin:
				done.Duplicates++
				fallthrough
			default:
				done.Created++
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, id := range made {
		in.made[id] = true
	}
	in.report.Created += done.Created
	in.report.Unchanged += done.Unchanged
	in.report.Duplicates += done.Duplicates
	return nil
}

// comes writes a line's request and returns its id, unless the same line came
// before. Lines are known again by a keyed hash, which tells nobody's name.
func (in *importing) comes(ctx context.Context, tx Tx, one arrival) (id string, known bool, err error) {
	mark, err := tx.Mark(one.digest)
	if err != nil {
		return "", false, err
	}
	who := "import:" + in.land.ID
	before, err := tx.Remembered(ctx, who, mark, one.digest)
	if err != nil || before != "" || in.dryRun {
		return "", before != "", err
	}
	r := one.request
	if err := in.receive(ctx, tx, in.nurse, &r); err != nil {
		return "", false, err
	}
	return r.ID, false, tx.Remember(ctx, who, mark, one.digest, r.ID, r.ReceivedAt)
}

// importColumns are the columns of a file by the fields of a request.
var importColumns = map[string]string{
	"patient.family": "nom", "patient.given": "prénom", "patient.birthDate": "date de naissance", "birthYear": "année de naissance",
	"patient.phone": "téléphone", "patient.address": "adresse", "commune": "commune", "origin": "origine", "reporter": "signalé par",
	"since": "reçu le", "consent.on": "consentement le", "consent.collector": "consentement recueilli par",
	"mtGoneSince": "médecin parti depuis", "chronicDisease": "maladie chronique", "medication": "traitement", "synthesis": "synthèse",
}

// problems says what else is wrong with a line, in the words of the file: not
// again in a column that could not be read.
func (one row) problems(fields []fault.Field) (problems []sheet.Problem) {
	for _, f := range fields {
		if column := importColumns[f.Name]; !one.knows(column) {
			problems = append(problems, sheet.Problem{Line: one.line, Column: column, Reason: f.Reason, Message: f.Message})
		}
	}
	return problems
}

// knows reports whether something was told of a column already. A line that is
// wrong as a whole needs no more, and columns that say one thing stand for one another.
func (one row) knows(column string) bool {
	return slices.ContainsFunc(one.told, func(told string) bool {
		return told == "" || told == column || slices.ContainsFunc(oneThing, func(columns []string) bool {
			return slices.Contains(columns, told) && slices.Contains(columns, column)
		})
	})
}

var oneThing = [][]string{
	{columnBirthDate, columnBirthYear},
	{sheet.ColumnCommune, sheet.ColumnINSEE, sheet.ColumnPostalCode},
}
