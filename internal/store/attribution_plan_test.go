package store_test

import (
	"context"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/relais-snp/relais/internal/attribution"
	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/store"
	"github.com/relais-snp/relais/internal/store/storetest"
)

// openStates are those that a worklist shows.
var openStates = []attribution.State{attribution.Received, attribution.Qualified, attribution.Proposed, attribution.Waiting, attribution.Accepted}

// attributesDaily calls the doors of attribution.
func (w seeking) attributesDaily() {
	w.Helper()
	ctx := w.Context()
	w.asks(sought("r-1"))
	w.offers(proposal("o-1", "r-1", "gp-1"))
	w.happens(attribution.Event{ID: "e-1", Request: "r-1", At: noon, Actor: "acc-nurse", Kind: attribution.EventNoted, Note: "à rappeler"})
	w.declares(declared("gp-1", 3))
	w.attributes(func(ctx context.Context, tx attribution.Tx) error {
		r, err := tx.Request(ctx, "r-1")
		w.must(err)
		o, err := tx.Offer(ctx, "o-1")
		w.must(err)
		w.must(tx.SaveRequest(ctx, r))
		w.must(tx.SaveOffer(ctx, o))
		return tx.SavePlan(ctx, attribution.StoredPlan{ID: "p-1", Territory: senart, At: noon, Day: civil.MustDate("2026-11-23"), Rule: civil.MustDate("2026-01-01")})
	})
	after := attribution.Key{Tier: 1, Since: civil.MustDate("2026-11-01"), ID: "r-0"}
	for _, q := range []attribution.RequestQuery{
		{}, {After: after}, {States: openStates}, {States: openStates, After: after}, {States: openStates, Tier: 1, Commune: "91577"}, {By: "acc-pro", After: after},
	} {
		q.Territory, q.Limit = senart, 50
		_, err := w.Requests(ctx, q)
		w.must(err)
	}
	for _, q := range []attribution.OfferQuery{
		{}, {Practitioner: "gp-1", States: []attribution.OfferState{attribution.Pending}}, {Request: "r-1"}, {After: attribution.OfferKey{SentAt: noon, ID: "o-0"}},
	} {
		q.Territory, q.Limit = senart, 50
		_, err := w.Offers(ctx, q)
		w.must(err)
	}
	w.readsDaily()
	w.erases("r-1")
}

func (w seeking) readsDaily() {
	w.Helper()
	ctx := w.Context()
	_, err := w.RequestsNamed(ctx, senart, "Fictive")
	w.must(err)
	_, err = w.Events(ctx, "r-1")
	w.must(err)
	_, err = w.Overdue(ctx, noon, 100)
	w.must(err)
	_, err = w.Forgettable(ctx, senart, noon, 100)
	w.must(err)
	_, err = w.Ground(ctx, senart, now)
	w.must(err)
	_, err = w.LastPlan(ctx, senart)
	w.must(err)
	_, err = w.RequestFacts(ctx, senart)
	w.must(err)
	_, err = w.OfferFacts(ctx, senart)
	w.must(err)
}

// The lists that are read all day find their rows by an index that is already in
// their order: nothing is sorted, nothing that ended is looked at.
func TestHotListsOfAttributionAreReadInOrder(t *testing.T) {
	_, texts := spied(t, store.Options{Path: filepath.Join(t.TempDir(), "relais.db")})
	w := newWorld(t, storetest.SQLite(t))
	uses := map[string]string{ // how a statement begins and goes on, and its index
		`FROM mt_requests WHERE .*state NOT IN .*ORDER BY tier`:        "mt_worklist",
		`FROM mt_requests WHERE .*entered_by = .*ORDER BY tier`:        "mt_requests_of_author",
		`FROM mt_requests WHERE .*name_hash = `:                        "mt_requests_by_name",
		`FROM mt_requests\s+WHERE .*erased_at IS NULL .*ORDER BY id`:   "mt_requests_to_forget",
		`FROM mt_offers WHERE .*practitioner = .*ORDER BY sent_at`:     "mt_offers_of_practitioner",
		`FROM mt_offers WHERE territory = \$1 AND request = .*sent_at`: "mt_offers_of_request",
		`FROM mt_offers WHERE state = 'pending' AND expires_at`:        "mt_offers_to_expire",
		`(?s)FROM mt_declarations d.*d.practitioner = \$5`:             "mt_offers_pending",
		`(?s)FROM mt_declarations d.*ORDER BY d.practitioner`:          "mt_offers_accepted",
		`(?s)CROSS JOIN mt_offers`:                                     "mt_offers_of_request",
	}
	for pattern, index := range uses {
		var seen bool
		for _, text := range texts {
			if !regexp.MustCompile(pattern).MatchString(strings.ReplaceAll(text, "\n", " ")) {
				continue
			}
			seen = true
			plan := strings.Join(w.plan("EXPLAIN QUERY PLAN "+parameter.ReplaceAllString(text, "NULL")), "\n")
			if !strings.Contains(plan, "INDEX "+index+" ") || strings.Contains(text, "ORDER BY tier") && strings.Contains(plan, "TEMP B-TREE") {
				t.Errorf("%s\nfor %s", plan, text)
			}
		}
		if !seen {
			t.Errorf("no statement reads %s", pattern)
		}
	}
}
