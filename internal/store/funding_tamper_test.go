package store_test

import (
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/relais-snp/relais/internal/funding"
	"github.com/relais-snp/relais/internal/store"
	"github.com/relais-snp/relais/internal/store/storetest"
)

// intruder has the database's own tools, as one connection.
type intruder struct {
	testing.TB
	raw      *sql.DB
	postgres bool
}

// beside opens books and a way around the program that keeps them.
func beside(t *testing.T, test func(t *testing.T, o office, i intruder)) {
	t.Run("SQLite", func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "relais.db")
		db := migrate(t, storetest.Open(t, store.Options{Path: path}))
		test(t, newOffice(t, db), intrude(t, "sqlite", "file:"+path+"?_pragma=busy_timeout(5000)&_time_format=sqlite"))
	})
	t.Run("PostgreSQL", func(t *testing.T) {
		url := storetest.PostgresURL(t)
		db := migrate(t, storetest.Open(t, store.Options{URL: url}))
		i := intrude(t, "pgx", url)
		i.does(`SET session_replication_role = replica`) // no foreign keys, and no ordinary trigger
		test(t, newOffice(t, db), i)
	})
}

func intrude(t *testing.T, driver, address string) intruder {
	t.Helper()
	raw, err := sql.Open(driver, address)
	if err != nil {
		t.Fatal(err)
	}
	raw.SetMaxOpenConns(1)
	t.Cleanup(func() { raw.Close() })
	return intruder{t, raw, driver == "pgx"}
}

func (i intruder) does(statement string, args ...any) {
	i.Helper()
	if _, err := i.raw.ExecContext(i.Context(), statement, args...); err != nil {
		i.Fatalf("%s: %v", statement, err)
	}
}

// disarms takes the triggers away, and keeps a copy of the books.
func (i intruder) disarms() {
	i.Helper()
	for _, table := range []string{"funding_entries", "funding_lines"} {
		if i.postgres {
			i.does(`ALTER TABLE ` + table + ` DISABLE TRIGGER ALL`)
		} else {
			i.does(`DROP TRIGGER ` + table + `_not_updated`)
			i.does(`DROP TRIGGER ` + table + `_not_deleted`)
		}
	}
	for _, table := range ofBooks {
		i.does(`CREATE TABLE true_` + table + ` AS SELECT * FROM ` + table)
	}
}

// mends puts everything back as it was.
func (i intruder) mends() {
	i.Helper()
	for _, table := range ofBooks {
		i.does(`DELETE FROM ` + table)
		i.does(`INSERT INTO ` + table + ` SELECT * FROM true_` + table)
	}
}

var ofBooks = []string{"funding_entries", "funding_lines", "funding_heads", "funding_totals", "funding_standings",
	"funding_expectations", "funding_years", "funding_decisions"}

func TestEntriesAndLinesAreNeitherChangedNorRemoved(t *testing.T) {
	beside(t, func(t *testing.T, o office, i intruder) {
		o.posted(2)
		refused := []string{
			`UPDATE funding_entries SET label = 'Autre' WHERE number = 1`,
			`UPDATE funding_lines SET debit = debit + 1 WHERE number = 1 AND debit > 0`,
			`DELETE FROM funding_lines WHERE number = 2`,
			`DELETE FROM funding_entries WHERE number = 2`,
		}
		if i.postgres {
			refused = append(refused, `TRUNCATE funding_lines`, `TRUNCATE funding_entries CASCADE`, `TRUNCATE funding_years CASCADE`)
		}
		for _, statement := range refused {
			if _, err := i.raw.ExecContext(t.Context(), statement); err == nil || !strings.Contains(err.Error(), "append-only") {
				t.Errorf("%s: %v", statement, err)
			}
		}
		if !i.postgres { // on the program's own connections, whatever it is told
			replace := `REPLACE INTO funding_lines SELECT territory, number, position, account, debit + 1, credit, contract, contract_year, mission,
envelope, budget, evidence, person FROM funding_lines WHERE number = 1 AND debit > 0`
			if err := o.record.DB.Exec(t.Context(), replace); err == nil {
				t.Error("a line was replaced")
			}
		}
		o.hold(2)
	})
}

