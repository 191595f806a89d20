package demo

import (
	"context"
	"time"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/regulation"
)

// whys are why a call finds no solution, as often as they stand here.
var whys = []regulation.Closing{
	{WhyKind: regulation.WhyNoSlot}, {WhyKind: regulation.WhyNoSlot}, {WhyKind: regulation.WhyNoSlot},
	{WhyKind: regulation.WhyTooLate}, {WhyKind: regulation.WhyTooLate},
	{WhyKind: regulation.WhyTooFar}, {WhyKind: regulation.WhyTooFar},
	{WhyKind: regulation.WhyHomeVisit}, {WhyKind: regulation.WhyHomeVisit},
	{WhyKind: regulation.WhyRefused},
	{WhyKind: regulation.WhyOther, Why: "Pas de moyen de transport"},
}

// ends are the other ends of calls that no slot answers.
var ends = []regulation.Outcome{
	regulation.Advice, regulation.ToMT, regulation.Advice, regulation.ToMT, regulation.To15, regulation.Abandoned, regulation.ToEmergency,
}

// otherCalls are those that no slot answers: advice, their own doctor, the
// emergency number, and a few without solution, more of them when nothing was
// left.
func (s *season) otherCalls(ctx context.Context, day civil.Date, full bool) error {
	lost := s.dice.IntN(3)
	if full {
		lost++
	}
	others := 2 + s.dice.IntN(2)
	for i := range lost + others {
		s.clock.Set(s.at(day, "08:30").Add(time.Duration(i*127+s.dice.IntN(120)) * time.Minute))
		end := whys[s.dice.IntN(len(whys))]
		end.Outcome = regulation.NoSolution
		if i >= lost {
			end = regulation.Closing{Outcome: ends[s.dice.IntN(len(ends))]}
		}
		if err := s.endsAs(ctx, end); err != nil {
			return err
		}
	}
	return nil
}

func (s *season) endsAs(ctx context.Context, end regulation.Closing) error {
	draft := regulation.CaseDraft{Territory: s.Territory.ID}
	if s.dice.IntN(12) != 0 { // some hang up before saying where they are
		commune := string(s.cast.commune(s.dice).INSEE)
		draft.Commune = &commune
	}
	c, err := s.Regulation.OpenCase(ctx, s.regulator, draft)
	if err != nil {
		return err
	}
	s.clock.Set(c.OpenedAt.Add(time.Duration(60+s.dice.IntN(180)) * time.Second))
	_, err = s.Regulation.CloseCase(ctx, s.regulator, c.ID, end)
	return err
}

// acceptExtras has some GPs say before the season that they may be asked en sus.
func (s *season) acceptExtras(ctx context.Context) error {
	s.clock.Set(s.at(s.today.AddDays(-PastDays-3), "08:00"))
	for _, i := range extras {
		if _, err := s.Regulation.SetExtras(ctx, s.cast.actor(i), true, time.Time{}); err != nil {
			return err
		}
	}
	return nil
}

// takesExtra is a caller for whom nothing was left and whom a GP takes on top,
// in the lunch hour.
func (s *season) takesExtra(ctx context.Context, day civil.Date) error {
	at := s.at(day, "11:00").Add(time.Duration(s.dice.IntN(45)) * time.Minute)
	s.clock.Set(at)
	p := s.cast.patient(s.dice, s.today)
	reason := reasons[s.dice.IntN(len(reasons))]
	c, err := s.Regulation.OpenCase(ctx, s.regulator, regulation.CaseDraft{
		Territory: s.Territory.ID, Commune: &p.Commune, Reason: &reason, MT: &p.MT, Patient: &p,
	})
	if err != nil {
		return err
	}
	i := extras[s.dice.IntN(len(extras))]
	asked, err := s.Regulation.Solicit(ctx, s.regulator, regulation.SolicitRequest{
		Case: c.ID, Practitioners: []string{s.cast.Practitioners[i].ID}, Minutes: 15, Key: s.key(), Acknowledge: []string{regulation.AckSamePatient},
	})
	if err != nil {
		return err
	}
	s.clock.Set(at.Add(time.Duration(60+s.dice.IntN(240)) * time.Second))
	b, err := s.Regulation.Accept(ctx, s.cast.actor(i), regulation.Acceptance{
		Solicitation: asked.ID, Start: s.at(day, "12:40"), Minutes: 15, Location: s.cast.Practitioners[i].Locations[0],
		Modality: agenda.Cabinet, Key: s.key(),
	})
	if err != nil {
		return err
	}
	return s.visit(ctx, b, b.End)
}

// gp is the GP of an id as a person who publishes.
func (s *season) gp(id string) account.Actor {
	for i, p := range s.cast.Practitioners {
		if p.ID == id {
			return s.cast.actor(i)
		}
	}
	return account.Actor{}
}
