package regulation

import (
	"context"
	"time"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/fault"
)

// Extras is a GP's own choice to be asked for patients en sus. Nobody else can
// make it, and nobody is asked without it.
type Extras struct {
	Practitioner string
	Accepts      bool
	Until        time.Time // when accepting ends by itself; zero until further notice
	ChosenAt     time.Time
	ChosenBy     string // account id
}

// At is the choice as it stands at now: past its end it is a no.
func (e Extras) At(now time.Time) Extras {
	if !e.Accepts || !e.Until.IsZero() && !now.Before(e.Until) {
		e.Accepts, e.Until = false, time.Time{}
	}
	return e
}

// Extras returns the actor's own choice.
func (s *Service) Extras(ctx context.Context, a account.Actor) (Extras, error) {
	if err := account.Allow(a, account.AnswerSolicitation, account.Target{Practitioner: a.Practitioner}); err != nil {
		return Extras{}, err
	}
	e, err := s.Store.Extras(ctx, a.Practitioner)
	return e.At(s.Now()), err
}

// SetExtras makes the actor's own choice: to be asked until a time, until
// further notice (the zero time), or not. Who no longer accepts is not asked
// again; what they were asked before still stands.
func (s *Service) SetExtras(ctx context.Context, a account.Actor, accepts bool, until time.Time) (Extras, error) {
	if err := account.Allow(a, account.AnswerSolicitation, account.Target{Practitioner: a.Practitioner}); err != nil {
		return Extras{}, err
	}
	now := s.Now()
	if accepts && !until.IsZero() && !until.After(now) {
		return Extras{}, fault.Fields("solicitation.invalid", "Ce choix contient une erreur.",
			fault.Field{Name: "until", Reason: "solicitation.until", Message: "Cette heure est déjà passée."})
	}
	if !accepts {
		until = time.Time{}
	}
	e := Extras{Practitioner: a.Practitioner, Accepts: accepts, Until: until, ChosenAt: now, ChosenBy: a.ID}
	err := s.Store.InTx(ctx, func(ctx context.Context, tx Tx) error {
		if err := tx.SaveExtras(ctx, e); err != nil {
			return err
		}
		detail := "no"
		if accepts {
			detail = "yes"
		}
		return tx.Audit(ctx, act(now, a, "extras.choose", "practitioner:"+a.Practitioner, "", detail))
	})
	return e, err
}
