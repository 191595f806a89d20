package demo

import (
	"cmp"
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/civil"
)

// seekMonths is how many whole months of attachments lie behind the current one;
// before them comes as much of one more as the current one still lacks.
const seekMonths = 5

// search is the search for médecins traitants over the past months. What people do
// is written down first, each act at its time, and then done in order: places of
// a quarter are given once, whoever asks for them.
type search struct {
	*season
	dice  *rand.Rand // its own, so that the season stays the same
	now   time.Time
	nurse account.Actor
	acts  []act
	known int // patients so far
}

// act is what somebody does at a time.
type act struct {
	at time.Time
	do func(ctx context.Context) error
}

// seek lives the search: what GPs can take, patients who found a médecin traitant,
// those who did not, and those who wait now.
func (s *season) seek(ctx context.Context, now time.Time) error {
	h := &search{season: s, dice: dice(2), now: now.UTC().Truncate(time.Minute), nurse: s.staff.one(account.TriageNurse)}
	h.capacities()
	h.attached()
	h.unattached()
	h.open()
	h.then(h.now.Add(-20*time.Minute), func(ctx context.Context) error {
		_, err := s.Attribution.Compute(ctx, h.nurse, s.Territory.ID)
		return err
	})
	slices.SortStableFunc(h.acts, func(a, b act) int { return cmp.Compare(a.at.UnixMicro(), b.at.UnixMicro()) })
	for _, a := range h.acts {
		s.clock.Set(a.at)
		if err := a.do(ctx); err != nil {
			return fmt.Errorf("the search at %s: %w", a.at.Format(time.DateTime), err)
		}
	}
	return nil
}

func (h *search) then(at time.Time, do func(ctx context.Context) error) {
	h.acts = append(h.acts, act{at, do})
}

// ago is a day before today.
func (h *search) ago(days int) civil.Date { return h.today.AddDays(-days) }

// workday is the day, or the working day before it.
func workday(day civil.Date) civil.Date {
	return day.AddDays(-max(0, day.Weekday()-5))
}
