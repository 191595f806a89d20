package demo

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"time"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/civil"
)

// season is one run of the past.
type season struct {
	World
	cast      Cast
	clock     *Clock
	dice      *rand.Rand
	staff     staff
	regulator account.Actor   // who does what no call is counted by
	onCall    []account.Actor // who answer in turn
	today     civil.Date
	keys      int
	day       int // of the season, 0 the first
	moments   map[string]moments
}

// Seed fills an empty service: people, accounts, 60 past days, today and the
// next 14. past is the same service as w on a clock that Seed sets, without a
// live engine; progress gets a line per ten days.
func Seed(ctx context.Context, w World, past World, clock *Clock, password string, progress io.Writer) (Cast, error) {
	cast, err := NewCast(w.Territory, w.NewID)
	if err != nil {
		return cast, err
	}
	if err := w.Directory.InTx(ctx, cast.save); err != nil {
		return cast, err
	}
	team, err := addAccounts(ctx, w, cast, password)
	if err != nil {
		return cast, err
	}
	now := w.Now()
	regulators := team.of[account.Regulator]
	s := &season{World: past, cast: cast, clock: clock, dice: dice(1), staff: team, regulator: regulators[0], onCall: regulators[:2],
		today: civil.DateOf(now, w.Territory.Zone), moments: map[string]moments{}}
	var l *ledger
	for _, part := range []func() error{
		func() (err error) { l, err = s.sign(ctx, now); return err },
		func() error { return s.acceptExtras(ctx) },
		func() error { return s.live(ctx, progress) },
		func() error { return s.ahead(ctx, now) },
		func() error { return s.publishToday(ctx, now) },
		func() error { return s.neighbours(ctx, now) },
		func() error { return s.keepMoments(ctx) },
		func() error { return s.seek(ctx, now) },
		func() error { return s.declareFigures(ctx, now) },
		func() error { return l.keepBooks(ctx) },
	} {
		if err := part(); err != nil {
			return cast, fmt.Errorf("demo: %w", err)
		}
	}
	return cast, nil
}

// live goes through the season day by day.
func (s *season) live(ctx context.Context, progress io.Writer) error {
	var rest float64
	for d := range PastDays {
		if d%10 == 0 {
			fmt.Fprintf(progress, "simulating the past season: day %d of %d\n", d+1, PastDays)
		}
		s.day = d
		day := s.today.AddDays(d - PastDays)
		slots, err := s.publish(ctx, shifts(day), day, s.at(day.AddDays(-3), "08:00"))
		if err != nil {
			return fmt.Errorf("day %v: %w", day, err)
		}
		var n int
		n, rest = taken(d, len(slots), rest)
		if err := s.callers(ctx, day, slots, n); err != nil {
			return fmt.Errorf("day %v: %w", day, err)
		}
	}
	s.day = PastDays
	return nil
}

func (s *season) at(day civil.Date, clock string) time.Time {
	return civil.At(day, civil.MustClock(clock), s.Territory.Zone)
}

// publish opens shifts of a day, as told at a given moment.
func (s *season) publish(ctx context.Context, shifts []shift, day civil.Date, told time.Time) ([]agenda.Slot, error) {
	s.clock.Set(told)
	var slots []agenda.Slot
	for _, sh := range shifts {
		start := civil.At(day, sh.from, s.Territory.Zone)
		end := civil.At(day, sh.to, s.Territory.Zone)
		added, err := s.open(ctx, sh, start, end)
		if err != nil {
			return nil, err
		}
		slots = append(slots, added...)
	}
	return slots, nil
}

func (s *season) open(ctx context.Context, sh shift, start, end time.Time) ([]agenda.Slot, error) {
	gp := s.cast.Practitioners[sh.gp]
	_, records, err := s.Openings.Publish(ctx, s.cast.actor(sh.gp), agenda.Draft{
		Practitioner: gp.ID, Location: gp.Locations[0], Start: start, End: end,
		SlotMinutes: sh.minutes, Seats: sh.seats, Modality: sh.modality, Audience: sh.audience,
	}, s.key())
	if err != nil {
		return nil, fmt.Errorf("publish %s: %w", gp.Family, err)
	}
	slots := make([]agenda.Slot, len(records))
	for i, r := range records {
		slots[i] = r.Slot
	}
	return slots, nil
}

// publishToday opens slots around now, so that a board is alive at any hour:
// most GPs give a few slots within the next five hours, some come back later,
// one gives a range of six seats; the first two, whom visitors sign in as,
// began half an hour ago.
func (s *season) publishToday(ctx context.Context, now time.Time) error {
	base := now.UTC().Truncate(10 * time.Minute)
	for i := range Size {
		offset := time.Duration(s.dice.IntN(20)*10-40) * time.Minute
		switch {
		case i < 2:
			offset = -30 * time.Minute
		case i%5 == 4 || i%5 == 2:
			continue // not everybody is there
		}
		sh := shift{gp: i, minutes: 15 + 5*(i%2), audience: audienceOf(i), modality: modalityOf(i)}
		end, err := s.openToday(ctx, sh, base.Add(offset), 4+s.dice.IntN(3), now)
		if err != nil {
			return err
		}
		if i%4 == 1 { // and again after a break
			if _, err := s.openToday(ctx, sh, end.Add(50*time.Minute), 3, now); err != nil {
				return err
			}
		}
	}
	last := shift{gp: Size - 1, seats: 6, audience: agenda.ForRegulation, modality: agenda.Cabinet}
	_, err := s.openToday(ctx, last, base.Add(time.Hour), 8, now)
	return err
}

// openToday opens count slots (of a quarter of an hour when the shift has
// seats) and books some of them. It returns when they end.
func (s *season) openToday(ctx context.Context, sh shift, start time.Time, count int, now time.Time) (time.Time, error) {
	end := start.Add(time.Duration(count*max(sh.minutes, 15)) * time.Minute)
	s.clock.Set(start.Add(-2 * time.Hour))
	slots, err := s.open(ctx, sh, start, end)
	if err != nil {
		return end, err
	}
	return end, s.someToday(ctx, slots, now)
}

// someToday books most of what has begun, then one slot in three. A slot of
// several seats gets one booking.
func (s *season) someToday(ctx context.Context, slots []agenda.Slot, now time.Time) error {
	for _, slot := range slots {
		if s.dice.IntN(3) != 0 && (slot.Start.After(now) || s.dice.IntN(3) == 0) {
			continue
		}
		call := slot.Start.Add(-time.Duration(20+s.dice.IntN(60)) * time.Minute)
		if call.After(now) {
			call = now.Add(-time.Duration(1+s.dice.IntN(30)) * time.Minute)
		}
		if _, err := s.call(ctx, slot, call); err != nil {
			return err
		}
	}
	return nil
}

// actor is GP number i as a person who publishes.
func (c Cast) actor(i int) account.Actor {
	gp := c.Practitioners[i]
	return account.Actor{ID: gp.ID, Name: "Dr " + gp.Given + " " + gp.Family, Roles: []account.Role{account.GP},
		Territories: gp.Territories, Practitioner: gp.ID}
}

// key makes the next idempotency key of the season.
func (s *season) key() string {
	s.keys++
	return fmt.Sprintf("demo-season-%06d", s.keys)
}
