package attribution_test

import (
	"slices"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/attribution"
	"github.com/relais-snp/relais/internal/fault"
)

// season is a random run of a territory: two GPs, some requests, and whatever
// people do with them while days go by.
type season struct {
	*world

	rt       *rapid.T
	gps      []account.Actor
	requests []string
	ended    map[string]attribution.OfferState // offers that left pending, and how
	events   map[string]int                    // acceptances told, by offer
}

func newSeason(t *testing.T, rt *rapid.T) *season {
	s := &season{world: newWorld(t), rt: rt, gps: []account.Actor{iris, paul}, ended: map[string]attribution.OfferState{}, events: map[string]int{}}
	for range rapid.IntRange(1, 5).Draw(rt, "requests") {
		s.requests = append(s.requests, s.sought().ID)
	}
	return s
}

// allowed stops the run at a refusal that is not one of these.
func (s *season) allowed(err error, reasons ...string) bool {
	if err != nil && !slices.Contains(reasons, fault.Reason(err)) {
		s.rt.Fatalf("%v", err)
	}
	return err == nil
}

func (s *season) gp() account.Actor { return rapid.SampledFrom(s.gps).Draw(s.rt, "gp") }
func (s *season) request() string   { return rapid.SampledFrom(s.requests).Draw(s.rt, "request") }

// anyOffer draws one of the offers there ever were.
func (s *season) anyOffer() (attribution.Offer, bool) {
	var all []attribution.Offer
	for _, id := range s.requests {
		all = append(all, s.offersOf(id)...)
	}
	if len(all) == 0 {
		return attribution.Offer{}, false
	}
	return rapid.SampledFrom(all).Draw(s.rt, "offer"), true
}

// capacity is a GP's, as they read it now.
func (s *season) capacity(gp account.Actor) (attribution.Declaration, bool) {
	list, err := s.Capacities(s.Context(), gp, senart)
	if s.allowed(err); len(list) == 0 {
		return attribution.Declaration{}, false
	}
	return list[0], true
}

func (s *season) quarter() attribution.Quarter { return attribution.QuarterOf(s.today()) }

func (s *season) declare() {
	gp := s.gp()
	before, _ := s.capacity(gp)
	d := attribution.Declaration{Territory: senart, Places: rapid.IntRange(0, 3).Draw(s.rt, "places"), Paused: rapid.IntRange(0, 3).Draw(s.rt, "pause") == 0}
	_, err := s.Declare(s.Context(), gp, d)
	given := before.Pending + before.Taken
	if ok := s.allowed(err, "attribution.capacity_below"); ok && d.Places < given && !d.Paused {
		s.rt.Fatalf("%d places were declared, %d are given", d.Places, given)
	} else if !ok && d.Places >= given {
		s.rt.Fatalf("%d places were refused, %d are given", d.Places, given)
	}
}

func (s *season) send() {
	gp, request := s.gp(), s.request()
	before, _ := s.capacity(gp)
	was := s.stands(request)
	o, err := s.sends(request, gp)
	if !s.allowed(err, "attribution.state", "attribution.already_offered", "attribution.no_place", "attribution.paused", "attribution.refused_before") {
		return
	}
	after, declared := s.capacity(gp)
	switch again := was.Offer == o.ID; {
	case !declared:
		s.rt.Fatal("a GP who declared nothing was asked")
	case !again && (after.Paused || after.Pending+after.Taken > after.PlacesIn(s.quarter())):
		s.rt.Fatalf("more is given than there is: %+v", after)
	case !again && after.Pending+after.Taken != before.Pending+before.Taken+1:
		s.rt.Fatalf("an offer takes no place: %+v, then %+v", before, after)
	}
}

func (s *season) answer() {
	o, ok := s.anyOffer()
	if !ok {
		return
	}
	answer := rapid.SampledFrom([]attribution.Answer{accept, decline, call}).Draw(s.rt, "answer")
	by := rapid.SampledFrom([]account.Actor{nurse, map[string]account.Actor{"gp-iris": iris, "gp-paul": paul}[o.Practitioner]}).Draw(s.rt, "by")
	before, _ := s.capacity(iris)
	stands := o.StandsAt(s.now)
	v, err := s.Answer(s.Context(), by, o.ID, answer)
	if !s.allowed(err, "attribution.offer_answered", "attribution.offer_withdrawn", "attribution.offer_expired") {
		if stands == attribution.Pending {
			s.rt.Fatalf("an offer that waits was refused: %v", err)
		}
		return
	}
	after, _ := s.capacity(iris)
	if answer.Kind != attribution.Decline && before.Pending+before.Taken != after.Pending+after.Taken {
		s.rt.Fatalf("a place changed hands: %+v, then %+v", before, after)
	}
	if stands == attribution.Pending && v.Offer.State == attribution.OfferAccepted {
		s.events[o.ID]++
	}
}

func (s *season) withdraw() {
	if o, ok := s.anyOffer(); ok {
		_, err := s.Withdraw(s.Context(), nurse, o.ID)
		s.allowed(err, "attribution.offer_answered", "attribution.offer_expired")
	}
}

func (s *season) step() {
	kinds := []attribution.EventKind{attribution.EventClosed, attribution.EventReopened, attribution.EventPatientDeclined, attribution.EventAttached}
	step := attribution.Step{Kind: rapid.SampledFrom(kinds).Draw(s.rt, "step")}
	switch step.Kind {
	case attribution.EventClosed:
		step.Reason = attribution.Unreachable
	case attribution.EventAttached:
		step.On = s.today()
	}
	_, err := s.Step(s.Context(), nurse, s.request(), step)
	s.allowed(err, "attribution.state")
}

