package web_test

import (
	"bytes"
	"context"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/relais-snp/relais/configs"
	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/funding"
	"github.com/relais-snp/relais/internal/indicator"
	"github.com/relais-snp/relais/internal/store"
	"github.com/relais-snp/relais/internal/web"
	"github.com/relais-snp/relais/internal/xlsx"
)

// fundingRules are the shipped ones.
func fundingRules(t testing.TB) web.FundingRules {
	t.Helper()
	rules := web.FundingRules{Schedules: make([]funding.Schedule, 1), Charts: make(funding.Charts, 1)}
	for name, into := range map[string]any{
		"aci-2019": &rules.Schedules[0], "schemes": &rules.Schemes, "caps": &rules.Caps, "chart-associations-2020": &rules.Charts[0],
	} {
		text, err := configs.Funding.ReadFile("funding/" + name + ".yaml")
		if err != nil {
			t.Fatal(err)
		}
		decoder := yaml.NewDecoder(bytes.NewReader(text))
		decoder.KnownFields(true)
		if err := decoder.Decode(into); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}
	return rules
}

// fund gives the house its books and mission indicators, over the shipped rules.
func (h *house) fund(cfg *web.Config, atlas lands, reports indicator.Reports) {
	rules, record := fundingRules(h.t), store.Funding{DB: h.db}
	h.missions = &indicator.Missions{
		Store: store.Indicators{DB: h.db}, Reports: reports, Contract: signedYears{record, rules.Schedules[0]},
		Territories: atlas, Now: h.clock, NewID: newID,
	}
	h.books = &funding.Service{
		Store: record, Territories: atlas, Charts: rules.Charts, Schedules: rules.Schedules, Schemes: rules.Schemes,
		Guards: funding.Guards{Earmarked: funding.Earmarked(rules.Schedules), Cap: rules.Caps.Of},
		People: store.Directory{DB: h.db}, Lands: atlas.ids, Estimate: h.missions.Estimate, Workbook: xlsx.Write, Now: h.clock, NewID: newID,
	}
	cfg.Contracts, cfg.Books, cfg.Exchange, cfg.Certificates, cfg.Missions, cfg.Funding = h.books, h.books, h.books, h.books, h.missions, rules
}

// signedYears are the years of contracts of one schedule.
type signedYears struct {
	contracts store.Funding
	schedule  funding.Schedule
}

func (y signedYears) ContractYear(ctx context.Context, territory string, n int) (first, last civil.Date, ok bool, err error) {
	c, ok, err := y.contracts.Contract(ctx, territory)
	return y.schedule.Anniversary(c.Signed, n-1), y.schedule.Anniversary(c.Signed, n).AddDays(-1), ok, err
}

func (y signedYears) Missions(context.Context, string) (codes []string, _ error) {
	for _, m := range y.schedule.Missions {
		codes = append(codes, m.Code)
	}
	return codes, nil
}
