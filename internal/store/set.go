package store

import (
	"context"
	"slices"
)

// replaceSet makes values the members of the owner's set. The names of table and
// columns are constants of this package.
func (t *tx) replaceSet(ctx context.Context, table, owner, member, id string, values []string) error {
	if err := run(ctx, t, `DELETE FROM `+table+` WHERE `+owner+` = $1`, id); err != nil {
		return err
	}
	for some := range slices.Chunk(values, atOnce) {
		var args []any
		for _, value := range some {
			args = append(args, id, value)
		}
		insert := `INSERT INTO ` + table + ` (` + owner + `, ` + member + `) VALUES ` + parameters(len(some), 2) + ` ON CONFLICT DO NOTHING`
		if err := run(ctx, t, insert, args...); err != nil {
			return err
		}
	}
	return nil
}
