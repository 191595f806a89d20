package regulation

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/territory"
)

// The bounds of one look at the board.
const (
	maxPeriod = 62 * 24 * time.Hour
	maxRanked = 5000 // slots considered for a ranking
	maxPage   = 500
	// sureAhead is how far the engine carries every slot, keepers late or not.
	sureAhead = agenda.WindowAhead - 24*time.Hour
)

// BoardQuery selects slots for a board or a search.
type BoardQuery struct {
	Territory    string
	From, To     time.Time // zero From is now, zero To is From + 48 h
	Practitioner string
	Near         string // INSEE; ranks
	Case         string // ranks for this case: its commune, wished delay and MT
	FreeOnly     bool
	After        Key
	Limit        int // 0 for the largest page
}

// Board is a page of slots.
type Board struct {
	Items []Ranked
	Next  Key // zero on the last page
	// Degraded says that the live engine is away: holds are not shown.
	Degraded bool
}

// Slots returns the slots of a period by start, or ranked for a caller when
// Near or Case is given. A professional sees only what is meant for the CPTS.
func (s *Service) Slots(ctx context.Context, a account.Actor, q BoardQuery) (Board, error) {
	forCPTS, err := s.allowBoard(a, q)
	if err != nil {
		return Board{}, err
	}
	now := s.Now()
	if q, err = q.bounded(now); err != nil {
		return Board{}, err
	}
	seen, err := s.look(ctx, q, now, forCPTS)
	if err != nil {
		return Board{}, err
	}
	seen.states = slices.DeleteFunc(seen.states, func(st SlotState) bool {
		return forCPTS && st.Slot.Audience != agenda.ForCPTS ||
			q.Practitioner != "" && st.Slot.Practitioner != q.Practitioner ||
			q.FreeOnly && !st.Available(now)
	})
	if q.Near == "" && q.Case == "" {
		return seen.page(q), nil
	}
	kase, err := s.forCase(ctx, a, q)
	if err != nil {
		return Board{}, err
	}
	ranked, err := s.rank(ctx, q, kase, seen.states, now)
	if err != nil {
		return Board{}, err
	}
	if len(ranked) > 0 && kase.ID != "" && kase.FirstProposalAt.IsZero() {
		s.noteProposal(ctx, a, kase.ID)
	}
	return Board{Items: ranked[:min(len(ranked), q.Limit)], Degraded: seen.degraded}, nil
}

func (s *Service) allowBoard(a account.Actor, q BoardQuery) (forCPTS bool, err error) {
	t := account.Target{Territory: q.Territory}
	if account.Can(a, account.ReadSlots, t) {
		return false, nil
	}
	t.ForCPTS = true
	return true, account.Allow(a, account.ReadSlots, t)
}

func (q BoardQuery) bounded(now time.Time) (BoardQuery, error) {
	if q.From.IsZero() {
		q.From = now
	}
	if q.To.IsZero() {
		q.To = q.From.Add(48 * time.Hour)
	}
	if q.Limit <= 0 || q.Limit > maxPage {
		q.Limit = maxPage
	}
	if !q.From.Before(q.To) || q.To.Sub(q.From) > maxPeriod {
		return q, fault.Fields("request.invalid", "La période demandée n’est pas valable.",
			fault.Field{Name: "to", Reason: "request.period", Message: "La fin suit le début, à 62 jours au plus."})
	}
	return q, nil
}

// look is the slots of a period sorted by start and id.
type look struct {
	states   []SlotState
	degraded bool
	cut      Key // where reading the record was cut off; zero when all was read
}

// look reads from the engine where it carries the whole period, else from the
// record. filtered says that some of the slots will be left out.
func (s *Service) look(ctx context.Context, q BoardQuery, now time.Time, filtered bool) (look, error) {
	live, err := s.Present.Slots(ctx, q.Territory)
	if err != nil && !away(err) {
		return look{}, err
	}
	degraded := err != nil
	if !degraded && !q.From.Before(now.Add(-agenda.WindowBack)) && !q.To.After(now.Add(sureAhead)) {
		return look{states: inPeriod(live, q)}, nil
	}
	depth := q.depth(filtered)
	records, err := s.Store.Records(ctx, SlotQuery{
		Territory: q.Territory, From: q.From, To: q.To, Practitioner: q.Practitioner, After: q.After, Limit: depth,
	})
	seen := look{states: overlay(records, live), degraded: degraded}
	if len(records) == depth {
		last := records[depth-1].Slot
		seen.cut = Key{At: last.Start, ID: last.ID}
	}
	return seen, err
}

