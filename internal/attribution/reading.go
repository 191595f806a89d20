package attribution

import (
	"context"
	"time"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/audit"
	"github.com/relais-snp/relais/internal/civil"
)

// The most requests of a page, and how many when nobody says.
const (
	maxPage   = 1000
	usualPage = 50
)

// maxEvents is how many events of one request are listed.
const maxEvents = 1000

// Request returns one request as its reader may see it; see view. Reading an
// identity is audited. Nurses are told of its duplicates.
//
// Errors: ErrRequestUnknown, "account.forbidden".
func (s *Service) Request(ctx context.Context, a account.Actor, id string) (Request, error) {
	r, err := s.Store.Request(ctx, id)
	if err != nil {
		return Request{}, err
	}
	list, err := s.views(ctx, a, r)
	if err != nil {
		return Request{}, err
	}
	return s.withDuplicates(ctx, a, list[0])
}

// Requests lists a page by tier, since, draw and id: all of a territory for
// nurses and coordinators, their own reports for others.
func (s *Service) Requests(ctx context.Context, a account.Actor, q RequestQuery) ([]Request, error) {
	all := account.Can(a, account.ReadRequests, account.Target{Territory: q.Territory})
	if !all {
		q.By = a.ID
		if err := account.Allow(a, account.ReadRequests, account.Target{Territory: q.Territory, By: a.ID}); err != nil {
			return nil, err
		}
	}
	if _, err := s.Territories.Territory(q.Territory); err != nil {
		return nil, err
	}
	if q.Limit <= 0 {
		q.Limit = usualPage
	}
	q.Limit = min(q.Limit, maxPage)
	list, err := s.Store.Requests(ctx, q)
	if err != nil {
		return nil, err
	}
	return s.views(ctx, a, list...)
}

// Events lists what happened to a request, in order, the latest thousand of it,
// for those who may read it. Notes are for nurses, and reading them is audited;
// see discreet for others.
func (s *Service) Events(ctx context.Context, a account.Actor, id string) ([]Event, error) {
	r, err := s.Store.Request(ctx, id)
	if err != nil {
		return nil, err
	}
	if r, _, err = view(a, r, s.utcDay()); err != nil {
		return nil, err
	}
	events, err := s.Store.Events(ctx, id)
	if err != nil {
		return nil, err
	}
	events = events[max(0, len(events)-maxEvents):]
	nurse, noted := account.Can(a, account.HandleRequests, account.Target{Territory: r.Territory}), false
	for i := range events {
		if !nurse {
			events[i] = events[i].discreet(a)
		}
		noted = noted || events[i].Note != ""
	}
	if !noted {
		return events, nil
	}
	if err := s.auditRead(ctx, seen(s.Now(), a, r)); err != nil {
		return nil, err
	}
	return events, nil
}

// discreet is an event for somebody who is no nurse: without its note and, unless
// it is the reader's own or says who takes the patient, without the GP whom it is
// about and what they said.
func (e Event) discreet(a account.Actor) Event {
	e.Note = ""
	if e.Practitioner == "" || e.Practitioner == a.Practitioner {
		return e
	}
	switch e.Kind {
	case EventAccepted, EventAttached, EventReopened:
	case EventDeclined, EventCallAsked:
		e.Practitioner, e.Detail, e.Actor = "", "", ""
	default:
		e.Practitioner, e.Detail = "", ""
	}
	return e
}

// views are requests as their reader may see them; the identities among them are
// audited.
func (s *Service) views(ctx context.Context, a account.Actor, list ...Request) ([]Request, error) {
	now := s.Now()
	var entries []audit.Entry
	for i, r := range list {
		shown, identity, err := view(a, r, s.utcDay())
		if err != nil {
			return nil, err
		}
		if identity {
			entries = append(entries, seen(now, a, shown))
		}
		if list[i], err = s.became(ctx, a, shown); err != nil {
			return nil, err
		}
	}
	return list, s.auditRead(ctx, entries...)
}

// became tells who reported a request that was merged what became of the patient:
// state and days are those of the request it was merged into in the end, which
// itself stays unnamed. Nurses see the merging as it is.
func (s *Service) became(ctx context.Context, a account.Actor, r Request) (Request, error) {
	if r.MergedInto == "" || r.By != a.ID || account.Can(a, account.HandleRequests, account.Target{Territory: r.Territory}) {
		return r, nil
	}
	last := r
	for last.MergedInto != "" {
		var err error
		if last, err = s.Store.Request(ctx, last.MergedInto); err != nil {
			return Request{}, err
		}
	}
	r.MergedInto, r.State = "", last.State
	r.AcceptedAt, r.AppointmentOn, r.AttachedOn = last.AcceptedAt, last.AppointmentOn, last.AttachedOn
	r.ClosedAt, r.ClosedReason = last.ClosedAt, last.ClosedReason
	if last.State == Accepted || last.State == Attached {
		r.Practitioner = last.Practitioner
	}
	return r, nil
}

// view is a request as its reader may see it, and whether that shows an identity:
//   - a nurse sees everything;
//   - the GP who accepted, everything but why the nurse chose the tier;
//   - who reported the patient, what they told and where it stands (see became);
//   - a coordinator, neither identity nor birth year nor any text; Aged70 as it
//     holds on the day stays among the criteria.
//
// It returns ErrRequestUnknown outside the reader's territories.
func view(a account.Actor, r Request, day civil.Date) (shown Request, identity bool, err error) {
	if !a.In(r.Territory) {
		return Request{}, false, ErrRequestUnknown
	}
	at := account.Target{Territory: r.Territory, By: r.By}
	r.Duplicates = nil
	if account.Can(a, account.HandleRequests, at) {
		return r, r.Patient != nil, nil
	}
	r.TierReason = ""
	if r.State == Accepted || r.State == Attached {
		taken := account.Target{Territory: r.Territory, Practitioner: r.Practitioner}
		if account.Can(a, account.ReadSeeker, taken) {
			return r, r.Patient != nil, nil
		}
	}
	r.Synthesis = ""
	if account.Can(a, account.ReadSeeker, at) {
		return r, r.Patient != nil, nil
	}
	return withoutIdentity(r, day), false, account.Allow(a, account.ReadRequests, at)
}

// utcDay is the day by which ages are told to readers: a year turns an hour or
// two late in France.
func (s *Service) utcDay() civil.Date { return civil.DateOf(s.Now(), time.UTC) }

// withoutIdentity is what a request tells of nobody. The birth year goes, and
// leaves what it said of the criteria.
func withoutIdentity(r Request, day civil.Date) Request {
	r.Criteria = r.CriteriaOn(day)
	r.Patient, r.BirthYear = nil, 0
	r.Reporter, r.Consent.Collector = "", ""
	r.ChronicDisease, r.Medication, r.Synthesis, r.TierReason = "", "", "", ""
	r.Duplicates = nil
	return r
}
