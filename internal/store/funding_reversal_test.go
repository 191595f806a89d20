package store_test

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/funding"
	"github.com/relais-snp/relais/internal/store"
	"github.com/relais-snp/relais/internal/store/storetest"
)

// atOnce lets n do the same at the same time, and tells what each was answered.
func atOnce(n int, do func(i int) error) (reasons map[string]int) {
	var all sync.WaitGroup
	errs := make([]error, n)
	for i := range n {
		all.Go(func() { errs[i] = do(i) })
	}
	all.Wait()
	reasons = map[string]int{}
	for _, err := range errs {
		reasons[fault.Reason(err)]++
	}
	return reasons
}

func TestEntriesThatWereReversedAreTold(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := newOffice(t, db)
		all, want := o.posted(12), map[string]string{}
		for _, i := range []int{0, 7, 11} {
			back, err := o.Reverse(t.Context(), treasurer, all[i].ID, all[i].On, "Erreur", fmt.Sprint(i))
			o.must(err)
			want[all[i].ID] = back.ID
			all = append(all, back)
		}
		got, err := o.Reversals(t.Context(), treasurer, all)
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Errorf("%v %s", err, diff)
		}
		got, err = o.record.Reversals(t.Context(), "cpts-2", []string{all[0].ID})
		if len(got) != 0 || err != nil {
			t.Errorf("of another territory: %v %v", got, err)
		}
	})
}

func TestMoneyThatIsTakenBackByManyAtOnceIsAwaitedOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := newOffice(t, db)
		x := o.expects(expected("act:1", "2026-03-01"))
		came, err := o.ReceiveSum(t.Context(), treasurer, x.ID, funding.Receipt{Amount: 1_000, On: civil.MustDate("2026-06-15"), Piece: "BQ-1"}, "k")
		o.must(err)
		read, err := o.record.Entry(t.Context(), came.ID)
		if diff := cmp.Diff(came, read); diff != "" || err != nil || read.Settles != x.ID {
			t.Errorf("%v %s", err, diff)
		}
		got := atOnce(8, func(i int) error {
			_, err := o.Reverse(t.Context(), treasurer, came.ID, came.On, "Erreur", fmt.Sprint(i))
			return err
		})
		if diff := cmp.Diff(map[string]int{"": 1, "funding.reversed": 7}, got); diff != "" {
			t.Error(diff)
		}
		kept, err := o.Expectations(t.Context(), treasurer, funding.ExpectationQuery{Territory: senart})
		if err != nil || kept[0].State != funding.Pending || kept[0].Received != 0 {
			t.Errorf("%v %+v", err, kept)
		}
		o.hold(2)
	})
}

func TestAYearsEndIsWrittenOnceByManyTreasurers(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := newOffice(t, db)
		d := pays(1_000, "741", "487")
		d.Journal, d.Piece = "OD", "PCA-2026-741-aci-1"
		got := atOnce(8, func(i int) error {
			who := treasurer
			who.ID = fmt.Sprintf("acc-%d", i)
			_, err := o.Post(t.Context(), who, d, d.Piece)
			return err
		})
		if diff := cmp.Diff(map[string]int{"": 1, "funding.year_end_written": 7}, got); diff != "" {
			t.Error(diff)
		}
		o.writes(func(ctx context.Context, tx funding.Tx) error {
			all, err := tx.Pieced(ctx, senart, d.Piece)
			if len(all) != 1 || all[0].Number != 1 {
				t.Errorf("%+v", all)
			}
			return err
		})
		o.hold(1)
	})
}
