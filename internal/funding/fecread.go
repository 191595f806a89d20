package funding

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/relais-snp/relais/internal/civil"
)

// FECSummary is what a file of entries holds.
type FECSummary struct {
	Entries, Lines int
	Debit, Credit  Cents
}

// longestFECLine bounds what one line of a file may be.
const longestFECLine = 64 << 10

// ReadFEC reads a fichier des écritures comptables strictly and says what it
// holds, or the first line that breaks a rule and which. Besides what the
// administration's tool checks, days are real ones and every entry balances.
func ReadFEC(r io.Reader) (FECSummary, error) {
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, longestFECLine)
	f := fecFile{}
	for lines.Scan() {
		f.number++
		if err := f.line(strings.TrimSuffix(lines.Text(), "\r")); err != nil {
			return f.sum, fmt.Errorf("line %d: %w", f.number, err)
		}
	}
	if err := lines.Err(); err != nil {
		return f.sum, fmt.Errorf("line %d: %w", f.number+1, err)
	}
	if f.number == 0 {
		return f.sum, fmt.Errorf("line 1: no header")
	}
	if err := f.ended(); err != nil {
		return f.sum, fmt.Errorf("line %d: %w", f.number, err)
	}
	return f.sum, nil
}

// fecFile is a file as far as it was read.
type fecFile struct {
	number        int
	sum           FECSummary
	entry, day    string // EcritureNum and EcritureDate of the entry being read
	journal       string
	balance       Cents
	lastValidated string
	seen          map[string]bool // entries that ended
}

func (f *fecFile) line(text string) error {
	if !utf8.ValidString(text) {
		return fmt.Errorf("not UTF-8")
	}
	cells := strings.Split(text, "\t")
	if len(cells) != len(fecColumns) {
		return fmt.Errorf("%d columns, not %d", len(cells), len(fecColumns))
	}
	if f.number == 1 {
		f.seen = map[string]bool{}
		if text != strings.Join(fecColumns, "\t") {
			return fmt.Errorf("the header is not that of the text")
		}
		return nil
	}
	if err := mandatory(cells); err != nil {
		return err
	}
	if err := f.enter(cells); err != nil {
		return err
	}
	debit, credit, err := sides(cells[11], cells[12])
	if err != nil {
		return err
	}
	f.sum.Lines++
	for _, add := range []struct {
		to *Cents
		of Cents
	}{{&f.sum.Debit, debit}, {&f.sum.Credit, credit}, {&f.balance, debit}, {&f.balance, -credit}} {
		if *add.to, err = add.to.Add(add.of); err != nil {
			return err
		}
	}
	return nil
}

// mandatory checks that no column that must be filled is empty, and that days
// are days.
func mandatory(cells []string) error {
	for _, i := range []int{0, 1, 2, 3, 4, 5, 8, 9, 10, 11, 12, 15} {
		if strings.TrimSpace(cells[i]) == "" {
			return fmt.Errorf("%s is empty", fecColumns[i])
		}
	}
	for _, i := range []int{3, 9, 14, 15} {
		if cells[i] != "" && !realDay(cells[i]) {
			return fmt.Errorf("%s is no day", fecColumns[i])
		}
	}
	if len(cells[4]) < 3 || !onlyDigits(cells[4][:3]) {
		return fmt.Errorf("CompteNum does not begin with three digits")
	}
	if (cells[6] == "") != (cells[7] == "") || (cells[13] == "") != (cells[14] == "") || (cells[16] == "") != (cells[17] == "") {
		return fmt.Errorf("one of two columns that go together is empty")
	}
	return nil
}

func realDay(text string) bool {
	if len(text) != 8 || !onlyDigits(text) {
		return false
	}
	_, err := civil.ParseDate(text[:4] + "-" + text[4:6] + "-" + text[6:])
	return err == nil
}

func sides(debit, credit string) (d, c Cents, err error) {
	if d, err = parse(debit, ","); err != nil {
		return 0, 0, fmt.Errorf("the Debit is no amount with a decimal comma")
	}
	if c, err = parse(credit, ","); err != nil {
		return 0, 0, fmt.Errorf("the Credit is no amount with a decimal comma")
	}
	if (d == 0) == (c == 0) {
		return 0, 0, fmt.Errorf("a line is on one side")
	}
	return d, c, nil
}

// enter notices where an entry ends and the next begins.
func (f *fecFile) enter(cells []string) error {
	journal, entry, day, validated := cells[0], cells[2], cells[3], cells[15]
	if entry == f.entry {
		if journal != f.journal || day != f.day || validated != f.lastValidated {
			return fmt.Errorf("lines of one entry differ in their journal or day")
		}
		return nil
	}
	if err := f.ended(); err != nil {
		return err
	}
	if f.seen[entry] {
		return fmt.Errorf("an entry is in two pieces")
	}
	if validated < f.lastValidated {
		return fmt.Errorf("entries are not in the order of their validation")
	}
	f.seen[entry] = true
	f.sum.Entries++
	f.entry, f.journal, f.day, f.lastValidated = entry, journal, day, validated
	return nil
}

// ended checks the entry that was read so far.
func (f *fecFile) ended() error {
	if f.balance != 0 {
		return fmt.Errorf("an entry does not balance")
	}
	return nil
}
