package store_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/regulation"
	"github.com/relais-snp/relais/internal/store"
	"github.com/relais-snp/relais/internal/store/storetest"
)

// crowd calls act at once from 32 goroutines and counts the reasons.
func crowd(act func(i int) error) map[string]int {
	const size = 32
	var mu sync.Mutex
	var all sync.WaitGroup
	reasons := map[string]int{}
	start := make(chan struct{})
	for i := range size {
		all.Go(func() {
			<-start
			reason := fault.Reason(act(i))
			mu.Lock()
			defer mu.Unlock()
			reasons[reason]++
		})
	}
	close(start)
	all.Wait()
	return reasons
}

func TestOneSeatIsBookedOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		slots := w.slots("op-1", noon, 2, 1)

		// When the slot is locked first, as the use case does,
		locked := crowd(func(i int) error { return w.books(w.booking(fmt.Sprintf("a-%d", i), slots[0], 1)) })
		// and when nothing but the index decides,
		bare := crowd(func(i int) error {
			return store.Regulation{DB: db}.InTx(t.Context(), func(ctx context.Context, tx regulation.Tx) error {
				return tx.AddBooking(ctx, w.booking(fmt.Sprintf("b-%d", i), slots[1], 1))
			})
		})
		// then one has it and all others are told why not.
		want := map[string]int{"": 1, "regulation.slot_taken": 31}
		if !cmp.Equal(locked, want) || !cmp.Equal(bare, want) {
			t.Errorf("locked %v, bare %v", locked, bare)
		}
	})
}

func TestSeatsOfOneSlotFillWithoutLosingOne(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		slot := w.slots("op-1", noon, 1, 32)[0]
		reasons := crowd(func(i int) error { return w.books(w.booking(fmt.Sprintf("b-%d", i), slot, i+1)) })
		r, err := store.Regulation{DB: db}.Record(t.Context(), slot.ID)
		w.must(err)
		if reasons[""] != 32 || len(r.Booked) != 32 || r.Slot.Revision != 33 {
			t.Errorf("%v; %d seats in the record at revision %d", reasons, len(r.Booked), r.Slot.Revision)
		}
	})
}

func TestSeatsFillThroughTouchAlone(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		slot := w.slots("op-1", noon, 1, 32)[0]
		// Touch is called without the slot's lock, after the booking.
		reasons := crowd(func(i int) error {
			return store.Regulation{DB: db}.InTx(t.Context(), func(ctx context.Context, tx regulation.Tx) error {
				if err := tx.AddBooking(ctx, w.booking(fmt.Sprintf("b-%d", i), slot, i+1)); err != nil {
					return err
				}
				_, err := tx.Touch(ctx, slot.ID)
				return err
			})
		})
		r, err := store.Regulation{DB: db}.Record(t.Context(), slot.ID)
		w.must(err)
		if reasons[""] != 32 || len(r.Booked) != 32 {
			t.Errorf("%v; %d seats in the record", reasons, len(r.Booked))
		}
	})
}

func TestOneRequestSentManyTimesAtOnceIsOneBooking(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		slot := w.slots("op-1", noon, 1, 1)[0]
		var mu sync.Mutex
		answers := map[string]int{}
		reasons := crowd(func(i int) error {
			var made string
			err := store.Regulation{DB: db}.InTx(t.Context(), func(ctx context.Context, tx regulation.Tx) (err error) {
				if made, err = tx.Remembered(ctx, "acc-reg", "the-same-key", "digest"); err != nil || made != "" {
					return err
				}
				made = fmt.Sprintf("b-%d", i)
				if _, err := tx.LockSlot(ctx, slot.ID); err != nil {
					return err
				}
				if err := tx.AddBooking(ctx, w.booking(made, slot, 1)); err != nil {
					return err
				}
				return tx.Remember(ctx, "acc-reg", "the-same-key", "digest", made, noon)
			})
			mu.Lock()
			defer mu.Unlock()
			answers[made]++
			return err
		})
		if reasons[""] != 32 || len(answers) != 1 {
			t.Errorf("reasons %v, answers %v", reasons, answers)
		}
	})
}

// Every regulator books the same patient with another doctor at the same moment.
func TestOnePatientIsBookedOnceAtATime(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		slots := w.slots("op-1", noon, 32, 1)
		for _, round := range []string{"a", "b", "c"} {
			reasons := crowd(func(i int) error {
				b := w.booking(fmt.Sprintf("%s-%d", round, i), slots[i], 1)
				b.Patient.Family = "Fictive-" + round
				return store.Regulation{DB: db}.InTx(t.Context(), func(ctx context.Context, tx regulation.Tx) error {
					return w.booksUnlessNamed(ctx, tx, b)
				})
			})
			if want := map[string]int{"": 1, "regulation.same_patient": 31}; !cmp.Equal(reasons, want) {
				t.Errorf("%v", reasons)
			}
			w.must(db.Exec(t.Context(), `UPDATE bookings SET state = 'cancelled'`))
		}
	})
}

// booksUnlessNamed takes the locks in the order of the use case.
func (w world) booksUnlessNamed(ctx context.Context, tx regulation.Tx, b regulation.Booking) error {
	if _, err := tx.LockSlot(ctx, b.Slot); err != nil {
		return err
	}
	day := 24 * time.Hour
	others, err := tx.LiveBookingsNamed(ctx, []string{b.Territory}, b.Patient, b.Start.Add(-day), b.Start.Add(day))
	if err != nil {
		return err
	}
	if len(others) > 0 {
		return regulation.ErrSamePatient
	}
	if err := tx.AddBooking(ctx, b); err != nil {
		return err
	}
	_, err = tx.Touch(ctx, b.Slot)
	return err
}
