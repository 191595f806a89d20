package store

import (
	"context"
	"database/sql/driver"
	"errors"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
)

// errBadURL hides what pgx says of the address: it may hold the password.
var errBadURL = errors.New("store: the database URL is not a PostgreSQL address")

func openPostgres(o Options) (*DB, error) {
	config, err := pgx.ParseConfig(o.URL)
	if err != nil {
		return nil, errBadURL
	}
	config.RuntimeParams["timezone"] = "UTC"
	config.RuntimeParams["application_name"] = "relais"
	config.RuntimeParams["default_transaction_isolation"] = "read committed"
	// A process that dies or hangs must not keep a slot locked.
	config.RuntimeParams["idle_in_transaction_session_timeout"] = "30000"
	config.RuntimeParams["lock_timeout"] = "5000"
	pool := stdlib.OpenDB(*config, stdlib.OptionResetSession(standing))
	connections := o.Connections
	if connections == 0 {
		connections = 16
	}
	settle(pool, connections)
	return &DB{write: pool, read: pool, dialect: onPostgres}, nil
}

// standing has the pool put aside a connection that died while it was idle, as all
// do when the server restarts, before anything is sent over it.
func standing(_ context.Context, c *pgx.Conn) error {
	if !alive(c.PgConn().Conn()) {
		return driver.ErrBadConn
	}
	return nil
}
