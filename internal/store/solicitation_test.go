package store_test

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/regulation"
	"github.com/relais-snp/relais/internal/store"
	"github.com/relais-snp/relais/internal/store/storetest"
	"github.com/relais-snp/relais/internal/territory"
)

// caller opens a case with a sealed reason.
func (w world) caller(id string) regulation.Case {
	w.Helper()
	p := patient()
	c := regulation.Case{ID: id, Territory: senart, OpenedBy: "acc-reg", OpenedAt: noon, Commune: "91577", Reason: "fièvre",
		WishedDelayMinutes: 90, MT: regulation.MT{Status: regulation.MTNone}, Patient: &p}
	w.regulates(func(ctx context.Context, tx regulation.Tx) error { return tx.SaveCase(ctx, c) })
	return c
}

func solicitation(id string, c regulation.Case) regulation.Solicitation {
	return regulation.Solicitation{ID: id, Territory: senart, Case: c.ID, State: regulation.SolicitationWaiting, AskedAt: noon, Until: noon.Add(5 * time.Minute),
		By: "acc-reg", Asked: []regulation.Asked{{Practitioner: "gp-1", Answer: regulation.AnswerWaiting}},
		Commune: c.Commune, Reason: c.Reason, WishedDelayMinutes: c.WishedDelayMinutes}
}

func (w world) solicits(x regulation.Solicitation) error {
	return store.Regulation{DB: w.db}.InTx(w.Context(), func(ctx context.Context, tx regulation.Tx) error { return tx.AddSolicitation(ctx, x) })
}

func TestASolicitationComesBackAsItWas(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		r := store.Regulation{DB: db}
		want := solicitation("x-1", w.caller("c-1"))
		w.must(w.solicits(want))
		same := func(want regulation.Solicitation) {
			t.Helper()
			got, err := r.Solicitation(t.Context(), "x-1")
			w.must(err)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
		}
		same(want)
		w.reason(w.solicits(solicitation("x-2", w.caller("c-1"))), "regulation.solicitation_waiting")
		c, err := r.Case(t.Context(), "c-1")
		if w.must(err); c.Solicitation != "x-1" {
			t.Errorf("case %+v", c)
		}

		slot := w.slots("op-1", noon, 1, 1)[0]
		w.must(w.books(w.booking("b-1", slot, 1)))
		w.regulates(func(ctx context.Context, tx regulation.Tx) error {
			if err := tx.TakeSolicitation(ctx, "x-1", noon.Add(time.Minute)); err != nil {
				return err
			}
			if err := tx.NoteBooking(ctx, "x-1", "b-1"); err != nil {
				return err
			}
			return tx.NoteAnswer(ctx, "x-1", "gp-1", regulation.AnswerAccepted, noon.Add(time.Minute))
		})
		want.State, want.SettledAt, want.Booking, want.Asked[0].Answer = regulation.SolicitationAccepted, noon.Add(time.Minute), "b-1", regulation.AnswerAccepted
		same(want)
		w.must(w.solicits(solicitation("x-2", c))) // one that is over makes room
		_, err = r.Solicitation(t.Context(), "nowhere")
		w.reason(err, "regulation.solicitation_unknown")
	})
}

func TestASolicitationEndsOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		r := store.Regulation{DB: db}
		for i := range 3 {
			w.must(w.solicits(solicitation(fmt.Sprint("x-", i), w.caller(fmt.Sprint("c-", i)))))
		}
		take := func(id string, at time.Time) error {
			return r.InTx(t.Context(), func(ctx context.Context, tx regulation.Tx) error { return tx.TakeSolicitation(ctx, id, at) })
		}
		end := func(id string) error {
			return r.InTx(t.Context(), func(ctx context.Context, tx regulation.Tx) error {
				return tx.EndSolicitation(ctx, id, regulation.SolicitationWithdrawn, noon)
			})
		}
		until := noon.Add(5 * time.Minute)
		w.reason(take("x-0", until), "regulation.solicitation_settled")
		w.must(take("x-0", until.Add(-time.Microsecond)))
		w.reason(take("x-0", noon), "regulation.solicitation_settled")
		w.reason(end("x-0"), "regulation.solicitation_settled")
		w.must(end("x-1"))
		w.reason(end("x-1"), "regulation.solicitation_settled")
		w.reason(take("x-1", noon), "regulation.solicitation_settled")

		overdue, err := r.OverdueSolicitations(t.Context(), until, 10)
		w.must(err)
		early, err := r.OverdueSolicitations(t.Context(), until.Add(-time.Microsecond), 10)
		w.must(err)
		if len(overdue) != 1 || overdue[0].ID != "x-2" || len(early) != 0 {
			t.Errorf("overdue %+v, early %+v", overdue, early)
		}
	})
}

