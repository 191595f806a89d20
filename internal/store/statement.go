package store

import (
	"context"
	"database/sql"
)

// keptStatements bounds the prepared statements of SQLite's writer. Those of
// variable length come in many texts.
const keptStatements = 256

// statements runs on one connection what it prepared there once. pgx does the
// same by itself, per connection.
type statements struct {
	conn *sql.Conn
	kept map[string]*sql.Stmt
}

func (s *statements) exec(ctx context.Context, query string, args []any) (sql.Result, error) {
	made, err := s.prepared(ctx, query)
	if err != nil {
		return nil, err
	}
	return made.ExecContext(ctx, args...)
}

func (s *statements) query(ctx context.Context, query string, args []any) (*sql.Rows, error) {
	made, err := s.prepared(ctx, query)
	if err != nil {
		return nil, err
	}
	return made.QueryContext(ctx, args...)
}

// control runs one of the words that rule a transaction.
func (s *statements) control(word string) error {
	_, err := s.exec(context.Background(), word, nil)
	return err
}

func (s *statements) prepared(ctx context.Context, query string) (*sql.Stmt, error) {
	if made, ok := s.kept[query]; ok {
		return made, nil
	}
	made, err := s.conn.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	if len(s.kept) >= keptStatements {
		s.forgetOne()
	}
	s.kept[query] = made
	return made, nil
}

// forgetOne drops any of the statements: a map's order is random.
func (s *statements) forgetOne() {
	for query, made := range s.kept {
		delete(s.kept, query)
		_ = made.Close() // it says what its last use said
		return
	}
}

func (s *statements) close() {
	for _, made := range s.kept {
		_ = made.Close() // so does it here
	}
	_ = s.conn.Close() // gives it back to the pool, which is closed next
}
