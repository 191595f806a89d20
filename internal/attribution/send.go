package attribution

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/territory"
)

const (
	maxLines  = 200 // of one Sending
	sendTries = 5   // of one line whose request keeps moving
)

// errMoved says that a request changed between looking at it and locking it.
var errMoved = errors.New("attribution: the request moved")

// Send offers patients to GPs for a nurse, line by line: one that is refused
// stops none of the others, and says why in Sent.Err: ErrRequestUnknown, ErrState
// for a request that is not Seeking, ErrErased, ErrAlreadyOffered,
// ErrPractitionerUnknown, ErrRefusedBefore, ErrPaused, ErrNoPlace. What else
// speaks against a GP (criteria, commune, home visits, distance) is a nurse's to
// judge: the offer goes out and its event says it. An offer waits until the end
// of a civil day.
//
// Errors of the whole: "attribution.invalid", ErrPlanUnknown, or a record that is
// away; lines sent before it are kept, and repeating a line is harmless.
func (s *Service) Send(ctx context.Context, a account.Actor, sending Sending) ([]Sent, error) {
	if err := account.Allow(a, account.HandleRequests, account.Target{Territory: sending.Territory}); err != nil {
		return nil, err
	}
	if n := len(sending.Lines); n < 1 || n > maxLines {
		return nil, fault.Fields("attribution.invalid", "L’envoi contient des erreurs.",
			fault.Field{Name: "lines", Reason: "attribution.lines", Message: "Un envoi compte de 1 à 200 lignes."})
	}
	b, err := s.bureau(ctx, a, sending)
	if err != nil {
		return nil, err
	}
	list := make([]Sent, 0, len(sending.Lines))
	for _, line := range sending.Lines {
		o, err := b.send(ctx, line)
		if err != nil && !refusesLine(err) {
			return nil, err
		}
		list = append(list, Sent{Line: line, Offer: o, Err: err})
	}
	return list, nil
}

// refusesLine tells a line's own refusal from a record that is away.
func refusesLine(err error) bool {
	kind := fault.Of(err).Kind
	return kind == fault.Conflict || kind == fault.NotFound
}

// bureau sends the lines of one Sending.
type bureau struct {
	*Service
	actor   account.Actor
	land    territory.Territory
	plan    string
	doctors map[string]territory.Commune
}

func (s *Service) bureau(ctx context.Context, a account.Actor, sending Sending) (*bureau, error) {
	t, err := s.Territories.Territory(sending.Territory)
	if err != nil {
		return nil, err
	}
	if sending.Plan != "" {
		p, err := s.Store.Plan(ctx, sending.Plan)
		if err != nil {
			return nil, err
		}
		if p.Territory != t.ID {
			return nil, ErrPlanUnknown
		}
	}
	doctors, err := s.doctors(ctx, t.ID)
	return &bureau{Service: s, actor: a, land: t, plan: sending.Plan, doctors: doctors}, err
}

// send is one line. Who refused before is read ahead of the transaction, and read
// again when the request has moved meanwhile.
func (b *bureau) send(ctx context.Context, line Line) (Offer, error) {
	for range sendTries {
		r, err := b.sought(ctx, b.actor, line.Request)
		if err != nil {
			return Offer{}, err
		}
		refusals, err := b.refusals(ctx, r)
		if err != nil {
			return Offer{}, err
		}
		o, err := b.try(ctx, line, r.Revision, refusals)
		if !errors.Is(err, errMoved) {
			return o, err
		}
	}
	return Offer{}, ErrState
}

// try is the transaction of a line.
func (b *bureau) try(ctx context.Context, line Line, revision int64, refusals []string) (Offer, error) {
	var l letter
	err := b.Store.InTx(ctx, func(ctx context.Context, tx Tx) (err error) {
		l = letter{bureau: b, line: line, now: b.Now(), refusals: refusals}
		if l.request, err = tx.Request(ctx, line.Request); err != nil {
			return err
		}
		if l.request.Territory != b.land.ID {
			return ErrRequestUnknown
		}
		if l.request.Revision != revision {
			return errMoved
		}
		return l.write(ctx, tx)
	})
	if err != nil {
		return Offer{}, err
	}
	if l.lapsed.ID != "" {
		b.tellNurse(ctx, l.lapsed, NoticeExpired)
	}
	if l.fresh {
		b.tellGP(ctx, l.offer, NoticeOffered)
	}
	return l.offer, nil
}

