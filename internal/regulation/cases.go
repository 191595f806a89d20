package regulation

import (
	"context"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/audit"
	"github.com/relais-snp/relais/internal/fault"
)

// The bounds of what a regulator writes by hand.
const (
	maxReason = 280
	maxWished = 7 * 24 * 60 // minutes
)

// CaseDraft is what is known of a caller. Nil fields of a change stay as they
// are; opening takes them as unknown.
type CaseDraft struct {
	Territory          string // opening only
	Commune            *string
	Reason             *string
	WishedDelayMinutes *int
	MT                 *MT
	Patient            *Patient
}

// OpenCase opens a case for a caller on the line.
func (s *Service) OpenCase(ctx context.Context, a account.Actor, d CaseDraft) (Case, error) {
	if err := account.Allow(a, account.HandleCase, account.Target{Territory: d.Territory}); err != nil {
		return Case{}, err
	}
	if _, err := s.Territories.Territory(d.Territory); err != nil {
		return Case{}, err
	}
	now := s.Now()
	c := Case{ID: s.NewID(), Territory: d.Territory, OpenedBy: a.ID, OpenedAt: now, MT: MT{Status: MTUnknown}}
	if err := d.apply(&c, now); err != nil {
		return Case{}, err
	}
	err := s.Store.InTx(ctx, func(ctx context.Context, tx Tx) error {
		if err := tx.SaveCase(ctx, c); err != nil {
			return err
		}
		return tx.Audit(ctx, act(now, a, "case.open", "case:"+c.ID, c.Territory, ""))
	})
	return c, err
}

// ChangeCase completes an open case while the caller talks.
func (s *Service) ChangeCase(ctx context.Context, a account.Actor, id string, d CaseDraft) (Case, error) {
	return s.withOpenCase(ctx, a, id, func(ctx context.Context, tx Tx, c *Case, now time.Time) error {
		if err := d.apply(c, now); err != nil {
			return err
		}
		if err := tx.Audit(ctx, act(now, a, "case.change", "case:"+c.ID, c.Territory, "")); err != nil {
			return err
		}
		return tx.SaveCase(ctx, *c)
	})
}

// Closing says how a case ends.
type Closing struct {
	Outcome Outcome
	WhyKind WhyKind // of NoSolution, which asks for it or for Why
	Why     string  // in words; alone it is of kind WhyOther
}

// CloseCase ends a case with an outcome. NoSolution asks why. Booked is set by
// the booking itself and refused here. A solicitation that waits ends with it.
func (s *Service) CloseCase(ctx context.Context, a account.Actor, id string, how Closing) (Case, error) {
	how, err := how.checked()
	if err != nil {
		return Case{}, err
	}
	var stopped Solicitation
	c, err := s.withOpenCase(ctx, a, id, func(ctx context.Context, tx Tx, c *Case, now time.Time) (err error) {
		c.Outcome, c.WhyKind, c.Why, c.ClosedAt, c.Solicitation = how.Outcome, how.WhyKind, how.Why, now, ""
		stopped, err = end(ctx, tx, a, *c)
		return err
	})
	if err == nil {
		s.tellSettled(ctx, stopped)
	}
	return c, err
}

// end writes a case with its outcome. It returns the solicitation that no longer
// waits with it, the zero one for none.
func end(ctx context.Context, tx Tx, a account.Actor, c Case) (stopped Solicitation, err error) {
	waiting, err := tx.EndCase(ctx, c)
	if err == nil && waiting != "" {
		stopped, err = withdrawWaiting(ctx, tx, a, c.ID, c.ClosedAt)
	}
	if err != nil {
		return Solicitation{}, err
	}
	return stopped, tx.Audit(ctx, act(c.ClosedAt, a, "case.close", "case:"+c.ID, c.Territory, string(c.Outcome)))
}

// Cases lists a territory's cases, newest first, with patients; the reading is
// audited.
func (s *Service) Cases(ctx context.Context, a account.Actor, q CaseQuery) ([]Case, error) {
	if err := account.Allow(a, account.HandleCase, account.Target{Territory: q.Territory}); err != nil {
		return nil, err
	}
	cases, err := s.Store.Cases(ctx, q)
	if err != nil {
		return nil, err
	}
	now := s.Now()
	var seen []audit.Entry
	for _, c := range cases {
		if c.Patient != nil {
			seen = append(seen, act(now, a, "patient.read", "case:"+c.ID, c.Territory, ""))
		}
	}
	return cases, s.auditRead(ctx, seen...)
}

