package attribution_test

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/relais-snp/relais/internal/attribution"
	"github.com/relais-snp/relais/internal/audit"
	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/territory"
)

// record is the store of a test. Transactions wait for each other and work on a
// copy, which becomes what is committed at their end; readers see what is
// committed. Each transaction is tried once in vain before, as on a busy
// database.
type record struct {
	writing sync.Mutex // one transaction at a time
	mu      sync.Mutex // of committed
	books   books
	cases   map[string]string // territories by regulation case
}

var errKeyReused = fault.New(fault.Conflict, "request.key_reused", "Cette clé d’idempotence a déjà servi à une autre demande.")

func newRecord() *record {
	return &record{cases: map[string]string{}, books: books{
		requests: map[string]attribution.Request{}, offers: map[string]attribution.Offer{},
		declarations: map[string]attribution.Declaration{}, answers: map[string][2]string{},
	}}
}

// books are what a record holds. Values in its maps are never changed in place.
type books struct {
	requests     map[string]attribution.Request
	offers       map[string]attribution.Offer
	declarations map[string]attribution.Declaration // by territory and practitioner
	answers      map[string][2]string               // digest and what was made, by actor and key
	events       []attribution.Event
	plans        []attribution.StoredPlan
	audited      []audit.Entry
}

func (b books) clone() books {
	b.requests, b.offers = maps.Clone(b.requests), maps.Clone(b.offers)
	b.declarations, b.answers = maps.Clone(b.declarations), maps.Clone(b.answers)
	b.events, b.plans, b.audited = slices.Clone(b.events), slices.Clone(b.plans), slices.Clone(b.audited)
	return b
}

// committed is what readers see.
func (r *record) committed() books {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.books.clone()
}

