package demo

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/directory"
)

// The weekly shifts of the two GPs whom visitors sign in as, and the pause of
// one of them.
const (
	weeklyFor  = 12 * 7 // days
	pauseAfter = 3 * 7  // days from now, then to the next Monday
	pauseFor   = 7      // days
)

// ahead opens what lies ahead: the coming days, weekly shifts, and a pause.
func (s *season) ahead(ctx context.Context, now time.Time) error {
	for d := 1; d <= FutureDays; d++ {
		day := s.today.AddDays(d)
		if _, err := s.publish(ctx, ahead(day, s.today), day, now); err != nil {
			return fmt.Errorf("day +%d: %w", d, err)
		}
	}
	for _, w := range weeklies() {
		if err := s.publishWeekly(ctx, w); err != nil {
			return err
		}
	}
	from := s.today.AddDays(pauseAfter).WeekStart().AddDays(7)
	_, _, err := s.Openings.Pause(ctx, s.cast.actor(1), "", from, from.AddDays(pauseFor-1))
	return err
}

func (s *season) publishWeekly(ctx context.Context, w weekly) error {
	day := s.today.AddDays(1)
	for !slices.Contains(w.weekdays, day.Weekday()) {
		day = day.AddDays(1)
	}
	gp := s.cast.Practitioners[w.gp]
	_, _, err := s.Openings.Publish(ctx, s.cast.actor(w.gp), agenda.Draft{
		Practitioner: gp.ID, Location: gp.Locations[0],
		Start: civil.At(day, w.from, s.Territory.Zone), End: civil.At(day, w.to, s.Territory.Zone),
		SlotMinutes: 20, Modality: agenda.Cabinet, Audience: agenda.ForRegulation,
		Repeat: &agenda.Repeat{Weekdays: w.weekdays, Until: s.today.AddDays(weeklyFor), SkipHolidays: true},
	}, s.key())
	return err
}

// neighbours puts a handful of GPs into the second territory, with slots from
// now on for a week.
func (s *season) neighbours(ctx context.Context, now time.Time) error {
	if s.Neighbour.ID == "" {
		return nil
	}
	there, err := newNeighbours(s.World)
	if err != nil {
		return err
	}
	if err := s.Directory.InTx(ctx, there.save); err != nil {
		return err
	}
	s.clock.Set(now.Add(-12 * time.Hour))
	base := now.UTC().Truncate(10 * time.Minute)
	for i := range there.Practitioners {
		for d := range 7 {
			start := base.Add(time.Duration(d*24)*time.Hour + time.Duration(i*40-20)*time.Minute)
			if err := s.publishThere(ctx, there.actor(i), there.Practitioners[i].Locations[0], start); err != nil {
				return err
			}
		}
	}
	s.clock.Set(now)
	return nil
}

func (s *season) publishThere(ctx context.Context, gp account.Actor, location string, start time.Time) error {
	_, _, err := s.Openings.Publish(ctx, gp, agenda.Draft{
		Practitioner: gp.Practitioner, Location: location, Start: start, End: start.Add(80 * time.Minute),
		SlotMinutes: 20, Modality: agenda.Cabinet, Audience: agenda.ForRegulation,
	}, s.key())
	return err
}

// newNeighbours are the GPs of the second territory.
func newNeighbours(w World) (Cast, error) {
	c := Cast{communes: communesOf(w.Neighbour)}
	for i, name := range flowers {
		rpps, err := directory.RPPSWithKey(fmt.Sprintf("9990001%03d", i+1))
		if err != nil {
			return Cast{}, fmt.Errorf("rpps %d: %w", i+1, err)
		}
		commune := c.communes[i*len(c.communes)/len(flowers)]
		place := directory.Location{
			ID: w.NewID(), Name: "Cabinet " + name, Address: fmt.Sprintf("%d allée des Exemples", i+1),
			PostalCode: commune.PostalCodes[0], Commune: commune.INSEE, Phone: phone(200 + i),
		}
		c.Locations = append(c.Locations, place)
		c.Practitioners = append(c.Practitioners, directory.Practitioner{
			ID: w.NewID(), RPPS: rpps, Family: name, Given: given[len(given)-1-i], Title: "Dr",
			Profession: directory.Physician, Specialty: "Médecine générale", Phone: phone(300 + i),
			Territories: []string{w.Neighbour.ID}, Locations: []string{place.ID},
		})
	}
	return c, nil
}
