package attribution

import (
	"cmp"
	"context"

	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/fault"
)

// merge closes the request as a duplicate of another one, which takes over what
// it did not know, and is qualified if either was.
func (t *turn) merge(ctx context.Context) error {
	into, stood := t.held[t.step.Into], t.r.State
	if err := t.end(ctx, t.r, Duplicate); err != nil {
		return err
	}
	if into.State.Ended() || !into.ErasedAt.IsZero() {
		return ErrMerge
	}
	t.r.MergedInto = into.ID
	was := into.Tier
	into.absorb(*t.r)
	if into.names(into.Synthesis) {
		return invalid([]fault.Field{broken("into", "attribution.synthesis_names",
			"La synthèse de la demande qui reste contiendrait le nom, le prénom, la date de naissance, l’adresse ou le téléphone du patient : corrigez-la d’abord.")})
	}
	into.settle(t.Rules.On(t.day), t.day)
	into.heed(*t.r)
	looked := into.State == Received && stood != Received
	if looked {
		into.State = Qualified // who was in the plan stays there
	}
	if err := t.tx.SaveRequest(ctx, *into); err != nil {
		return err
	}
	if err := t.happened(ctx, t.tx, Event{Request: into.ID, At: t.now, Actor: t.by, Kind: EventAbsorbed, Detail: t.r.ID}); err != nil {
		return err
	}
	if looked {
		if err := t.happened(ctx, t.tx, Event{Request: into.ID, At: t.now, Actor: t.by, Kind: EventQualified}); err != nil {
			return err
		}
	}
	return t.tierMoved(ctx, t.tx, was, *into, t.now)
}

// heed takes over the tier that a nurse chose for the other request, if it comes
// first: nobody falls back by being reported twice.
func (r *Request) heed(other Request) {
	if other.TierSet && other.Tier < r.Tier {
		r.Tier, r.Because, r.TierSet, r.TierReason = other.Tier, nil, true, other.TierReason
	}
}

// absorb takes over from another request of the same patient: all criteria, the
// earliest days, and what is missing here.
func (r *Request) absorb(other Request) {
	r.Criteria |= other.Criteria
	r.HomeVisits = r.HomeVisits || other.HomeVisits
	r.Since = earlier(r.Since, other.Since)
	r.MTGoneSince = earlier(r.MTGoneSince, other.MTGoneSince)
	r.KnownTo = cmp.Or(r.KnownTo, other.KnownTo)
	r.Reporter = cmp.Or(r.Reporter, other.Reporter)
	r.ChronicDisease = cmp.Or(r.ChronicDisease, other.ChronicDisease)
	r.Medication = cmp.Or(r.Medication, other.Medication)
	r.absorbPatient(other)
	if text := cmp.Or(r.Synthesis, other.Synthesis); !r.names(text) {
		r.Synthesis = text
	}
}

func (r *Request) absorbPatient(other Request) {
	if r.Patient == nil || other.Patient == nil {
		return
	}
	p, q := *r.Patient, *other.Patient
	p.Given, p.Phone, p.Address = cmp.Or(p.Given, q.Given), cmp.Or(p.Phone, q.Phone), cmp.Or(p.Address, q.Address)
	if p.BirthDate.IsZero() && q.BirthDate.Year == r.BirthYear {
		p.BirthDate = q.BirthDate
	}
	r.Patient = &p
}

// earlier returns the earlier of two days, of which either may be unknown.
func earlier(a, b civil.Date) civil.Date {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}
