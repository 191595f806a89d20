package attribution_test

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/relais-snp/relais/internal/attribution"
	"github.com/relais-snp/relais/internal/fault"
)

// ways are where a request may go from each state, written down a second time.
var ways = map[attribution.State][]attribution.State{
	attribution.Received:  {attribution.Received, attribution.Qualified, attribution.Closed},
	attribution.Qualified: {attribution.Qualified, attribution.Proposed, attribution.Closed},
	attribution.Proposed:  {attribution.Proposed, attribution.Accepted, attribution.Waiting, attribution.Closed},
	attribution.Waiting:   {attribution.Waiting, attribution.Proposed, attribution.Closed},
	attribution.Accepted:  {attribution.Accepted, attribution.Attached, attribution.Waiting, attribution.Closed},
	attribution.Attached:  {attribution.Attached, attribution.Accepted},
	attribution.Closed:    {attribution.Closed, attribution.Waiting},
}

// life is some requests of one patient, and what they were before each act.
type life struct {
	w      *world
	ids    []string
	before map[string]attribution.Request
	events int
}

// Whatever nurses do, in any order: states move along the known ways only, no
// request has two live offers, offers and requests agree, what was erased stays
// erased, and each step that passes adds one event to its request.
func TestRequestsKeepTheirPromisesThroughAnySteps(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		l := &life{w: newWorld(t)}
		for range 3 {
			l.ids = append(l.ids, l.w.received(nurse).ID)
		}
		l.look()
		rt.Repeat(map[string]func(*rapid.T){
			"":        l.hold,
			"step":    l.step,
			"propose": l.propose,
			"accept":  l.accept,
		})
	})
}

func (l *life) one(t *rapid.T) string { return rapid.SampledFrom(l.ids).Draw(t, "request") }

func (l *life) step(t *rapid.T) {
	id := l.one(t)
	step := rapid.SampledFrom(steps(l.one(t))).Draw(t, "step")
	was := len(l.w.history(id))
	after, err := l.w.Step(l.w.Context(), nurse, id, step)
	switch fault.Reason(err) {
	case "":
		if history := l.w.history(id); len(history) != was+1 || history[was] != step.Kind {
			t.Fatalf("%s left %v", step.Kind, history)
		}
		if kept := l.w.kept(id); kept.State != after.State {
			t.Fatalf("answered %s, kept %s", after.State, kept.State)
		}
	case "attribution.state", "attribution.erased", "attribution.merge":
		if len(l.w.record.committed().events) != l.events {
			t.Fatalf("%s was refused and left an event", step.Kind)
		}
	default:
		t.Fatalf("%s: %v", step.Kind, err)
	}
}

func (l *life) propose(t *rapid.T) {
	if id := l.one(t); l.w.kept(id).State.Seeking() {
		l.w.propose(id, rapid.SampledFrom([]string{iris.Practitioner, paul.Practitioner}).Draw(t, "GP"))
	}
}

func (l *life) accept(t *rapid.T) {
	if id := l.one(t); l.w.kept(id).State == attribution.Proposed {
		l.w.accept(id)
	}
}

// hold checks the promises after each act.
func (l *life) hold(t *rapid.T) {
	for _, id := range l.ids {
		was, is := l.before[id], l.w.kept(id)
		if !slices.Contains(ways[was.State], is.State) {
			t.Fatalf("%s went from %s to %s", id, was.State, is.State)
		}
		if !was.ErasedAt.IsZero() && (is.State != was.State || is.Patient != nil || is.BirthYear != 0 || !is.ErasedAt.Equal(was.ErasedAt)) {
			t.Fatalf("%s came back: %+v", id, is)
		}
		if (is.State == attribution.Closed) != (is.ClosedReason != "") || (is.State == attribution.Attached) == is.AttachedOn.IsZero() {
			t.Fatalf("%s is %s, %q, attached %s", id, is.State, is.ClosedReason, is.AttachedOn)
		}
		if problem := l.offers(is); problem != "" {
			t.Fatalf("%s: %s", id, problem)
		}
	}
	l.look()
}

// offers checks that the offers of a request agree with its state.
func (l *life) offers(r attribution.Request) string {
	wants := map[attribution.State]attribution.OfferState{attribution.Proposed: attribution.Pending,
		attribution.Accepted: attribution.OfferAccepted, attribution.Attached: attribution.OfferAccepted}[r.State]
	var live []attribution.Offer
	for _, o := range l.w.record.committed().offers {
		if o.Request == r.ID && (o.State == attribution.Pending || o.State == attribution.OfferAccepted) {
			live = append(live, o)
		}
	}
	switch {
	case len(live) > 1:
		return fmt.Sprintf("%d live offers", len(live))
	case len(live) == 0 && (wants != "" || r.Offer != "" || r.Practitioner != ""):
		return fmt.Sprintf("%s without its offer", r.State)
	case len(live) == 1 && (live[0].State != wants || live[0].ID != r.Offer || live[0].Practitioner != r.Practitioner):
		return fmt.Sprintf("%s with an offer that is %s", r.State, live[0].State)
	}
	return ""
}

func (l *life) look() {
	b := l.w.record.committed()
	l.before, l.events = maps.Clone(b.requests), len(b.events)
}
