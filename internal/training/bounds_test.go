package training_test

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/directory"
	"github.com/relais-snp/relais/internal/regulation"
	"github.com/relais-snp/relais/internal/territory"
	"github.com/relais-snp/relais/internal/training"
)

// empty is a house in which nothing happens: only who comes in is counted.
type empty struct {
	training.Regulation
	lands map[string]territory.Territory
}

func (e empty) Add(_ context.Context, t territory.Territory) error { e.lands[t.ID] = t; return nil }
func (e empty) Drop(_ context.Context, id string) error            { delete(e.lands, id); return nil }

func (empty) InTx(context.Context, func(context.Context, directory.Tx) error) error { return nil }

func (empty) Publish(context.Context, account.Actor, agenda.Draft, string) (agenda.Opening, []agenda.Record, error) {
	return agenda.Opening{}, nil, nil
}

func (empty) Slots(context.Context, account.Actor, regulation.BoardQuery) (regulation.Board, error) {
	return regulation.Board{}, nil
}

// crowd is a school over an empty house.
func crowd(t *testing.T) *world {
	w := &world{t: t, now: monday, lands: map[string]territory.Territory{}}
	e := empty{lands: w.lands}
	w.school = training.NewSchool(training.House{Lands: e, Directory: e, Openings: e, Regulation: e},
		func() time.Time { return w.now }, newID, func() string { return strings.ReplaceAll(uuid.NewString(), "-", "")[:16] })
	return w
}

func TestPlacesAreBounded(t *testing.T) {
	w := crowd(t)
	for range training.PerSource {
		w.trainee("192.0.2.1")
	}
	if _, err := w.school.Start(t.Context(), netip.MustParseAddr("192.0.2.1")); !errors.Is(err, training.ErrFull) {
		t.Errorf("one address took more than its share: %v", err)
	}
	for i := range training.Seats - training.PerSource {
		w.trainee(fmt.Sprintf("198.51.100.%d", i+1))
	}
	_, err := w.school.Start(t.Context(), netip.MustParseAddr("203.0.113.1"))
	if !errors.Is(err, training.ErrFull) || len(w.lands) != training.Seats {
		t.Errorf("more trainees than seats: %v, %d territories", err, len(w.lands))
	}
}

func TestAnAddressBeginsOnlySoOften(t *testing.T) {
	w := crowd(t)
	for range training.Starts {
		p := w.trainee("2001:db8::1")
		w.school.Leave(t.Context(), p.Actor)
	}
	neighbour := netip.MustParseAddr("2001:db8::2") // of the same subscriber
	if _, err := w.school.Start(t.Context(), neighbour); !errors.Is(err, training.ErrTooMany) {
		t.Errorf("began once more: %v", err)
	}
	w.now = w.now.Add(time.Hour + time.Second)
	if _, err := w.school.Start(t.Context(), neighbour); err != nil {
		t.Errorf("an hour later: %v", err)
	}
}
