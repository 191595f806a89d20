package main

import (
	"context"
	"math/rand/v2"
	"time"

	"github.com/relais-snp/relais/internal/proof"
)

// desk is a person at work: their dice, and the doors they may knock at.
type desk struct {
	name  string
	dice  *rand.Rand
	doors []*proof.Client
	at    int // the door in use
}

func (d *desk) door() *proof.Client { return d.doors[d.at%len(d.doors)] }

// answerWithin bounds one question: a link may swallow it without a word.
const answerWithin = 3 * time.Second

// once asks one time. A question without an answer makes the desk knock at the
// next door from then on.
func once[T any](ctx context.Context, d *desk, ask func(context.Context, *proof.Client) (T, error)) (T, error) {
	ctx, cancel := context.WithTimeout(ctx, answerWithin)
	defer cancel()
	answer, err := ask(ctx, d.door())
	if proof.Unknown(err) {
		d.at++
	}
	return answer, err
}

// insist asks until somebody can say what became of it, and returns how often it
// asked. The question must be one that may be asked twice.
func insist[T any](l *load, d *desk, what string, ask func(context.Context, *proof.Client) (T, error)) (answer T, times int, err error) {
	for {
		times++
		if answer, err = once(l.answers, d, ask); !proof.Unknown(err) {
			return answer, times, err
		}
		l.count("asked again")
		if !breathe(l.answers, d.dice, 50*time.Millisecond) {
			l.violated("nobody ever answered %s: %s: %v", d.name, what, err)
			return answer, times, err
		}
	}
}

// breathe waits about that long, false when ctx has ended.
func breathe(ctx context.Context, dice *rand.Rand, about time.Duration) bool {
	select {
	case <-time.After(about/2 + time.Duration(dice.Int64N(int64(about)))):
		return true
	case <-ctx.Done():
		return false
	}
}
