package indicator_test

import (
	"bytes"
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v3"

	"github.com/relais-snp/relais/configs"
	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/audit"
	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/directory"
	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/indicator"
	"github.com/relais-snp/relais/internal/regulation"
	"github.com/relais-snp/relais/internal/territory"
)

// record answers with fixed facts and remembers the period asked for.
type record struct {
	facts    indicator.Facts
	calls    []indicator.CallFact
	from, to time.Time
	figures  map[string]indicator.Declared // by id
	audited  []audit.Entry
	ids      int
}

func (r *record) Facts(_ context.Context, _ string, from, to time.Time) (indicator.Facts, error) {
	r.from, r.to = from, to
	return r.facts, nil
}

func (r *record) Calls(_ context.Context, _ string, from, to time.Time) ([]indicator.CallFact, error) {
	r.from, r.to = from, to
	return r.calls, nil
}

func (r *record) Simulated(context.Context) (bool, error) { return true, nil }

func (r *record) Practitioners(context.Context, string) ([]directory.Practitioner, error) {
	return []directory.Practitioner{
		{ID: "dr-martin", Given: "Ada", Family: "Martin", Profession: directory.Physician},
		{ID: "dr-durand", Given: "Zoé", Family: "Durand", Profession: directory.Physician},
	}, nil
}

func (r *record) Locations(context.Context, string) ([]directory.Location, error) {
	return []directory.Location{{ID: "loc-1", Name: "Maison de santé"}}, nil
}

func (r *record) Territory(id string) (territory.Territory, error) {
	return territory.New(id, "CPTS Sénart", "Europe/Paris", []string{"77251"})
}

func service(r *record) *indicator.Service {
	return indicator.NewService(r, r, r, rules(), func() time.Time { return at("2026-11-22 20:00") }, r.newID)
}

func coordinator() account.Actor {
	return account.Actor{ID: "acc-c", Roles: []account.Role{account.Coordinator}, Territories: []string{"cpts-senart"}}
}

func TestReportOfAPeriod(t *testing.T) {
	r := &record{facts: indicator.Facts{Slots: []indicator.SlotFact{slot("2026-11-16 10:00"), slot("2026-11-16 11:00", of("dr-durand"))}}}

	report, err := service(r).Fill(t.Context(), coordinator(), "cpts-senart", civil.MustDate("2026-10-25"), civil.MustDate("2026-11-29"), indicator.ByPractitioner)

	if err != nil || !report.Simulated || report.Total.Offered != 2 {
		t.Fatalf("%+v %v", report, err)
	}
	if !r.from.Equal(at("2026-10-25 00:00")) || !r.to.Equal(at("2026-11-30 00:00")) {
		t.Errorf("asked for %s to %s", r.from, r.to)
	}
	if diff := cmp.Diff([]string{"Dr Ada Martin", "Dr Zoé Durand"}, []string{report.Rows[0].Label, report.Rows[1].Label}); diff != "" {
		t.Error(diff)
	}
	places, err := service(r).Fill(t.Context(), coordinator(), "cpts-senart", civil.MustDate("2026-11-16"), civil.MustDate("2026-11-16"), indicator.ByLocation)
	if err != nil || places.Rows[0].Label != "Maison de santé" {
		t.Errorf("%+v %v", places, err)
	}
}

func TestReportIsByDayUnlessSaid(t *testing.T) {
	report, err := service(&record{}).Fill(t.Context(), coordinator(), "cpts-senart", civil.MustDate("2026-11-01"), civil.MustDate("2026-11-30"), "")
	if err != nil || report.By != indicator.ByDay || len(report.Rows) != 30 {
		t.Errorf("by %s, %d rows, %v", report.By, len(report.Rows), err)
	}
}

