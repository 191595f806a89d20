package store_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/relais-snp/relais/internal/attribution"
	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/directory"
	"github.com/relais-snp/relais/internal/store"
	"github.com/relais-snp/relais/internal/store/storetest"
)

// seeking is a record with three GPs and patients who look for one.
type seeking struct {
	world
	store.Attribution
}

func eachSeeking(t *testing.T, test func(seeking)) {
	storetest.Each(t, func(t *testing.T, db *store.DB) { test(newSeeking(newWorld(t, db))) })
}

func newSeeking(w world) seeking {
	w.Helper()
	for i := 2; i <= 3; i++ {
		gp := w.gp
		gp.ID, gp.RPPS = fmt.Sprintf("gp-%d", i), directory.RPPS(fmt.Sprintf("1000000000%d", i))
		w.must(store.Directory{DB: w.db}.AddPractitioner(w.Context(), gp))
	}
	return seeking{w, store.Attribution{DB: w.db}}
}

// now is a moment of the fourth quarter of 2026, at noon.
var now = attribution.Moment{
	Now:  noon,
	From: time.Date(2026, 9, 30, 22, 0, 0, 0, time.UTC),
	To:   time.Date(2026, 12, 31, 23, 0, 0, 0, time.UTC),
}

var quarter = attribution.Quarter{Year: 2026, Number: 4}

func criteria(list ...attribution.Criterion) attribution.Set {
	set, err := attribution.SetOf(list...)
	if err != nil {
		panic(err)
	}
	return set
}

// sought is a request that a nurse looked at.
func sought(id string, change ...func(*attribution.Request)) attribution.Request {
	r := attribution.Request{
		ID: id, Territory: senart, Origin: attribution.FromCPAM, By: "acc-nurse", ReceivedAt: noon, Since: civil.MustDate("2026-11-02"),
		Patient:  &attribution.Patient{Family: "Fictive-Attente", Given: "Léa", Phone: "+33199000010"},
		Reporter: "Mme Exemple, DAC", Consent: attribution.Consent{On: civil.MustDate("2026-11-01"), Collector: "Mme Exemple"},
		Commune: "91577", BirthYear: 1988, Criteria: criteria(attribution.ALD), State: attribution.Qualified,
		Tier: 1, Because: []attribution.Criterion{attribution.ALD}, Draw: 1<<53 - 1, Revision: 1,
	}
	for _, c := range change {
		c(&r)
	}
	return r
}

// proposal is an offer that waits for ten more days.
func proposal(id, request, practitioner string, change ...func(*attribution.Offer)) attribution.Offer {
	o := attribution.Offer{ID: id, Territory: senart, Request: request, Practitioner: practitioner, SentBy: "acc-nurse",
		SentAt: noon.AddDate(0, 0, -4), ExpiresAt: noon.AddDate(0, 0, 10), State: attribution.Pending, Metres: 1200, Revision: 1}
	for _, c := range change {
		c(&o)
	}
	return o
}

func declared(practitioner string, places int) attribution.Declaration {
	return attribution.Declaration{Territory: senart, Practitioner: practitioner, Quarter: quarter, Places: places,
		DeclaredAt: noon, DeclaredBy: "acc-gp", Revision: 1}
}

func (w seeking) attributes(fn func(ctx context.Context, tx attribution.Tx) error) {
	w.Helper()
	w.must(w.InTx(w.Context(), fn))
}

func (w seeking) asks(all ...attribution.Request) {
	w.Helper()
	w.attributes(func(ctx context.Context, tx attribution.Tx) error {
		for _, r := range all {
			if err := tx.AddRequest(ctx, r); err != nil {
				return err
			}
		}
		return nil
	})
}

func (w seeking) offers(all ...attribution.Offer) {
	w.Helper()
	w.attributes(func(ctx context.Context, tx attribution.Tx) error {
		for _, o := range all {
			if err := tx.AddOffer(ctx, o); err != nil {
				return err
			}
		}
		return nil
	})
}

func (w seeking) happens(all ...attribution.Event) {
	w.Helper()
	w.attributes(func(ctx context.Context, tx attribution.Tx) error {
		for _, e := range all {
			if err := tx.AddEvent(ctx, e); err != nil {
				return err
			}
		}
		return nil
	})
}

func (w seeking) declares(all ...attribution.Declaration) {
	w.Helper()
	w.attributes(func(ctx context.Context, tx attribution.Tx) error {
		for _, d := range all {
			if _, _, err := tx.Declaration(ctx, d.Territory, d.Practitioner, now); err != nil {
				return err
			}
			if err := tx.SaveDeclaration(ctx, d); err != nil {
				return err
			}
		}
		return nil
	})
}
