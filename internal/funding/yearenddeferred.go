package funding

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/relais-snp/relais/internal/civil"
)

// income is money of one kind for one contract year.
type income struct {
	account string
	Dimensions
}

// incomeToDefer lists the entries that defer what the contract year's days after
// the closing earn of the income that came until then. Income that names no
// contract year is of the fiscal year it stands in.
func (s *Service) incomeToDefer(ctx context.Context, end closing) ([]YearEndEntry, error) {
	c, there, err := s.Store.Contract(ctx, end.Territory)
	if err != nil || !there {
		return nil, err
	}
	schedule, known := s.schedule(c)
	if !known {
		return nil, ErrScheduleUnknown
	}
	came, deferred, err := s.incomeUntil(ctx, end, c)
	if err != nil {
		return nil, err
	}
	var all []YearEndEntry
	listed := map[string]bool{}
	for _, of := range slices.SortedFunc(maps.Keys(came), compareIncome) {
		base := fmt.Sprintf(deferredKey+"%d-%s-%s-%d", end.Year, of.account, of.subject(), of.Year)
		if !listed[base] {
			all, listed[base] = append(all, end.there(base, again, Deferred)...), true
		}
		after, whole := schedule.daysAfter(c, of.Dimensions, end.Last)
		if after <= 0 {
			continue
		}
		amount, err := came[of].Part(int64(after), int64(whole))
		if err != nil {
			return nil, err
		}
		if amount -= deferred[of]; amount > 0 {
			title := label(fmt.Sprintf("Produits constatés d’avance : %s, année %d du contrat, %d jours sur %d", of.named(s.Schedules), of.Year, after, whole))
			all = append(all, end.propose(Deferred, end.next(base, again), title, of.account, deferredIncome, amount, of.Dimensions))
		}
	}
	return all, nil
}

// subject is what income is of.
func (i income) subject() string { return cmp.Or(i.Envelope, i.Mission, "aci") }

// named says what income is of in words.
func (i income) named(schedules []Schedule) string {
	code := cmp.Or(i.Envelope, i.Mission)
	if code == "" {
		return "contrat ACI"
	}
	return labelOf(schedules, code)
}

func compareIncome(a, b income) int {
	return cmp.Or(strings.Compare(a.account, b.account), strings.Compare(a.Mission, b.Mission), strings.Compare(a.Envelope, b.Envelope),
		cmp.Compare(a.Year, b.Year), strings.Compare(a.Contract, b.Contract), strings.Compare(string(a.Budget), string(b.Budget)))
}

// incomeUntil adds up what came for contract years until the closing day, and what
// entries of this closing deferred of it. Deferrals of earlier years and their
// return are left out of both: they add up to nothing.
func (s *Service) incomeUntil(ctx context.Context, end closing, c Contract) (came, deferred map[income]Cents, err error) {
	chart, err := s.Charts.For(end.FiscalYear)
	if err != nil {
		return nil, nil, err
	}
	came, deferred = map[income]Cents{}, map[income]Cents{}
	for _, account := range chart.Accounts {
		if account.Class != Income || account.Number == fundsTaken {
			continue
		}
		err := s.each(ctx, EntryQuery{Territory: end.Territory, Account: account.Number}, func(e Entry) error {
			if e.On.After(end.Last) {
				return nil
			}
			into, sign := came, Cents(1)
			if strings.HasPrefix(e.Piece, fmt.Sprintf(deferredKey+"%d-", end.Year)) {
				into, sign = deferred, -1
			} else if strings.HasPrefix(strings.TrimPrefix(e.Piece, backKey), deferredKey) {
				return nil
			}
			for _, l := range e.Lines {
				if l.Account != account.Number || l.Year == 0 || l.Contract != "" && l.Contract != c.ID || s.Guards.Earmarked(l.Envelope) {
					continue
				}
				of := income{l.Account, Dimensions{Contract: l.Contract, Year: l.Year, Mission: l.Mission, Envelope: l.Envelope, Budget: l.Budget}}
				sum, err := Sum(into[of], sign*l.Credit, -sign*l.Debit)
				if err != nil {
					return err
				}
				into[of] = sum
			}
			return nil
		})
		if err != nil {
			return nil, nil, err
		}
	}
	return came, deferred, nil
}

// daysAfter counts the days of a contract year that follow a day, and all that the
// year's money is for: from the start of a mission that began within it.
func (s Schedule) daysAfter(c Contract, of Dimensions, last civil.Date) (after, all int) {
	if of.Year < 1 || of.Year > s.Years {
		return 0, 1
	}
	from, to := s.Anniversary(c.Signed, of.Year-1), s.Anniversary(c.Signed, of.Year)
	for _, start := range c.Starts {
		if start.Mission == of.Mission && start.On.After(from) && start.On.Before(to) {
			from = start.On
		}
	}
	all = to.DaysSince(from)
	return min(to.DaysSince(last.AddDays(1)), all), all
}