func (r *record) InTx(ctx context.Context, fn func(context.Context, attribution.Tx) error) error {
	r.writing.Lock()
	defer r.writing.Unlock()
	if err := fn(ctx, &pages{books: r.committed(), cases: r.cases}); err != nil {
		return err
	}
	p := &pages{books: r.committed(), cases: r.cases}
	if err := fn(ctx, p); err != nil {
		return err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.books = p.books
	return nil
}

func (r *record) Request(_ context.Context, id string) (attribution.Request, error) {
	return r.committed().request(id)
}

func (r *record) Requests(_ context.Context, q attribution.RequestQuery) ([]attribution.Request, error) {
	found := r.committed().requestsThat(func(v attribution.Request) bool {
		return v.Territory == q.Territory && (len(q.States) == 0 || slices.Contains(q.States, v.State)) &&
			(q.Tier == 0 || v.Tier == q.Tier) && (q.Commune == "" || v.Commune == q.Commune) && (q.By == "" || v.By == q.By) &&
			(q.After == attribution.Key{} || compareKeys(keyOf(v), q.After) > 0)
	})
	return found[:min(q.Limit, len(found))], nil
}

func (r *record) RequestsNamed(_ context.Context, in, family string) ([]attribution.Request, error) {
	found := r.committed().requestsThat(func(v attribution.Request) bool {
		return v.Territory == in && !v.State.Ended() && v.Patient != nil && oneWord(v.Patient.Family) == oneWord(family)
	})
	return found[:min(100, len(found))], nil
}

func (r *record) RequestsEverNamed(_ context.Context, in string, families []string) ([]attribution.Request, error) {
	return r.committed().requestsThat(func(v attribution.Request) bool {
		return v.Territory == in && v.Patient != nil &&
			slices.ContainsFunc(families, func(family string) bool { return oneWord(v.Patient.Family) == oneWord(family) })
	}), nil
}

func (r *record) Events(_ context.Context, request string) (found []attribution.Event, err error) {
	for _, e := range r.committed().events {
		if e.Request == request {
			found = append(found, e)
		}
	}
	return found, nil
}

func (r *record) Declarations(_ context.Context, in string, now attribution.Moment) ([]attribution.Declaration, error) {
	return r.committed().declared(in, now), nil
}

func (r *record) Offer(_ context.Context, id string) (attribution.Offer, error) {
	return r.committed().offer(id)
}

func (r *record) Offers(_ context.Context, q attribution.OfferQuery) ([]attribution.Offer, error) {
	found := r.committed().offersThat(func(o attribution.Offer) bool {
		return o.Territory == q.Territory && (q.Practitioner == "" || o.Practitioner == q.Practitioner) &&
			(q.Request == "" || o.Request == q.Request) && (len(q.States) == 0 || slices.Contains(q.States, o.State)) &&
			(q.After == attribution.OfferKey{} || compareOffers(o, attribution.Offer{ID: q.After.ID, SentAt: q.After.SentAt}) > 0)
	})
	return found[:min(q.Limit, len(found))], nil
}

func (r *record) Overdue(_ context.Context, now time.Time, limit int) ([]attribution.Offer, error) {
	found := r.committed().offersThat(func(o attribution.Offer) bool {
		return o.State == attribution.Pending && o.StandsAt(now) == attribution.OfferExpired
	})
	return found[:min(limit, len(found))], nil
}

func (r *record) Forgettable(_ context.Context, in string, before time.Time, limit int) (ids []string, err error) {
	for _, v := range r.committed().requestsThat(func(v attribution.Request) bool {
		return v.Territory == in && v.ErasedAt.IsZero() && (v.State == attribution.Closed && v.ClosedAt.Before(before) ||
			v.State == attribution.Attached && v.AttachedOn.Before(civil.DateOf(before, time.UTC)))
	}) {
		ids = append(ids, v.ID)
	}
	return ids[:min(limit, len(ids))], nil
}

func (r *record) Ground(_ context.Context, in string, now attribution.Moment) (attribution.Ground, error) {
	b := r.committed()
	g := attribution.Ground{Declarations: b.declared(in, now), NotBy: map[string][]string{}}
	for _, v := range b.requestsThat(func(v attribution.Request) bool { return v.Territory == in && v.State.Seeking() }) {
		g.Requests = append(g.Requests, unsealed(v))
		if no := b.saidNo(v.ID, now.Now); len(no) > 0 {
			g.NotBy[v.ID] = no
		}
	}
	return g, nil
}

func (r *record) Plan(_ context.Context, id string) (attribution.StoredPlan, error) {
	return r.committed().planThat(func(p attribution.StoredPlan) bool { return p.ID == id })
}

func (r *record) LastPlan(_ context.Context, in string) (attribution.StoredPlan, error) {
	return r.committed().planThat(func(p attribution.StoredPlan) bool { return p.Territory == in })
}

func (r *record) RequestFacts(_ context.Context, in string) (facts []attribution.RequestFact, err error) {
	for _, v := range r.committed().requestsThat(func(v attribution.Request) bool { return v.Territory == in }) {
		facts = append(facts, attribution.RequestFact{Origin: v.Origin, Commune: v.Commune, Tier: v.Tier, Criteria: v.CriteriaOn(v.Since),
			State: v.State, Since: v.Since, AcceptedAt: v.AcceptedAt, AttachedOn: v.AttachedOn, ClosedAt: v.ClosedAt, ClosedReason: v.ClosedReason})
	}
	return facts, nil
}

func (r *record) OfferFacts(_ context.Context, in string) (facts []attribution.OfferFact, err error) {
	for _, o := range r.committed().offersThat(func(o attribution.Offer) bool { return o.Territory == in }) {
		facts = append(facts, attribution.OfferFact{State: o.State, SentAt: o.SentAt, ExpiresAt: o.ExpiresAt, AnsweredAt: o.AnsweredAt,
			CallAsked: !o.CallAskedAt.IsZero(), Reason: o.Reason})
	}
	return facts, nil
}

func (b books) request(id string) (attribution.Request, error) {
	v, ok := b.requests[id]
	if !ok {
		return attribution.Request{}, attribution.ErrRequestUnknown
	}
	return apart(v), nil
}

func (b books) offer(id string) (attribution.Offer, error) {
	o, ok := b.offers[id]
	if !ok {
		return attribution.Offer{}, attribution.ErrOfferUnknown
	}
	return o, nil
}

// requestsThat lists requests as pages do.
func (b books) requestsThat(wanted func(attribution.Request) bool) (found []attribution.Request) {
	for _, v := range b.requests {
		if wanted(v) {
			found = append(found, apart(v))
		}
	}
	slices.SortFunc(found, func(a, b attribution.Request) int { return compareKeys(keyOf(a), keyOf(b)) })
	return found
}

func (b books) offersThat(wanted func(attribution.Offer) bool) (found []attribution.Offer) {
	for _, o := range b.offers {
		if wanted(o) {
			found = append(found, o)
		}
	}
	slices.SortFunc(found, compareOffers)
	return found
}

func (b books) planThat(wanted func(attribution.StoredPlan) bool) (attribution.StoredPlan, error) {
	for _, p := range slices.Backward(b.plans) {
		if wanted(p) {
			return p, nil
		}
	}
	return attribution.StoredPlan{}, attribution.ErrPlanUnknown
}

func (b books) declared(in string, now attribution.Moment) (found []attribution.Declaration) {
	for _, d := range b.declarations {
		if d.Territory == in {
			found = append(found, b.counted(d, now))
		}
	}
	slices.SortFunc(found, func(a, b attribution.Declaration) int { return cmp.Compare(a.Practitioner, b.Practitioner) })
	return found
}

// counted is a declaration with what its offers count at a moment.
func (b books) counted(d attribution.Declaration, now attribution.Moment) attribution.Declaration {
	d.Pending, d.Taken = 0, 0
	for _, o := range b.offers {
		switch {
		case o.Territory != d.Territory || o.Practitioner != d.Practitioner:
		case o.StandsAt(now.Now) == attribution.Pending:
			d.Pending++
		case o.State == attribution.OfferAccepted && !o.AnsweredAt.Before(now.From) && o.AnsweredAt.Before(now.To):
			d.Taken++
		}
	}
	d.Communes = slices.Clone(d.Communes)
	return d
}

// saidNo lists the practitioners of a request who said no, let an offer expire,
// or were declined by the patient, here or in a request merged into it.
func (b books) saidNo(request string, now time.Time) (who []string) {
	for _, o := range b.offers {
		if o.Request == request && (o.State == attribution.OfferDeclined || o.StandsAt(now) == attribution.OfferExpired) {
			who = append(who, o.Practitioner)
		}
	}
	for _, e := range b.events {
		if e.Request == request && e.Kind == attribution.EventPatientDeclined {
			who = append(who, e.Practitioner)
		}
	}
	for _, v := range b.requests {
		if v.MergedInto == request {
			who = append(who, b.saidNo(v.ID, now)...)
		}
	}
	slices.Sort(who)
	return slices.Compact(who)
}

// pages is one transaction on a copy of the books.
type pages struct {
	books

	cases map[string]string
}

func (p *pages) Request(_ context.Context, id string) (attribution.Request, error) {
	return p.request(id)
}

func (p *pages) AddRequest(_ context.Context, r attribution.Request) error {
	for _, other := range p.requests {
		if r.Case != "" && other.Case == r.Case {
			return attribution.ErrCaseReported
		}
	}
	r.Revision, r.Duplicates = 1, nil
	p.requests[r.ID] = apart(r)
	return nil
}

func (p *pages) SaveRequest(_ context.Context, r attribution.Request) error {
	was, err := p.request(r.ID)
	if err != nil {
		return err
	}
	r.Territory, r.By, r.Case, r.ReceivedAt = was.Territory, was.By, was.Case, was.ReceivedAt
	r.Revision, r.Duplicates = was.Revision+1, nil
	p.requests[r.ID] = apart(r)
	return nil
}

func (p *pages) Erase(_ context.Context, request string, at time.Time) error {
	v, err := p.request(request)
	if err != nil {
		return err
	}
	v = unsealed(v)
	v.BirthYear, v.Case, v.ErasedAt = 0, "", at
	p.requests[request] = v
	for i, e := range p.events {
		if e.Request == request {
			p.events[i].Note = ""
		}
	}
	for id, o := range p.offers {
		if o.Request == request {
			o.Note = ""
			p.offers[id] = o
		}
	}
	return nil
}

func (p *pages) AddEvent(_ context.Context, e attribution.Event) error {
	p.events = append(p.events, e)
	return nil
}

func (p *pages) Offer(_ context.Context, id string) (attribution.Offer, error) { return p.offer(id) }

func (p *pages) AddOffer(_ context.Context, o attribution.Offer) error {
	for _, other := range p.offers {
		if other.Request == o.Request && (other.State == attribution.Pending || other.State == attribution.OfferAccepted) {
			return attribution.ErrAlreadyOffered
		}
	}
	o.Revision = 1
	p.offers[o.ID] = o
	return nil
}

func (p *pages) SaveOffer(_ context.Context, o attribution.Offer) error {
	was, err := p.offer(o.ID)
	if err != nil {
		return err
	}
	was.State, was.CallAskedAt, was.AnsweredAt, was.AnsweredBy = o.State, o.CallAskedAt, o.AnsweredAt, o.AnsweredBy
	was.Reason, was.Note = o.Reason, o.Note
	was.Revision++
	p.offers[o.ID] = was
	return nil
}

func (p *pages) Declaration(_ context.Context, in, practitioner string, now attribution.Moment) (attribution.Declaration, bool, error) {
	d, ok := p.declarations[in+"\n"+practitioner]
	if !ok {
		d = attribution.Declaration{Territory: in, Practitioner: practitioner}
	}
	return p.counted(d, now), ok, nil
}

func (p *pages) SaveDeclaration(_ context.Context, d attribution.Declaration) error {
	key := d.Territory + "\n" + d.Practitioner
	d.Revision, d.Pending, d.Taken = p.declarations[key].Revision+1, 0, 0
	d.Communes = slices.Clone(d.Communes)
	p.declarations[key] = d
	return nil
}

func (p *pages) SavePlan(_ context.Context, plan attribution.StoredPlan) error {
	p.plans = append(p.plans, plan)
	return nil
}

func (p *pages) CalledAbout(_ context.Context, id string) (string, bool, error) {
	in, ok := p.cases[id]
	if !ok {
		return "", false, attribution.ErrCaseUnknown
	}
	return in, strings.HasSuffix(id, "-with-mt"), nil
}

func (p *pages) Audit(_ context.Context, e audit.Entry) error {
	p.audited = append(p.audited, e)
	return nil
}

func (p *pages) AuditAll(_ context.Context, entries []audit.Entry) error {
	p.audited = append(p.audited, entries...)
	return nil
}

func (p *pages) Remembered(_ context.Context, actor, key, digest string) (string, error) {
	kept, ok := p.answers[actor+"\n"+key]
	if ok && kept[0] != digest {
		return "", errKeyReused
	}
	return kept[1], nil
}

func (p *pages) Remember(_ context.Context, actor, key, digest, made string, _ time.Time) error {
	if _, ok := p.answers[actor+"\n"+key]; ok {
		return errKeyReused
	}
	p.answers[actor+"\n"+key] = [2]string{digest, made}
	return nil
}

func (p *pages) Mark(text string) (string, error) {
	sum := sha256.Sum256([]byte("a key " + text))
	return hex.EncodeToString(sum[:]), nil
}

// apart is a request that shares nothing with the one it is a copy of.
func apart(v attribution.Request) attribution.Request {
	if v.Patient != nil {
		patient := *v.Patient
		v.Patient = &patient
	}
	v.Because, v.Duplicates = slices.Clone(v.Because), slices.Clone(v.Duplicates)
	return v
}

// unsealed is a request without what a record seals.
func unsealed(v attribution.Request) attribution.Request {
	v.Patient, v.Reporter, v.Consent.Collector, v.TierReason = nil, "", "", ""
	v.ChronicDisease, v.Medication, v.Synthesis = "", "", ""
	return v
}

// oneWord is a family name as the record looks it up.
func oneWord(name string) string { return strings.ReplaceAll(territory.Fold(name), " ", "") }

func keyOf(v attribution.Request) attribution.Key {
	return attribution.Key{Tier: v.Tier, Since: v.Since, Draw: v.Draw, ID: v.ID}
}

func compareKeys(a, b attribution.Key) int {
	return cmp.Or(cmp.Compare(a.Tier, b.Tier), a.Since.Compare(b.Since), cmp.Compare(a.Draw, b.Draw), cmp.Compare(a.ID, b.ID))
}

// compareOffers puts the latest sent first.
func compareOffers(a, b attribution.Offer) int {
	return cmp.Or(b.SentAt.Compare(a.SentAt), cmp.Compare(b.ID, a.ID))
}
