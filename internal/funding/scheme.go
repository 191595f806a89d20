package funding

import (
	"time"

	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/fault"
)

// Schemes are the majorations of acts, as configs/funding/schemes.yaml holds them.
type Schemes struct {
	Schemes []Scheme `yaml:"schemes"`
}

// Scheme says which acts earn a majoration, who pays it, and how much.
type Scheme struct {
	Code   string     `yaml:"code"`
	Name   string     `yaml:"name"`
	Source string     `yaml:"source"`
	Payer  string     `yaml:"payer"` // "ARS", "Assurance Maladie"
	From   civil.Date `yaml:"from"`
	To     civil.Date `yaml:"to"` // zero when it goes on
	Amount Amount     `yaml:"amount"`
	// CapPerWeek is how many acts of one doctor are paid a week, 0 for no cap.
	CapPerWeek int `yaml:"capPerWeek"`
	WeekStart  int `yaml:"weekStart"` // ISO, 1 is Monday
	// WithinHours is the longest time from booking to appointment, 0 for any.
	WithinHours int  `yaml:"withinHours"`
	NotOwnMT    bool `yaml:"notOwnMT"`    // the doctor is not the patient's médecin traitant
	ByRegulator bool `yaml:"byRegulator"` // booked by the regulation
}

// Act is an appointment that was honoured, without the patient.
type Act struct {
	Booking      string
	Territory    string
	Practitioner string
	BookedAt     time.Time
	Start        time.Time
	ByRegulator  bool
	OwnMT        bool // the doctor is the patient's own
}

// Majoration is one act that earns a scheme's majoration, and why.
type Majoration struct {
	Act
	Scheme  string
	Amount  Cents
	Because []Reason
	Nth     int // of the doctor's acts of that week, 1 the first; 0 without a cap
}

// Reason is why an act earns a majoration.
type Reason string

// The reasons, of a closed list.
const (
	BecauseRegulated Reason = "regulated"   // sent by the regulation
	BecauseInTime    Reason = "in_time"     // within the hours of the scheme
	BecauseNotOwnMT  Reason = "not_own_mt"  // the doctor is not the patient's médecin traitant
	BecauseUnderCap  Reason = "under_cap"   // under the weekly cap
	BecauseNoCap     Reason = "without_cap" // the scheme has none
)

// Validate returns an Invalid fault "funding.schemes" that names every wrong value.
func (s Schemes) Validate() error {
	var fields []fault.Field
	codes := map[string]bool{}
	for _, one := range s.Schemes {
		sound := one.Code != "" && !codes[one.Code] && one.Name != "" && one.Source != "" && one.Payer != "" && one.From.Valid() &&
			(one.To.IsZero() || !one.To.Before(one.From)) && one.Amount.Known && one.Amount.Cents > 0 && one.Amount.Cents <= 100_000 &&
			one.CapPerWeek >= 0 && one.WeekStart >= 1 && one.WeekStart <= 7 && one.WithinHours >= 0
		if !sound {
			fields = append(fields, fault.Field{Name: "schemes[" + one.Code + "]", Reason: "funding.schemes",
				Message: "Un dispositif a un code à lui, un nom, une source, un payeur, des dates, un montant et un premier jour de semaine."})
		}
		codes[one.Code] = true
	}
	return fault.Fields("funding.schemes", "Les dispositifs de majoration sont incorrects.", fields...)
}
