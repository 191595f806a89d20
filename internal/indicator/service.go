package indicator

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/fault"
)

// MaxDays bounds the period of a report.
const MaxDays = 400

// Service answers questions about indicators. Every report is for those who may
// read the indicators of the territory, about a period from a day to another,
// both included.
//
// Errors: "account.forbidden", "territory.unknown", "indicator.invalid" with
// every broken field.
type Service struct {
	store       Store
	people      People
	territories Territories
	rules       Rules
	now         func() time.Time
	newID       func() string
}

// NewService returns the use cases of indicators. newID makes UUIDv7.
func NewService(store Store, people People, territories Territories, rules Rules, now func() time.Time, newID func() string) *Service {
	return &Service{store, people, territories, rules, now, newID}
}

// Fill reports the fill rate of a territory. by is ByDay when empty.
func (s *Service) Fill(ctx context.Context, actor account.Actor, territory string, from, to civil.Date, by Grouping) (Report, error) {
	if by == "" {
		by = ByDay
	}
	a, err := s.ask(actor, territory, from, to, by, Groupings())
	if err != nil {
		return Report{}, err
	}
	facts, simulated, err := s.facts(ctx, a.Query)
	if err != nil {
		return Report{}, err
	}
	r := Fill(facts, a.Query)
	r.Simulated = simulated
	return r, s.name(ctx, &r)
}

// Weeks reports what each GP opened and did week by week, weeks being those of
// the SNP rule in force.
func (s *Service) Weeks(ctx context.Context, actor account.Actor, territory string, from, to civil.Date) (WeekReport, error) {
	a, err := s.ask(actor, territory, from, to, ByPractitioner, Groupings())
	if err != nil {
		return WeekReport{}, err
	}
	facts, simulated, err := s.facts(ctx, a.Query)
	if err != nil {
		return WeekReport{}, err
	}
	people, err := s.people.Practitioners(ctx, territory)
	if err != nil {
		return WeekReport{}, err
	}
	r := Weeks(facts, a.Query, people)
	r.Name, r.Simulated = a.name, simulated
	return r, nil
}

// Cover reports who covers which half-day, and where somebody is missing.
func (s *Service) Cover(ctx context.Context, actor account.Actor, territory string, from, to civil.Date) (CoverReport, error) {
	a, err := s.ask(actor, territory, from, to, ByDay, Groupings())
	if err != nil {
		return CoverReport{}, err
	}
	facts, simulated, err := s.facts(ctx, a.Query)
	if err != nil {
		return CoverReport{}, err
	}
	people, err := s.people.Practitioners(ctx, territory)
	if err != nil {
		return CoverReport{}, err
	}
	r := Cover(facts, a.Query, people)
	r.Simulated = simulated
	return r, nil
}

// Calls reports how calls went, by ByDay, ByWeek or ByMonth; by is ByWeek when
// empty.
func (s *Service) Calls(ctx context.Context, actor account.Actor, territory string, from, to civil.Date, by Grouping) (CallReport, error) {
	if by == "" {
		by = ByWeek
	}
	a, err := s.ask(actor, territory, from, to, by, []Grouping{ByDay, ByWeek, ByMonth})
	if err != nil {
		return CallReport{}, err
	}
	facts, simulated, err := s.calls(ctx, a.Query)
	if err != nil {
		return CallReport{}, err
	}
	r := Calls(facts, a.Query)
	r.Simulated = simulated
	return r, nil
}

// Unmet reports the demand that found no solution, by commune and reason.
func (s *Service) Unmet(ctx context.Context, actor account.Actor, territory string, from, to civil.Date) (UnmetReport, error) {
	a, err := s.ask(actor, territory, from, to, ByDay, Groupings())
	if err != nil {
		return UnmetReport{}, err
	}
	facts, simulated, err := s.calls(ctx, a.Query)
	if err != nil {
		return UnmetReport{}, err
	}
	r := Unmet(facts, a.Query)
	r.Simulated = simulated
	return r, nil
}

// asked is a question that may be answered.
type asked struct {
	Query
	name string // of the territory
}

// ask authorises a question and checks it.
func (s *Service) ask(actor account.Actor, territory string, from, to civil.Date, by Grouping, known []Grouping) (asked, error) {
	if err := account.Allow(actor, account.ReadIndicators, account.Target{Territory: territory}); err != nil {
		return asked{}, err
	}
	if err := check(from, to, by, known); err != nil {
		return asked{}, err
	}
	t, err := s.territories.Territory(territory)
	if err != nil {
		return asked{}, err
	}
	q := Query{Territory: territory, Zone: t.Zone, Holidays: t.Holidays, From: from, To: to, By: by, Now: s.now(), Rules: s.rules}
	return asked{q, t.Name}, nil
}

func (s *Service) facts(ctx context.Context, q Query) (facts Facts, simulated bool, err error) {
	period := q.period()
	if facts, err = s.store.Facts(ctx, q.Territory, period.Start.UTC(), period.End.UTC()); err != nil {
		return facts, false, err
	}
	simulated, err = s.store.Simulated(ctx)
	return facts, simulated, err
}

func (s *Service) calls(ctx context.Context, q Query) (facts []CallFact, simulated bool, err error) {
	period := q.period()
	if facts, err = s.store.Calls(ctx, q.Territory, period.Start.UTC(), period.End.UTC()); err != nil {
		return nil, false, err
	}
	simulated, err = s.store.Simulated(ctx)
	return facts, simulated, err
}

func check(from, to civil.Date, by Grouping, known []Grouping) error {
	var fields []fault.Field
	wrong := func(name, reason, message string) {
		fields = append(fields, fault.Field{Name: name, Reason: reason, Message: message})
	}
	switch {
	case !from.Valid():
		wrong("from", "indicator.day", "Le premier jour n’est pas une date.")
	case !to.Valid():
		wrong("to", "indicator.day", "Le dernier jour n’est pas une date.")
	case to.Before(from):
		wrong("to", "indicator.to_before_from", "Le dernier jour vient avant le premier.")
	case to.DaysSince(from)+1 > MaxDays:
		wrong("to", "indicator.too_long", "La période compte 400 jours au plus.")
	}
	if !slices.Contains(known, by) {
		wrong("by", "indicator.grouping", "Ce regroupement est inconnu.")
	}
	return fault.Fields("indicator.invalid", "Cette demande d’indicateurs est incorrecte.", fields...)
}

// name labels rows of practitioners and locations and sorts them by label.
func (s *Service) name(ctx context.Context, r *Report) error {
	names := map[string]string{}
	switch r.By {
	case ByPractitioner:
		people, err := s.people.Practitioners(ctx, r.Territory)
		if err != nil {
			return err
		}
		names = namesOf(people)
	case ByLocation:
		places, err := s.people.Locations(ctx, r.Territory)
		if err != nil {
			return err
		}
		for _, l := range places {
			names[l.ID] = l.Name
		}
	default:
		return nil
	}
	for i := range r.Rows {
		if name, ok := names[r.Rows[i].Key]; ok {
			r.Rows[i].Label = name
		}
	}
	slices.SortStableFunc(r.Rows, func(a, b Row) int { return strings.Compare(a.Label, b.Label) })
	return nil
}
