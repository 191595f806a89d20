package regulation

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"slices"
	"time"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/fault"
)

// SolicitRequest asks GPs to take a caller en sus: those named, or the nearest.
type SolicitRequest struct {
	Case          string
	Practitioners []string // of these, those who accept are asked; or
	Nearest       int      // how many of the nearest who accept
	Minutes       int      // how long the question stands
	Key           string   // idempotency key, required
	Acknowledge   []string
}

// errCaseMoved says that the case's patient became another one meanwhile.
var errCaseMoved = errors.New("regulation: the patient of the case has changed")

// Solicit asks GPs who accept it to take the case's patient en sus, and tells
// them at once; nobody else is asked, whoever was named. One solicitation of a
// case waits at a time.
//
// The same key with the same request gives the same solicitation. Errors:
// "solicitation.invalid", ErrCaseUnknown, ErrCaseClosed, ErrPatientMissing,
// ErrSamePatient (passes when repeated with AckSamePatient), ErrNobodyAccepts,
// ErrSolicitationWaiting.
func (s *Service) Solicit(ctx context.Context, a account.Actor, r SolicitRequest) (Solicitation, error) {
	if err := r.check(); err != nil {
		return Solicitation{}, err
	}
	for {
		c, err := s.Store.Case(ctx, r.Case)
		if err != nil {
			return Solicitation{}, err
		}
		if err := allowSolicit(a, c); err != nil {
			return Solicitation{}, err
		}
		made, fresh, err := s.solicit(ctx, a, r, c)
		if errors.Is(err, errCaseMoved) {
			continue
		}
		if fresh && err == nil {
			s.tellAsked(ctx, made, NoticeSolicitationAsked, "")
		}
		return made.seen(s.Now()), err
	}
}

// solicit is the transaction of Solicit; fresh says that it asked anew. seen is
// the case as it was read before: the family name is claimed before the case is
// locked, as a booking does.
func (s *Service) solicit(ctx context.Context, a account.Actor, r SolicitRequest, seen Case) (made Solicitation, fresh bool, err error) {
	now := s.Now()
	id := s.NewID()
	err = s.Store.InTx(ctx, func(ctx context.Context, tx Tx) error {
		made, fresh = Solicitation{}, false
		known, err := tx.Remembered(ctx, a.ID, r.Key, r.digest())
		if err != nil {
			return err
		}
		if known != "" {
			made, err = tx.Solicitation(ctx, known)
			return err
		}
		if err := s.warnSolicited(ctx, tx, a, r, seen, now); err != nil {
			return err
		}
		c, err := tx.Case(ctx, seen.ID)
		if err != nil {
			return err
		}
		if err := solicitable(c, seen); err != nil {
			return err
		}
		if made, err = s.choose(ctx, tx, r, c, now); err != nil {
			return err
		}
		made.ID, made.By, fresh = id, a.ID, true
		return s.recordSolicitation(ctx, tx, a, r, made)
	})
	return made, fresh, err
}

// warnSolicited is the same-patient warning of a visit en sus, whose hour is not
// known yet: it may be any within extraAhead.
func (s *Service) warnSolicited(ctx context.Context, tx Tx, a account.Actor, r SolicitRequest, seen Case, now time.Time) error {
	if seen.Patient == nil || slices.Contains(r.Acknowledge, AckSamePatient) {
		return nil
	}
	namesakes, err := tx.LiveBookingsNamed(ctx, a.Territories, *seen.Patient, now.Add(-s.Rules.SameWithin), now.Add(extraAhead+s.Rules.SameWithin))
	if err != nil {
		return err
	}
	for _, other := range namesakes {
		if SamePatient(other.Patient, *seen.Patient) {
			return ErrSamePatient
		}
	}
	return nil
}

// solicitable reports why a case cannot be asked for.
func solicitable(c, seen Case) error {
	switch {
	case !c.Open():
		return ErrCaseClosed
	case c.Patient == nil:
		return ErrPatientMissing
	case seen.Patient == nil || *seen.Patient != *c.Patient:
		return errCaseMoved
	}
	return nil
}

