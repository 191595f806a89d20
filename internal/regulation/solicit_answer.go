package regulation

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/relais-snp/relais/internal/account"
)

// system is who acts when time or a rule does.
var system = account.Actor{ID: "system"}

// expireBatch is how many overdue solicitations one round of Expire ends.
const expireBatch = 100

// Solicitations lists those of a territory for who may ask there, or those that
// the actor's practitioner was asked, with what they may know of each; never one
// of a territory that the actor does not belong to, any more.
func (s *Service) Solicitations(ctx context.Context, a account.Actor, q SolicitationQuery) ([]Solicitation, error) {
	action, t := account.Solicit, account.Target{Territory: q.Territory}
	if q.Practitioner != "" {
		action, t = account.AnswerSolicitation, account.Target{Practitioner: q.Practitioner}
	}
	if err := account.Allow(a, action, t); err != nil {
		return nil, err
	}
	if len(a.Territories) == 0 {
		return nil, nil
	}
	q.Now, q.Within = s.Now(), a.Territories
	list, err := s.Store.Solicitations(ctx, q)
	for i, x := range list {
		if list[i] = x.seen(q.Now); q.Practitioner != "" {
			list[i] = x.seenBy(q.Practitioner, q.Now)
		}
	}
	return list, err
}

// Decline says no, so that the regulator need not wait; twice is no error. When
// everybody has, the solicitation is over and its regulator is told. A no can be
// followed by a yes as long as it waits.
func (s *Service) Decline(ctx context.Context, a account.Actor, id string) error {
	if _, err := s.solicited(ctx, a, id); err != nil {
		return err
	}
	now := s.Now()
	var over Solicitation
	err := s.Store.InTx(ctx, func(ctx context.Context, tx Tx) error {
		over = Solicitation{}
		x, err := tx.Solicitation(ctx, id)
		if err != nil || x.answered(a.Practitioner) == AnswerDeclined {
			return err
		}
		if x.State != SolicitationWaiting || x.Overdue(now) {
			return ErrSolicitationSettled
		}
		if err := tx.NoteAnswer(ctx, id, a.Practitioner, AnswerDeclined, now); err != nil {
			return err
		}
		if err := tx.Audit(ctx, act(now, a, "solicitation.decline", "solicitation:"+id, x.Territory, "")); err != nil {
			return err
		}
		if x.hopeful(a.Practitioner) {
			return nil
		}
		over = x
		return endSolicitation(ctx, tx, system, x, SolicitationExpired, now)
	})
	if err == nil && over.ID != "" {
		s.tellExpired(ctx, over)
	}
	return err
}

// hopeful reports whether anybody but the one may still say yes.
func (x Solicitation) hopeful(but string) bool {
	return slices.ContainsFunc(x.Asked, func(a Asked) bool { return a.Practitioner != but && a.Answer == AnswerWaiting })
}

// Withdraw stops asking; nobody can accept any more. Doing it twice is no error;
// ErrSolicitationSettled when somebody has accepted or its time is over.
func (s *Service) Withdraw(ctx context.Context, a account.Actor, id string) error {
	now := s.Now()
	var ended Solicitation
	err := s.Store.InTx(ctx, func(ctx context.Context, tx Tx) error {
		ended = Solicitation{}
		x, err := tx.Solicitation(ctx, id)
		switch {
		case err != nil:
			return err
		case !a.In(x.Territory):
			return ErrSolicitationUnknown
		}
		if err := account.Allow(a, account.Solicit, account.Target{Territory: x.Territory}); err != nil {
			return err
		}
		switch {
		case x.State == SolicitationWithdrawn:
			return nil
		case x.Overdue(now):
			return ErrSolicitationSettled
		}
		ended = x
		return endSolicitation(ctx, tx, a, x, SolicitationWithdrawn, now)
	})
	if err == nil {
		s.tellSettled(ctx, ended)
	}
	return err
}

// Expire marks the solicitations whose time is over and tells their regulators.
// It only makes the news timely: nobody can accept an overdue one anyway.
func (s *Service) Expire(ctx context.Context) error {
	now := s.Now()
	overdue, err := s.Store.OverdueSolicitations(ctx, now, expireBatch)
	if err != nil {
		return err
	}
	var failures []error
	for _, x := range overdue {
		err := s.Store.InTx(ctx, func(ctx context.Context, tx Tx) error {
			return endSolicitation(ctx, tx, system, x, SolicitationExpired, now)
		})
		switch {
		case err == nil:
			s.tellExpired(ctx, x)
		case !errors.Is(err, ErrSolicitationSettled): // another process was first
			failures = append(failures, err)
		}
	}
	return errors.Join(failures...)
}

// endSolicitation ends a waiting solicitation without booking.
func endSolicitation(ctx context.Context, tx Tx, a account.Actor, x Solicitation, state SolicitationState, now time.Time) error {
	if err := tx.EndSolicitation(ctx, x.ID, state, now); err != nil {
		return err
	}
	action := "solicitation.expire"
	if state == SolicitationWithdrawn {
		action = "solicitation.withdraw"
	}
	return tx.Audit(ctx, act(now, a, action, "solicitation:"+x.ID, x.Territory, "case:"+x.Case))
}

// withdrawWaiting stops asking for a case that ends otherwise, in the same
// transaction. The caller has locked the case, and tells those asked after the
// commit (tellSettled).
func withdrawWaiting(ctx context.Context, tx Tx, a account.Actor, caseID string, now time.Time) (Solicitation, error) {
	x, waits, err := tx.WaitingSolicitation(ctx, caseID)
	if err != nil || !waits {
		return Solicitation{}, err
	}
	return x, endSolicitation(ctx, tx, a, x, SolicitationWithdrawn, now)
}

// tellSettled tells those asked that a solicitation ended without them; the zero
// one tells nobody.
func (s *Service) tellSettled(ctx context.Context, x Solicitation) {
	if x.ID != "" {
		s.tellAsked(ctx, x, NoticeSolicitationSettled, "")
	}
}

// tellAsked tells everybody who was asked, but one.
func (s *Service) tellAsked(ctx context.Context, x Solicitation, kind NoticeKind, but string) {
	for _, asked := range x.Asked {
		if asked.Practitioner != but {
			s.Notifier.Notify(ctx, Notice{Territory: x.Territory, Practitioner: asked.Practitioner, Kind: kind, Solicitation: x.ID})
		}
	}
}

func (s *Service) tellExpired(ctx context.Context, x Solicitation) {
	s.Notifier.Notify(ctx, Notice{Territory: x.Territory, Account: x.By, Kind: NoticeSolicitationExpired, Case: x.Case, Solicitation: x.ID})
}
