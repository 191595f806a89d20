package funding_test

import (
	"bytes"
	"fmt"
	"iter"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v3"
	"pgregory.net/rapid"

	"github.com/relais-snp/relais/configs"
	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/funding"
)

func chart(t testing.TB) funding.Chart {
	t.Helper()
	text, err := configs.Funding.ReadFile("funding/chart-associations-2020.yaml")
	if err != nil {
		t.Fatal(err)
	}
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	decoder.KnownFields(true)
	var c funding.Chart
	if err := decoder.Decode(&c); err != nil {
		t.Fatal(err)
	}
	if err := c.Validate(); err != nil {
		t.Fatalf("%v %v", err, fault.Of(err).Fields)
	}
	return c.For(civil.MustDate("2026-01-01"), civil.MustDate("2026-12-31"))
}

// entry pays an amount from one account to another.
func entry(n int64, on string, amount funding.Cents, debit, credit string) funding.Entry {
	return funding.Entry{Number: n, ID: fmt.Sprintf("e-%d", n), Territory: "cpts-senart", Journal: "BQ", On: civil.MustDate(on), FiscalYear: 2026,
		Label: "Versement de l’ACI", Piece: fmt.Sprintf("BQ-%d", n), PieceOn: civil.MustDate(on), By: "acc-1",
		At:    time.Date(2026, 12, 1, 8, 0, int(n), 0, time.UTC),
		Lines: []funding.Line{{Account: debit, Debit: amount}, {Account: credit, Credit: amount}}}
}

func TestAnEntryIsCheckedRuleByRule(t *testing.T) {
	sound := entry(1, "2026-01-15", 6_000_000, "512", "741")
	if err := sound.Check(chart(t)); err != nil {
		t.Fatal(err, fault.Of(err).Fields)
	}
	for _, test := range []struct {
		reason  string
		arrange func(*funding.Entry)
	}{
		{"funding.unbalanced", func(e *funding.Entry) { e.Lines[0].Debit++ }},
		{"funding.amount", func(e *funding.Entry) { e.Lines[0].Debit, e.Lines[1].Credit = 100_000_000_001, 100_000_000_001 }},
		{"funding.amount funding.unbalanced", func(e *funding.Entry) { // would wrap around to equal sides
			e.Lines = []funding.Line{{Account: "512", Debit: 1<<63 - 1}, {Account: "512", Debit: 1<<63 - 1}, {Account: "741", Credit: 1<<63 - 2}}
		}},
		{"funding.lines", func(e *funding.Entry) { e.Lines = nil }},
		{"funding.sides", func(e *funding.Entry) { e.Lines[0].Credit, e.Lines[0].Debit = -6_000_000, 0 }},
		{"funding.sides", func(e *funding.Entry) { e.Lines = append(e.Lines, funding.Line{Account: "512"}) }},
		{"funding.sides", func(e *funding.Entry) { e.Lines = append(e.Lines, funding.Line{Account: "512", Debit: 5, Credit: 5}) }},
		{"funding.account_unknown", func(e *funding.Entry) { e.Lines[0].Account = "999" }},
		{"funding.budget", func(e *funding.Entry) { e.Lines[0].Budget = "autre" }},
		{"funding.journal_unknown", func(e *funding.Entry) { e.Journal = "XX" }},
		{"funding.date_outside", func(e *funding.Entry) { e.On = civil.MustDate("2027-01-01") }},
		{"funding.label", func(e *funding.Entry) { e.Label = "deux\tcolonnes" }},
		{"funding.label", func(e *funding.Entry) { e.Label = " " }},
		{"funding.label", func(e *funding.Entry) { e.Label = "Loyer \u202e00,001\u202c" }}, // read backwards
		{"funding.label", func(e *funding.Entry) { e.Label = "Loyer\u009b31m" }},
		{"funding.piece", func(e *funding.Entry) { e.Piece = "F-\u200f1" }},
		{"funding.piece", func(e *funding.Entry) { e.Piece = "" }},
		{"funding.piece", func(e *funding.Entry) { e.PieceOn = civil.Date{} }},
	} {
		e := sound
		e.Lines = slices.Clone(sound.Lines)
		test.arrange(&e)
		err := e.Check(chart(t))
		reasons := map[string]bool{}
		for _, f := range fault.Of(err).Fields {
			reasons[f.Reason] = true
		}
		if got := strings.Join(slices.Sorted(maps.Keys(reasons)), " "); got != test.reason {
			t.Errorf("%s: got %s", test.reason, got)
		}
	}
}

