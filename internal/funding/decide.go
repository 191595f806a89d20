package funding

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/audit"
	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/fault"
)

// Decide enters what the yearly dialogue decided about a variable part, or what
// the caisse said of a part of a mission, for a treasurer, and makes it expected
// on the day it falls due, or on the decision's when that is later. The decision
// names the mission's code, or the part's. It takes the place of an earlier one
// while nothing came. Invalid "funding.decision" with its fields; ErrNoContract,
// ErrScheduleUnknown, ErrDecided.
func (s *Service) Decide(ctx context.Context, a account.Actor, d Decision) (Decision, error) {
	if err := s.may(a, account.KeepBooks, d.Territory); err != nil {
		return Decision{}, err
	}
	today, err := s.today(d.Territory)
	if err != nil {
		return Decision{}, err
	}
	d.By, d.At = a.ID, s.Now()
	err = s.Store.InTx(ctx, func(ctx context.Context, tx Tx) error {
		c, there, err := tx.Contract(ctx, d.Territory) // one at a time
		if err != nil || !there {
			return first(err, ErrNoContract)
		}
		schedule, known := s.schedule(c)
		if !known {
			return ErrScheduleUnknown
		}
		p, err := d.check(c, schedule, today)
		if err != nil {
			return err
		}
		if err := tx.SaveDecision(ctx, d); err != nil {
			return err
		}
		if err := tx.Audit(ctx, audit.Entry{At: d.At, Actor: a.ID, Action: "funding.decide", Target: fmt.Sprintf("variable:%s:%d", d.Mission, d.Year), Territory: d.Territory, Detail: d.Told()}); err != nil {
			return err
		}
		p.Amount = Amount{d.Amount, true}
		if d.On.After(p.On) {
			p.On = d.On
		}
		return s.expectDecided(ctx, tx, schedule.expectation(c, p), a.ID)
	})
	if err != nil {
		return Decision{}, err
	}
	return d, nil
}

// Told is what the audit keeps of a decision, so that it can be held against it:
// the amount, the day, and the hash of the document.
func (d Decision) Told() string {
	return strings.TrimSpace(d.Amount.String() + " " + d.On.String() + " " + d.Evidence)
}

// check returns the payment that a decision is of.
func (d Decision) check(c Contract, schedule Schedule, today civil.Date) (Payment, error) {
	var fields []fault.Field
	wrong := func(name, reason, message string) {
		fields = append(fields, fault.Field{Name: name, Reason: reason, Message: message})
	}
	calendar := schedule.Calendar(c)
	at := slices.IndexFunc(calendar, func(p Payment) bool { return p.Kind.decided() && p.Code == d.Mission && p.Year == d.Year })
	var p Payment
	switch {
	case at < 0:
		wrong("mission", "funding.mission_unknown", "Le contrat n’a rien à décider pour cette mission ou cette part et cette année.")
	case !calendar[at].Amount.Known:
		wrong("amount", "funding.amount_unknown", "Saisissez d’abord le montant de cette mission au contrat.")
	case d.Amount < 0 || d.Amount > calendar[at].Amount.Cents:
		wrong("amount", "funding.amount", "Le montant décidé pour cette année va de 0 à "+calendar[at].Amount.Cents.Comma()+" €.")
	default:
		p = calendar[at]
	}
	if !d.On.Valid() || d.On.Before(c.Signed) || d.On.After(today) {
		wrong("on", "funding.date_outside", "La décision est prise entre la signature et aujourd’hui.")
	}
	if d.Evidence != "" && !hashText(d.Evidence) {
		wrong("evidence", "funding.evidence", "La pièce est désignée par son empreinte.")
	}
	return p, fault.Fields("funding.decision", "Cette décision est incorrecte.", fields...)
}

// expectDecided makes the expectation what was decided.
func (s *Service) expectDecided(ctx context.Context, tx Tx, want Expectation, by string) error {
	kept, err := tx.ExpectationsKeyed(ctx, want.Territory, want.Key)
	if err != nil {
		return err
	}
	if len(kept) == 0 { // a key ends with its kind: it begins no other
		if want.Amount == 0 {
			return nil
		}
		_, err := s.Expect(ctx, tx, want, by)
		return err
	}
	x := kept[0]
	switch {
	case x.Received > 0 && x.Amount == want.Amount:
		return nil
	case x.Received > 0:
		return ErrDecided
	case want.Amount == 0:
		return s.withdraw(ctx, tx, x, by)
	}
	x.State = Withdrawn // also when it was voided: a new decision stands above that
	x, _ = x.Follow(want.On, want.Amount)
	return s.save(ctx, tx, x, by, "funding.expect.follow")
}

// hashText reports whether a text is a SHA-256 in hexadecimal, small letters.
func hashText(text string) bool {
	return len(text) == 64 && !slices.ContainsFunc([]byte(text), func(b byte) bool { return (b < '0' || b > '9') && (b < 'a' || b > 'f') })
}