// tampering are changes of the third of five entries, each of one value.
var tampering = map[string]string{
	"id":            `UPDATE funding_entries SET id = 'x' || substr(id, 2) WHERE number = 3`,
	"territory":     `UPDATE funding_entries SET territory = 'cpts-senarT' WHERE number = 3`,
	"number":        `UPDATE funding_entries SET number = 7 WHERE number = 3`,
	"journal":       `UPDATE funding_entries SET journal = 'OD' WHERE number = 3`,
	"day":           `UPDATE funding_entries SET on_day = '2026-06-16' WHERE number = 3`,
	"no day":        `UPDATE funding_entries SET on_day = '2026-06-1x' WHERE number = 3`,
	"year":          `UPDATE funding_entries SET fiscal_year = 2025 WHERE number = 3`,
	"label":         `UPDATE funding_entries SET label = replace(label, 'I', 'J') WHERE number = 3`,
	"piece":         `UPDATE funding_entries SET piece = 'BQ-2' WHERE number = 3`,
	"piece's day":   `UPDATE funding_entries SET piece_on = '2026-06-14' WHERE number = 3`,
	"reverses":      `UPDATE funding_entries SET reverses = (SELECT e.id FROM funding_entries e WHERE e.number = 1) WHERE number = 3`,
	"author":        `UPDATE funding_entries SET made_by = 'acc-u' WHERE number = 3`,
	"hash":          `UPDATE funding_entries SET hash = (SELECT e.hash FROM funding_entries e WHERE e.number = 1) WHERE number = 3`,
	"removed":       `DELETE FROM funding_entries WHERE number = 3`,
	"lines removed": `DELETE FROM funding_lines WHERE number = 3`,
	"line removed":  `DELETE FROM funding_lines WHERE number = 3 AND position = 2`,
	"line added": `INSERT INTO funding_lines SELECT territory, number, 3, account, debit, credit, contract, contract_year, mission, envelope, budget,
evidence, person FROM funding_lines WHERE number = 3 AND position = 2`,
	"line moved":    `UPDATE funding_lines SET position = 3 WHERE number = 3 AND position = 2`,
	"line to other": `UPDATE funding_lines SET number = 30 WHERE number = 3 AND position = 2`,
	"account":       `UPDATE funding_lines SET account = '742' WHERE number = 3 AND position = 2`,
	"debit":         `UPDATE funding_lines SET debit = debit + 1 WHERE number = 3 AND position = 1`,
	"credit":        `UPDATE funding_lines SET credit = credit + 1 WHERE number = 3 AND position = 2`,
	"contract":      `UPDATE funding_lines SET contract = 'contract-2' WHERE number = 3 AND position = 1`,
	"contract year": `UPDATE funding_lines SET contract_year = 1 WHERE number = 3 AND position = 1`,
	"mission":       `UPDATE funding_lines SET mission = 'acces' WHERE number = 3 AND position = 1`,
	"envelope":      `UPDATE funding_lines SET envelope = 'acces' WHERE number = 3 AND position = 1`,
	"budget":        `UPDATE funding_lines SET budget = 'operationnel' WHERE number = 3 AND position = 1`,
	"evidence":      `UPDATE funding_lines SET evidence = 'b' WHERE number = 3 AND position = 1`,
	"person":        `UPDATE funding_lines SET person = 'gp-2' WHERE number = 3 AND position = 1`,
}

func TestOneChangedValueIsFoundWhereItIs(t *testing.T) {
	beside(t, func(t *testing.T, o office, i intruder) {
		o.posted(5)
		i.disarms()
		broken := func(name string) {
			t.Helper()
			n, err := o.record.Verify(t.Context(), senart)
			if n > 2 || !errors.Is(err, funding.ErrChain) || !strings.Contains(fmt.Sprint(err), "at entry 3") {
				t.Errorf("%s: %d entries hold, %v", name, n, err)
			}
			i.mends()
			o.hold(5)
		}
		for name, statement := range tampering {
			i.does(statement)
			broken(name)
		}
		i.does(`UPDATE funding_entries SET at = $1 WHERE number = 3`, noon.Add(time.Microsecond))
		broken("at")
	})
}

func TestWhatIsKeptBesideTheEntriesIsTheirSum(t *testing.T) {
	beside(t, func(t *testing.T, o office, i intruder) {
		d := pays(500, "512", "741")
		d.Lines[1].Dimensions = funding.Dimensions{Contract: "contract-1", Envelope: earmarked}
		o.posts(d, "k")
		o.posted(4)
		i.disarms()
		for name, statements := range map[string][]string{
			"the last is cut off":   {`DELETE FROM funding_lines WHERE number = 5`, `DELETE FROM funding_entries WHERE number = 5`},
			"all are cut off":       {`DELETE FROM funding_lines`, `DELETE FROM funding_entries`},
			"the head is set back":  {`UPDATE funding_heads SET number = 4`},
			"the head is another's": {`UPDATE funding_heads SET hash = (SELECT hash FROM funding_entries WHERE number = 4)`},
			"the head is gone":      {`DELETE FROM funding_heads`},
			"a total is higher":     {`UPDATE funding_totals SET debit = debit + 1 WHERE account = '512'`},
			"a total is gone":       {`DELETE FROM funding_totals WHERE account = '741'`},
			"a total is of nothing": {`INSERT INTO funding_totals VALUES ('cpts-senart', 2026, '530', 1, 0)`},
			"more was received":     {`UPDATE funding_standings SET received = received + 1`},
			"a standing is gone":    {`DELETE FROM funding_standings`},
		} {
			for _, statement := range statements {
				i.does(statement)
			}
			if _, err := o.record.Verify(t.Context(), senart); !errors.Is(err, store.ErrBooksApart) {
				t.Errorf("%s: %v", name, err)
			}
			i.mends()
			o.hold(5)
		}
	})
}