func TestAReversalTakesEveryLineBack(t *testing.T) {
	e := entry(1, "2026-01-15", 6_000_000, "512", "741")
	e.Lines[0].Mission = "acces"
	back := e.Reversal()
	back.Label, back.On = "Contre-passation", e.On
	if err := back.Check(chart(t)); err != nil || back.Reverses != e.ID {
		t.Errorf("%v %+v", err, back)
	}
	want := []funding.Line{{Account: "512", Credit: 6_000_000, Dimensions: funding.Dimensions{Mission: "acces"}}, {Account: "741", Debit: 6_000_000}}
	if diff := cmp.Diff(want, back.Lines); diff != "" {
		t.Error(diff)
	}
	if e.Lines[0].Debit != 6_000_000 {
		t.Error("the entry itself was changed")
	}
}

func TestAnyChangedFieldBreaksTheChain(t *testing.T) {
	before := [32]byte{7}
	e := entry(3, "2026-01-15", 6_000_000, "512", "741").Seal(before)
	if !e.Chained(before) || e.Chained([32]byte{}) {
		t.Fatal("the chain does not hold, or holds anywhere")
	}
	for i, change := range []func(*funding.Entry){
		func(e *funding.Entry) { e.Number++ }, func(e *funding.Entry) { e.ID += "x" }, func(e *funding.Entry) { e.Territory += "x" },
		func(e *funding.Entry) { e.Journal = "OD" }, func(e *funding.Entry) { e.On = e.On.AddDays(1) }, func(e *funding.Entry) { e.FiscalYear++ },
		func(e *funding.Entry) { e.Label += "x" }, func(e *funding.Entry) { e.Piece += "x" }, func(e *funding.Entry) { e.PieceOn = e.PieceOn.AddDays(1) },
		func(e *funding.Entry) { e.Reverses = "x" }, func(e *funding.Entry) { e.By += "x" }, func(e *funding.Entry) { e.At = e.At.Add(time.Microsecond) },
		func(e *funding.Entry) { e.Lines[0].Account = "530" }, func(e *funding.Entry) { e.Lines[0].Debit++ }, func(e *funding.Entry) { e.Lines[1].Credit-- },
		func(e *funding.Entry) { e.Lines[0].Contract = "c" }, func(e *funding.Entry) { e.Lines[0].Year = 2 }, func(e *funding.Entry) { e.Lines[0].Mission = "acces" },
		func(e *funding.Entry) { e.Lines[0].Envelope = "x" }, func(e *funding.Entry) { e.Lines[0].Budget = funding.Operationnel },
		func(e *funding.Entry) { e.Lines[0].Evidence = "x" }, func(e *funding.Entry) { e.Lines[0].Person = "x" },
		func(e *funding.Entry) { e.Label, e.Piece = e.Label+e.Piece[:1], e.Piece[1:] }, // the same letters in other fields
		func(e *funding.Entry) { slices.Reverse(e.Lines) },
	} {
		other := e
		other.Lines = slices.Clone(e.Lines)
		change(&other)
		if other.Chained(before) {
			t.Errorf("change %d is not found", i)
		}
	}
}

// year is entries of any kind that the chart allows.
func year(t *rapid.T, c funding.Chart) []funding.Entry {
	var all []funding.Entry
	words := rapid.StringMatching(`[A-Za-zÉéèà;:()|"'=*,.#@&\\ -]{1,40}x`)
	for n := range rapid.IntRange(0, 12).Draw(t, "entries") {
		e := funding.Entry{Number: int64(n + 1), ID: fmt.Sprint(n), Territory: "t", Journal: rapid.SampledFrom(c.Journals).Draw(t, "journal").Code,
			On: c.First.AddDays(n*25 + rapid.IntRange(0, 24).Draw(t, "day")), Label: words.Draw(t, "label"), Piece: words.Draw(t, "piece"),
			At: time.Date(2026, 12, 31, 8, n, 0, 0, time.UTC)}
		e.PieceOn = e.On
		var debit funding.Cents
		for range rapid.IntRange(1, 4).Draw(t, "lines") {
			amount := funding.Cents(rapid.Int64Range(1, 99_999_999).Draw(t, "amount"))
			debit += amount
			e.Lines = append(e.Lines, funding.Line{Account: rapid.SampledFrom(c.Accounts).Draw(t, "account").Number, Debit: amount})
		}
		e.Lines = append(e.Lines, funding.Line{Account: rapid.SampledFrom(c.Accounts).Draw(t, "against").Number, Credit: debit})
		if err := e.Check(c); err != nil {
			t.Fatal(err, fault.Of(err).Fields)
		}
		all = append(all, e)
	}
	return all
}

func TestAFECIsReadBackStrictly(t *testing.T) {
	c := chart(t)
	rapid.Check(t, func(rt *rapid.T) {
		entries := year(rt, c)
		var file bytes.Buffer
		if err := funding.WriteFEC(&file, c, slices.Values(entries)); err != nil {
			rt.Fatal(err)
		}
		got, err := funding.ReadFEC(&file)
		if err != nil {
			rt.Fatal(err)
		}
		var want funding.FECSummary
		for _, e := range entries {
			want.Entries++
			want.Lines += len(e.Lines)
			for _, l := range e.Lines {
				want.Debit += l.Debit
				want.Credit += l.Credit
			}
		}
		if got != want || got.Debit != got.Credit {
			rt.Fatalf("%+v, not %+v", got, want)
		}
	})
}

