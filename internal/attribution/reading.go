package attribution

import (
	"context"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/audit"
)

// The most requests of a page, and how many when nobody says.
const (
	maxPage   = 1000
	usualPage = 50
)

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

// Search lists a territory's open requests whose patient has a family name, up
// to accents, case, hyphens and spaces; nurses only, at most 100.
func (s *Service) Search(ctx context.Context, a account.Actor, territory, family string) ([]Request, error) {
	if err := account.Allow(a, account.HandleRequests, account.Target{Territory: territory}); err != nil {
		return nil, err
	}
	if _, err := s.Territories.Territory(territory); err != nil {
		return nil, err
	}
	if oneWord(family) == "" {
		return nil, invalid(append(brokenText("family", family, maxName),
			broken("family", "attribution.family_missing", "Indiquez le nom à chercher.")))
	}
	if err := invalid(brokenText("family", family, maxName)); err != nil {
		return nil, err
	}
	list, err := s.Store.RequestsNamed(ctx, territory, family)
	if err != nil {
		return nil, err
	}
	return s.views(ctx, a, list...)
}

// Events lists what happened to a request, in order, for those who may read it.
// Notes are for nurses; reading them is audited.
func (s *Service) Events(ctx context.Context, a account.Actor, id string) ([]Event, error) {
	r, err := s.Store.Request(ctx, id)
	if err != nil {
		return nil, err
	}
	if r, _, err = view(a, r); err != nil {
		return nil, err
	}
	events, err := s.Store.Events(ctx, id)
	if err != nil {
		return nil, err
	}
	nurse, noted := account.Can(a, account.HandleRequests, account.Target{Territory: r.Territory}), false
	for i := range events {
		if !nurse {
			events[i].Note = ""
		}
		noted = noted || events[i].Note != ""
	}
	if noted {
		err = s.auditRead(ctx, seen(s.Now(), a, r))
	}
	return events, err
}

// views are requests as their reader may see them; the identities among them are
// audited.
func (s *Service) views(ctx context.Context, a account.Actor, list ...Request) ([]Request, error) {
	now := s.Now()
	var entries []audit.Entry
	for i, r := range list {
		shown, identity, err := view(a, r)
		if err != nil {
			return nil, err
		}
		if identity {
			entries = append(entries, seen(now, a, shown))
		}
		list[i] = shown
	}
	return list, s.auditRead(ctx, entries...)
}

// view is a request as its reader may see it, and whether that shows an identity:
//   - a nurse sees everything;
//   - the GP who accepted, everything but why the nurse chose the tier;
//   - who reported the patient, what they told and where it stands;
//   - a coordinator, neither identity nor birth year nor any text.
//
// It returns ErrRequestUnknown outside the reader's territories.
func view(a account.Actor, r Request) (shown Request, identity bool, err error) {
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
	return withoutIdentity(r), false, account.Allow(a, account.ReadRequests, at)
}

// withoutIdentity is what a request tells of nobody.
func withoutIdentity(r Request) Request {
	r.Patient, r.BirthYear = nil, 0
	r.Reporter, r.Consent.Collector = "", ""
	r.ChronicDisease, r.Medication, r.Synthesis, r.TierReason = "", "", "", ""
	r.Duplicates = nil
	return r
}
