package load

import (
	"time"

	"github.com/relais-snp/relais/internal/proof"
)

// World is a running service and the people who will use it, signed in.
type World struct {
	Base        string // "http://127.0.0.1:8080"
	Territories []*Territory
	// Credentials are of those who sign in during the run, taken in turn.
	Credentials []Credentials
	// Servers are the processes to measure; the first is Relais.
	Servers []Server
}

// Territory is a CPTS with its people. Every regulator has one console.
type Territory struct {
	ID         string
	Communes   []string // INSEE codes that callers call from
	GPs        []GP
	Regulators []*proof.Client
}

// GP publishes at one place.
type GP struct {
	*proof.Client
	Location string
}

// Credentials sign somebody in.
type Credentials struct{ Email, Password string }

// Server is a process, with those it started, to be measured.
type Server struct {
	Name string
	PID  int
}

// Plan is what happens. The same seed draws the same arrivals, communes,
// outcomes and thinking times.
type Plan struct {
	Seed   uint64
	Length time.Duration // of the arrivals; what they began is then finished

	Calls    int
	Openings int // publications, one of Slots slots each
	SignIns  int
	Slots    int // of 15 minutes, per opening

	Day   Day           // how arrivals spread over Length; zero for evenly
	Think time.Duration // between the steps of a call, on average

	// Of a hundred callers: how many are booked when a slot is free; of those
	// held, how many let it go; of those booked, how many cancel.
	Booked, LetGo, Cancelled int

	Published int           // openings of earlier runs: the GPs after them publish first
	Still     time.Duration // measured before the first arrival, when nobody does anything
	AtOnce    int           // calls, publications and sign-ins at a time
	Watched   int           // territories followed by a whole console besides
	Settled   int           // territories checked at the end; 0 for all
}

// Day gives the weight of each hour from midnight, for callers and for those
// who publish.
type Day struct{ Calls, Openings [24]float64 }

// France is a plausible day of unscheduled care: calls rise from seven, peak
// before noon and towards the evening; GPs publish before their consultations,
// at noon and in the evening.
var France = Day{
	Calls:    [24]float64{1, .7, .5, .5, .6, 1, 2, 4, 7, 9, 9, 8, 6, 6, 7, 7, 7, 8, 9, 9, 7, 5, 3, 2},
	Openings: [24]float64{2, 1, 1, 1, 1, 3, 8, 14, 10, 6, 5, 5, 8, 9, 5, 4, 4, 5, 6, 6, 5, 4, 3, 2},
}