func TestAFECThatBreaksARuleIsRefused(t *testing.T) {
	var file bytes.Buffer
	entries := []funding.Entry{entry(1, "2026-01-15", 6_000_000, "512", "741"), entry(2, "2026-02-15", 5_824_800, "6411", "512")}
	if err := funding.WriteFEC(&file, chart(t), slices.Values(entries)); err != nil {
		t.Fatal(err)
	}
	sound := file.String()
	if want := "BQ\tBanque\t1\t20260115\t512\tBanque\t\t\tBQ-1\t20260115\tVersement de l’ACI\t60000,00\t0,00\t\t\t20261201\t\t\r\n"; !strings.Contains(sound, want) {
		t.Errorf("no line %q in\n%s", want, sound)
	}
	if name := funding.FECName("123456789", civil.MustDate("2026-12-31")); name != "123456789FEC20261231.txt" {
		t.Error(name)
	}
	for _, test := range []struct{ says, old, new string }{
		{"header", "JournalCode", "Journal"},
		{"columns", "\t60000,00", "60000,00"},
		{"PieceRef is empty", "BQ-1", ""},
		{"EcritureDate is no day", "\t20260115\t512", "\t20260230\t512"},
		{"decimal comma", "60000,00", "60000.00"},
		{"decimal comma", "60000,00", "60 000,00"},
		{"one side", "\t0,00\t", "\t1,00\t"},
		{"does not balance", "60000,00\t0,00", "59999,99\t0,00"},
		{"CompteNum", "\t512\t", "\tX12\t"},
		{"not UTF-8", "Versement", "Vers\xe9ment"},
	} {
		broken := strings.Replace(sound, test.old, test.new, 1)
		if _, err := funding.ReadFEC(strings.NewReader(broken)); err == nil || !strings.Contains(err.Error(), test.says) {
			t.Errorf("%s: got %v", test.says, err)
		}
	}
	rows := strings.SplitAfter(sound, "\r\n")
	for says, broken := range map[string]string{
		"two pieces":                sound + rows[1] + rows[2],
		"order of their validation": rows[0] + strings.ReplaceAll(rows[1]+rows[2], "20261201", "20261202") + rows[3] + rows[4],
	} {
		if _, err := funding.ReadFEC(strings.NewReader(broken)); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: got %v", says, err)
		}
	}
	if _, err := funding.ReadFEC(strings.NewReader("")); err == nil {
		t.Error("an empty file passes")
	}
}

func FuzzReadFEC(f *testing.F) {
	f.Add("")
	f.Add("JournalCode\tJournalLib\n")
	f.Fuzz(func(t *testing.T, text string) {
		if sum, err := funding.ReadFEC(strings.NewReader(text)); err == nil && sum.Debit != sum.Credit {
			t.Errorf("%+v passes", sum)
		}
	})
}

// accept runs a foreign tool on a file.
func accept(t rapid.TB, file, tool string, args ...string) string {
	out, err := exec.Command(tool, append(args, file)...).CombinedOutput()
	if err != nil {
		text, _ := os.ReadFile(file)
		t.Fatalf("%s: %v\n%s\n%s", tool, err, out, text)
	}
	return string(out)
}

func TestForeignToolsAcceptTheBooks(t *testing.T) {
	c, folder := chart(t), t.TempDir()
	write := func(rt *rapid.T, name string, entries []funding.Entry, to func(*bytes.Buffer, iter.Seq[funding.Entry]) error) string {
		var text bytes.Buffer
		if err := to(&text, slices.Values(entries)); err != nil {
			rt.Fatal(err)
		}
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, text.Bytes(), 0o600); err != nil {
			rt.Fatal(err)
		}
		return path
	}
	tries := 0
	rapid.Check(t, func(rt *rapid.T) {
		if tries++; tries > 8 { // each starts three programs
			return
		}
		entries := year(rt, c)
		journal := write(rt, "books.journal", entries, func(b *bytes.Buffer, e iter.Seq[funding.Entry]) error { return funding.WriteJournal(b, c, e) })
		bean := write(rt, "books.beancount", entries, func(b *bytes.Buffer, e iter.Seq[funding.Entry]) error { return funding.WriteBeancount(b, c, e) })
		accept(rt, journal, "hledger", "check", "--strict", "ordereddates", "uniqueleafnames", "-f")
		accept(rt, journal, "ledger", "--args-only", "--pedantic", "bal", "-f")
		accept(rt, bean, "bean-check")
	})
}
