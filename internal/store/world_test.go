package store_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/audit"
	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/directory"
	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/regulation"
	"github.com/relais-snp/relais/internal/store"
)

const senart = "cpts-senart"

// noon has microseconds: they must survive.
var noon = time.Date(2026, 11, 23, 12, 0, 0, 123456000, time.UTC)

// world is a record with one GP who receives at one place.
type world struct {
	*testing.T
	db *store.DB
	gp directory.Practitioner
	at directory.Location
}

func newWorld(t *testing.T, db *store.DB) world {
	t.Helper()
	w := world{T: t, db: db,
		at: directory.Location{ID: "loc-1", Name: "Cabinet du Lavoir", Address: "3 rue du Lavoir", PostalCode: "91250", Commune: "91577", Phone: "+33199000001"},
		gp: directory.Practitioner{ID: "gp-1", RPPS: "10000000001", Family: "Fictive", Given: "Ada", Title: "Dr",
			Profession: directory.Physician, Specialty: "Médecine générale", Phone: "+33199000002",
			Territories: []string{senart}, Locations: []string{"loc-1"}},
	}
	d := store.Directory{DB: db}
	w.must(d.AddLocation(t.Context(), w.at))
	w.must(d.AddPractitioner(t.Context(), w.gp))
	return w
}

func (w world) must(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

func (w world) publishes(fn func(ctx context.Context, tx agenda.Tx) error) {
	w.Helper()
	w.must(store.Agenda{DB: w.db}.InTx(w.Context(), fn))
}

func (w world) regulates(fn func(ctx context.Context, tx regulation.Tx) error) {
	w.Helper()
	w.must(store.Regulation{DB: w.db}.InTx(w.Context(), fn))
}

func (w world) opening(id string, start time.Time) agenda.Opening {
	return agenda.Opening{
		ID: id, Territory: senart, Practitioner: "gp-1", Location: "loc-1", Start: start, End: start.Add(2 * time.Hour),
		SlotMinutes: 20, Modality: agenda.Cabinet, Audience: agenda.ForRegulation, Note: "Sonner à l’arrivée",
		CreatedAt: start.Add(-time.Hour), CreatedBy: "acc-gp", MaterialisedTo: civil.DateOf(start, time.UTC).AddDays(1),
	}
}

func slotOf(o agenda.Opening, id string, start time.Time, seats int) agenda.Slot {
	return agenda.Slot{ID: id, Opening: o.ID, Territory: o.Territory, Practitioner: o.Practitioner, Location: o.Location,
		Start: start, End: start.Add(20 * time.Minute), Modality: o.Modality, Audience: o.Audience, Seats: seats}
}

// slots publishes n slots of so many seats, twenty minutes apart from start on.
func (w world) slots(opening string, start time.Time, n, seats int) []agenda.Slot {
	w.Helper()
	o := w.opening(opening, start)
	var wanted []agenda.Slot
	for i := range n {
		wanted = append(wanted, slotOf(o, fmt.Sprintf("%s-slot-%d", opening, i+1), start.Add(time.Duration(i)*20*time.Minute), seats))
	}
	w.publishes(func(ctx context.Context, tx agenda.Tx) (err error) {
		if err := tx.SaveOpening(ctx, o); err != nil {
			return err
		}
		wanted, err = tx.AddSlots(ctx, wanted)
		return err
	})
	return wanted
}

func (w world) booking(id string, s agenda.Slot, seat int) regulation.Booking {
	return regulation.Booking{
		ID: id, Slot: s.ID, Seat: seat, Territory: s.Territory, Practitioner: s.Practitioner, Location: s.Location,
		Start: s.Start, End: s.End, Modality: s.Modality, State: regulation.StateBooked, Fence: 1,
		BookedAt: noon, BookedBy: "acc-reg", Patient: patient(), Reason: "toux", Revision: 1, ChangedAt: noon,
	}
}

func patient() regulation.Patient {
	return regulation.Patient{Family: "Personne-Fictive", Given: "Zoé", BirthDate: civil.MustDate("1961-04-02"), Phone: "+33199000003",
		Commune: "91577", MT: regulation.MT{Status: regulation.MTHas, RPPS: "10000000001", Name: "Dr Fictive"}}
}

// books writes a booking as the use case does, apart from audit and key.
func (w world) books(b regulation.Booking) error {
	return store.Regulation{DB: w.db}.InTx(w.Context(), func(ctx context.Context, tx regulation.Tx) error {
		if _, err := tx.LockSlot(ctx, b.Slot); err != nil {
			return err
		}
		if err := tx.AddBooking(ctx, b); err != nil {
			return err
		}
		_, err := tx.Touch(ctx, b.Slot)
		return err
	})
}

// holds notes holds of a slot that were over an hour ago.
func (w world) holds(s agenda.Slot, fences ...int64) error {
	return store.Regulation{DB: w.db}.InTx(w.Context(), func(ctx context.Context, tx regulation.Tx) error {
		for _, fence := range fences {
			if err := tx.NoteHold(ctx, s.ID, fence, time.Now().Add(-time.Hour)); err != nil {
				return err
			}
		}
		return nil
	})
}

func (w world) reason(err error, want string) {
	w.Helper()
	if got := fault.Reason(err); got != want {
		w.Errorf("reason %q, want %q (%v)", got, want, err)
	}
}

func entry(n int) audit.Entry {
	return audit.Entry{At: noon.Add(time.Duration(n) * time.Second), Actor: "acc-reg", Action: "patient.read",
		Target: fmt.Sprintf("booking:%d", n), Territory: senart}
}

func migrate(t *testing.T, db *store.DB) *store.DB {
	t.Helper()
	if err := db.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	return db
}
