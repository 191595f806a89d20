package attribution

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/territory"
)

// Report receives a patient without médecin traitant, who agreed to it. A
// repeated report with the same key returns what the first one made; "" for no
// key. Nurses are told of open requests that may be of the same patient, and
// nothing is refused for being one.
//
// Errors: "attribution.invalid" with every broken field, ErrCaseUnknown,
// ErrCaseReported, "territory.unknown", "account.forbidden" (also for a synthesis
// by anybody but a nurse, and a case by those who handle none),
// "request.key_reused".
func (s *Service) Report(ctx context.Context, a account.Actor, d Draft, key string) (Request, error) {
	if err := mayReport(a, d); err != nil {
		return Request{}, err
	}
	land, err := s.Territories.Territory(d.Territory)
	if err != nil {
		return Request{}, err
	}
	r, err := s.reported(ctx, a, land, d)
	if err != nil {
		return Request{}, err
	}
	err = s.Store.InTx(ctx, func(ctx context.Context, tx Tx) error {
		if key == "" {
			return s.receive(ctx, tx, a, &r)
		}
		made, err := tx.Remembered(ctx, a.ID, key, digest(d))
		if err != nil {
			return err
		}
		if made != "" {
			r, err = tx.Request(ctx, made)
			return err
		}
		if err := s.receive(ctx, tx, a, &r); err != nil {
			return err
		}
		return tx.Remember(ctx, a.ID, key, digest(d), r.ID, r.ReceivedAt)
	})
	if err != nil {
		return Request{}, err
	}
	return s.answered(ctx, a, r)
}

// mayReport checks the rights to what the draft holds.
func mayReport(a account.Actor, d Draft) error {
	at := account.Target{Territory: d.Territory}
	if err := account.Allow(a, account.ReportSeeker, at); err != nil {
		return err
	}
	nurse := account.Can(a, account.HandleRequests, at)
	switch {
	case d.Synthesis != nil && *d.Synthesis != "" && !nurse:
		return account.ErrForbidden
	case d.Case != "" && !nurse && !account.Can(a, account.HandleCase, at):
		return account.ErrForbidden
	}
	return nil
}

// reported is the request that a draft makes, checked, without id and draw.
func (s *Service) reported(ctx context.Context, a account.Actor, land territory.Territory, d Draft) (Request, error) {
	now := s.Now()
	day := today(land, now)
	r := Request{Territory: land.ID, By: a.ID, Case: d.Case, ReceivedAt: now, Since: day, State: Received, Reporter: a.Name}
	r.apply(d)
	if r.Since.IsZero() {
		r.Since = day
	}
	if r.Reporter == "" {
		r.Reporter = a.Name
	}
	bad := append(r.broken(day), brokenOrigin(a, r)...)
	known, err := s.knownTo(ctx, d, land.ID)
	if err != nil {
		return Request{}, err
	}
	if err := invalid(append(bad, known...)); err != nil {
		return Request{}, err
	}
	r.settle(s.Rules.On(day), day)
	return r, nil
}

// brokenOrigin checks that a report comes from where its reporter speaks for: a
// regulator from a call, a professional from themselves or the DAC, and whatever
// reaches the CPTS from a nurse.
func brokenOrigin(a account.Actor, r Request) []fault.Field {
	if r.Case != "" && r.Origin != FromRegulation {
		return []fault.Field{broken("origin", "attribution.origin_regulation", "Une demande née d’un appel a la régulation pour origine.")}
	}
	if !slices.Contains(Origins(), r.Origin) || slices.ContainsFunc(a.Roles, func(role account.Role) bool { return speaksFor(role, r) }) {
		return nil
	}
	return []fault.Field{broken("origin", "attribution.origin_role",
		"Vous signalez vos patients ou ceux du DAC, et la régulation ceux d’un appel : une autre origine est saisie par l’infirmière.")}
}

// speaksFor reports whether a role may report from where a request comes.
func speaksFor(role account.Role, r Request) bool {
	switch role {
	case account.TriageNurse:
		return true
	case account.GP, account.Professional:
		return r.Origin == FromProfessional || r.Origin == FromDAC
	case account.Regulator:
		return r.Origin == FromRegulation && r.Case != ""
	}
	return false
}

// knownTo checks that the GP who knows the patient is a physician of the territory.
func (s *Service) knownTo(ctx context.Context, d Draft, land string) ([]fault.Field, error) {
	if d.KnownTo == nil || *d.KnownTo == "" {
		return nil, nil
	}
	doctors, err := s.doctors(ctx, land)
	if err != nil {
		return nil, err
	}
	if _, ok := doctors[*d.KnownTo]; !ok {
		return []fault.Field{broken("knownTo", "attribution.practitioner_unknown", "Ce médecin n’est pas du territoire.")}, nil
	}
	return nil, nil
}

// receive writes a new request, which gets its id and its draw.
func (s *Service) receive(ctx context.Context, tx Tx, a account.Actor, r *Request) error {
	if r.Case != "" {
		at, hasMT, err := tx.CalledAbout(ctx, r.Case)
		switch {
		case err != nil:
			return err
		case at != r.Territory:
			return ErrCaseUnknown
		case hasMT:
			return invalid([]fault.Field{broken("case", "attribution.case_has_mt", "D’après cet appel, le patient a un médecin traitant.")})
		}
	}
	r.ID, r.Draw, r.Revision = s.NewID(), s.Draw(), 1
	if err := tx.AddRequest(ctx, *r); err != nil {
		return err
	}
	if err := s.happened(ctx, tx, Event{Request: r.ID, At: r.ReceivedAt, Actor: a.ID, Kind: EventReceived, Detail: string(r.Origin)}); err != nil {
		return err
	}
	return tx.Audit(ctx, act(r.ReceivedAt, a.ID, "mt.report", target(r.ID), r.Territory, string(r.Origin)))
}

// answered is a request as who just wrote it sees it, with its duplicates for
// nurses.
func (s *Service) answered(ctx context.Context, a account.Actor, r Request) (Request, error) {
	r, _, err := view(a, r, s.utcDay())
	if err != nil {
		return Request{}, err
	}
	if r, err = s.became(ctx, a, r); err != nil {
		return Request{}, err
	}
	return s.withDuplicates(ctx, a, r)
}

// target names a request in the audit.
func target(id string) string { return "mt_request:" + id }

// digest tells two reports with one key apart.
func digest(d Draft) string {
	body, _ := json.Marshal(d) // plain values: cannot fail
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:])
}
