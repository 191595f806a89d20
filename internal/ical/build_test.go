package ical_test

import (
	"net/url"
	"time"

	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/civil"
)

func link(s string) *url.URL {
	u, err := url.Parse(s)
	if err != nil {
		panic(err)
	}
	return u
}

func zone(name string) *time.Location {
	loc, err := civil.LoadZone(name)
	if err != nil {
		panic(err)
	}
	return loc
}

// calendar is a GP's, in Paris, without entries.
func calendar(zoneName string, entries ...agenda.Entry) agenda.Calendar {
	return agenda.Calendar{
		Feed: agenda.Feed{ID: "feed-1", Kind: agenda.FeedOfPractitioner, Target: "dr-martin"},
		Name: "SNP · Dr Ada Martin", Zone: zone(zoneName), Entries: entries,
	}
}

// entry is a free slot of half an hour at a practice; start is in UTC.
func entry(id, start string, turns ...func(*agenda.Entry)) agenda.Entry {
	begins, err := time.Parse("2006-01-02 15:04", start)
	if err != nil {
		panic(err)
	}
	e := agenda.Entry{
		Slot: id, State: agenda.EntryFree, Start: begins, End: begins.Add(30 * time.Minute), Modality: agenda.Cabinet,
		Place: "Maison de santé, Lieusaint", Seats: 1, Free: 1, Revision: 3, ChangedAt: time.Date(2026, 11, 20, 8, 30, 15, 123456000, time.UTC),
	}
	for _, turn := range turns {
		turn(&e)
	}
	return e
}

func booking(state agenda.EntryState, id string, seat int) func(*agenda.Entry) {
	return func(e *agenda.Entry) { e.State, e.Booking, e.Seat, e.Free = state, id, seat, 0 }
}

func of(seats, free int) func(*agenda.Entry) {
	return func(e *agenda.Entry) { e.Seats, e.Free = seats, free }
}

func by(m agenda.Modality) func(*agenda.Entry) {
	return func(e *agenda.Entry) { e.Modality = m }
}

func lasting(d time.Duration) func(*agenda.Entry) {
	return func(e *agenda.Entry) { e.End = e.Start.Add(d) }
}

// feeds are the calendars that the golden files hold.
func feeds() map[string]agenda.Calendar {
	cpts := calendar("Europe/Paris",
		entry("s1", "2026-11-23 13:00", func(e *agenda.Entry) { e.Place = "Lieusaint" }),
		entry("s2", "2026-11-23 13:30", booking(agenda.EntryBooked, "b1", 1), func(e *agenda.Entry) { e.Place = "Lieusaint" }))
	cpts.Name, cpts.Feed.Kind = "SNP · CPTS Sénart", agenda.FeedOfTerritory
	return map[string]agenda.Calendar{
		"empty": calendar("Europe/Paris"),
		"practitioner": calendar("Europe/Paris",
			entry("s1", "2026-11-23 13:05"),
			entry("s2", "2026-11-23 13:35", booking(agenda.EntryBooked, "b1", 1)),
			entry("s3", "2026-11-23 14:05", booking(agenda.EntryCancelled, "b2", 1)),
			entry("s4", "2026-11-24 07:00", of(6, 5), lasting(4*time.Hour)),
			entry("s4", "2026-11-24 07:00", of(6, 5), lasting(4*time.Hour), booking(agenda.EntryBooked, "b3", 2)),
			entry("s5", "2026-11-24 13:00", by(agenda.Teleconsultation)),
			entry("s6", "2026-11-24 14:00", by(agenda.Visite)),
			entry("s7", "2026-11-24 15:00", func(e *agenda.Entry) {
				e.Place = "Pôle de santé; bâtiment C, à l’étage \\ sonnette « SNP » à côté de l’école élémentaire"
			}),
		),
		"territory": cpts,
		// 25 October 2026 in Paris: 02:00 to 03:00 comes twice.
		"repeated-hour": calendar("Europe/Paris",
			entry("s1", "2026-10-24 23:30"), entry("s2", "2026-10-25 00:00"), entry("s3", "2026-10-25 00:30"),
			entry("s4", "2026-10-25 01:00"), entry("s5", "2026-10-25 01:30"), entry("s6", "2026-10-25 02:00")),
		// 28 March 2027 in Paris: 02:00 to 03:00 does not come.
		"skipped-hour": calendar("Europe/Paris", entry("s1", "2027-03-28 00:30"), entry("s2", "2027-03-28 01:00")),
		"miquelon":     calendar("America/Miquelon", entry("s1", "2027-03-14 04:30"), entry("s2", "2027-03-14 05:00"), entry("s3", "2027-11-08 14:00")),
		"marquesas":    calendar("Pacific/Marquesas", entry("s1", "2026-11-23 18:30")),
		"elsewhere":    calendar("Europe/Berlin", entry("s1", "2026-11-23 13:00")),
	}
}
