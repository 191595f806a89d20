package agenda

import (
	"time"

	"github.com/relais-snp/relais/internal/civil"
)

// Modality is how the patient is seen.
type Modality string

// The modalities of SNP care.
const (
	Cabinet          Modality = "cabinet"
	Teleconsultation Modality = "teleconsultation"
	Visite           Modality = "visite" // visite à domicile
)

// Audience is who may see and book a slot. Nothing is public.
type Audience string

// The audiences, from narrow to wide.
const (
	ForRegulation Audience = "regulation" // 116117 and SAS regulators only
	ForCPTS       Audience = "cpts"       // also the professionals of the CPTS
)

// Opening is what a GP publishes: a range at a location that yields slots,
// once or every week.
type Opening struct {
	ID           string
	Territory    string
	Practitioner string
	Location     string
	// Start and End bound the first occurrence, half-open. Later occurrences
	// keep its clock times in the territory's zone.
	Start, End time.Time
	// SlotMinutes cuts the range into slots of one seat each; 0 means that the
	// whole range is one slot of Seats seats.
	SlotMinutes int
	Seats       int
	Modality    Modality
	Audience    Audience
	Note        string // shown to regulators, ≤ 280 characters
	Repeat      *Repeat
	CreatedAt   time.Time
	CreatedBy   string
	// Skips are days left out of the recurrence, ascending, each once.
	Skips []civil.Date
	// StoppedFrom is the first day without occurrences after the GP stopped a
	// recurrence; zero while it runs.
	StoppedFrom civil.Date
	// MaterialisedTo is the first day not yet turned into slots.
	MaterialisedTo civil.Date
	// Extra marks one that was made for a patient en sus: it was not published,
	// so it is not listed, changed or stopped.
	Extra bool
}

// Repeat is a weekly recurrence in civil time of the territory.
type Repeat struct {
	Weekdays     []int      // ISO, 1 Monday to 7 Sunday, sorted, each once
	Until        civil.Date // last day included
	SkipHolidays bool       // French public holidays are left out
}