func (s *season) expire() { s.allowed(s.Expire(s.Context())) }

func (s *season) plan() {
	_, err := s.Compute(s.Context(), nurse, senart)
	s.allowed(err)
}

func (s *season) later() { s.days(rapid.SampledFrom([]int{0, 1, 7, 15, 40}).Draw(s.rt, "days")) }

// holds checks what must be true at any time.
func (s *season) holds() {
	for _, id := range s.requests {
		live := 0
		for _, o := range s.offersOf(id) {
			s.answeredOnce(o)
			if o.State == attribution.Pending || o.State == attribution.OfferAccepted {
				live++
				s.agree(o)
			}
		}
		if r := s.stands(id); live > 1 || (live == 1) != (r.Offer != "") {
			s.rt.Fatalf("%d live offers of a request that says %q", live, r.Offer)
		}
	}
}

// answeredOnce checks that an offer never leaves a state for another one, but for
// an acceptance that ends.
func (s *season) answeredOnce(o attribution.Offer) {
	was, left := s.ended[o.ID]
	if left && was != o.State && !(was == attribution.OfferAccepted && o.State == attribution.OfferEnded) {
		s.rt.Fatalf("%s, then %s", was, o.State)
	}
	if o.State != attribution.Pending {
		s.ended[o.ID] = o.State
	}
	if s.events[o.ID] > 1 {
		s.rt.Fatal("accepted twice")
	}
}

// agree checks that a live offer and its request say the same.
func (s *season) agree(o attribution.Offer) {
	r := s.stands(o.Request)
	states := []attribution.State{attribution.Proposed}
	if o.State == attribution.OfferAccepted {
		states = []attribution.State{attribution.Accepted, attribution.Attached}
	}
	if r.Offer != o.ID || r.Practitioner != o.Practitioner || !slices.Contains(states, r.State) {
		s.rt.Fatalf("the offer is %s, its request %s with %q of %q", o.State, r.State, r.Offer, r.Practitioner)
	}
}

func TestWhateverHappensPlacesOffersAndRequestsAgree(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s := newSeason(t, rt)
		do := func(act func()) func(*rapid.T) {
			return func(now *rapid.T) {
				s.rt = now
				act()
			}
		}
		rt.Repeat(map[string]func(*rapid.T){
			"declare": do(s.declare), "send": do(s.send), "send again": do(s.send), "answer": do(s.answer), "withdraw": do(s.withdraw),
			"step": do(s.step), "expire": do(s.expire), "plan": do(s.plan), "later": do(s.later), "": do(s.holds),
		})
	})
}

func TestPlacesAreNeverGivenTwiceToPeopleWhoHurry(t *testing.T) {
	const many, places = 24, 5
	w := newWorld(t)
	w.takes(iris, places)
	w.takes(paul, places)
	var requests []attribution.Request
	for range many {
		requests = append(requests, w.sought())
	}
	var all sync.WaitGroup
	for _, gp := range []account.Actor{iris, paul} {
		for _, r := range requests {
			all.Go(func() { w.rushes(gp, r) })
		}
	}
	all.Go(func() { w.must(w.Expire(w.Context())) })
	all.Go(func() {
		_, err := w.Compute(w.Context(), nurse, senart)
		w.must(err)
	})
	all.Wait()

	accepted := 0
	for _, r := range requests {
		live := 0
		for _, o := range w.offersOf(r.ID) {
			if o.State == attribution.Pending || o.State == attribution.OfferAccepted {
				live++
			}
		}
		if w.stands(r.ID).State == attribution.Accepted {
			accepted++
		}
		if live > 1 {
			t.Errorf("%d live offers of one request", live)
		}
	}
	list, err := w.Capacities(t.Context(), nurse, senart)
	w.must(err)
	for _, d := range list {
		if d.Pending+d.Taken > places {
			t.Errorf("more is given than there is: %+v", d)
		}
	}
	if accepted != 2*places {
		t.Errorf("%d accepted, there were places for %d and requests for more", accepted, 2*places)
	}
}

// rushes sends one request to one GP and answers it from three phones at once,
// two of them with a yes.
func (w *world) rushes(gp account.Actor, r attribution.Request) {
	sent, err := w.Send(w.Context(), nurse, attribution.Sending{Territory: senart, Lines: []attribution.Line{lineTo(gp, r)}})
	if err != nil {
		w.Errorf("send: %v", err)
		return
	}
	if sent[0].Err != nil {
		if reason := fault.Reason(sent[0].Err); !slices.Contains([]string{"attribution.no_place", "attribution.already_offered"}, reason) {
			w.Errorf("send: %v", sent[0].Err)
		}
		return
	}
	var phones sync.WaitGroup
	for _, answer := range []attribution.Answer{accept, accept, call} {
		phones.Go(func() {
			_, err := w.Answer(w.Context(), gp, sent[0].Offer.ID, answer)
			if reason := fault.Reason(err); err != nil && (answer.Kind == attribution.Accept || reason != "attribution.offer_answered") {
				w.Errorf("%s: %v", answer.Kind, err)
			}
		})
	}
	phones.Wait()
}
