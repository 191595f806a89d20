package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// errLasting keeps Forget from a record that people count on.
var errLasting = errors.New("store: a record that lasts forgets no territory")

// ForgetTerritory removes a territory from a fleeting record, with every row
// that hangs on it, whatever the tables: rows that name the territory go first,
// then, as long as there are any, those whose references lead nowhere. It
// refuses a record that is not fleeting.
func (db *DB) ForgetTerritory(ctx context.Context, territory string) error {
	if !db.fleeting {
		return errLasting
	}
	conn, err := db.write.Conn(ctx)
	if err != nil {
		return translate(err)
	}
	defer conn.Close()
	if _, err := conn.ExecContext(ctx, `PRAGMA foreign_keys = OFF`); err != nil { // has no effect inside a transaction
		return translate(err)
	}
	err = forgetOn(ctx, conn, territory)
	_, back := conn.ExecContext(context.WithoutCancel(ctx), `PRAGMA foreign_keys = ON`)
	return errors.Join(translate(err), translate(back))
}

func forgetOn(ctx context.Context, conn *sql.Conn, territory string) error {
	tx, err := conn.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	if err := forget(ctx, tx, territory); err != nil {
		return errors.Join(err, tx.Rollback())
	}
	return tx.Commit()
}

func forget(ctx context.Context, tx *sql.Tx, territory string) error {
	triggers, err := liftTriggers(ctx, tx)
	if err != nil {
		return err
	}
	for _, people := range []string{
		`DELETE FROM locations WHERE id IN (SELECT location FROM practitioner_locations JOIN practitioner_territories USING (practitioner) WHERE territory = $1)`,
		`DELETE FROM practitioners WHERE id IN (SELECT practitioner FROM practitioner_territories WHERE territory = $1)`,
	} {
		if _, err := tx.ExecContext(ctx, people, territory); err != nil {
			return err
		}
	}
	tables, err := namesIn(ctx, tx, `SELECT m.name FROM sqlite_master m JOIN pragma_table_info(m.name) c ON c.name = 'territory' WHERE m.type = 'table'`)
	if err != nil {
		return err
	}
	for _, table := range tables { // of our own schema
		if _, err := tx.ExecContext(ctx, fmt.Sprintf(`DELETE FROM %q WHERE territory = $1`, table), territory); err != nil {
			return err
		}
	}
	if err := forgetOrphans(ctx, tx); err != nil {
		return err
	}
	for _, text := range triggers {
		if _, err := tx.ExecContext(ctx, text); err != nil {
			return err
		}
	}
	return nil
}

// liftTriggers takes the triggers away that keep tables append-only, until the
// transaction puts them back with what it returns.
func liftTriggers(ctx context.Context, tx *sql.Tx) (texts []string, err error) {
	if texts, err = namesIn(ctx, tx, `SELECT sql FROM sqlite_master WHERE type = 'trigger'`); err != nil {
		return nil, err
	}
	names, err := namesIn(ctx, tx, `SELECT name FROM sqlite_master WHERE type = 'trigger'`)
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		if _, err := tx.ExecContext(ctx, fmt.Sprintf(`DROP TRIGGER %q`, name)); err != nil {
			return nil, err
		}
	}
	return texts, nil
}

// forgetOrphans removes rows that refer to nothing, until there are none.
func forgetOrphans(ctx context.Context, tx *sql.Tx) error {
	for {
		tables, err := namesIn(ctx, tx, `SELECT DISTINCT "table" FROM pragma_foreign_key_check`)
		if err != nil || len(tables) == 0 {
			return err
		}
		for _, table := range tables {
			orphans := fmt.Sprintf(`DELETE FROM %[1]q WHERE rowid IN (SELECT rowid FROM pragma_foreign_key_check(%[1]q))`, table)
			if _, err := tx.ExecContext(ctx, orphans); err != nil {
				return err
			}
		}
	}
}

func namesIn(ctx context.Context, tx *sql.Tx, query string) (names []string, err error) {
	rows, err := tx.QueryContext(ctx, query)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, err
		}
		names = append(names, name)
	}
	return names, rows.Err()
}
