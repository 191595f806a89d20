package store_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/funding"
	"github.com/relais-snp/relais/internal/store"
	"github.com/relais-snp/relais/internal/store/storetest"
)

func (o office) imports(file string) (funding.ImportReport, error) {
	return o.Import(o.Context(), treasurer, funding.ImportQuery{Territory: senart, Kind: funding.ImportBank}, strings.NewReader(file))
}

// statement is a bank's file of n movements, equal in pairs.
func statement(n int) string {
	var file strings.Builder
	file.WriteString("date;libellé;montant;contrepartie\r\n")
	for i := range n {
		fmt.Fprintf(&file, "15/06/2026;Cotisation %d;%d,50;756\r\n", i/2, 1+i/2)
	}
	return file.String()
}

func TestAFileIsKnownAgainYearsLater(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := newOffice(t, db)
		made, err := o.imports(statement(250))
		o.must(err)
		o.must(db.ForgetAnswers(t.Context(), noon.AddDate(9, 11, 0))) // as chores do, a week after they were given
		again, err := o.imports(statement(252))
		o.must(err)
		if made.Created != 250 || again.Created != 2 || again.Unchanged != 250 || len(made.Problems)+len(again.Problems) != 0 {
			t.Errorf("%+v, then %+v", made, again)
		}
		o.hold(252)
	})
}

func TestAFileSentByManyAtOnceIsImportedOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := newOffice(t, db)
		var all sync.WaitGroup
		var mu sync.Mutex
		created := 0
		for range 4 {
			all.Go(func() {
				report, err := o.imports(statement(120))
				mu.Lock()
				defer mu.Unlock()
				created += report.Created
				if err != nil || len(report.Problems) != 0 {
					t.Errorf("%v %+v", err, report)
				}
			})
		}
		all.Wait()
		if created != 120 {
			t.Errorf("%d created", created)
		}
		o.hold(120)
	})
}

func TestEntriesAreListedByDay(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := newOffice(t, db)
		days := []string{"2026-03-01", "2026-01-31", "2026-03-01", "2026-12-31", "2026-01-01", "2026-01-31", "2026-02-02"}
		for i, day := range days {
			d := pays(funding.Cents(100+i), "512", "741")
			d.On = civil.MustDate(day)
			o.posts(d, day+fmt.Sprint(i))
		}
		for _, limit := range []int{1, 2, 3, 50} {
			var got []string
			for q := (funding.EntryQuery{Territory: senart, Year: 2026, ByDay: true, Limit: limit}); ; {
				page, err := o.record.Entries(t.Context(), q)
				o.must(err)
				for _, e := range page {
					got = append(got, fmt.Sprintf("%s %d %d", e.On, e.Number, len(e.Lines)))
					q.AfterOn, q.After = e.On, e.Number
				}
				if len(page) < limit {
					break
				}
			}
			want := []string{"2026-01-01 5 2", "2026-01-31 2 2", "2026-01-31 6 2", "2026-02-02 7 2", "2026-03-01 1 2", "2026-03-01 3 2", "2026-12-31 4 2"}
			if !slices.Equal(got, want) {
				t.Errorf("pages of %d: %v", limit, got)
			}
		}
	})
}
