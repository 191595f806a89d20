package directory_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/relais-snp/relais/internal/audit"
	"github.com/relais-snp/relais/internal/directory"
	"github.com/relais-snp/relais/internal/fault"
)

// record is the store of a test: it remembers, tries each transaction twice as a busy database would, and may
// break down at a given write.
type record struct {
	practitioners map[directory.RPPS]directory.Practitioner
	locations     map[string]directory.Location
	audited       []audit.Entry
	writes        int
	breakAt       int
}

var errBroken = errors.New("the disk is full")

func newRecord() *record {
	return &record{practitioners: map[directory.RPPS]directory.Practitioner{}, locations: map[string]directory.Location{}}
}

func (r *record) InTx(ctx context.Context, fn func(context.Context, directory.Tx) error) error {
	practitioners, locations, audited, writes := maps.Clone(r.practitioners), maps.Clone(r.locations), slices.Clone(r.audited), r.writes
	err := fn(ctx, r)
	r.practitioners, r.locations, r.audited, r.writes = practitioners, locations, audited, writes
	if err != nil {
		return err
	}
	return fn(ctx, r)
}

func (r *record) PractitionerByRPPS(_ context.Context, number directory.RPPS) (directory.Practitioner, bool, error) {
	p, ok := r.practitioners[number]
	return p, ok, nil
}

func (r *record) LocationByKey(_ context.Context, key string) (directory.Location, bool, error) {
	l, ok := r.locations[key]
	return l, ok, nil
}

func (r *record) SavePractitioner(_ context.Context, p directory.Practitioner) error {
	r.practitioners[p.RPPS] = p
	return r.wrote()
}

func (r *record) SaveLocation(_ context.Context, l directory.Location) error {
	r.locations[l.Key()] = l
	return r.wrote()
}

func (r *record) Audit(_ context.Context, e audit.Entry) error {
	r.audited = append(r.audited, e)
	return nil
}

func (r *record) wrote() error {
	if r.writes++; r.writes == r.breakAt {
		return errBroken
	}
	return nil
}

// importer imports on a fixed day, from the command line, into no territory but those of the file.
func importer(r *record) directory.Importer {
	n := 0
	return directory.Importer{
		Store:          r,
		By:             "system",
		Now:            func() time.Time { return day },
		NewID:          func() string { n++; return fmt.Sprint("id-", n) },
		KnowsTerritory: func(id string) bool { return id == "cpts-senart" },
	}
}

var day = time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)

const locationsFile = "nom;finess;code postal;commune\n" +
	"MSP du Lac;770000016;77240;Cesson\n" +
	"Cabinet des Tilleuls;;77127;Lieusaint\n"

