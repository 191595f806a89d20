package regulation

import (
	"context"
	"time"

	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/directory"
	"github.com/relais-snp/relais/internal/territory"
)

// SolicitationStore is what asking for patients en sus needs of the record.
type SolicitationStore interface {
	// Solicitation returns ErrSolicitationUnknown.
	Solicitation(ctx context.Context, id string) (Solicitation, error)
	// Solicitations lists them newest first.
	Solicitations(ctx context.Context, q SolicitationQuery) ([]Solicitation, error)
	// OverdueSolicitations lists those that still wait at or past their time.
	OverdueSolicitations(ctx context.Context, now time.Time, limit int) ([]Solicitation, error)
	// Accepting lists who accepts patients en sus in a territory at now: GPs with
	// an account there who chose to.
	Accepting(ctx context.Context, territory string, now time.Time) ([]Willing, error)
	// Extras returns a GP's choice, the zero Extras for one who never chose.
	Extras(ctx context.Context, practitioner string) (Extras, error)
}

// SolicitationTx is what asking for patients en sus needs of a transaction. A
// solicitation is locked after its case, never before.
type SolicitationTx interface {
	// Accepting is that of the store, within the transaction.
	Accepting(ctx context.Context, territory string, now time.Time) ([]Willing, error)
	// AddSolicitation inserts one with those asked; ErrSolicitationWaiting when
	// its case has one that waits.
	AddSolicitation(ctx context.Context, x Solicitation) error
	// Solicitation locks and returns one; ErrSolicitationUnknown.
	Solicitation(ctx context.Context, id string) (Solicitation, error)
	// WaitingSolicitation locks and returns the one of the case that waits, overdue
	// or not, and false when there is none.
	WaitingSolicitation(ctx context.Context, caseID string) (Solicitation, bool, error)
	// TakeSolicitation makes a waiting solicitation an accepted one, if it is not
	// overdue at now; ErrSolicitationSettled otherwise. It alone decides who wins.
	TakeSolicitation(ctx context.Context, id string, now time.Time) error
	// EndSolicitation makes a waiting solicitation an expired or a withdrawn one;
	// ErrSolicitationSettled when it no longer waits.
	EndSolicitation(ctx context.Context, id string, state SolicitationState, now time.Time) error
	// NoteBooking keeps what an acceptance made.
	NoteBooking(ctx context.Context, id, booking string) error
	// NoteAnswer keeps what somebody who was asked said.
	NoteAnswer(ctx context.Context, id, practitioner string, answer Answer, now time.Time) error
	SaveExtras(ctx context.Context, e Extras) error

	// The extra slot of an acceptance, as agenda.Tx has them.
	Practitioner(ctx context.Context, id string) (directory.Practitioner, error)
	SaveOpening(ctx context.Context, o agenda.Opening) error
	AddSlots(ctx context.Context, slots []agenda.Slot) ([]agenda.Slot, error)
	SaveSlot(ctx context.Context, slot agenda.Slot) (agenda.Record, error)
}

// SolicitationQuery selects solicitations. One of Territory and Practitioner is
// set.
type SolicitationQuery struct {
	Territory    string
	Practitioner string   // among those asked
	Within       []string // territories to look in, none for any
	Case         string   // "" for all
	Waiting      bool     // only those that can still be accepted at Now
	Now          time.Time
	After        Key // At is AskedAt; newest first
	Limit        int
}

// Willing is a GP who accepts patients en sus, and where they receive.
type Willing struct {
	Practitioner string
	RPPS         string
	Communes     []territory.INSEE
}
