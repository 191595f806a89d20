package account

import (
	"context"
	"time"

	"github.com/relais-snp/relais/internal/audit"
)

// Store is what accounts need of the record.
type Store interface {
	// InTx runs fn in one transaction and retries the whole of it on a
	// serialisation failure or a busy database, and only then.
	InTx(ctx context.Context, fn func(ctx context.Context, tx Tx) error) error
	// Person returns ErrUnknown.
	Person(ctx context.Context, id string) (Person, error)
	// PersonByEmail takes a normalised address; ErrUnknown.
	PersonByEmail(ctx context.Context, email string) (Person, error)
	// People lists everyone by e-mail, inactive people included.
	People(ctx context.Context) ([]Person, error)
}

// Tx is one transaction of accounts.
type Tx interface {
	// PersonByEmail locks and returns a person; ErrUnknown.
	PersonByEmail(ctx context.Context, email string) (Person, error)
	// AddPerson inserts a person; ErrEmailTaken.
	AddPerson(ctx context.Context, p Person) error
	// SavePerson writes everything but ID, Email and CreatedAt; ErrUnknown.
	SavePerson(ctx context.Context, p Person) error
	// LockTries returns what is known of a key, nothing (the zero Tries) for
	// a new one, and keeps other transactions from reading the key until this
	// one ends, also when it is new (insert it first).
	LockTries(ctx context.Context, key string) (Tries, error)
	// SaveTries writes a locked key; a Count of 0 forgets it.
	SaveTries(ctx context.Context, key string, t Tries) error
	// ForgetTries drops the keys whose last try is before the time.
	ForgetTries(ctx context.Context, before time.Time) error
	Audit(ctx context.Context, e audit.Entry) error
}
