package attribution

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/fault"
)

// maxAnswerNote is how many characters a GP may write to an answer.
const maxAnswerNote = 500

// outcome is what a transaction on an offer ended with: whom to tell after it,
// and a refusal that does not undo it.
type outcome struct {
	offer   Offer
	tell    NoticeKind // "" for nobody
	refusal error
}

// Answer is the word of a GP on an offer, or of a nurse who has them on the line.
// Accepting and declining are done once: the same answer again gives the same
// view, another one is ErrOfferAnswered. One that was taken back is
// ErrOfferWithdrawn, past its end it is ErrOfferExpired. A call is asked for once, and the offer goes on waiting.
//
// The place was kept: a GP who lowered nothing but whose quarter turned, or who
// paused since, may still accept. Errors besides: "attribution.invalid" with its
// fields, ErrOfferUnknown for an offer to somebody else.
func (s *Service) Answer(ctx context.Context, a account.Actor, id string, w Answer) (OfferView, error) {
	o, err := s.offered(ctx, a, account.AnswerOffer, id)
	if err != nil {
		return OfferView{}, err
	}
	w.Note = strings.TrimSpace(w.Note)
	if err := w.check(); err != nil {
		return OfferView{}, err
	}
	var view OfferView
	var out outcome
	err = s.Store.InTx(ctx, func(ctx context.Context, tx Tx) error {
		p, err := lockPair(ctx, tx, o)
		if err != nil {
			return err
		}
		if out, err = s.answer(ctx, tx, a, &p, w); err != nil || out.refusal != nil {
			return err
		}
		view, err = s.shown(ctx, tx, a, p.offer)
		return err
	})
	return s.concluded(ctx, a, view, out, err)
}

// concluded tells who is to be told, once the transaction is kept: nobody of what
// they did themselves.
func (s *Service) concluded(ctx context.Context, a account.Actor, view OfferView, out outcome, err error) (OfferView, error) {
	if err != nil {
		return OfferView{}, err
	}
	switch {
	case out.tell == "":
	case out.tell == NoticeOfferWithdrawn:
		s.tellGP(ctx, out.offer, out.tell)
	case out.offer.SentBy != a.ID:
		s.tellNurse(ctx, out.offer, out.tell)
	}
	return view, out.refusal
}

// answer decides, inside the transaction. The GP's declaration is locked before
// the clock is read: whoever counted this offer as expired, and gave its place to
// another, is through by then, and the clock says so.
func (s *Service) answer(ctx context.Context, tx Tx, a account.Actor, p *pair, w Answer) (outcome, error) {
	if _, _, err := tx.Declaration(ctx, p.offer.Territory, p.offer.Practitioner, Moment{Now: s.Now()}); err != nil {
		return outcome{}, err
	}
	now := s.Now()
	switch {
	case p.offer.repeats(w, now):
		return outcome{}, nil
	case p.offer.StandsAt(now) == OfferExpired:
		return s.tooLate(ctx, tx, p, now)
	case p.offer.State == OfferWithdrawn:
		return outcome{}, ErrOfferWithdrawn
	case p.offer.State != Pending:
		return outcome{}, ErrOfferAnswered
	}
	out := outcome{}
	var err error
	switch w.Kind {
	case Accept:
		out.tell, err = NoticeAccepted, s.accept(ctx, tx, a, p, w, now)
	case Decline:
		out.tell, err = NoticeDeclined, s.decline(ctx, tx, a, p, w, now)
	case Call:
		out.tell, err = NoticeCallAsked, s.askCall(ctx, tx, a, p, w, now)
	}
	if err != nil {
		return outcome{}, err
	}
	out.offer = p.offer
	detail := "mt_request:" + p.offer.Request
	return out, tx.Audit(ctx, act(now, a.ID, "mt.offer."+string(w.Kind), "mt_offer:"+p.offer.ID, p.offer.Territory, detail))
}