// depth is how many records one look reads: a page and one more, or all that a
// ranking or a filter may need.
func (q BoardQuery) depth(filtered bool) int {
	if q.Near == "" && q.Case == "" && !q.FreeOnly && !filtered {
		return q.Limit + 1
	}
	return maxRanked
}

func inPeriod(live []SlotState, q BoardQuery) []SlotState {
	states := make([]SlotState, 0, len(live))
	for _, st := range live {
		if !st.Slot.Start.Before(q.From) && st.Slot.Start.Before(q.To) && q.After.before(st.Slot) {
			states = append(states, st)
		}
	}
	slices.SortFunc(states, func(a, b SlotState) int { return byStart(a.Slot, b.Slot) })
	return states
}

// overlay shows records with the holds that the engine knows of.
func overlay(records []agenda.Record, live []SlotState) []SlotState {
	now := make(map[string]SlotState, len(live))
	for _, st := range live {
		now[st.Slot.ID] = st
	}
	states := make([]SlotState, len(records))
	for i, r := range records {
		states[i] = SlotState{Slot: r.Slot, Booked: len(r.Booked), Held: now[r.Slot.ID].Held}
	}
	return states
}

// page is the first page of what was seen. One that filters left short goes on
// where the record was cut off.
func (l look) page(q BoardQuery) Board {
	b := Board{Degraded: l.degraded, Next: l.cut}
	states := l.states
	if len(states) > q.Limit {
		states = states[:q.Limit]
		last := states[len(states)-1].Slot
		b.Next = Key{At: last.Start, ID: last.ID}
	}
	for _, st := range states {
		b.Items = append(b.Items, Ranked{State: st})
	}
	return b
}

func byStart(a, b agenda.Slot) int {
	return cmp.Or(a.Start.Compare(b.Start), cmp.Compare(a.ID, b.ID))
}

// before reports whether the slot comes after the key; the zero key comes
// before everything.
func (k Key) before(s agenda.Slot) bool {
	if k == (Key{}) {
		return true
	}
	return byStart(agenda.Slot{Start: k.At, ID: k.ID}, s) < 0
}

// forCase returns the case that the query ranks for, the zero Case for none.
func (s *Service) forCase(ctx context.Context, a account.Actor, q BoardQuery) (Case, error) {
	if q.Case == "" {
		return Case{}, nil
	}
	c, err := s.Store.Case(ctx, q.Case)
	if err != nil {
		return Case{}, err
	}
	if c.Territory != q.Territory || !account.Can(a, account.HandleCase, account.Target{Territory: c.Territory}) {
		return Case{}, ErrCaseUnknown
	}
	return c, nil
}

// rank orders slots for the caller of the query.
func (s *Service) rank(ctx context.Context, q BoardQuery, kase Case, states []SlotState, now time.Time) ([]Ranked, error) {
	caller, err := callerOf(q, kase)
	if err != nil {
		return nil, err
	}
	people, err := s.People.Practitioners(ctx, q.Territory)
	if err != nil {
		return nil, err
	}
	places, err := s.People.Locations(ctx, q.Territory)
	if err != nil {
		return nil, err
	}
	return RankSlots(states, GroundOf(people, places), caller, now, s.Rules.MinutesPerKm), nil
}

// callerOf gathers what is known of who calls: Near wins over the case's commune.
func callerOf(q BoardQuery, kase Case) (Caller, error) {
	c := Caller{Wished: time.Duration(kase.WishedDelayMinutes) * time.Minute, MTRPPS: kase.ownMT()}
	code := cmp.Or(q.Near, kase.Commune)
	if code == "" {
		return c, nil
	}
	commune, ok := territory.Communes().ByINSEE(territory.INSEE(code))
	if !ok {
		return c, fault.Fields("request.invalid", "La recherche contient des erreurs.",
			fault.Field{Name: "near", Reason: "territory.commune_unknown", Message: "Cette commune est inconnue."})
	}
	c.Commune, c.Located = commune, true
	return c, nil
}

// ownMT is the RPPS of the patient's médecin traitant, "" when not known.
func (c Case) ownMT() string {
	if c.MT.RPPS == "" && c.Patient != nil {
		return c.Patient.MT.RPPS
	}
	return c.MT.RPPS
}
