package funding

import (
	"context"
	"slices"
	"strings"

	"github.com/relais-snp/relais/internal/account"
)

// Earmarked reports whether a code is of money that some schedule lets be spent on
// nothing else; it is what Guards.Earmarked asks.
func Earmarked(schedules []Schedule) func(code string) bool {
	codes := map[string]bool{}
	for _, s := range schedules {
		for _, m := range s.Missions {
			for _, p := range m.Parts {
				codes[p.Code] = codes[p.Code] || p.Earmarked
			}
		}
	}
	return func(code string) bool { return codes[code] }
}

// Envelopes lists what may be spent on what, in the schedule's order: operating,
// each mission and then its parts, with what came and what was spent. What a
// year's end kept and the next year took up again is neither: it came once. Money
// that the books hold under other codes follows, by code. ErrNoContract,
// ErrScheduleUnknown.
func (s *Service) Envelopes(ctx context.Context, a account.Actor, territory string) ([]Envelope, error) {
	if err := s.may(a, account.ReadBooks, territory); err != nil {
		return nil, err
	}
	c, schedule, err := s.contracted(ctx, territory)
	if err != nil {
		return nil, err
	}
	standings, err := s.Store.Standings(ctx, territory)
	if err != nil {
		return nil, err
	}
	all := schedule.envelopes(c.Taille)
	known := len(all)
	for _, m := range standings {
		if m.Envelope == "" || m.Contract != "" && m.Contract != c.ID {
			continue
		}
		at := slices.IndexFunc(all, func(e Envelope) bool { return e.Code == m.Envelope })
		if at < 0 {
			at = len(all)
			all = append(all, Envelope{Code: m.Envelope, Label: m.Envelope, Earmarked: s.Guards.Earmarked(m.Envelope)})
		}
		e := Movement{Received: all[at].Received, Spent: all[at].Spent}
		if err := e.add(m.Received, m.Spent); err != nil {
			return nil, err
		}
		all[at].Received, all[at].Spent = e.Received, e.Spent
	}
	slices.SortFunc(all[known:], func(a, b Envelope) int { return strings.Compare(a.Code, b.Code) })
	return all, nil
}

// envelopes lists those of a contract of some taille, nothing received or spent.
func (s Schedule) envelopes(taille int) []Envelope {
	all := []Envelope{{Code: s.Operating.Code, Label: s.Operating.Label, Yearly: s.Operating.Amounts.Of(taille)}}
	for _, m := range s.Missions {
		all = append(all, Envelope{Code: m.Code, Label: m.Label, Yearly: m.Base(taille)})
		for _, p := range m.Parts {
			all = append(all, Envelope{Code: p.Code, Label: p.Label, Mission: m.Code, Earmarked: p.Earmarked, Yearly: p.Amounts.Of(taille)})
		}
	}
	return all
}
