package store_test

import (
	"bytes"
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/google/uuid"
	"go.yaml.in/yaml/v3"

	"github.com/relais-snp/relais/configs"
	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/directory"
	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/funding"
	"github.com/relais-snp/relais/internal/store"
	"github.com/relais-snp/relais/internal/territory"
)

const earmarked = "snp_orientation"

// mostIndemnities is what one professional may get a year in these tests.
const mostIndemnities funding.Cents = 100_000

var treasurer = account.Actor{ID: "acc-t", Roles: []account.Role{account.Treasurer}, Territories: []string{senart}}

type atlas struct{}

func (atlas) Territory(id string) (territory.Territory, error) {
	return territory.Territory{ID: id, Zone: time.UTC}, nil
}

// shipped is a file of rules that Relais comes with.
func shipped[T any](name string) (rules T) {
	text, err := configs.Funding.ReadFile("funding/" + name)
	if err == nil {
		decoder := yaml.NewDecoder(bytes.NewReader(text))
		decoder.KnownFields(true)
		err = decoder.Decode(&rules)
	}
	if err != nil {
		panic(err)
	}
	return rules
}

// chartOf2026 is the chart of accounts that Relais comes with.
func chartOf2026() funding.Chart {
	return shipped[funding.Chart]("chart-associations-2020.yaml").For(civil.MustDate("2026-01-01"), civil.MustDate("2026-12-31"))
}

// doctors are in every directory.
type doctors []string

func (d doctors) Practitioners(context.Context, string) (all []directory.Practitioner, err error) {
	for _, id := range d {
		all = append(all, directory.Practitioner{ID: id})
	}
	return all, nil
}

func serviceOver(record store.Funding) *funding.Service {
	return &funding.Service{Store: record, Territories: atlas{}, Charts: funding.Charts{chartOf2026()},
		Schedules: []funding.Schedule{shipped[funding.Schedule]("aci-2019.yaml")}, People: doctors{"gp-0", "gp-1", "gp-2"},
		Guards: funding.Guards{
			Earmarked: func(envelope string) bool { return envelope == earmarked },
			Cap:       func(int) (funding.Cents, bool) { return mostIndemnities, true },
		},
		Now:   func() time.Time { return noon },
		NewID: func() string { return uuid.Must(uuid.NewV7()).String() }}
}

// office keeps the books of Sénart, and 2026 is open.
type office struct {
	*funding.Service
	testing.TB
	record store.Funding
}

func newOffice(t testing.TB, db *store.DB) office {
	t.Helper()
	record := store.Funding{DB: db}
	o := office{TB: t, record: record, Service: serviceOver(record)}
	_, err := o.OpenYear(t.Context(), treasurer, senart, civil.MustDate("2026-01-01"), civil.MustDate("2026-12-31"))
	o.must(err)
	o.signs(senart, "contract-1")
	return o
}

// signs enters a territory's contract under an id.
func (o office) signs(land, id string) {
	o.Helper()
	o.writes(func(ctx context.Context, tx funding.Tx) error {
		return tx.SaveContract(ctx, funding.Contract{ID: id, Territory: land, Schedule: "aci-2019", Signed: civil.MustDate("2026-01-15"), Taille: 2, ChangedAt: noon})
	})
}

func (o office) must(err error) {
	o.Helper()
	if err != nil {
		o.Fatal(err)
	}
}

// noonDay is a day of 2026.
var noonDay = civil.MustDate("2026-11-23")

// pays is money that goes from one account to another.
func pays(amount funding.Cents, debit, credit string) funding.Draft {
	return funding.Draft{Territory: senart, Journal: "BQ", On: civil.MustDate("2026-06-15"), Label: "Versement de l’ACI", Piece: "BQ-1",
		Lines: []funding.Line{{Account: debit, Debit: amount}, {Account: credit, Credit: amount}}}
}

func (o office) posts(d funding.Draft, key string) funding.Entry {
	o.Helper()
	e, err := o.Post(o.Context(), treasurer, d, key)
	o.must(err)
	return e
}

// posted writes n entries of 1 €, 2 €, …
func (o office) posted(n int) (all []funding.Entry) {
	o.Helper()
	for i := range n {
		all = append(all, o.posts(pays(funding.Cents(100*(i+1)), "512", "741"), fmt.Sprintf("posted-%d", i)))
	}
	return all
}

// writes is a transaction of the books.
func (o office) writes(fn func(ctx context.Context, tx funding.Tx) error) {
	o.Helper()
	o.must(o.record.InTx(o.Context(), fn))
}

// keepsDaily calls the doors of the books that are used many times a day. The
// check is none of them: it walks the whole of the books and of the audit.
func (o office) keepsDaily() {
	o.Helper()
	e := o.posted(3)[0]
	_, err := o.Reverse(o.Context(), treasurer, e.ID, e.On, "Erreur", "daily")
	o.must(err)
	x := o.expects(expected("act:daily", "2026-03-01"))
	received, err := o.ReceiveSum(o.Context(), treasurer, x.ID, funding.Receipt{Amount: x.Amount, On: e.On, Piece: "BQ-1"}, "daily-2")
	o.must(err)
	by, err := o.Reversals(o.Context(), treasurer, []funding.Entry{e, received})
	if o.must(err); len(by) != 1 {
		o.Errorf("reversed: %v", by)
	}
	o.writes(func(ctx context.Context, tx funding.Tx) error {
		_, err := tx.ExpectationsKeyed(ctx, senart, "act:")
		return err
	})
	for _, q := range []funding.EntryQuery{
		{Territory: senart, Limit: 50}, {Territory: senart, Year: 2026, Journal: "BQ", Limit: 50},
		{Territory: senart, Newest: true, Limit: 50}, {Territory: senart, Newest: true, Year: 2026, After: 3, Limit: 50},
		{Territory: senart, Account: "512", Newest: true, Limit: 50}, {Territory: senart, Account: "512", Limit: 50}, {Territory: senart, Envelope: earmarked, Year: 2026, Limit: 50},
		{Territory: senart, Year: 2026, ByDay: true, Limit: 50}, {Territory: senart, Year: 2026, ByDay: true, After: 2, AfterOn: noonDay, Limit: 50},
	} {
		_, err := o.record.Entries(o.Context(), q)
		o.must(err)
	}
	for _, q := range []funding.ExpectationQuery{
		{Territory: senart, Limit: 50}, {Territory: senart, Prefix: "act:", Limit: 50},
		{Territory: senart, Person: "gp-1", AfterID: x.ID, AfterOn: x.On, Limit: 50},
	} {
		_, err := o.record.Expectations(o.Context(), q)
		o.must(err)
	}
	_, err = o.record.Expenses(o.Context(), senart, 2026)
	o.must(err)
	_, err = o.record.Acts(o.Context(), senart, noon, noon.AddDate(0, 1, 0))
	o.must(err)
}

// hold checks the books with all that is kept beside them.
func (o office) hold(entries int64) {
	o.Helper()
	if n, err := o.record.Verify(o.Context(), senart); n != entries || err != nil {
		o.Errorf("%d entries hold of %d: %v", n, entries, err)
	}
}

func reasonIs(t testing.TB, err error, want string) {
	t.Helper()
	if fault.Reason(err) != want {
		t.Errorf("%v, not %s", err, want)
	}
}
