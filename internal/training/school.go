package training

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/netip"
	"sync"
	"time"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/territory"
)

// The bounds of a school.
const (
	Seats     = 40               // trainees at a time
	PerSource = 20               // of them from one address: a regulation centre behind one
	Starts    = 60               // trainings begun from one address within an hour
	Idle      = 30 * time.Minute // without an act, a training ends
	Life      = 2 * time.Hour    // of a training, at most
)

// The refusals of a school.
var (
	ErrFull        = fault.New(fault.Unavailable, "training.full", "Toutes les places d’entraînement sont prises. Réessayez dans quelques minutes.")
	ErrTooMany     = fault.New(fault.TooMany, "request.too_many", "Trop d’entraînements commencés d’ici. Réessayez plus tard.")
	ErrTaskUnknown = fault.New(fault.NotFound, "training.task_unknown", "Cette tâche n’existe pas.")
)

// School is the trainees at work. It is safe for concurrent use.
type School struct {
	house  House
	now    func() time.Time
	newID  func() string
	secret func() string

	mu     sync.Mutex
	rooms  map[string]*room        // by account
	from   map[string]netip.Prefix // where each came from
	starts map[netip.Prefix][]time.Time
	opened int
	dice   *rand.Rand
}

// NewSchool returns a school without trainees. secret makes the unguessable
// part of a territory's id, in lower-case letters and digits.
func NewSchool(house House, now func() time.Time, newID, secret func() string) *School {
	return &School{house: house, now: now, newID: newID, secret: secret, rooms: map[string]*room{}, from: map[string]netip.Prefix{},
		starts: map[netip.Prefix][]time.Time{}, dice: rand.New(rand.NewPCG(uint64(now().UnixNano()), 0x5343484f4f4c))}
}

// Start gives somebody a territory, an account for it and the first task. It
// answers ErrFull when no place is free, ErrTooMany to an address that begins
// too often.
func (s *School) Start(ctx context.Context, source netip.Addr) (account.Actor, error) {
	r, err := s.seat(source)
	if err != nil {
		return account.Actor{}, err
	}
	if err := r.open(ctx); err != nil {
		s.Leave(context.WithoutCancel(ctx), r.actor)
		return account.Actor{}, err
	}
	return r.actor, r.begin(ctx, 1)
}

// seat takes a place before the room is furnished, so that a crowd cannot take
// more than there are.
func (s *School) seat(source netip.Addr) (*room, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now, from := s.now(), neighbourhood(source)
	if err := s.admit(from, now); err != nil {
		return nil, err
	}
	s.opened++
	land, err := territory.New("entrainement-"+s.secret(), "Territoire d’entraînement", "Europe/Paris", communes)
	if err != nil {
		return nil, fmt.Errorf("training: territory: %w", err)
	}
	cast, err := newCast(land.ID, s.opened, s.newID)
	if err != nil {
		return nil, err
	}
	r := &room{House: s.house, land: land, cast: cast, newID: s.newID, now: s.now, ends: now.Add(Life), touched: now, seen: now,
		plays: make([]play, len(Script())),
		actor: account.Actor{ID: s.newID(), Name: "Stagiaire", Roles: []account.Role{account.Regulator}, Territories: []string{land.ID}}}
	s.rooms[r.actor.ID], s.from[r.actor.ID] = r, from
	return r, nil
}

func (s *School) admit(from netip.Prefix, now time.Time) error {
	here := 0
	for _, other := range s.from {
		if other == from {
			here++
		}
	}
	if len(s.rooms) >= Seats || here >= PerSource {
		return ErrFull
	}
	for source, at := range s.starts { // at most a few hundred: a house has few seats, and each lasts
		for len(at) > 0 && now.Sub(at[0]) > time.Hour {
			at = at[1:]
		}
		if s.starts[source] = at; len(at) == 0 {
			delete(s.starts, source)
		}
	}
	if len(s.starts[from]) >= Starts {
		return ErrTooMany
	}
	s.starts[from] = append(s.starts[from], now)
	return nil
}

// neighbourhood is whom an address belongs to: of IPv6, a whole /64.
func neighbourhood(source netip.Addr) netip.Prefix {
	source = source.Unmap().WithZone("")
	bits := source.BitLen()
	if source.Is6() {
		bits = 64
	}
	prefix, _ := source.Prefix(bits) // an invalid address is a neighbourhood of its own
	return prefix
}

// View is how far the trainee has come, or account.ErrSignInRequired when their
// training is over.
func (s *School) View(_ context.Context, a account.Actor) (View, error) {
	r, err := s.room(a.ID)
	if err != nil {
		return View{}, err
	}
	return r.view(), nil
}

// Begin starts the task of a number, for the first time or anew. The one that is
// left counts as skipped unless it was done. ErrTaskUnknown.
func (s *School) Begin(ctx context.Context, a account.Actor, number int) (View, error) {
	r, err := s.room(a.ID)
	if err != nil {
		return View{}, err
	}
	if err := s.act(a); err != nil {
		return View{}, err
	}
	if err := r.begin(ctx, number); err != nil {
		return View{}, err
	}
	return r.view(), nil
}

// Leave ends a training and forgets everything of it. Leaving twice is no error.
func (s *School) Leave(ctx context.Context, a account.Actor) {
	s.mu.Lock()
	r := s.rooms[a.ID]
	delete(s.rooms, a.ID)
	delete(s.from, a.ID)
	s.mu.Unlock()
	if r != nil {
		_ = s.house.Lands.Drop(ctx, r.land.ID) // what stays behind goes with the house
	}
}

// Actor returns the trainee of an account id, or account.ErrSignInRequired.
func (s *School) Actor(id string) (account.Actor, error) {
	r, err := s.room(id)
	if err != nil {
		return account.Actor{}, err
	}
	return r.actor, nil
}

// Names returns the display names of trainees, colleagues and GPs by id.
func (s *School) Names(ids ...string) map[string]string {
	s.mu.Lock()
	defer s.mu.Unlock()
	found := map[string]string{}
	for _, r := range s.rooms {
		all := r.cast.names()
		all[r.actor.ID] = r.actor.Name
		for _, id := range ids {
			if name, ok := all[id]; ok {
				found[id] = name
			}
		}
	}
	return found
}

// Empty reports whether nobody trains.
func (s *School) Empty() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.rooms) == 0
}

// Turn is a second in the lives of the simulated people, and sends away the
// trainees whose time is over.
func (s *School) Turn(ctx context.Context) {
	now := s.now()
	for _, r := range s.all() {
		if r.over(now) {
			s.Leave(ctx, r.actor)
			continue
		}
		r.turn(ctx, s.dice)
	}
}

// Run takes a turn a second until ctx ends.
func (s *School) Run(ctx context.Context) {
	second := time.NewTicker(time.Second)
	defer second.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-second.C:
			s.Turn(ctx)
		}
	}
}

func (s *School) all() []*room {
	s.mu.Lock()
	defer s.mu.Unlock()
	list := make([]*room, 0, len(s.rooms))
	for _, r := range s.rooms {
		list = append(list, r)
	}
	return list
}

func (s *School) room(id string) (*room, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if r := s.rooms[id]; r != nil && !r.over(s.now()) {
		return r, nil
	}
	return nil, account.ErrSignInRequired
}

func (r *room) over(now time.Time) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return !now.Before(r.endsAt())
}