func TestPagesOfSolicitations(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		for i := range 5 {
			x := solicitation(fmt.Sprint("x-", i), w.caller(fmt.Sprint("c-", i)))
			x.AskedAt = noon.Add(time.Duration(i/2) * time.Second)
			w.must(w.solicits(x))
		}
		find := func(q regulation.SolicitationQuery) []string {
			t.Helper()
			q.Now = noon
			found, err := store.Regulation{DB: db}.Solicitations(t.Context(), q)
			w.must(err)
			return idsOf(found, func(x regulation.Solicitation) string { return x.ID })
		}
		first := find(regulation.SolicitationQuery{Territory: senart, Limit: 2})
		rest := find(regulation.SolicitationQuery{Territory: senart, After: regulation.Key{At: noon.Add(time.Second), ID: "x-3"}, Limit: 9})
		if fmt.Sprint(first, rest) != "[x-4 x-3] [x-2 x-1 x-0]" {
			t.Errorf("pages %v %v", first, rest)
		}
		if own := find(regulation.SolicitationQuery{Practitioner: "gp-1", Case: "c-2", Waiting: true, Limit: 9}); fmt.Sprint(own) != "[x-2]" {
			t.Errorf("own %v", own)
		}
		if foreign := find(regulation.SolicitationQuery{Practitioner: "gp-2", Limit: 9}); len(foreign) != 0 {
			t.Errorf("foreign %v", foreign)
		}
	})
}

func TestOnlyThoseWhoCanAnswerAccept(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		r := store.Regulation{DB: db}
		willing := func(now time.Time) []regulation.Willing {
			t.Helper()
			found, err := r.Accepting(t.Context(), senart, now)
			w.must(err)
			return found
		}
		choose := func(accepts bool, until time.Time) {
			w.regulates(func(ctx context.Context, tx regulation.Tx) error {
				return tx.SaveExtras(ctx, regulation.Extras{Practitioner: "gp-1", Accepts: accepts, Until: until, ChosenAt: noon, ChosenBy: "acc-gp"})
			})
		}
		choose(true, noon.Add(time.Hour))
		if all := willing(noon); len(all) != 0 {
			t.Errorf("without account %+v", all)
		}
		w.must(store.Accounts{DB: db}.InTx(t.Context(), func(ctx context.Context, tx account.Tx) error {
			return tx.AddPerson(ctx, account.Person{ID: "acc-gp", Email: "gp@relais.example", Name: "Dr Ada Fictive", Practitioner: "gp-1", PasswordHash: "none",
				Active: true, Roles: []account.Role{account.GP}, Territories: []string{senart}, CreatedAt: noon, PasswordSetAt: noon})
		}))
		want := []regulation.Willing{{Practitioner: "gp-1", RPPS: "10000000001", Communes: []territory.INSEE{"91577"}}}
		if diff := cmp.Diff(want, willing(noon)); diff != "" {
			t.Error(diff)
		}
		if late := willing(noon.Add(time.Hour)); len(late) != 0 {
			t.Errorf("at its end %+v", late)
		}
		kept, err := r.Extras(t.Context(), "gp-1")
		if w.must(err); !kept.Accepts || !kept.Until.Equal(noon.Add(time.Hour)) || kept.ChosenBy != "acc-gp" {
			t.Errorf("kept %+v", kept)
		}
		choose(true, time.Time{})
		w.must(db.Exec(t.Context(), `UPDATE accounts SET active = FALSE`))
		if all := willing(noon); len(all) != 0 {
			t.Errorf("who cannot sign in %+v", all)
		}
		w.must(db.Exec(t.Context(), `UPDATE accounts SET active = TRUE`))
		choose(false, time.Time{})
		if all := willing(noon); len(all) != 0 {
			t.Errorf("who said no %+v", all)
		}
	})
}

