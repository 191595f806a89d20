package funding

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/relais-snp/relais/internal/civil"
)

// fecColumns are those of article A47 A-1 of the livre des procédures fiscales,
// in their order.
var fecColumns = []string{"JournalCode", "JournalLib", "EcritureNum", "EcritureDate", "CompteNum", "CompteLib", "CompAuxNum", "CompAuxLib",
	"PieceRef", "PieceDate", "EcritureLib", "Debit", "Credit", "EcritureLet", "DateLet", "ValidDate", "Montantdevise", "Idevise"}

// FECName is the name that the text asks for: SIREN, FEC and the closing date.
func FECName(siren string, closing civil.Date) string {
	return siren + "FEC" + compact(closing) + ".txt"
}

// WriteFEC writes entries of one fiscal year as a fichier des écritures
// comptables: tab-separated UTF-8 with a header line, a line for each line of an
// entry, in the order of their validation. Each entry was checked against the
// chart. EcritureNum is an entry's place in the year, without gaps: numbers in the
// books run through years, and two years are open at a time.
func WriteFEC(w io.Writer, chart Chart, entries func(yield func(Entry) bool)) error {
	out := bufio.NewWriter(w)
	if _, err := out.WriteString(strings.Join(fecColumns, "\t") + "\r\n"); err != nil {
		return err
	}
	number, valid := 0, ""
	for e := range entries {
		number++
		valid = max(valid, validated(e)) // no entry was sealed before the one that it follows, whatever a clock said
		journal, known := chart.Journal(e.Journal)
		if !known {
			return fmt.Errorf("funding: entry %s is in no journal of the chart", e.ID)
		}
		for _, l := range e.Lines {
			account, known := chart.Account(l.Account)
			if !known {
				return fmt.Errorf("funding: entry %s is on no account of the chart", e.ID)
			}
			cells := []string{journal.Code, journal.Name, strconv.Itoa(number), compact(e.On), account.Number, account.Name, "", "",
				e.Piece, compact(e.PieceOn), e.Label, l.Debit.Comma(), l.Credit.Comma(), "", "", valid, "", ""}
			if _, err := out.WriteString(strings.Join(cells, "\t") + "\r\n"); err != nil {
				return err
			}
		}
	}
	return out.Flush()
}

func compact(d civil.Date) string { return strings.ReplaceAll(d.String(), "-", "") }

// validated is when the entry was sealed, in UTC: from then on nobody changes it.
func validated(e Entry) string { return e.At.UTC().Format("20060102") }
