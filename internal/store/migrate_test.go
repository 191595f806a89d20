package store_test

import (
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/attribution"
	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/regulation"
	"github.com/relais-snp/relais/internal/store"
	"github.com/relais-snp/relais/internal/store/storetest"
)

func TestMigrateTwiceAndFromSeveralProcessesIsHarmless(t *testing.T) {
	storetest.EachBare(t, func(t *testing.T, db *store.DB) {
		var all sync.WaitGroup
		for range 4 {
			all.Go(func() {
				if err := db.Migrate(t.Context()); err != nil {
					t.Errorf("migrate: %v", err)
				}
			})
		}
		all.Wait()
		current, newest, err := db.Version(t.Context())
		if err != nil || current != newest || current == 0 {
			t.Fatalf("version %d of %d, %v", current, newest, err)
		}
	})
}

func TestLaterMigrationsAreUndoneAndDoneAgain(t *testing.T) {
	storetest.EachBare(t, func(t *testing.T, db *store.DB) {
		w := world{T: t, db: db}
		w.must(db.Migrate(t.Context()))
		_, newest, err := db.Version(t.Context())
		w.must(err)
		w.must(db.MigrateBack(t.Context(), 1))
		if current, _, err := db.Version(t.Context()); current != 1 || err != nil {
			t.Fatalf("back at %d, %v", current, err)
		}
		w.must(db.Migrate(t.Context()))
		if current, _, err := db.Version(t.Context()); current != newest || err != nil {
			t.Fatalf("again at %d of %d, %v", current, newest, err)
		}
		again := newWorld(t, db)
		again.must(again.books(again.booking("b-1", again.slots("op-1", noon, 1, 1)[0], 1)))
	})
}

func TestARecordOfTheFirstSchemaIsBroughtOver(t *testing.T) {
	first, err := os.ReadFile("testdata/first.sql")
	if err != nil {
		t.Fatal(err)
	}
	storetest.EachBare(t, func(t *testing.T, db *store.DB) {
		w := world{T: t, db: db}
		if current, newest, err := db.Version(t.Context()); current != 0 || newest == 0 || err != nil {
			t.Fatalf("empty database at %d of %d, %v", current, newest, err)
		}
		w.must(db.MigrateTo(t.Context(), 1))
		for statement := range strings.SplitSeq(string(first), ";\n") {
			if strings.TrimSpace(statement) != "" {
				w.must(db.Exec(t.Context(), statement))
			}
		}
		w.must(db.Exec(t.Context(), `INSERT INTO feeds (id, kind, territory, target, token_hash, created_at, created_by)
VALUES ('feed-1', 'practitioner', 'cpts-senart', 'gp-1', $1, $2, 'acc-gp')`, []byte("hash"), noon))
		w.must(db.Exec(t.Context(), `INSERT INTO cases (id, territory, opened_by, opened_at, commune, wished_delay_minutes, mt_status, closed_at, outcome)
VALUES ('case-2', 'cpts-senart', 'acc-reg', $1, '91577', 0, 'none', $1, 'no_solution')`, noon))
		w.must(db.Migrate(t.Context()))

		r := store.Regulation{DB: db}
		b, err := r.Booking(t.Context(), "booking-1")
		w.must(err)
		if b.Seat != 2 || b.Fence != 7 || b.Case != "case-1" || !b.Start.Equal(noon) || !b.End.Equal(noon.Add(2*time.Hour)) {
			t.Errorf("booking %+v", b)
		}
		c, err := r.Case(t.Context(), "case-1")
		w.must(err)
		if c.Open() || c.WishedDelayMinutes != 60 {
			t.Errorf("case %+v", c)
		}
		unsolved, err := r.Case(t.Context(), "case-2")
		w.must(err)
		if c.WhyKind != "" || unsolved.WhyKind != regulation.WhyOther { // its words are sealed: nobody knows better
			t.Errorf("kinds %q and %q", c.WhyKind, unsolved.WhyKind)
		}
		o, err := store.Agenda{DB: db}.Opening(t.Context(), "op-1")
		w.must(err)
		if o.Repeat == nil || o.Repeat.Until.String() != "2027-02-01" || !o.Repeat.SkipHolidays || o.Seats != 6 || o.Audience != agenda.ForCPTS {
			t.Errorf("opening %+v", o)
		}
		person, err := store.Accounts{DB: db}.PersonByEmail(t.Context(), "gp@relais.demo")
		w.must(err)
		if !person.Active || person.Practitioner != "gp-1" || len(person.Roles) != 1 || len(person.Territories) != 1 {
			t.Errorf("person %+v", person)
		}
		w.seesTheFirstSchemasTraces()
		w.reportsTheFirstSchemasCall()
		books := newOffice(t, db)
		books.posted(2)
		books.hold(2)
	})
}

// reportsTheFirstSchemasCall makes a request of attribution of what was there
// before it.
func (w world) reportsTheFirstSchemasCall() {
	w.Helper()
	s := seeking{w, store.Attribution{DB: w.db}}
	s.asks(sought("r-1", func(r *attribution.Request) { r.Case, r.KnownTo = "case-1", "gp-1" }))
	s.declares(declared("gp-1", 2))
	s.offers(proposal("o-1", "r-1", "gp-1"))
	found, err := s.Declarations(w.Context(), senart, now)
	w.must(err)
	if len(found) != 1 || found[0].LeftIn(quarter) != 1 {
		w.Errorf("declared %+v", found)
	}
}

func TestAttributionIsUndoneWithDataInIt(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newSeeking(newWorld(t, db))
		plantSeeker(w)
		w.declares(declared("gp-1", 2))
		w.must(db.MigrateBack(t.Context(), 6))
		left, err := db.Made(t.Context())
		if !left || err != nil {
			t.Fatalf("what was there before: %v, %v", left, err)
		}
		w.must(db.Migrate(t.Context()))
		if _, err := w.Request(t.Context(), "r-secret"); fault.Reason(err) != "attribution.request_unknown" {
			t.Errorf("after the way back and forth: %v", err)
		}
		plantSeeker(w)
	})
}

func (w world) seesTheFirstSchemasTraces() {
	w.Helper()
	t, db := w.T, w.db
	pending, err := store.Live{DB: db}.Pending(t.Context(), 10)
	w.must(err)
	if len(pending) != 1 || pending[0].Record.Slot.Revision != 3 || len(pending[0].Record.Booked) != 1 {
		t.Errorf("outbox %+v", pending)
	}
	facts, err := store.Indicators{DB: db}.Facts(t.Context(), senart, noon, noon.Add(time.Second))
	w.must(err)
	if len(facts.Slots) != 1 || facts.Slots[0].LostHolds != 2 || len(facts.Slots[0].Bookings) != 1 {
		t.Errorf("facts %+v", facts)
	}
	w.must(db.ChainAudit(t.Context()))
	if n, err := db.VerifyAudit(t.Context()); n != 1 || err != nil {
		t.Errorf("audit: %d, %v", n, err)
	}
	feed, err := store.Feeds{DB: db}.FeedByHash(t.Context(), []byte("hash"))
	if err != nil || feed.ID != "feed-1" {
		t.Errorf("feed %+v, %v", feed, err)
	}
}