func imported(t *testing.T, r *record, file string) directory.Report {
	t.Helper()
	load := importer(r).Practitioners
	if strings.HasPrefix(file, "nom;") {
		load = importer(r).Locations
	}
	report, err := load(t.Context(), strings.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	return report
}

func counts(r directory.Report) string {
	return fmt.Sprintf("%d created, %d updated, %d unchanged, %d problems", r.Created, r.Updated, r.Unchanged, len(r.Problems))
}

func TestImportingAgainChangesNothing(t *testing.T) {
	r := newRecord()
	for _, file := range []string{locationsFile, practitionersFile} {
		if got := counts(imported(t, r, file)); got != "2 created, 0 updated, 0 unchanged, 0 problems" {
			t.Errorf("first time: %s", got)
		}
		writes := r.writes
		if got := counts(imported(t, r, file)); got != "0 created, 0 updated, 2 unchanged, 0 problems" {
			t.Errorf("second time: %s", got)
		}
		if r.writes != writes {
			t.Errorf("the second time wrote %d times", r.writes-writes)
		}
	}
}

func TestAFileCompletesWhatIsKnownAndErasesNothing(t *testing.T) {
	r := newRecord()
	imported(t, r, locationsFile)
	imported(t, r, practitionersFile)
	before := r.practitioners["10000000017"]

	report := imported(t, r, "rpps;nom;prénom;spécialité;cpts;lieu;commune\n"+
		"10000000017;Fictive;Ada-Lou;Médecine générale;cpts-senart;cabinet des tilleuls;Lieusaint (77)\n"+
		"10000000017;Fictive;Ada;;;;\n"+
		"10000000033;Neuf;Léo;;cpts-senart;Cabinet des Tilleuls;77251\n")

	if got := counts(report); got != "1 created, 0 updated, 1 unchanged, 1 problems" {
		t.Fatalf("%s: %v", got, report.Problems)
	}
	report = imported(t, r, "rpps;nom;prénom;spécialité;cpts;lieu;code insee\n"+
		"10000000017;Fictive;Ada-Lou;Médecine générale;cpts-senart;cabinet des tilleuls;77251\n")
	after := r.practitioners["10000000017"]
	if got := counts(report); got != "0 created, 1 updated, 0 unchanged, 0 problems" {
		t.Errorf("%s: %v", got, report.Problems)
	}
	if after.ID != before.ID || after.Phone != before.Phone || after.Given != "Ada-Lou" || len(after.Locations) != 2 || !after.In("cpts-senart") {
		t.Errorf("before %+v, after %+v", before, after)
	}
}

func TestLinesThatNameWhatIsNotThere(t *testing.T) {
	r := newRecord()
	report := imported(t, r, "rpps;nom;prénom;cpts;finess\n"+
		"10000000018;Fictive;Ada;;\n"+
		"10000000025;Fictive;Ada;cpts-ailleurs;\n"+
		"10000000033;Fictive;Ada;cpts-senart;770000016\n"+
		"10000000041;Fictive;Ada;cpts-senart;\n"+
		"1000;Fictive;Ada;;\n")
	want := []string{
		"2 rpps directory.rpps_key", "3 territoire directory.territory_unknown",
		"4 lieu directory.location_unknown", "6 rpps directory.rpps_digits",
	}
	if got := words(report.Problems); !slices.Equal(got, want) {
		t.Errorf("problems %q, want %q", got, want)
	}
	if report.Created != 1 || len(r.practitioners) != 1 {
		t.Errorf("%d created, %d stored", report.Created, len(r.practitioners))
	}
}

func TestEveryoneOfAFileEntersTheTerritoryItIsImportedFor(t *testing.T) {
	r := newRecord()
	im := importer(r)
	im.Territories = []string{"cpts-senart"}
	if _, err := im.Practitioners(t.Context(), strings.NewReader("rpps;nom;prénom;profession;téléphone\n10000000017;Fictive;Ada;;\n")); err != nil {
		t.Fatal(err)
	}
	if p := r.practitioners["10000000017"]; !p.In("cpts-senart") || p.Profession != directory.Physician {
		t.Errorf("stored %+v", p)
	}
}

func TestAnImportThatBreaksOffCanBeDoneAgain(t *testing.T) {
	// Given a file of more than two transactions, and a store that breaks in the second
	var file strings.Builder
	file.WriteString("rpps;nom;prénom;territoire\n")
	for i := range 450 {
		number, err := directory.RPPSWithKey(fmt.Sprintf("1%09d", i))
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&file, "%s;Fictive;N%d;cpts-senart\n", number, i)
	}
	r := newRecord()
	r.breakAt = 250
	report, err := importer(r).Practitioners(t.Context(), strings.NewReader(file.String()))
	// Then the first is reported as done, and the second left no trace
	if !errors.Is(err, errBroken) || report.Created != 200 || len(r.practitioners) != 200 {
		t.Fatalf("%s, %v; %d stored", counts(report), err, len(r.practitioners))
	}
	// And once the store is well the rest goes in
	r.breakAt = 0
	if got := counts(imported(t, r, file.String())); got != "250 created, 0 updated, 200 unchanged, 0 problems" {
		t.Error(got)
	}
}

