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
	ID        string
	Objective string
	Year      int // contract year, 1 the first
	On        civil.Date
	Figure    Figure
	Source    string   // "Registre des réunions"; of the record itself for a computed one
	Evidence  []string // hashes
	Comment   string
	Computed  bool
	By        string // account id
	At        time.Time
}

// Evidence is a file that proves a figure or a decision. It is kept by the
// SHA-256 of its content, sealed, since attendance sheets name people.
type Evidence struct {
	Hash      string // hex
	Territory string
	Name      string // as it was called, without a path
	Type      EvidenceType
	Size      int
	By        string // account id
	At        time.Time
}

// EvidenceType is what a file is, by its content.
type EvidenceType string

// The types that are taken.
const (
	PDF  EvidenceType = "application/pdf"
	PNG  EvidenceType = "image/png"
	JPEG EvidenceType = "image/jpeg"
	CSV  EvidenceType = "text/csv"
	XLSX EvidenceType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
)

// MaxEvidence is how large a file may be, in bytes.
const MaxEvidence = 5 << 20

// The refusals of mission indicators.
var (
	ErrObjectiveUnknown = fault.New(fault.NotFound, "indicator.objective_unknown", "Cet indicateur n’existe pas.")
	ErrEvidenceUnknown  = fault.New(fault.NotFound, "indicator.evidence_unknown", "Ce justificatif n’existe pas.")
	ErrCodeTaken        = fault.New(fault.Conflict, "indicator.code_taken", "Un indicateur porte déjà ce code.")
	ErrFrozen           = fault.New(fault.Conflict, "indicator.frozen", "Cette année est arrêtée pour le dialogue.")
	ErrNotFrozen        = fault.New(fault.NotFound, "indicator.not_frozen", "Cette année n’est pas arrêtée.")
	ErrNoAnswer         = fault.New(fault.Conflict, "indicator.no_answer", "Le service n’a rien mesuré sur cette période.")
	// ErrEvidenceType: the file is of no type that is taken, or not of the type that
	// its name says.
	ErrEvidenceType = fault.New(fault.Invalid, "indicator.evidence_type", "Ce fichier n’est pas d’un type accepté, ou n’est pas ce que dit son nom.")
)

// Progress is an objective with what was observed of it.
type Progress struct {
	Objective
	Path         [Years]*Figure
	Observations []Observation // the latest of each year, by year
	// Achieved is how much of the way was gone in each year, in thousandths, nil
	// without a target or a figure.
	Achieved [Years]*Figure
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
	Objectives(ctx context.Context, territory string) ([]Objective, error) // by mission, code
	// Observations lists all those of a territory by objective, year, then at.
	Observations(ctx context.Context, territory string) ([]Observation, error)
	// Evidence returns a file and its bytes; ErrEvidenceUnknown.
	Evidence(ctx context.Context, territory, hash string) (Evidence, []byte, error)
	EvidenceNamed(ctx context.Context, territory string, hashes ...string) ([]Evidence, error)
	Frozen(ctx context.Context, territory string, year int) (FrozenYear, error) // ErrNotFrozen
	// RecordState is what the record holds of a territory and period, for FrozenYear.
	RecordState(ctx context.Context, territory string, from, to time.Time) (map[string]string, error)
}

// MissionTx is one transaction of mission indicators.
type MissionTx interface {
	Objective(ctx context.Context, id string) (Objective, error) // locks; ErrObjectiveUnknown
	SaveObjective(ctx context.Context, o Objective) error        // ErrCodeTaken
	AddObservation(ctx context.Context, o Observation) error
	AddEvidence(ctx context.Context, e Evidence, content []byte) error // the same content twice is one
	Frozen(ctx context.Context, territory string, year int) (bool, error)
	AddFrozen(ctx context.Context, y FrozenYear) error // ErrFrozen
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
