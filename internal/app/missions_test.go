package app

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/funding"
	"github.com/relais-snp/relais/internal/store"
	"github.com/relais-snp/relais/internal/store/storetest"
)

func TestContractYearsRunFromAnniversaryToAnniversary(t *testing.T) {
	record := store.Funding{DB: storetest.SQLite(t)}
	years := contractYears{record, []funding.Schedule{
		{Code: "aci-2019", LeapDay: funding.Feb28, Missions: []funding.Mission{{Code: "acces"}, {Code: "crise"}}}, {Code: "aci-2030", Missions: []funding.Mission{{Code: "sommeil"}}},
	}}
	all, err := years.Missions(t.Context(), "cpts-senart")
	if !slices.Equal(all, []string{"acces", "crise", "sommeil"}) || err != nil {
		t.Errorf("without a contract: %v, %v", all, err)
	}
	if _, _, ok, err := years.ContractYear(t.Context(), "cpts-senart", 1); ok || err != nil {
		t.Errorf("without a contract: %v, %v", ok, err)
	}
	for territory, schedule := range map[string]string{"cpts-senart": "aci-2019", "cpts-other": "aci-1999"} {
		c := funding.Contract{ID: "c-" + territory, Territory: territory, Schedule: schedule, Signed: civil.MustDate("2026-01-15"), Taille: 3,
			ChangedAt: time.Date(2026, 1, 16, 9, 0, 0, 0, time.UTC), ChangedBy: "acc-t"}
		if err := record.InTx(t.Context(), func(ctx context.Context, tx funding.Tx) error { return tx.SaveContract(ctx, c) }); err != nil {
			t.Fatal(err)
		}
	}
	first, last, ok, err := years.ContractYear(t.Context(), "cpts-senart", 2)
	if err != nil || !ok || first != civil.MustDate("2027-01-15") || last != civil.MustDate("2028-01-14") {
		t.Errorf("%s to %s, %v, %v", first, last, ok, err)
	}
	if _, _, ok, err := years.ContractYear(t.Context(), "cpts-other", 1); ok || err != nil {
		t.Errorf("of an unknown schedule: %v, %v", ok, err)
	}
	for territory, want := range map[string][]string{"cpts-senart": {"acces", "crise"}, "cpts-other": nil} {
		if got, err := years.Missions(t.Context(), territory); !slices.Equal(got, want) || err != nil {
			t.Errorf("%s: %v, %v", territory, got, err)
		}
	}
}