// withOpenCase runs a change, which writes it, on an open case in one transaction.
func (s *Service) withOpenCase(ctx context.Context, a account.Actor, id string, change func(context.Context, Tx, *Case, time.Time) error) (Case, error) {
	var c Case
	now := s.Now()
	err := s.Store.InTx(ctx, func(ctx context.Context, tx Tx) (err error) {
		if c, err = tx.Case(ctx, id); err != nil {
			return err
		}
		if !a.In(c.Territory) {
			return ErrCaseUnknown // a foreign case is not even named
		}
		if err := account.Allow(a, account.HandleCase, account.Target{Territory: c.Territory}); err != nil {
			return err
		}
		if !c.Open() {
			return ErrCaseClosed
		}
		return change(ctx, tx, &c, now)
	})
	return c, err
}

// noteProposal keeps when slots were first proposed for a case, best effort: a
// call is never held up by its own statistics.
func (s *Service) noteProposal(ctx context.Context, a account.Actor, id string) {
	now := s.Now()
	_ = s.Store.InTx(ctx, func(ctx context.Context, tx Tx) error {
		return stamp(ctx, tx, a, id, now, func(c *Case) *time.Time { return &c.FirstProposalAt })
	})
}

// stamp writes a moment of an open case, the first time only.
func stamp(ctx context.Context, tx Tx, a account.Actor, id string, now time.Time, moment func(*Case) *time.Time) error {
	if id == "" {
		return nil
	}
	c, err := tx.Case(ctx, id)
	if err != nil || !a.In(c.Territory) || !c.Open() || !moment(&c).IsZero() {
		return err
	}
	*moment(&c) = now
	return tx.SaveCase(ctx, c)
}

// apply writes the known fields onto the case and checks them together.
func (d CaseDraft) apply(c *Case, now time.Time) error {
	var bad []fault.Field
	if d.Commune != nil {
		c.Commune = *d.Commune
		if c.Commune != "" && !knownCommune(c.Commune) {
			bad = append(bad, fault.Field{Name: "commune", Reason: "case.commune", Message: "Cette commune est inconnue."})
		}
	}
	if d.Reason != nil {
		c.Reason = strings.TrimSpace(*d.Reason)
		bad = append(bad, checkText("reason", c.Reason)...)
	}
	if d.WishedDelayMinutes != nil {
		c.WishedDelayMinutes = *d.WishedDelayMinutes
		if c.WishedDelayMinutes < 0 || c.WishedDelayMinutes > maxWished {
			bad = append(bad, fault.Field{Name: "wishedDelayMinutes", Reason: "case.wished_delay", Message: "Le délai souhaité va de 0 minute à 7 jours."})
		}
	}
	if d.MT != nil {
		c.MT = *d.MT
		bad = append(bad, checkMT(c.MT, "mt.")...)
	}
	if d.Patient != nil {
		p := *d.Patient
		c.Patient = &p
		bad = append(bad, checkPatient(p, "patient.", now)...)
	}
	return fault.Fields("case.invalid", "Le dossier d’appel contient des erreurs.", bad...)
}

func checkText(name, text string) []fault.Field {
	if utf8.RuneCountInString(text) <= maxReason {
		return nil
	}
	return []fault.Field{{Name: name, Reason: "request.too_long", Message: "Ce texte compte au plus 280 caractères."}}
}

// checked is the closing as it is kept, or "case.invalid" with every broken field.
func (c Closing) checked() (Closing, error) {
	c.Why = strings.TrimSpace(c.Why)
	bad := checkText("why", c.Why)
	switch c.Outcome {
	case ToMT, Advice, To15, ToEmergency, Abandoned:
		if c.WhyKind != "" {
			bad = append(bad, fault.Field{Name: "whyKind", Reason: "case.why_kind", Message: "Ce motif ne va qu’avec « sans solution »."})
		}
	case NoSolution:
		if c.WhyKind == "" && c.Why != "" {
			c.WhyKind = WhyOther
		}
		bad = append(bad, checkWhyKind(c.WhyKind)...)
	default:
		bad = append(bad, fault.Field{Name: "outcome", Reason: "case.outcome", Message: "Cette issue n’est pas possible ici."})
	}
	return c, fault.Fields("case.invalid", "Le dossier d’appel ne peut pas être clos ainsi.", bad...)
}

func checkWhyKind(k WhyKind) []fault.Field {
	switch k {
	case WhyNoSlot, WhyTooFar, WhyTooLate, WhyHomeVisit, WhyRefused, WhyOther:
		return nil
	case "":
		return []fault.Field{{Name: "whyKind", Reason: "case.why_missing", Message: "Dites pourquoi il n’y a pas de solution."}}
	}
	return []fault.Field{{Name: "whyKind", Reason: "case.why_kind", Message: "Ce motif est inconnu."}}
}