func TestASlotEnSusIsKeptApart(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		o := w.opening("op-x", noon)
		o.Extra = true
		slot := slotOf(o, "slot-x", noon, 1)
		slot.Extra = true
		w.publishes(func(ctx context.Context, tx agenda.Tx) error {
			if err := tx.SaveOpening(ctx, o); err != nil {
				return err
			}
			_, err := tx.AddSlots(ctx, []agenda.Slot{slot})
			return err
		})
		b := w.booking("b-1", slot, 1)
		b.Extra = true
		w.must(w.books(b))

		got, err := store.Regulation{DB: db}.Booking(t.Context(), "b-1")
		if w.must(err); !got.Extra {
			t.Errorf("booking %+v", got)
		}
		records, err := store.Live{DB: db}.RecordsBetween(t.Context(), senart, noon, noon.Add(time.Hour))
		if w.must(err); len(records) != 1 || !records[0].Slot.Extra || len(records[0].Booked) != 1 {
			t.Errorf("records %+v", records)
		}
		facts, err := store.Indicators{DB: db}.Facts(t.Context(), senart, noon, noon.Add(time.Hour))
		if w.must(err); len(facts.Slots) != 1 || !facts.Slots[0].Extra {
			t.Errorf("facts %+v", facts)
		}
		listed, err := store.Agenda{DB: db}.Openings(t.Context(), "gp-1", noon, noon.Add(time.Hour), 9)
		if w.must(err); len(listed) != 0 {
			t.Errorf("listed %+v", listed)
		}
		w.publishes(func(ctx context.Context, tx agenda.Tx) error {
			inTheWay, err := tx.Overlapping(ctx, "gp-1", noon, noon.Add(time.Hour))
			if len(inTheWay) != 0 {
				t.Errorf("in the way: %+v", inTheWay)
			}
			return err
		})
	})
}

func TestEnSusLeavesTheSchemaAndComesBack(t *testing.T) {
	first, err := os.ReadFile("testdata/first.sql")
	if err != nil {
		t.Fatal(err)
	}
	storetest.EachBare(t, func(t *testing.T, db *store.DB) {
		w := world{T: t, db: db}
		w.must(db.MigrateTo(t.Context(), 1))
		for statement := range strings.SplitSeq(string(first), ";\n") {
			if strings.TrimSpace(statement) != "" {
				w.must(db.Exec(t.Context(), statement))
			}
		}
		w.must(db.Migrate(t.Context()))
		w.must(w.solicits(solicitation("x-1", w.caller("c-1"))))
		w.must(db.MigrateDown(t.Context(), 4))
		w.must(db.Migrate(t.Context()))

		r := store.Regulation{DB: db}
		b, err := r.Booking(t.Context(), "booking-1")
		if w.must(err); b.Extra || b.Seat != 2 {
			t.Errorf("booking %+v", b)
		}
		_, err = r.Solicitation(t.Context(), "x-1")
		w.reason(err, "regulation.solicitation_unknown")
	})
}

// solicitsDaily calls the doors of en sus.
func (w world) solicitsDaily(r store.Regulation) {
	w.Helper()
	w.must(w.solicits(solicitation("x-daily", w.caller("c-daily"))))
	for _, q := range []regulation.SolicitationQuery{{Territory: senart, Waiting: true}, {Practitioner: "gp-1"}, {Territory: senart, Case: "c-daily"}} {
		q.Now, q.Limit = noon, 50
		_, err := r.Solicitations(w.Context(), q)
		w.must(err)
	}
	_, err := r.OverdueSolicitations(w.Context(), noon, 50)
	w.must(err)
	_, err = r.Accepting(w.Context(), senart, noon)
	w.must(err)
	_, err = r.Extras(w.Context(), "gp-1")
	w.must(err)
	w.regulates(func(ctx context.Context, tx regulation.Tx) error {
		if _, _, err := tx.WaitingSolicitation(ctx, "c-daily"); err != nil {
			return err
		}
		return tx.TakeSolicitation(ctx, "x-daily", noon)
	})
}