func TestReportsOfCalls(t *testing.T) {
	r := &record{calls: []indicator.CallFact{
		call("2026-11-16 09:00"), call("2026-11-24 09:00", ended(regulation.NoSolution), func(c *indicator.CallFact) { c.WhyKind = regulation.WhyNoSlot }),
	}}
	from, to := civil.MustDate("2026-11-16"), civil.MustDate("2026-11-29")
	calls, err := service(r).Calls(t.Context(), coordinator(), "cpts-senart", from, to, "")
	if err != nil || calls.Query.By != indicator.ByWeek || !calls.Simulated || len(calls.Rows) != 2 || calls.Total.Calls != 2 {
		t.Errorf("%+v %v", calls, err)
	}
	if !r.from.Equal(at("2026-11-16 00:00")) || !r.to.Equal(at("2026-11-30 00:00")) {
		t.Errorf("asked for %s to %s", r.from, r.to)
	}
	unmet, err := service(r).Unmet(t.Context(), coordinator(), "cpts-senart", from, to)
	if err != nil || !unmet.Simulated || unmet.Total != 1 || unmet.Rows[0].Name != "Savigny-le-Temple" {
		t.Errorf("%+v %v", unmet, err)
	}
}

// There is no way to ask for calls by who answered them.
func TestCallsAreNeverGroupedByPerson(t *testing.T) {
	day := civil.MustDate("2026-11-16")
	for _, by := range []indicator.Grouping{indicator.ByPractitioner, indicator.ByLocation, indicator.ByHour, indicator.ByHalfDay, "regulator", "opened_by"} {
		_, err := service(&record{}).Calls(t.Context(), coordinator(), "cpts-senart", day, day, by)
		if fields := fault.Of(err).Fields; len(fields) != 1 || fields[0].Reason != "indicator.grouping" {
			t.Errorf("by %s: %v", by, err)
		}
	}
}

func TestReportsOfSlots(t *testing.T) {
	r := &record{facts: indicator.Facts{Slots: []indicator.SlotFact{slot("2026-12-25 10:00"), slot("2026-12-28 10:00", of("dr-durand"))}}}
	from, to := civil.MustDate("2026-12-25"), civil.MustDate("2026-12-28")
	weeks, err := service(r).Weeks(t.Context(), coordinator(), "cpts-senart", from, to)
	if err != nil || !weeks.Simulated || weeks.Name != "CPTS Sénart" || !weeks.MadeAt.Equal(at("2026-11-22 20:00")) || len(weeks.Rows) != 2 || weeks.Rows[1].Name != "Dr Zoé Durand" {
		t.Errorf("%+v %v", weeks, err)
	}
	covered, err := service(r).Cover(t.Context(), coordinator(), "cpts-senart", from, to)
	if err != nil || !covered.Simulated || len(covered.Days) != 4 || !covered.Days[0].Parts[0].Holiday || covered.Days[3].Parts[0].Practitioners[0].Name != "Dr Zoé Durand" {
		t.Errorf("%+v %v", covered, err)
	}
}

// every asks for each report of a period.
func every(s *indicator.Service, actor account.Actor, territory string, from, to civil.Date) map[string]func() error {
	ctx := context.Background() // nothing here is cancelled
	return map[string]func() error{
		"fill":  func() error { _, err := s.Fill(ctx, actor, territory, from, to, ""); return err },
		"unmet": func() error { _, err := s.Unmet(ctx, actor, territory, from, to); return err },
		"calls": func() error { _, err := s.Calls(ctx, actor, territory, from, to, ""); return err },
		"weeks": func() error { _, err := s.Weeks(ctx, actor, territory, from, to); return err },
		"cover": func() error { _, err := s.Cover(ctx, actor, territory, from, to); return err },
	}
}

