package training

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/regulation"
	"github.com/relais-snp/relais/internal/territory"
)

// The state of a room's supply when a task begins.
const (
	enoughFree = 4 // slots a GP has ahead at least
	published  = 6 // slots that a GP publishes otherwise
	slotLength = 15 * time.Minute
	notBefore  = 20 * time.Minute // a slot nearer than this is no use to a caller
	lookAhead  = 8 * time.Hour
)

// room is one trainee with their territory and how they are getting on.
type room struct {
	House
	actor account.Actor
	land  territory.Territory
	cast  Cast
	newID func() string
	now   func() time.Time
	ends  time.Time // whatever happens

	mu      sync.Mutex
	touched time.Time // the last act
	seen    time.Time // the last look
	task    int       // index of the current one
	plays   []play
	errands []errand
	busy    []busySeat
	keys    int // idempotency keys given out
	acts    int // of the trainee
}

// play is one task as it is being done.
type play struct {
	began    time.Time     // of the present try
	finished bool          // the present try is at its end
	took     time.Duration // the last try that succeeded, 0 before one did
	slips    int           // of that try
	skipped  bool
	given    string // the case of a task that gives one
	raced    bool   // the colleague was there first already
	events   []Event
}

// errand is something a simulated person does later.
type errand struct {
	at time.Time
	do func(context.Context) error
}

// busySeat is a seat that a simulated colleague holds, and until when.
type busySeat struct {
	who   account.Actor
	token string
	until time.Time
}

// open furnishes the territory: people, places, slots.
func (r *room) open(ctx context.Context) error {
	if err := r.Lands.Add(ctx, r.land); err != nil {
		return err
	}
	if err := r.Directory.InTx(ctx, r.cast.save); err != nil {
		return err
	}
	return r.supply(ctx)
}

// supply sees to it that every GP has free slots ahead.
func (r *room) supply(ctx context.Context) error {
	now := r.now()
	board, err := r.Regulation.Slots(ctx, r.actor, regulation.BoardQuery{Territory: r.land.ID, From: now, To: now.Add(lookAhead)})
	if err != nil {
		return err
	}
	for gp, p := range r.cast.Practitioners {
		free, last := 0, now.Truncate(5*time.Minute).Add(parts[gp].first)
		for _, it := range board.Items {
			if it.State.Slot.Practitioner != p.ID {
				continue
			}
			if it.State.Available(now.Add(notBefore)) {
				free++
			}
			if it.State.Slot.End.After(last) {
				last = it.State.Slot.End
			}
		}
		if free >= enoughFree {
			continue
		}
		if err := r.publish(ctx, gp, last); err != nil {
			return err
		}
	}
	return nil
}

func (r *room) publish(ctx context.Context, gp int, start time.Time) error {
	_, _, err := r.Openings.Publish(ctx, r.cast.actor(gp), agenda.Draft{
		Practitioner: r.cast.Practitioners[gp].ID, Location: r.cast.Locations[gp].ID,
		Start: start, End: start.Add(published * slotLength), SlotMinutes: int(slotLength / time.Minute),
		Modality: agenda.Cabinet, Audience: agenda.ForRegulation,
	}, r.key())
	if err != nil {
		return fmt.Errorf("training: publish: %w", err)
	}
	return nil
}

func (r *room) key() string {
	r.keys++
	return fmt.Sprintf("%s-%06d", r.land.ID, r.keys)
}

// begin starts a task, for the first time or anew. What the trainee left open
// stays as it is: the console has it in hand.
func (r *room) begin(ctx context.Context, number int) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if number < 1 || number > len(r.plays) {
		return ErrTaskUnknown
	}
	if err := r.supply(ctx); err != nil {
		return err
	}
	left := &r.plays[r.task]
	left.skipped = left.took == 0 && r.task != number-1
	r.errands = nil
	now := r.now()
	r.touched, r.task = now, number-1
	p := &r.plays[r.task]
	*p = play{began: now, took: p.took, slips: p.slips}
	if Script()[r.task].GivesCase {
		return r.giveCase(ctx, p)
	}
	return nil
}

// note keeps what the trainee did.
func (r *room) note(e Event) {
	r.mu.Lock()
	defer r.mu.Unlock()
	e.At = r.now()
	r.touched = e.At
	r.keep(e)
}

func (r *room) keep(e Event) {
	p := &r.plays[r.task]
	if len(p.events) == mostEvents { // somebody who plays on and on
		p.events = slices.Delete(p.events, 0, 1)
	}
	p.events = append(p.events, e)
	v := r.verdict(r.task)
	if !v.Finished || p.finished {
		return
	}
	p.finished = true
	if v.Succeeded() {
		p.took = max(e.At.Sub(p.began), time.Second)
	}
	if v.Succeeded() || p.took == 0 {
		p.slips = v.Slips
	}
}

const mostEvents = 300

func (r *room) verdict(task int) Verdict {
	p := r.plays[task]
	return Judge(Script()[task], r.cast, p.given, p.events)
}
