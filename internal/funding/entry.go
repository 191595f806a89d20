package funding

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/fault"
)

// Line is one side of an entry on one account: exactly one of Debit and Credit
// is above zero, the other is zero.
type Line struct {
	Account string `json:"account"` // number in the chart of the entry's year
	Debit   Cents  `json:"debit"`
	Credit  Cents  `json:"credit"`
	Dimensions
}

// Dimensions say what a line is about. Those that do not apply stay empty.
type Dimensions struct {
	Contract string `json:"contract,omitempty"` // id
	Year     int    `json:"year,omitempty"`     // contract year, 1 the first
	Mission  string `json:"mission,omitempty"`  // code in the schedule
	Envelope string `json:"envelope,omitempty"` // code of a part or of the operating envelope
	Budget   Budget `json:"budget,omitempty"`
	Evidence string `json:"evidence,omitempty"` // indicator, booking or document id
	Person   string `json:"person,omitempty"`   // professional who is paid, directory id
}

// Budget keeps what lets a CPTS run apart from what its missions cost.
type Budget string

// The two budgets.
const (
	Fonctionnement Budget = "fonctionnement"
	Operationnel   Budget = "operationnel"
)

// Entry is one balanced writing in the books. It is never changed: a mistake is
// reversed by another entry, once.
type Entry struct {
	Number     int64 // its place in the chain of its territory's books, 1 the first
	ID         string
	Territory  string
	Journal    string // code in the chart: "BQ", "OD"
	On         civil.Date
	FiscalYear int
	Label      string
	Piece      string // reference of what proves it
	PieceOn    civil.Date
	Lines      []Line
	Reverses   string // id of the entry that this one takes back, ""
	Settles    string // id of the expectation of which the first line's debit came, ""
	At         time.Time
	By         string // account id, "system" for the service itself
	Hash       [32]byte
}

// The bounds of an entry. A line is far above any contract, and so far below
// what int64 holds that no books add up beyond it.
const (
	maxLines         = 200
	maxLabel         = 200
	maxPiece         = 60
	pieceYears       = 10 // that a piece may be older than its entry
	maxLine    Cents = 100 * maxAmount
)

// Check returns an Invalid fault "funding.entry" that names every broken rule,
// the sum of both sides first: nothing is ever balanced by itself.
func (e Entry) Check(chart Chart) error {
	var fields []fault.Field
	wrong := func(name, reason, message string) {
		fields = append(fields, fault.Field{Name: name, Reason: reason, Message: message})
	}
	if !e.balanced() {
		wrong("lines", "funding.unbalanced", "Le débit et le crédit sont différents.")
	}
	if len(e.Lines) < 2 || len(e.Lines) > maxLines {
		wrong("lines", "funding.lines", "Une écriture a de 2 à 200 lignes.")
	}
	for _, l := range e.Lines {
		if l.Debit < 0 || l.Credit < 0 || (l.Debit == 0) == (l.Credit == 0) {
			wrong("lines", "funding.sides", "Chaque ligne est au débit ou au crédit, d’un montant positif.")
		}
		if l.Debit > maxLine || l.Credit > maxLine {
			wrong("lines", "funding.amount", "Une ligne ne dépasse pas un milliard d’euros.")
		}
		if _, known := chart.Account(l.Account); !known {
			wrong("lines", "funding.account_unknown", "Un compte n’est pas au plan de l’exercice.")
		}
		if l.Budget != "" && l.Budget != Fonctionnement && l.Budget != Operationnel {
			wrong("lines", "funding.budget", "Un budget est de fonctionnement ou opérationnel.")
		}
	}
	if _, known := chart.Journal(e.Journal); !known {
		wrong("journal", "funding.journal_unknown", "Ce journal n’est pas au plan de l’exercice.")
	}
	if !e.On.Valid() || !chart.Holds(e.On) {
		wrong("on", "funding.date_outside", "La date n’est pas de l’exercice.")
	}
	if !plain(e.Label, maxLabel) {
		wrong("label", "funding.label", "Le libellé compte de 1 à 200 caractères, sur une ligne.")
	}
	if !plain(e.Piece, maxPiece) || !e.PieceOn.Valid() {
		wrong("piece", "funding.piece", "La pièce a une référence et une date.")
	}
	if e.On.Valid() && e.PieceOn.Valid() && (e.PieceOn.After(MonthsAfter(e.On, 12)) || e.On.After(MonthsAfter(e.PieceOn, 12*pieceYears))) {
		wrong("pieceOn", "funding.piece_on", "La pièce date au plus d’un an après l’écriture et de dix ans avant elle.")
	}
	return fault.Fields("funding.entry", "Cette écriture est incorrecte.", fields...)
}

func (e Entry) balanced() bool {
	var debits, credits []Cents
	for _, l := range e.Lines {
		debits, credits = append(debits, l.Debit), append(credits, l.Credit)
	}
	debit, err := Sum(debits...)
	if err != nil {
		return false
	}
	credit, err := Sum(credits...)
	return err == nil && debit == credit
}

// plain reports whether a text is there, short, on one line and read in the order
// in which it is written: exports have one line for it, between tabs.
func plain(text string, longest int) bool {
	return strings.TrimSpace(text) != "" && utf8.ValidString(text) && utf8.RuneCountInString(text) <= longest &&
		!strings.ContainsFunc(text, func(r rune) bool {
			return unicode.IsControl(r) || unicode.In(r, unicode.Bidi_Control, unicode.Zl, unicode.Zp) || r == unicode.ReplacementChar
		})
}

// Reversal returns the entry that takes e back: the same lines with their sides
// exchanged. Whoever keeps it gives it its id, day, author and place.
func (e Entry) Reversal() Entry {
	back := Entry{Territory: e.Territory, Journal: e.Journal, FiscalYear: e.FiscalYear, Reverses: e.ID, Piece: e.Piece, PieceOn: e.PieceOn}
	for _, l := range e.Lines {
		l.Debit, l.Credit = l.Credit, l.Debit
		back.Lines = append(back.Lines, l)
	}
	return back
}
