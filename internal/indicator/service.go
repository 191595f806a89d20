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

// Service answers questions about indicators.
type Service struct {
	store       Store
	people      People
	territories Territories
	rules       Rules
	now         func() time.Time
}

// NewService returns the use cases of indicators.
func NewService(store Store, people People, territories Territories, rules Rules, now func() time.Time) *Service {
	return &Service{store, people, territories, rules, now}
}

// Fill reports the fill rate of a territory from a day to another, both
// included. by is ByDay when empty.
//
// Errors: "account.forbidden", "territory.unknown", "indicator.invalid" with
// every broken field.
func (s *Service) Fill(ctx context.Context, actor account.Actor, territory string, from, to civil.Date, by Grouping) (Report, error) {
	if err := account.Allow(actor, account.ReadIndicators, account.Target{Territory: territory}); err != nil {
		return Report{}, err
	}
	if by == "" {
		by = ByDay
	}
	if err := checkFill(from, to, by); err != nil {
		return Report{}, err
	}
	t, err := s.territories.Territory(territory)
	if err != nil {
		return Report{}, err
	}
	q := Query{Territory: territory, Zone: t.Zone, From: from, To: to, By: by, Now: s.now(), Rules: s.rules}
	period := q.period()
	facts, err := s.store.Facts(ctx, territory, period.Start.UTC(), period.End.UTC())
	if err != nil {
		return Report{}, err
	}
	r := Fill(facts, q)
	if r.Simulated, err = s.store.Simulated(ctx); err != nil {
		return Report{}, err
	}
	return r, s.name(ctx, &r)
}

func checkFill(from, to civil.Date, by Grouping) error {
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
	if !slices.Contains(Groupings(), by) {
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
		for _, p := range people {
			names[p.ID] = p.Name()
		}
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
