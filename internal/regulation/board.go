package regulation

import (
	"cmp"
	"context"
	"time"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/territory"
)

// The bounds of one look at the board.
const (
	maxPeriod = 62 * 24 * time.Hour
	maxRanked = 5000 // slots of the record considered for a ranking
	maxPage   = 500
	// sureAhead is how far the engine carries every slot, keepers late or not.
	sureAhead = agenda.WindowAhead - 24*time.Hour
)

// BoardQuery selects slots for a board or a search.
type BoardQuery struct {
	Territory    string    // of the slots
	From, To     time.Time // zero From is now, zero To is From + 48 h
	Practitioner string
	Near         string // INSEE; ranks
	Case         string // ranks for this case: its commune, wished delay and MT
	FreeOnly     bool
	After        Key
	Limit        int // 0 for the largest page
}

// Position is how far a territory's live sequence has come.
type Position struct {
	Epoch string
	Seq   int64
}

// Board is a page of slots.
type Board struct {
	Items []Ranked
	Next  Key // zero on the last page
	// At is where the present stood: items show that or later, so every change
	// after it may be applied on top. Zero when Degraded.
	At Position
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
	w := wanted{BoardQuery: q, forCPTS: forCPTS, now: now}
	if !q.ranked() {
		return s.look(ctx, w, nil)
	}
	kase, err := s.forCase(ctx, a, q)
	if err != nil {
		return Board{}, err
	}
	r, err := s.rankingFor(ctx, q, kase)
	if err != nil {
		return Board{}, err
	}
	b, err := s.look(ctx, w, &r)
	if err == nil && len(b.Items) > 0 && kase.ID != "" && kase.FirstProposalAt.IsZero() {
		s.noteProposal(ctx, a, kase.ID)
	}
	return b, err
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

func (q BoardQuery) ranked() bool { return q.Near != "" || q.Case != "" }

// byStart orders slots by start and id.
func byStart(a, b *agenda.Slot) int {
	return cmp.Or(a.Start.Compare(b.Start), cmp.Compare(a.ID, b.ID))
}

// before reports whether the slot comes after the key; the zero key comes
// before everything.
func (k Key) before(s *agenda.Slot) bool {
	return k == (Key{}) || cmp.Or(k.At.Compare(s.Start), cmp.Compare(k.ID, s.ID)) < 0
}

// forCase returns the case that the query ranks for, the zero Case for none. It
// may have been opened in another of the actor's territories.
func (s *Service) forCase(ctx context.Context, a account.Actor, q BoardQuery) (Case, error) {
	if q.Case == "" {
		return Case{}, nil
	}
	c, err := s.Store.Case(ctx, q.Case)
	if err != nil {
		return Case{}, err
	}
	if !account.Can(a, account.HandleCase, account.Target{Territory: c.Territory}) {
		return Case{}, ErrCaseUnknown
	}
	return c, nil
}

// rankingFor gathers what slots are ranked by for the caller of the query.
func (s *Service) rankingFor(ctx context.Context, q BoardQuery, kase Case) (ranking, error) {
	caller, err := callerOf(q, kase)
	if err != nil {
		return ranking{}, err
	}
	ground, err := s.People.Ground(ctx, q.Territory)
	return ranking{ground: ground, caller: caller, perKm: s.Rules.MinutesPerKm}, err
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
