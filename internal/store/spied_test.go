package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"sync"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"modernc.org/sqlite"
)

// Spied opens a database that notes the texts of its statements.
func Spied(ctx context.Context, o Options) (*DB, *Texts, error) {
	db, err := Open(ctx, o)
	if err != nil {
		return nil, nil, err
	}
	texts := &Texts{}
	if db.postgres() {
		config, err := pgx.ParseConfig(o.URL)
		if err != nil {
			return nil, nil, err
		}
		db.write = sql.OpenDB(spy{stdlib.GetConnector(*config), texts})
		db.read = db.write
		return db, texts, nil
	}
	file := func(dsn string) *sql.DB { return sql.OpenDB(spy{sqliteFile(dsn), texts}) }
	db.read = file(sqliteDSN(o.Path, "_pragma=query_only(1)"))
	db.writer.db = file(sqliteDSN(o.Path))
	return db, texts, nil
}

// Texts are statements, each once.
type Texts struct {
	mu   sync.Mutex
	list []string
	seen map[string]bool
}

// All returns those noted so far.
func (t *Texts) All() []string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.list
}

func (t *Texts) note(text string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.seen == nil {
		t.seen = map[string]bool{}
	}
	if !t.seen[text] {
		t.seen[text] = true
		t.list = append(t.list, text)
	}
}

// sqliteFile connects to a file.
type sqliteFile string

func (f sqliteFile) Connect(context.Context) (driver.Conn, error) {
	return (&sqlite.Driver{}).Open(string(f))
}
func (f sqliteFile) Driver() driver.Driver { return &sqlite.Driver{} }

// spy makes connections that prepare every statement, and note it.
type spy struct {
	driver.Connector
	texts *Texts
}

func (s spy) Connect(ctx context.Context) (driver.Conn, error) {
	c, err := s.Connector.Connect(ctx)
	return spiedConn{c, s.texts}, err
}

type spiedConn struct {
	driver.Conn
	texts *Texts
}

func (c spiedConn) PrepareContext(ctx context.Context, query string) (driver.Stmt, error) {
	c.texts.note(query)
	return c.Conn.(driver.ConnPrepareContext).PrepareContext(ctx, query)
}

func (c spiedConn) BeginTx(ctx context.Context, o driver.TxOptions) (driver.Tx, error) {
	return c.Conn.(driver.ConnBeginTx).BeginTx(ctx, o)
}
