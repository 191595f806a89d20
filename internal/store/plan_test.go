package store_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/regulation"
	"github.com/relais-snp/relais/internal/store"
	"github.com/relais-snp/relais/internal/store/storetest"
)

// growing are the tables that no statement of daily work may walk through.
var growing = []string{
	"practitioners", "practitioner_territories", "practitioner_locations", "locations", "openings", "slots", "cases", "bookings",
	"holds", "solicitations", "solicited", "extras", "idempotency", "audit", "accounts", "sessions", "feeds",
	"mt_requests", "mt_events", "mt_declarations", "mt_plans", "mt_offers",
	"funding_entries", "funding_lines", "funding_expectations",
}

// dailyWork calls the doors through which statements come many times a day.
func (w world) dailyWork() {
	w.Helper()
	ctx, to := w.Context(), noon.AddDate(0, 0, 1)
	slots := w.slots("op-1", noon.Add(10*time.Minute), 40, 1) // book's own lie between them
	w.publishes(func(ctx context.Context, tx agenda.Tx) error {
		_, err := tx.AddSlots(ctx, []agenda.Slot{benchSlot(0), benchSlot(1), benchSlot(2)})
		return err
	})
	for i := range 3 {
		w.must(book(ctx, w.db, i))
	}
	w.must(w.holds(slots[0], 1))
	r, a, l := store.Regulation{DB: w.db}, store.Agenda{DB: w.db}, store.Live{DB: w.db}
	for _, q := range []regulation.SlotQuery{
		{Territory: senart, From: noon, To: to, Limit: 50},
		{Territory: senart, From: noon, To: to, Practitioner: "gp-1", Limit: 50},
	} {
		_, err := r.Records(ctx, q)
		w.must(err)
	}
	for _, q := range []regulation.BookingQuery{
		{Territory: senart, From: noon, To: to, Limit: 50},
		{Practitioner: "gp-1", From: noon, To: to, Limit: 50},
		{BookedBy: "acc-reg", From: noon, To: to, Limit: 50},
	} {
		_, err := r.Bookings(ctx, q)
		w.must(err)
	}
	_, err := r.Cases(ctx, regulation.CaseQuery{Territory: senart, OpenOnly: true, Limit: 50})
	w.must(err)
	_, err = a.Openings(ctx, "gp-1", noon, to, 50)
	w.must(err)
	_, err = a.DueOpenings(ctx, civil.DateOf(noon, time.UTC), 50)
	w.must(err)
	_, err = a.SlotsOf(ctx, "op-1")
	w.must(err)
	pending, err := l.Pending(ctx, 50)
	w.must(err)
	w.must(l.Forget(ctx, []int64{pending[0].ID}))
	_, err = l.RecordsBetween(ctx, senart, noon, to)
	w.must(err)
	_, err = store.Indicators{DB: w.db}.Facts(ctx, senart, noon, to)
	w.must(err)
	_, err = store.Indicators{DB: w.db}.Calls(ctx, senart, noon, to)
	w.must(err)
	w.must(w.db.ChainAudit(ctx))
	w.must(w.db.ForgetAnswers(ctx, noon))
	w.solicitsDaily(r)
	newSeeking(w).attributesDaily()
	newOffice(w.T, w.db).keepsDaily()
	s := store.Sessions{DB: w.db}
	w.must(s.CommitCtx(ctx, "token", []byte("data"), to))
	_, _, err = s.FindCtx(ctx, "token")
	w.must(err)
	w.must(s.DeleteCtx(ctx, "token"))
	w.must(s.ForgetExpired(ctx, noon))
	d := store.Directory{DB: w.db}
	_, err = d.Practitioners(ctx, senart)
	w.must(err)
	_, err = d.Locations(ctx, senart)
	w.must(err)
	w.publishes(func(ctx context.Context, tx agenda.Tx) error {
		if _, err := tx.Overlapping(ctx, "gp-1", noon, to); err != nil {
			return err
		}
		if _, err := tx.RecordsOf(ctx, "op-1", noon); err != nil {
			return err
		}
		_, err := tx.Practitioner(ctx, "gp-1")
		return err
	})
}