func TestEveryReportChecksItsPeriod(t *testing.T) {
	day := civil.MustDate("2026-11-16")
	for want, period := range map[string][2]civil.Date{
		"": {day, day.AddDays(399)}, "indicator.too_long": {day, day.AddDays(400)}, "indicator.to_before_from": {day, day.AddDays(-1)},
	} {
		for name, ask := range every(service(&record{}), coordinator(), "cpts-senart", period[0], period[1]) {
			err, got := ask(), ""
			if fields := fault.Of(err).Fields; err != nil && len(fields) == 1 {
				got = fields[0].Reason
			}
			if got != want || (err == nil) != (want == "") {
				t.Errorf("%s: %v, want %q", name, err, want)
			}
		}
	}
}

func TestReportRefusals(t *testing.T) {
	day := civil.MustDate("2026-11-16")
	for name, tc := range map[string]struct {
		from, to civil.Date
		by       indicator.Grouping
		want     string
	}{
		"400 days":       {day, day.AddDays(399), indicator.ByMonth, ""},
		"401 days":       {day, day.AddDays(400), indicator.ByMonth, "indicator.too_long"},
		"backwards":      {day, day.AddDays(-1), indicator.ByDay, "indicator.to_before_from"},
		"no day":         {civil.Date{}, day, indicator.ByDay, "indicator.day"},
		"other grouping": {day, day, "year", "indicator.grouping"},
	} {
		_, err := service(&record{}).Fill(t.Context(), coordinator(), "cpts-senart", tc.from, tc.to, tc.by)
		if tc.want == "" {
			if err != nil {
				t.Errorf("%s: %v", name, err)
			}
			continue
		}
		if fields := fault.Of(err).Fields; len(fields) != 1 || fields[0].Reason != tc.want {
			t.Errorf("%s: %v %v", name, err, fields)
		}
	}
}

func TestReportsAreForThoseWhoPilot(t *testing.T) {
	day := civil.MustDate("2026-11-16")
	for role, allowed := range map[account.Role]bool{
		account.Coordinator: true, account.Treasurer: true, account.Observer: true, account.Admin: true,
		account.GP: false, account.Regulator: false, account.Professional: false, account.TriageNurse: false,
	} {
		actor := account.Actor{ID: "x", Roles: []account.Role{role}, Territories: []string{"cpts-senart"}}
		for name, ask := range every(service(&record{}), actor, "cpts-senart", day, day) {
			if err := ask(); (err == nil) != allowed {
				t.Errorf("%s by %s: %v", name, role, err)
			}
		}
		for name, ask := range every(service(&record{}), actor, "cpts-other", day, day) {
			if ask() == nil {
				t.Errorf("%s reads %s of another territory", role, name)
			}
		}
	}
}

func TestShippedRules(t *testing.T) {
	decoder := yaml.NewDecoder(bytes.NewReader(configs.Regulation))
	decoder.KnownFields(true)
	var shipped indicator.Rules
	if err := decoder.Decode(&shipped); err != nil {
		t.Fatal(err)
	}
	if err := shipped.Validate(); err != nil {
		t.Fatal(err)
	}
	rule := shipped.On(civil.MustDate("2026-11-21"))
	if rule.CapPerWeek != 20 || rule.MajorationCents != 1500 || rule.WindowHours != 48 || rule.WeekStart != 1 {
		t.Errorf("%+v", rule)
	}
	if len(shipped.Cover) != 1 || len(shipped.Cover[0].Wanted) != 2 {
		t.Errorf("%+v", shipped.Cover)
	}
}

func TestRulesThatMakeNoSense(t *testing.T) {
	wrong := indicator.Rules{SNP: []indicator.SNPRule{
		{From: civil.MustDate("2022-04-01"), WeekStart: 1, WindowHours: -1},
		{From: civil.MustDate("2022-04-01"), WeekStart: 8, CapPerWeek: -1},
	}}

	var names []string
	for _, field := range fault.Of(wrong.Validate()).Fields {
		names = append(names, field.Name)
	}

	want := []string{"snp[0].windowHours", "snp[1].capPerWeek", "snp[1].from", "snp[1].weekStart"}
	if diff := cmp.Diff(want, names); diff != "" {
		t.Error(diff)
	}
}
