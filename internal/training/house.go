package training

import (
	"context"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/directory"
	"github.com/relais-snp/relais/internal/regulation"
	"github.com/relais-snp/relais/internal/territory"
)

// House is the small house under the trainees: the doors that people use.
type House struct {
	Lands      Lands
	Directory  directory.Store
	Openings   Openings
	Regulation Regulation
}

// Lands makes and forgets the territories of trainees.
type Lands interface {
	// Add opens an empty territory; the live engine serves it at once.
	Add(ctx context.Context, t territory.Territory) error
	// Drop forgets a territory with everything in it.
	Drop(ctx context.Context, id string) error
}

// Openings is publishing, as agenda.Service does it.
type Openings interface {
	Publish(ctx context.Context, a account.Actor, d agenda.Draft, key string) (agenda.Opening, []agenda.Record, error)
}

// Regulation is regulating, as regulation.Service does it.
type Regulation interface {
	OpenCase(ctx context.Context, a account.Actor, d regulation.CaseDraft) (regulation.Case, error)
	Slots(ctx context.Context, a account.Actor, q regulation.BoardQuery) (regulation.Board, error)
	Hold(ctx context.Context, a account.Actor, slot, caseID string) (regulation.Hold, error)
	Release(ctx context.Context, a account.Actor, token string) error
	Book(ctx context.Context, a account.Actor, r regulation.BookRequest) (regulation.Booking, error)
	Cancel(ctx context.Context, a account.Actor, id string, by regulation.CancelledBy, reason string) (regulation.Booking, error)
}
