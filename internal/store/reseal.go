package store

import (
	"context"
	"encoding/json"
)

// sealedColumns are all columns that hold sealed values, each with the number of
// its key in the column of the same name and "_key".
var sealedColumns = []struct{ table, column string }{
	{"bookings", "private"},
	{"bookings", "cancel_reason"},
	{"cases", "private"},
	{"push_subscriptions", "private"},
	{"push_keys", "private"},
	{"mt_requests", "private"},
	{"mt_events", "note"},
	{"mt_offers", "note"},
	{evidenceTable, "name"},
	{evidenceTable, "content"},
}

// resealBatch is how many rows one transaction brings to the newest key.
const resealBatch = 100

// resealFiles is the same for files, which weigh megabytes.
const resealFiles = 4

func batchOf(table, column string) int {
	if table == evidenceTable && column == "content" {
		return resealFiles
	}
	return resealBatch
}

// Reseal brings every row sealed with an older key to the newest one and returns
// how many. It may be interrupted and run again, beside the running service.
func (db *DB) Reseal(ctx context.Context) (rows int, err error) {
	for _, c := range sealedColumns {
		for {
			var some int
			err := db.inTx(ctx, func(ctx context.Context, t *tx) (err error) {
				some, err = t.reseal(ctx, c.table, c.column)
				return err
			})
			if rows += some; err != nil {
				return rows, err
			}
			if some < batchOf(c.table, c.column) {
				break
			}
		}
	}
	return rows, nil
}

type sealedRow struct {
	id string
	sealed
}

func (t *tx) reseal(ctx context.Context, table, column string) (int, error) {
	old, err := list(ctx, t, scanSealed, t.locking(`SELECT id, `+column+`, `+column+`_key FROM `+table+`
WHERE `+column+`_key <> $1 ORDER BY id LIMIT $2`), t.db.keys.Current(), batchOf(table, column))
	if err != nil {
		return 0, err
	}
	for _, row := range old {
		at := place{table, column, row.id}
		var plain json.RawMessage
		if err := t.db.keys.open(at, row.sealed, &plain); err != nil {
			return 0, err
		}
		fresh, err := t.db.keys.seal(at, plain)
		if err != nil {
			return 0, err
		}
		if err := run(ctx, t, `UPDATE `+table+` SET `+column+` = $2, `+column+`_key = $3 WHERE id = $1`, row.id, fresh.text, fresh.key); err != nil {
			return 0, err
		}
	}
	return len(old), nil
}

func scanSealed(row scanner) (s sealedRow, err error) {
	err = row.Scan(&s.id, &s.text, &s.key)
	return s, err
}
