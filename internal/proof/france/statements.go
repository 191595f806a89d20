package main

import (
	"context"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/jackc/pgx/v5"
)

// statements counts what PostgreSQL is asked during a run, by its own extension
// (Debian: postgresql-contrib, part of postgresql).
type statements struct{ conn *pgx.Conn }

// preload is the setting of a PostgreSQL that counts.
const preload = "shared_preload_libraries=pg_stat_statements"

// count begins to count, from nothing.
func count(ctx context.Context, database string) (*statements, error) {
	conn, err := pgx.Connect(ctx, database)
	if err != nil {
		return nil, err
	}
	for _, do := range []string{"CREATE EXTENSION IF NOT EXISTS pg_stat_statements", "SELECT pg_stat_statements_reset()"} {
		if _, err := conn.Exec(ctx, do); err != nil {
			conn.Close(ctx)
			return nil, err
		}
	}
	return &statements{conn}, nil
}

// print writes the statements that took most, per call of a caller.
func (s *statements) print(ctx context.Context, out io.Writer, calls int64) error {
	defer s.conn.Close(ctx)
	rows, err := s.conn.Query(ctx, `SELECT calls, total_exec_time, query FROM pg_stat_statements
WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database()) ORDER BY total_exec_time DESC LIMIT 25`)
	if err != nil {
		return err
	}
	defer rows.Close()
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "\na call\tms a call\tms each\tstatement")
	for rows.Next() {
		var times int64
		var ms float64
		var text string
		if err := rows.Scan(&times, &ms, &text); err != nil {
			return err
		}
		text = strings.Join(strings.Fields(text), " ")
		fmt.Fprintf(table, "%.2f\t%.3f\t%.3f\t%s\n", float64(times)/float64(calls), ms/float64(calls), ms/float64(times), text[:min(len(text), 110)])
	}
	if err := rows.Err(); err != nil {
		return err
	}
	return table.Flush()
}
