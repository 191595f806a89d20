package training

import (
	"context"
	"math/rand/v2"
	"time"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/regulation"
)

// The pace of simulated people.
const (
	cancelsAfter = 4 * time.Second  // the GP of the fifth task
	rivalBooks   = 25 * time.Second // the colleague of the fourth, after the race
	holdsFor     = 8 * time.Second  // a colleague on another row, at least
	lookedAtFor  = 15 * time.Second // colleagues work while somebody looks
	oneIn        = 6                // turns of a second between two holds
)

// giveCase makes an appointment as if the trainee had, and has its GP cancel it
// in a moment.
func (r *room) giveCase(ctx context.Context, p *play) error {
	caller := Script()[r.task].Calls[0].Caller
	patient := regulation.Patient{Family: caller.Family, Given: "Léon", Phone: "+33199000055", Commune: savigny, MT: regulation.MT{Status: regulation.MTNone}}
	where, why := string(savigny), "Toux depuis trois jours"
	kase, err := r.Regulation.OpenCase(ctx, r.actor, regulation.CaseDraft{Territory: r.land.ID, Commune: &where, Reason: &why, MT: &patient.MT})
	if err != nil {
		return err
	}
	slot, err := r.freeAt(ctx, gpCancels)
	if err != nil {
		return err
	}
	b, err := r.Regulation.Book(ctx, r.actor, regulation.BookRequest{Slot: slot, Case: kase.ID, Patient: patient, Reason: why,
		Key: r.key(), Acknowledge: []string{regulation.AckSamePatient}})
	if err != nil {
		return err
	}
	p.given = kase.ID
	r.errands = append(r.errands, errand{r.now().Add(cancelsAfter), func(ctx context.Context) error {
		_, err := r.Regulation.Cancel(ctx, r.cast.actor(gpCancels), b.ID, regulation.ByPractitioner, "Urgence au cabinet")
		if err == nil { // the text that speaks of the notice comes with it
			r.keep(Event{At: r.now(), Kind: Cancelled, Case: kase.ID})
		}
		return err
	}})
	return nil
}

// freeAt is the first free slot of a GP that leaves time to get there.
func (r *room) freeAt(ctx context.Context, gp int) (string, error) {
	now := r.now()
	board, err := r.Regulation.Slots(ctx, r.actor, regulation.BoardQuery{Territory: r.land.ID, From: now.Add(notBefore), To: now.Add(lookAhead),
		Practitioner: r.cast.Practitioners[gp].ID, FreeOnly: true, Limit: 1})
	if err != nil {
		return "", err
	}
	if len(board.Items) == 0 {
		return "", regulation.ErrSlotTaken
	}
	return board.Items[0].State.Slot.ID, nil
}

// rival lets a colleague take the slot first, once, in a task that says so.
func (r *room) rival(ctx context.Context, slot string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	p := &r.plays[r.task]
	if !Script()[r.task].ColleagueFirst || p.raced {
		return
	}
	who := r.cast.Colleagues[0]
	r.letGo(ctx, who)
	h, err := r.Regulation.Hold(ctx, who, slot, "")
	if err != nil {
		return // somebody has it already: the trainee is refused all the same
	}
	p.raced = true
	r.errands = append(r.errands, errand{r.now().Add(rivalBooks), func(ctx context.Context) error {
		_, err := r.Regulation.Book(ctx, who, regulation.BookRequest{Hold: h.Token, Key: r.key(),
			Patient: regulation.Patient{Family: "Mésange", MT: regulation.MT{Status: regulation.MTUnknown}}})
		return err
	}})
}

// letGo has a colleague release what they hold, so that they may hold again.
func (r *room) letGo(ctx context.Context, who account.Actor) {
	kept := r.busy[:0]
	for _, b := range r.busy {
		if b.who.ID != who.ID {
			kept = append(kept, b)
			continue
		}
		_ = r.Regulation.Release(ctx, b.who, b.token) // it expires by itself
	}
	r.busy = kept
}

// turn is a second in the lives of the others.
func (r *room) turn(ctx context.Context, dice *rand.Rand) {
	r.mu.Lock()
	defer r.mu.Unlock()
	now := r.now()
	waiting := r.errands[:0]
	for _, e := range r.errands {
		if now.Before(e.at) {
			waiting = append(waiting, e)
			continue
		}
		_ = e.do(ctx) // a slot that is gone meanwhile is life; the task can be begun again
	}
	r.errands = waiting
	kept := r.busy[:0]
	for _, b := range r.busy {
		if now.Before(b.until) {
			kept = append(kept, b)
			continue
		}
		_ = r.Regulation.Release(ctx, b.who, b.token)
	}
	r.busy = kept
	if now.Sub(r.seen) < lookedAtFor && dice.IntN(oneIn) == 0 {
		r.holdSomewhere(ctx, dice, now)
	}
}

// holdSomewhere has a colleague hold a slot on a row that no task needs.
func (r *room) holdSomewhere(ctx context.Context, dice *rand.Rand, now time.Time) {
	who := r.cast.Colleagues[dice.IntN(len(r.cast.Colleagues))]
	for _, b := range r.busy {
		if b.who.ID == who.ID {
			return // one caller at a time
		}
	}
	board, err := r.Regulation.Slots(ctx, r.actor, regulation.BoardQuery{Territory: r.land.ID, From: now.Add(notBefore), To: now.Add(lookAhead), FreeOnly: true})
	if err != nil {
		return
	}
	var free []string
	for _, it := range board.Items {
		if r.cast.background(it.State.Slot.Practitioner) {
			free = append(free, it.State.Slot.ID)
		}
	}
	if len(free) == 0 {
		return
	}
	h, err := r.Regulation.Hold(ctx, who, free[dice.IntN(len(free))], "")
	if err == nil {
		r.busy = append(r.busy, busySeat{who, h.Token, now.Add(holdsFor + time.Duration(dice.IntN(8))*time.Second)})
	}
}
