package load

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/relais-snp/relais/internal/proof"
)

// steps are what one person does in turn.
type steps struct {
	*run
	random *rand.Rand
	ctx    context.Context
	due    time.Time // of the next step
}

// step waits until the next step is due, does it, and notes how long it took
// from then. The one after is due a thinking time later.
func step[T any](s *steps, op string, do func() (T, error)) (T, error) {
	if !until(s.ctx, s.due) {
		var none T
		return none, s.ctx.Err()
	}
	answer, err := do()
	now := time.Now()
	if s.ctx.Err() == nil {
		s.meters.took(op, now.Sub(s.due), err)
	}
	s.due = now
	if s.Think > 0 {
		s.due = now.Add(s.Think/2 + time.Duration(s.random.Int64N(int64(s.Think))))
	}
	return answer, err
}

// seen does a step whose change consoles will show.
func seen[T any](s *steps, g *ground, op, key string, shows func(slotHead) bool, do func() (T, error)) (T, error) {
	return step(s, op, func() (T, error) {
		expected := g.expect(key, shows)
		answer, err := do()
		if err != nil {
			g.forget(key, expected)
		}
		return answer, err
	})
}

// tries bounds how often a request without an answer is repeated under its key.
const tries = 5

// insist asks again under the same key as long as nobody can say what became of
// the request. Each failure counts as an error of its own.
func insist[T any](s *steps, op string, do func() (T, error)) (T, error) {
	for n := 1; ; n++ {
		answer, err := do()
		if !proof.Unknown(err) || n == tries || !until(s.ctx, time.Now().Add(comeBack)) {
			return answer, err
		}
		s.meters.failed(op, "asked again after "+reason(err))
	}
}

// publish publishes an opening at some quarter of the coming day.
func (s *steps) publish(p publisher, n int) {
	first := s.began.Truncate(time.Hour).Add(2*time.Hour + time.Duration(s.random.IntN(80))*15*time.Minute)
	first = first.Add(time.Duration(n/len(s.gps)) * 24 * time.Hour) // a second round is another day's
	o := proof.NewOpening{Location: p.Location, Start: first, End: first.Add(time.Duration(s.Slots) * 15 * time.Minute),
		SlotMinutes: 15, Modality: "cabinet", Audience: "regulation"}
	key := fmt.Sprintf("load-%d-opening-%d", s.Seed, n)
	appears := func(slot slotHead) bool { return slot.Practitioner == p.Me.Practitioner && slot.Start.Equal(first) }
	_, _ = seen(s, p.ground, opPublish, p.Me.Practitioner, appears, func() (proof.Opening, error) { // it is measured
		return insist(s, opPublish, func() (proof.Opening, error) { return p.Publish(s.ctx, o, key) })
	})
}

func (s *steps) signIn(c Credentials) {
	_, _ = step(s, opSignIn, func() (*proof.Client, error) { // it is measured
		who, err := proof.SignIn(s.ctx, s.Base, c.Email, c.Password)
		if who != nil {
			who.Close()
		}
		return who, err
	})
}