// repeats reports whether the answer was given before.
func (o Offer) repeats(w Answer, now time.Time) bool {
	switch w.Kind {
	case Accept:
		return o.State == OfferAccepted
	case Decline:
		return o.State == OfferDeclined && o.Reason == w.Reason
	case Call:
		return o.StandsAt(now) == Pending && !o.CallAskedAt.IsZero()
	}
	return false
}

// tooLate ends an offer whose time is over; the transaction is kept.
func (s *Service) tooLate(ctx context.Context, tx Tx, p *pair, now time.Time) (outcome, error) {
	if p.offer.State == OfferExpired {
		return outcome{refusal: ErrOfferExpired}, nil
	}
	if err := s.lapse(ctx, tx, p, now); err != nil {
		return outcome{}, err
	}
	return outcome{offer: p.offer, tell: NoticeExpired, refusal: ErrOfferExpired}, tx.SaveRequest(ctx, p.request)
}

func (s *Service) accept(ctx context.Context, tx Tx, a account.Actor, p *pair, w Answer, now time.Time) error {
	if err := p.request.move(Accepted); err != nil {
		return err
	}
	p.request.AcceptedAt = now
	p.offer.State, p.offer.AnsweredAt, p.offer.AnsweredBy = OfferAccepted, now, a.ID
	return s.keep(ctx, tx, p, w, Event{At: now, Actor: a.ID, Kind: EventAccepted})
}

func (s *Service) decline(ctx context.Context, tx Tx, a account.Actor, p *pair, w Answer, now time.Time) error {
	p.offer.Reason = w.Reason
	p.offer.noted(w)
	e := Event{At: now, Actor: a.ID, Kind: EventDeclined, Detail: string(w.Reason), Note: w.Note}
	if err := s.leave(ctx, tx, p, OfferDeclined, e); err != nil {
		return err
	}
	return tx.SaveRequest(ctx, p.request)
}

func (s *Service) askCall(ctx context.Context, tx Tx, a account.Actor, p *pair, w Answer, now time.Time) error {
	p.offer.CallAskedAt = now
	return s.keep(ctx, tx, p, w, Event{At: now, Actor: a.ID, Kind: EventCallAsked})
}

// keep writes both sides of an offer that stays, and what happened.
func (s *Service) keep(ctx context.Context, tx Tx, p *pair, w Answer, e Event) error {
	p.offer.noted(w)
	if err := tx.SaveOffer(ctx, p.offer); err != nil {
		return err
	}
	if err := tx.SaveRequest(ctx, p.request); err != nil {
		return err
	}
	e.Request, e.Practitioner, e.Note = p.request.ID, p.offer.Practitioner, w.Note
	return s.happened(ctx, tx, e)
}

// noted keeps the latest note: an answer without one leaves that of a call.
func (o *Offer) noted(w Answer) {
	if w.Note != "" {
		o.Note = w.Note
	}
}

func (w Answer) check() error {
	var bad []fault.Field
	broken := func(name, reason, message string) {
		bad = append(bad, fault.Field{Name: name, Reason: reason, Message: message})
	}
	if !slices.Contains([]AnswerKind{Accept, Decline, Call}, w.Kind) {
		broken("kind", "attribution.answer", "Acceptez, déclinez ou demandez un appel.")
	}
	if w.Kind == Decline && !slices.Contains(DeclineReasons(), w.Reason) {
		broken("reason", "attribution.decline_reason", "Indiquez pourquoi vous déclinez.")
	}
	if w.Kind == Decline && w.Reason == DeclineOther && w.Note == "" {
		broken("note", "attribution.note_missing", "Précisez la raison.")
	}
	if utf8.RuneCountInString(w.Note) > maxAnswerNote {
		broken("note", "attribution.note_long", "Le mot compte 500 caractères au plus.")
	} else {
		bad = append(bad, brokenText("note", w.Note, maxAnswerNote)...)
	}
	return fault.Fields("attribution.invalid", "La réponse contient des erreurs.", bad...)
}
