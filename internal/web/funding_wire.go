package web

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/funding"
	"github.com/relais-snp/relais/internal/web/api"
)

// sums reads amounts of a request and remembers which are none. The contract let digits and two decimals through already.
type sums struct{ wrong []fault.Field }

func (s *sums) of(name, text string) funding.Cents {
	amount, err := funding.ParseCents(text)
	if err != nil {
		s.wrong = append(s.wrong, fault.Field{Name: name, Reason: "funding.amount", Message: "Ce montant n’est pas lisible."})
	}
	return amount
}

func (s *sums) refused() error {
	return fault.Fields("funding.amount", "Un montant n’est pas lisible.", s.wrong...)
}

// moneyOf is an amount as text, nil for one that nobody confirmed.
func moneyOf(a funding.Amount) *api.Money {
	if !a.Known {
		return nil
	}
	text := a.Cents.String()
	return &text
}

// schedule returns the one of a code, an empty one for an unknown code: a contract outlives its file.
func (r FundingRules) schedule(code string) funding.Schedule {
	at := slices.IndexFunc(r.Schedules, func(s funding.Schedule) bool { return s.Code == code })
	if at < 0 {
		return funding.Schedule{}
	}
	return r.Schedules[at]
}

func (h contractHandlers) view(ctx context.Context, c funding.Contract, there bool) (api.FundingContractView, error) {
	out := api.FundingContractView{Schedules: each(h.rules.Schedules, scheduleOf), Schemes: each(h.rules.Schemes.Schemes, schemeOf)}
	if !there {
		return out, nil
	}
	by, err := h.names.of(ctx, []string{c.ChangedBy})
	out.Contract, out.ChangedAt, out.ChangedBy = contractOf(c), optionalTime(c.ChangedAt), optional(by[c.ChangedBy])
	return out, err
}

func contractOf(c funding.Contract) *api.FundingContract {
	out := &api.FundingContract{
		Territory: c.Territory, Schedule: c.Schedule, Signed: dateOf(c.Signed), Taille: c.Taille, Schemes: c.Schemes,
		Siren: optional(c.SIREN), Revision: &c.Revision,
	}
	sized(&out.Starts, len(c.Starts))
	for i, s := range c.Starts {
		out.Starts[i] = api.FundingStart{Mission: s.Mission, On: dateOf(s.On), Deployed: optionalDay(s.Deployed)}
	}
	sized(&out.Amounts, len(c.Amounts))
	for i, code := range slices.Sorted(maps.Keys(c.Amounts)) {
		out.Amounts[i].Code, out.Amounts[i].Amount = code, c.Amounts[code].String()
	}
	return out
}

func scheduleOf(s funding.Schedule) api.FundingSchedule {
	out := api.FundingSchedule{Code: s.Code, Name: s.Name, Source: s.Source, Years: s.Years}
	for taille := 1; taille <= len(s.Operating.Amounts); taille++ {
		total, _ := s.Total(taille)
		out.Totals = append(out.Totals, total.String())
	}
	add := func(l api.FundingScheduleLine, source string, amounts funding.Amounts) {
		l.Source, l.Amounts = optional(cmp.Or(source, s.Source)), each(amounts[:], func(a funding.Amount) string { return value(moneyOf(a)) })
		out.Lines = append(out.Lines, l)
	}
	add(api.FundingScheduleLine{Code: s.Operating.Code, Label: s.Operating.Label, Kind: api.FundingScheduleLineKindOperating}, s.Operating.Source, s.Operating.Amounts)
	for _, m := range s.Missions {
		add(api.FundingScheduleLine{Code: m.Code, Label: m.Label, Kind: api.FundingScheduleLineKindMission, Optional: optional(m.Optional)}, m.Source, m.Amounts)
		for _, p := range m.Parts {
			add(api.FundingScheduleLine{
				Code: p.Code, Label: p.Label, Kind: api.FundingScheduleLineKindPart, Mission: &m.Code, Earmarked: optional(p.Earmarked),
			}, p.Source, p.Amounts)
		}
	}
	return out
}

func schemeOf(s funding.Scheme) api.MajorationScheme {
	return api.MajorationScheme{
		Code: s.Code, Name: s.Name, Source: s.Source, Payer: s.Payer, Amount: s.Amount.Cents.String(), CapPerWeek: s.CapPerWeek,
		WithinHours: optional(s.WithinHours), NotOwnMT: optional(s.NotOwnMT),
	}
}

// paymentPlan words the payments of one contract.
type paymentPlan struct {
	schedule funding.Schedule
	contract funding.Contract
	most     map[funding.Payment]funding.Amount // by what identifies a payment
}

func newPaymentPlan(s funding.Schedule, c funding.Contract) paymentPlan {
	plan := paymentPlan{schedule: s, contract: c, most: map[funding.Payment]funding.Amount{}}
	for _, p := range s.Calendar(c) {
		plan.most[funding.Payment{Code: p.Code, Year: p.Year, Kind: p.Kind}] = p.Amount
	}
	return plan
}

// payment tells a due. What somebody still has to decide has no amount, only the most that it can be.
func (p paymentPlan) payment(d funding.Due) api.FundingPayment {
	out := api.FundingPayment{
		On: dateOf(d.On), Code: d.Code, Label: cmp.Or(p.schedule.Label(d.Code), d.Code), Year: d.Year, Kind: api.FundingPaymentKind(d.Kind), Amount: moneyOf(d.Amount),
		Estimate: moneyOf(d.Estimate), Decided: optional(d.Decided), State: api.FundingPaymentState(d.State), Expectation: optional(d.Expectation),
		Received: d.Received.String(), Days: d.Days, YearDays: d.YearDays,
	}
	if d.Overpaid > 0 {
		out.Overpaid = moneyOf(funding.Amount{Cents: d.Overpaid, Known: true})
	}
	if d.Kind == funding.Variable || d.Kind == funding.OfPart {
		out.Most = moneyOf(p.most[funding.Payment{Code: d.Code, Year: d.Year, Kind: d.Kind}])
		if !d.Decided {
			out.Amount = nil
		}
	}
	return out
}

func (p paymentPlan) addDeadlines(out *api.FundingCalendar, deadlines []funding.Deadline) {
	sized(&out.Deadlines, len(deadlines))
	for i, d := range deadlines {
		to := &out.Deadlines[i]
		to.Mission, to.Label, to.Full, to.By = d.Mission, cmp.Or(p.schedule.Label(d.Mission), d.Mission), d.Full, dateOf(d.By)
		if at := slices.IndexFunc(p.contract.Starts, func(s funding.Start) bool { return s.Mission == d.Mission }); at >= 0 {
			to.Started, to.Deployed = optionalDay(p.contract.Starts[at].On), optionalDay(p.contract.Starts[at].Deployed)
		}
	}
}

// sized makes a list of so many items, whose type the contract does not name: empty lists are lists too.
func sized[T any](list *[]T, n int) { *list = make([]T, n) }
