package funding

import (
	"strings"

	"github.com/relais-snp/relais/internal/fault"
)

// The refusals of guards, and of closed years.
var (
	ErrEarmarked  = fault.New(fault.Conflict, "funding.earmarked", "Cette enveloppe fléchée n’a pas reçu autant.")
	ErrCap        = fault.New(fault.Conflict, "funding.cap", "Les indemnités de ce professionnel dépasseraient le plafond de l’année.")
	ErrYearClosed = fault.New(fault.Conflict, "funding.year_closed", "Cet exercice est clos.")
)

// Movement is what an entry changes about an envelope, or about what a person
// got in a calendar year.
type Movement struct {
	Contract, Envelope string // of an envelope, or
	Person             string // of a person
	Year               int    // calendar year, of a person
	Received, Spent    Cents  // of either sign: a reversal takes back
}

// Movements lists what an entry changes, each envelope and person once, in the
// order of its lines. Income accounts (7) receive, expense accounts (6) spend, and
// so do 487 and 486, where a year's end puts what is of the next one: that money
// came, or went, whichever year it is counted in. What moves between other accounts
// changes nothing, nor does money that is kept for the next year and taken up in it
// (689, 789), or whose account opens a year: it came once.
func (e Entry) Movements() ([]Movement, error) { return e.MovementsOf(e.On.Year) }

// MovementsOf is the same, with people paid in some calendar year: what is taken
// back was paid in the year of the entry that is reversed.
func (e Entry) MovementsOf(year int) ([]Movement, error) {
	var all []Movement
	at := func(m Movement) *Movement {
		for i := range all {
			if all[i].Contract == m.Contract && all[i].Envelope == m.Envelope && all[i].Person == m.Person && all[i].Year == m.Year {
				return &all[i]
			}
		}
		all = append(all, m)
		return &all[len(all)-1]
	}
	for _, l := range e.Lines {
		if e.Journal == openingJournal && !isFlow(l.Account) {
			continue
		}
		received, spent, err := l.flow()
		if err != nil {
			return nil, err
		}
		if received == 0 && spent == 0 {
			continue
		}
		if l.Envelope != "" {
			if err := at(Movement{Contract: l.Contract, Envelope: l.Envelope}).add(received, spent); err != nil {
				return nil, err
			}
		}
		if l.Person != "" {
			if err := at(Movement{Person: l.Person, Year: year}).add(0, spent); err != nil {
				return nil, err
			}
		}
	}
	return all, nil
}

// deferredExpense is what was paid for the next year, as deferredIncome is what came
// for it.
const deferredExpense = "486"

// flow is what a line receives or spends.
func (l Line) flow() (received, spent Cents, err error) {
	switch {
	case strings.HasPrefix(l.Account, carried), strings.HasPrefix(l.Account, carriedBack):
	case strings.HasPrefix(l.Account, "7"), strings.HasPrefix(l.Account, deferredIncome):
		received, err = l.Credit.Sub(l.Debit)
	case strings.HasPrefix(l.Account, "6"), strings.HasPrefix(l.Account, deferredExpense):
		spent, err = l.Debit.Sub(l.Credit)
	}
	return received, spent, err
}

func (m *Movement) add(received, spent Cents) (err error) {
	if m.Received, err = m.Received.Add(received); err != nil {
		return err
	}
	m.Spent, err = m.Spent.Add(spent)
	return err
}

// Guards are the rules that money of some kinds obeys.
type Guards struct {
	// Earmarked reports whether an envelope may be spent on nothing but what it
	// was received for.
	Earmarked func(envelope string) bool
	// Cap returns what one professional may get in indemnities in a calendar
	// year, and false when the data has none.
	Cap func(year int) (Cents, bool)
}

// Allow checks a movement against where it stands before: ErrEarmarked, ErrCap,
// or ErrOverflow. A movement that only takes spending back is always allowed;
// one that takes receipts back is not, when they are spent.
func (g Guards) Allow(before, m Movement) (after Movement, err error) {
	after = before
	if err := after.add(m.Received, m.Spent); err != nil {
		return before, err
	}
	if m.Envelope != "" && g.Earmarked(m.Envelope) && after.Spent > after.Received && (m.Spent > 0 || m.Received < 0) {
		return before, ErrEarmarked
	}
	if limit, known := g.Cap(m.Year); m.Person != "" && known && after.Spent > limit && m.Spent > 0 {
		return before, ErrCap
	}
	return after, nil
}
