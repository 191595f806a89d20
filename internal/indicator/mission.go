package indicator

import (
	"context"
	"time"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/audit"
	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/fault"
)

// Observation is an objective's figure in a contract year. The latest one of a
// year is the one that counts; the earlier ones stay to be seen.
type Observation struct {
	ID        string     `json:"id"`
	Objective string     `json:"objective"`
	Year      int        `json:"year"` // contract year, 1 the first
	On        civil.Date `json:"on"`
	Figure    Figure     `json:"figure"`
	Source    string     `json:"source"`   // "Registre des réunions"; of the record itself for a computed one
	Evidence  []string   `json:"evidence"` // hashes
	Comment   string     `json:"comment"`
	Computed  bool       `json:"computed"`
	By        string     `json:"by"` // account id
	At        time.Time  `json:"at"`
}

// Measure is what the record answers about a contract year.
type Measure struct {
	From   civil.Date `json:"from"`
	To     civil.Date `json:"to"`     // included; today in the year that runs
	Figure *Figure    `json:"figure"` // nil when there is nothing to tell
}

// The refusals of mission indicators.
var (
	ErrObjectiveUnknown = fault.New(fault.NotFound, "indicator.objective_unknown", "Cet indicateur n’existe pas.")
	ErrEvidenceUnknown  = fault.New(fault.NotFound, "indicator.evidence_unknown", "Ce justificatif n’existe pas.")
	ErrCodeTaken        = fault.New(fault.Conflict, "indicator.code_taken", "Un indicateur porte déjà ce code.")
	ErrFrozen           = fault.New(fault.Conflict, "indicator.frozen", "Cette année est arrêtée pour le dialogue.")
	ErrNotFrozen        = fault.New(fault.NotFound, "indicator.not_frozen", "Cette année n’est pas arrêtée.")
	ErrNoAnswer         = fault.New(fault.Conflict, "indicator.no_answer", "Le service n’a rien mesuré sur cette période.")
	// ErrNoContract: without one there are no contract years.
	ErrNoContract   = fault.New(fault.Conflict, "indicator.no_contract", "Le contrat n’est pas encore saisi.")
	ErrYearAhead    = fault.New(fault.Conflict, "indicator.year_ahead", "Cette année du contrat n’a pas commencé.")
	ErrUnitObserved = fault.New(fault.Conflict, "indicator.unit_observed", "Des valeurs sont déjà saisies dans cette unité.")
	// ErrObserved: what was observed, or shown in a dialogue, stays to be seen.
	ErrObserved = fault.New(fault.Conflict, "indicator.observed", "Cet indicateur porte des valeurs ou une année arrêtée : il ne s’efface plus.")
	ErrTooMany  = fault.New(fault.Conflict, "indicator.too_many", "Un territoire suit 200 indicateurs au plus.")
)

// MaxObjectives is how many a territory follows.
const MaxObjectives = 200

// Progress is an objective with what was observed of it. A year that was frozen
// is told as it was frozen.
type Progress struct {
	Objective
	Path         [Years]*Figure `json:"path"`
	Observations []Observation  `json:"observations"` // the latest of each year, by year
	// Measured is what the record answers, year by year; nil without a series, a
	// contract, or before the year began.
	Measured [Years]*Measure `json:"measured"`
	// Counts is the figure that counts: what was entered by hand, which stands
	// above the record; else what the record answers; else what it answered when
	// it was last observed.
	Counts [Years]*Figure `json:"counts"`
	// Achieved is how much of the way was gone in each year, in thousandths, nil
	// without a target or a figure.
	Achieved [Years]*Figure `json:"achieved"`
	// Frozen is when a year was that was frozen, nil for another: the contract may
	// have been changed since.
	Frozen [Years]*Period `json:"-"`
}

// FrozenYear is a contract year's figures as they stood when they were frozen for
// the dialogue, with the state of the record that they came from.
type FrozenYear struct {
	Territory string
	Year      int // contract year
	From, To  civil.Date
	Progress  []Progress
	// State is what the record held: slots, bookings and requests of the period,
	// and the end of the audit's chain, so that the figures can be recomputed.
	State map[string]string
	By    string
	At    time.Time
}

