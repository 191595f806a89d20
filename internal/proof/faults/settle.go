package main

import (
	"context"
	"time"

	"github.com/relais-snp/relais/internal/proof"
)

// settleWithin is how long everything may take to come to rest. It bounds the
// run and says nothing about how fast Relais is.
const settleWithin = 40 * time.Second

// settle waits until the checker finds nothing wrong at the door of any server,
// and reports what stays wrong. It returns whether nothing did.
func (r *run) settle(ctx context.Context, l *load) bool {
	ctx, cancel := context.WithTimeout(ctx, settleWithin)
	defer cancel()
	every := time.NewTicker(100 * time.Millisecond)
	defer every.Stop()
	var lines []string // of the last whole look
	for {
		seen, err := r.verdict(ctx, l)
		if err == nil && len(seen) == 0 {
			r.note("everything is at rest")
			return true
		}
		if err == nil {
			lines = seen
		}
		select {
		case <-every.C:
		case <-ctx.Done():
			if err != nil && lines == nil {
				r.violated("nobody could look at the end: %v", err)
			}
			for _, line := range lines {
				r.violated("%s", line)
			}
			return false
		}
	}
}

func (r *run) verdict(ctx context.Context, l *load) ([]string, error) {
	for _, door := range r.doors(r.people.Regulators[0]) {
		end, err := r.end(ctx, door, l)
		door.Close()
		if err != nil {
			return nil, err
		}
		if lines := r.checks.Verdict(end); len(lines) > 0 {
			return lines, nil
		}
		for name, v := range end.Consoles {
			if !follows(v) {
				return []string{name + " does not follow"}, nil
			}
		}
	}
	return nil, nil
}

// end reads what the service says at one door, and the consoles.
func (r *run) end(ctx context.Context, who *proof.Client, l *load) (proof.End, error) {
	from, to := r.first.Add(-24*time.Hour), r.first.Add(4*24*time.Hour)
	board, err := who.Slots(ctx, proof.Territory, from, to)
	if err != nil {
		return proof.End{}, err
	}
	bookings, err := who.Bookings(ctx, proof.Territory, from, to)
	end := proof.End{Slots: board.Slots, Bookings: bookings, Consoles: map[string]proof.View{}}
	for name, c := range l.consoles {
		end.Consoles[name] = c.View()
	}
	return end, err
}