// letter is one offer on its way, inside its transaction.
type letter struct {
	*bureau
	line     Line
	now      time.Time
	refusals []string
	request  Request
	lapsed   Offer // of the same request, whose time was over
	offer    Offer
	fresh    bool // made now, not found
}

// write finds the offer of a repeated line, or makes one.
func (l *letter) write(ctx context.Context, tx Tx) error {
	found, err := l.current(ctx, tx)
	if err != nil || found {
		return err
	}
	at, ok := l.doctors[l.line.Practitioner]
	switch {
	case !l.request.ErasedAt.IsZero():
		return ErrErased
	case !l.request.State.Seeking():
		return ErrState
	case !ok:
		return ErrPractitionerUnknown
	case slices.Contains(l.refusals, l.line.Practitioner):
		return ErrRefusedBefore
	}
	d, declared, err := tx.Declaration(ctx, l.land.ID, l.line.Practitioner, momentOf(l.land, l.now))
	if err != nil {
		return err
	}
	day := today(l.land, l.now)
	gp := d.capacity(at, QuarterOf(day))
	switch {
	case d.Paused:
		return ErrPaused
	case !declared || gp.Left <= 0:
		return ErrNoPlace
	}
	return l.post(ctx, tx, gp, day)
}

// current looks at the offer that the request has already: the same one again, an
// overdue one that makes way, or one that is in the way.
func (l *letter) current(ctx context.Context, tx Tx) (found bool, err error) {
	if l.request.Offer == "" || l.request.State != Proposed && l.request.State != Accepted {
		return false, nil
	}
	o, err := tx.Offer(ctx, l.request.Offer)
	if err != nil {
		return false, err
	}
	switch stands := o.StandsAt(l.now); {
	case stands == Pending && o.Practitioner == l.line.Practitioner:
		l.offer = o
		return true, nil
	case stands != OfferExpired:
		return false, ErrAlreadyOffered
	}
	p := pair{l.request, o}
	if err := l.lapse(ctx, tx, &p, l.now); err != nil {
		return false, err
	}
	l.request, l.lapsed = p.request, p.offer
	return false, nil
}

// post makes the offer.
func (l *letter) post(ctx context.Context, tx Tx, gp Capacity, day civil.Date) error {
	rule := l.Rules.On(day)
	c := rule.Limits().weigh(l.request.seeker(l.refusals, day), &gp)
	l.fresh = true
	l.offer = Offer{
		ID: l.NewID(), Territory: l.land.ID, Request: l.request.ID, Practitioner: gp.Practitioner, Plan: l.plan,
		SentBy: l.actor.ID, SentAt: l.now, ExpiresAt: civil.Day(day.AddDays(rule.OfferDays), l.land.Zone).End.UTC(),
		State: Pending, Metres: c.Metres, Unlocated: c.Unlocated, Known: c.Known, Revision: 1,
	}
	if err := l.request.move(Proposed); err != nil {
		return err
	}
	l.request.Offer, l.request.Practitioner = l.offer.ID, gp.Practitioner
	if err := tx.AddOffer(ctx, l.offer); err != nil {
		return err
	}
	if err := tx.SaveRequest(ctx, l.request); err != nil {
		return err
	}
	e := Event{Request: l.request.ID, At: l.now, Actor: l.actor.ID, Kind: EventOffered, Detail: string(c.Hurdle), Practitioner: gp.Practitioner}
	if err := l.happened(ctx, tx, e); err != nil {
		return err
	}
	return tx.Audit(ctx, act(l.now, l.actor.ID, "mt.offer.send", "mt_offer:"+l.offer.ID, l.land.ID, "mt_request:"+l.request.ID))
}