// choose drafts the solicitation with those who will be asked.
func (s *Service) choose(ctx context.Context, tx Tx, r SolicitRequest, c Case, now time.Time) (Solicitation, error) {
	willing, err := tx.Accepting(ctx, c.Territory, now)
	if err != nil {
		return Solicitation{}, err
	}
	x := Solicitation{
		Territory: c.Territory, Case: c.ID, State: SolicitationWaiting,
		AskedAt: now, Until: now.Add(time.Duration(r.Minutes) * time.Minute),
		Commune: c.Commune, Reason: c.Reason, WishedDelayMinutes: c.WishedDelayMinutes,
	}
	for _, one := range Nearest(willing, c) {
		if r.Nearest > len(x.Asked) || slices.Contains(r.Practitioners, one.Practitioner) {
			x.Asked = append(x.Asked, Asked{Practitioner: one.Practitioner, Answer: AnswerWaiting})
		}
	}
	if len(x.Asked) == 0 {
		return Solicitation{}, ErrNobodyAccepts
	}
	return x, nil
}

// recordSolicitation writes the solicitation with its audit and its key. One of
// the case whose time is over makes room, whether a chore has come by or not.
func (s *Service) recordSolicitation(ctx context.Context, tx Tx, a account.Actor, r SolicitRequest, x Solicitation) error {
	before, waits, err := tx.WaitingSolicitation(ctx, x.Case)
	if err != nil {
		return err
	}
	if waits && before.Overdue(x.AskedAt) {
		if err := endSolicitation(ctx, tx, system, before, SolicitationExpired, x.AskedAt); err != nil {
			return err
		}
	}
	if err := tx.AddSolicitation(ctx, x); err != nil {
		return err
	}
	if err := tx.Audit(ctx, act(x.AskedAt, a, "solicitation.ask", "solicitation:"+x.ID, x.Territory, "case:"+x.Case)); err != nil {
		return err
	}
	return tx.Remember(ctx, a.ID, r.Key, r.digest(), x.ID, x.AskedAt)
}

func (r SolicitRequest) check() error {
	var bad []fault.Field
	broken := func(name, reason, message string) {
		bad = append(bad, fault.Field{Name: name, Reason: reason, Message: message})
	}
	if (len(r.Practitioners) == 0) == (r.Nearest == 0) {
		broken("practitioners", "solicitation.who", "Choisissez des médecins, ou combien des plus proches.")
	}
	if r.Nearest < 0 || r.Nearest > maxAsked || len(r.Practitioners) > maxAsked {
		broken("nearest", "solicitation.too_many", "On sollicite au plus dix médecins à la fois.")
	}
	if r.Minutes < 1 || r.Minutes > maxMinutes {
		broken("minutes", "solicitation.minutes", "La sollicitation dure de 1 à 60 minutes.")
	}
	bad = append(bad, checkKey(r.Key)...)
	for _, ack := range r.Acknowledge {
		if ack != AckSamePatient {
			broken("acknowledge", "booking.acknowledge", "Cet avertissement est inconnu.")
		}
	}
	return fault.Fields("solicitation.invalid", "La sollicitation contient des erreurs.", bad...)
}

func checkKey(key string) []fault.Field {
	if len(key) >= 8 && len(key) <= 100 {
		return nil
	}
	return []fault.Field{{Name: "key", Reason: "request.key_missing", Message: "Une clé d’idempotence de 8 à 100 caractères est nécessaire."}}
}

// digest tells one request from another under the same key; see BookRequest's.
func (r SolicitRequest) digest() string {
	r.Key, r.Acknowledge = "", nil
	return digestOf("solicit", r)
}

// digestOf tells requests of one kind apart, and from those of other kinds.
func digestOf(kind string, request any) string {
	body, _ := json.Marshal(request) // plain fields: cannot fail
	sum := sha256.Sum256(append([]byte(kind+"\n"), body...))
	return hex.EncodeToString(sum[:])
}