// MissionStore is what mission indicators need of the record.
type MissionStore interface {
	// InMissionTx runs fn in one transaction and retries the whole of it on a
	// serialisation failure or a busy database, and only then.
	InMissionTx(ctx context.Context, fn func(ctx context.Context, tx MissionTx) error) error
	Objective(ctx context.Context, id string) (Objective, error)           // ErrObjectiveUnknown
	Objectives(ctx context.Context, territory string) ([]Objective, error) // by mission, code
	// Observations lists all those of a territory by objective, year, then at.
	Observations(ctx context.Context, territory string) ([]Observation, error)
	// Evidence returns a file and its bytes; ErrEvidenceUnknown.
	Evidence(ctx context.Context, territory, hash string) (Evidence, []byte, error)
	// EvidenceNamed returns those of the hashes that the territory keeps, all of
	// them without a hash, by name.
	EvidenceNamed(ctx context.Context, territory string, hashes ...string) ([]Evidence, error)
	Frozen(ctx context.Context, territory string, year int) (FrozenYear, error) // ErrNotFrozen
	// Holds reports whether the record holds anything of a territory and [from, to):
	// slots, cases, requests for a médecin traitant.
	Holds(ctx context.Context, territory string, from, to time.Time) (bool, error)
	// RecordState is what the record holds of a territory and period, for FrozenYear.
	RecordState(ctx context.Context, territory string, from, to time.Time) (map[string]string, error)
}

// MissionTx is one transaction of mission indicators.
type MissionTx interface {
	Objective(ctx context.Context, id string) (Objective, error) // locks; ErrObjectiveUnknown
	// Objectives locks them, and keeps others from being added, as in MissionStore.
	Objectives(ctx context.Context, territory string) ([]Objective, error)
	Observations(ctx context.Context, territory string) ([]Observation, error)
	SaveObjective(ctx context.Context, o Objective) error // ErrCodeTaken
	DeleteObjective(ctx context.Context, id string) error // one that nothing was observed of
	AddObservation(ctx context.Context, o Observation) error
	// AddEvidence keeps a file under the hash that it gives to its content, and
	// returns it as it is kept: the same content twice is the first one.
	AddEvidence(ctx context.Context, e Evidence, content []byte) (Evidence, error)
	// EvidenceKept counts a territory's files and their bytes, and keeps others from
	// counting them until the end.
	EvidenceKept(ctx context.Context, territory string) (files int, size int64, err error)
	Frozen(ctx context.Context, territory string, year int) (bool, error)
	AddFrozen(ctx context.Context, y FrozenYear) error // ErrFrozen
	// FrozenYears lists a territory's. Who locked an objective is sure of them, as
	// of Frozen.
	FrozenYears(ctx context.Context, territory string) ([]FrozenYear, error)
	Audit(ctx context.Context, e audit.Entry) error
	// Remembered and Remember keep idempotent answers, as in agenda.Tx.
	Remembered(ctx context.Context, actor, key, digest string) (made string, err error)
	Remember(ctx context.Context, actor, key, digest, made string, at time.Time) error
}

// Flow is what the search for a médecin traitant measured, which stands beside
// this room and not below it.
type Flow interface {
	// Flow counts requests received and patients attached in a period; the median
	// is nil when too few were attached to tell.
	Flow(ctx context.Context, a account.Actor, territory string, from, to civil.Date) (received, attached int, medianDays *float64, err error)
}

// Reports tells what happened with slots in a period. Service does.
type Reports interface {
	Fill(ctx context.Context, a account.Actor, territory string, from, to civil.Date, by Grouping) (Report, error)
}

// ContractYears tells when the years of a territory's contract are and what
// missions it has, which only the room of the contract knows.
type ContractYears interface {
	// ContractYear returns the first and the last day of contract year n, 1 the
	// first; false when no contract was entered.
	ContractYear(ctx context.Context, territory string, n int) (first, last civil.Date, ok bool, err error)
	// Missions returns the codes of the missions in the contract's schedule, those of
	// every known schedule when no contract was entered.
	Missions(ctx context.Context, territory string) ([]string, error)
}