func TestAFileThatCannotBeReadReachesNoStore(t *testing.T) {
	r := newRecord()
	for _, load := range []func(context.Context) error{
		func(ctx context.Context) error {
			_, err := importer(r).Practitioners(ctx, strings.NewReader("couleur\nvert\n"))
			return err
		},
		func(ctx context.Context) error {
			_, err := importer(r).Locations(ctx, strings.NewReader("couleur\nvert\n"))
			return err
		},
	} {
		if err := load(t.Context()); fault.Reason(err) != "directory.columns_missing" || r.writes != 0 {
			t.Errorf("reason %q, %d writes", fault.Reason(err), r.writes)
		}
	}
}

func TestAnyMixOfLinesIsCountedOnceEach(t *testing.T) {
	lines := []string{
		"10000000017;Fictive;Ada", "10000000025;Imaginé;Zoé", "10000000018;Faux;Léo", "10000000033;;Sans", `1;"x;y`, "", "a;b",
	}
	rapid.Check(t, func(t *rapid.T) {
		drawn := rapid.SliceOfN(rapid.SampledFrom(lines), 0, 12).Draw(t, "lines")
		file := "rpps;nom;prénom\n" + strings.Join(drawn, "\n") + "\n"
		r := newRecord()
		im := importer(r)
		im.Territories = []string{"cpts-senart"}
		report, err := im.Practitioners(context.Background(), strings.NewReader(file))
		if err != nil {
			t.Fatal(err)
		}
		bad := map[int]bool{}
		for _, p := range report.Problems {
			bad[p.Line] = true
		}
		blank := 0
		for _, line := range drawn {
			if line == "" {
				blank++
			}
		}
		if report.Created+len(bad)+blank != len(drawn) || len(r.practitioners) != report.Created {
			t.Fatalf("%s for %q", counts(report), drawn)
		}
		again, err := im.Practitioners(context.Background(), strings.NewReader(file))
		if err != nil || again.Unchanged != report.Created || again.Created+again.Updated != 0 {
			t.Fatalf("again: %s, %v", counts(again), err)
		}
	})
}

func TestNobodyEntersWithoutATerritory(t *testing.T) {
	r := newRecord()
	report := imported(t, r, "rpps;nom;prénom;territoire\n10000000017;Fictive;Ada;\n10000000025;Imaginé;Zoé;cpts-senart\n")
	if got := words(report.Problems); !slices.Equal(got, []string{"2 territoire directory.territory_missing"}) || report.Created != 1 {
		t.Errorf("%s: %q", counts(report), got)
	}
	// But whoever is in one already stays there, whatever a later file leaves out
	report = imported(t, r, "rpps;nom;prénom;téléphone\n10000000025;Imaginé;Zoé;01 99 00 12 34\n")
	if got := counts(report); got != "0 created, 1 updated, 0 unchanged, 0 problems" {
		t.Error(got)
	}
}

func TestEveryChangeOfAnImportIsAudited(t *testing.T) {
	r := newRecord()
	imported(t, r, locationsFile)
	imported(t, r, "rpps;nom;prénom;territoire\n10000000017;Fictive;Ada;cpts-senart\n")
	imported(t, r, "rpps;nom;prénom;téléphone\n10000000017;Fictive;Ada;01 99 00 12 34\n")
	imported(t, r, locationsFile) // changes nothing

	var got []string
	for _, e := range r.audited {
		if e.Actor != "system" || !e.At.Equal(day) {
			t.Errorf("entry %+v", e)
		}
		kind, _, _ := strings.Cut(e.Target, ":")
		got = append(got, e.Action+" "+kind)
	}
	want := []string{"location.add location", "location.add location", "practitioner.add practitioner", "practitioner.change practitioner"}
	if !slices.Equal(got, want) {
		t.Errorf("audited %q, want %q", got, want)
	}
}