func TestNamesakesAreFoundByTheirName(t *testing.T) {
	_, texts := spied(t, store.Options{Path: filepath.Join(t.TempDir(), "relais.db")})
	w := newWorld(t, storetest.SQLite(t))
	for _, text := range texts {
		if !strings.Contains(text, "name_hash = ") {
			continue
		}
		plan := w.plan("EXPLAIN QUERY PLAN " + parameter.ReplaceAllString(text, "NULL"))
		if !strings.Contains(plan[0], "live_bookings_by_name") {
			t.Errorf("every slot around is looked at: %v", plan)
		}
		return
	}
	t.Error("no statement looks for a name")
}

func TestDailyWorkWalksThroughNoGrowingTable(t *testing.T) {
	t.Run("SQLite", func(t *testing.T) {
		w, texts := spied(t, store.Options{Path: filepath.Join(t.TempDir(), "relais.db")})
		for _, text := range texts {
			for _, step := range w.plan("EXPLAIN QUERY PLAN " + parameter.ReplaceAllString(text, "NULL")) {
				for _, table := range growing {
					if walks := regexp.MustCompile(`^SCAN (\w+)`).FindStringSubmatch(step); walks != nil && named(text, walks[1], table) {
						t.Errorf("%s\nfor %s", step, text)
					}
				}
			}
		}
	})
	t.Run("PostgreSQL", func(t *testing.T) {
		w, texts := spied(t, store.Options{URL: storetest.PostgresURL(t)})
		// Its tables are small: it shall use an index wherever there is one.
		w.must(w.db.Exec(t.Context(), `SET enable_seqscan = off`))
		w.must(w.db.Exec(t.Context(), `SET plan_cache_mode = force_generic_plan`))
		for n, text := range texts {
			w.must(w.db.Exec(t.Context(), fmt.Sprintf("PREPARE plan_%d AS %s", n, text)))
			plan := strings.Join(w.plan(fmt.Sprintf("EXPLAIN EXECUTE plan_%d %s", n, nulls(text))), "\n")
			for _, table := range growing {
				if strings.Contains(plan, "Seq Scan on "+table+" ") {
					t.Errorf("%s\nfor %s", plan, text)
				}
			}
		}
	})
}

// spied does the daily work and returns the statements that it took.
func spied(t *testing.T, o store.Options) (w world, texts []string) {
	t.Helper()
	o.Keys = storetest.Keys(t)
	migrate(t, storetest.Open(t, o))
	db, noted, err := store.Spied(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	w = newWorld(t, db)
	w.dailyWork()
	texts = slices.DeleteFunc(noted.All(), func(text string) bool {
		verb, _, _ := strings.Cut(text, " ")
		return !slices.Contains([]string{"SELECT", "WITH", "UPDATE", "DELETE"}, strings.Fields(verb)[0]) // an INSERT has no plan
	})
	if len(texts) < 25 {
		t.Fatalf("only %d statements were noted", len(texts))
	}
	return w, texts
}

// named reports whether a name in a plan is the table, or its alias in the text.
func named(text, name, table string) bool {
	return name == table || regexp.MustCompile(`\b`+table+` `+name+`\b`).MatchString(text)
}

var parameter = regexp.MustCompile(`\$(\d+)`)

// nulls are the values of a prepared statement's parameters.
func nulls(text string) string {
	n := 0
	for _, p := range parameter.FindAllStringSubmatch(text, -1) {
		var number int
		fmt.Sscan(p[1], &number)
		n = max(n, number)
	}
	if n == 0 {
		return ""
	}
	return "(NULL" + strings.Repeat(", NULL", n-1) + ")"
}

func (w world) plan(query string) []string {
	w.Helper()
	steps, err := w.db.Plan(w.Context(), query)
	if err != nil || len(steps) == 0 {
		w.Fatalf("no plan for %s: %v", query, errors.Unwrap(err))
	}
	return steps
}
