package indicator

import (
	"context"
	"time"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/audit"
	"github.com/relais-snp/relais/internal/fault"
)

// Evidence is a file that proves a figure or a decision. Its name and its bytes
// are sealed, since attendance sheets name people.
type Evidence struct {
	// Hash is what the file is kept and cited by, 64 hexadecimal digits: a keyed
	// hash of territory and content. Lists of people are short enough to be guessed,
	// and a bare hash would tell who has the record, without its keys, that a guess
	// is right.
	Hash      string
	Territory string
	Name      string // as it was called, without a path
	Type      EvidenceType
	Size      int    // bytes
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

// What a territory may keep, so that no account fills the disk: twenty years of
// meetings are some 500 files.
const (
	MaxEvidenceFiles = 2000
	MaxEvidenceBytes = 1 << 30
)

// The refusals of files.
var (
	// ErrEvidenceType: the file is of no type that is taken, or not of the type that
	// its name says.
	ErrEvidenceType  = fault.New(fault.Invalid, "indicator.evidence_type", "Ce fichier n’est pas d’un type accepté, ou n’est pas ce que dit son nom.")
	ErrEvidenceLarge = fault.New(fault.TooLarge, "indicator.evidence_too_large", "Un justificatif pèse 5 Mo au plus.")
	ErrEvidenceFull  = fault.New(fault.Conflict, "indicator.evidence_too_many", "Un territoire garde 2 000 justificatifs et 1 Go au plus.")
)

// AddEvidence keeps a file, for a coordinator, whose figures it proves, or a
// treasurer, who enters what was decided. The same content twice is one file,
// under its first name. Errors: ErrEvidenceType, ErrEvidenceLarge, ErrEvidenceFull.
func (m *Missions) AddEvidence(ctx context.Context, a account.Actor, territory, name string, content []byte) (Evidence, error) {
	if err := m.may(a, account.AddEvidence, territory); err != nil {
		return Evidence{}, err
	}
	if len(content) > MaxEvidence {
		return Evidence{}, ErrEvidenceLarge
	}
	name, kind, err := inspect(name, content)
	if err != nil {
		return Evidence{}, err
	}
	e := Evidence{Territory: territory, Name: name, Type: kind, Size: len(content), By: a.ID, At: m.Now()}
	err = m.Store.InMissionTx(ctx, func(ctx context.Context, tx MissionTx) error {
		kept, err := tx.AddEvidence(ctx, e, content)
		if err != nil {
			return err
		}
		files, size, err := tx.EvidenceKept(ctx, territory) // this one among them: what was there already stays welcome
		if err != nil {
			return err
		}
		if files > MaxEvidenceFiles || size > MaxEvidenceBytes {
			return ErrEvidenceFull
		}
		e = kept
		return tx.Audit(ctx, audit.Entry{At: m.Now(), Actor: a.ID, Action: "evidence.add", Target: "evidence:" + kept.Hash, Territory: territory})
	})
	return e, err
}

// ReadEvidence returns a file and its bytes, for those who may; the audit keeps
// who did. ErrEvidenceUnknown.
func (m *Missions) ReadEvidence(ctx context.Context, a account.Actor, territory, hash string) (Evidence, []byte, error) {
	if err := m.may(a, account.ReadEvidence, territory); err != nil {
		return Evidence{}, nil, err
	}
	e, content, err := m.Store.Evidence(ctx, territory, hash)
	if err != nil {
		return Evidence{}, nil, err
	}
	err = m.Store.InMissionTx(ctx, func(ctx context.Context, tx MissionTx) error {
		return tx.Audit(ctx, audit.Entry{At: m.Now(), Actor: a.ID, Action: "evidence.read", Target: "evidence:" + e.Hash, Territory: territory})
	})
	if err != nil {
		return Evidence{}, nil, err
	}
	return e, content, nil
}

// EvidenceOf lists what a territory keeps of the hashes, all its files without
// one, by name; for those who may ReadEvidence, as names may be those of people.
func (m *Missions) EvidenceOf(ctx context.Context, a account.Actor, territory string, hashes ...string) ([]Evidence, error) {
	if err := m.may(a, account.ReadEvidence, territory); err != nil {
		return nil, err
	}
	return m.Store.EvidenceNamed(ctx, territory, hashes...)
}
