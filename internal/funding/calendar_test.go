package funding_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v3"
	"pgregory.net/rapid"

	"github.com/relais-snp/relais/configs"
	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/funding"
)

func shipped(t testing.TB, name string) funding.Schedule {
	t.Helper()
	text, err := configs.Funding.ReadFile("funding/" + name)
	if err != nil {
		t.Fatal(err)
	}
	decoder := yaml.NewDecoder(strings.NewReader(string(text)))
	decoder.KnownFields(true)
	var s funding.Schedule
	if err := decoder.Decode(&s); err != nil {
		t.Fatal(err)
	}
	if err := s.Validate(); err != nil {
		t.Fatalf("%v %v", err, fault.Of(err).Fields)
	}
	return s
}

func TestTheScheduleOf2019(t *testing.T) {
	s := shipped(t, "aci-2019.yaml")
	access, _ := s.Mission("acces")
	for taille, want := range map[int]struct{ total, base string }{
		1: {"220000.00", "30000.00"}, 2: {"287000.00", "35000.00"}, 3: {"370000.00", "50000.00"}, 4: {"450000.00", "60000.00"},
	} {
		total, complete := s.Total(taille)
		if total.String() != want.total || complete {
			t.Errorf("taille %d: %s, complete %v: the crisis mission has no amount yet", taille, total, complete)
		}
		if base := access.Base(taille); base.Cents.String() != want.base || !base.Known {
			t.Errorf("taille %d: base of access is %v", taille, base)
		}
	}
	crisis, ok := s.Mission("crise")
	if fixed, variable := s.Halves(crisis, 3); !ok || fixed.Known || variable.Known {
		t.Error("the crisis mission has an amount that nobody confirmed")
	}
}

// signed is the contract of the example: a mission of 35,000 a year, half fixed.
func signed(t testing.TB) (funding.Schedule, funding.Contract) {
	return shipped(t, "aci-2019.yaml"), funding.Contract{Signed: civil.MustDate("2026-01-15"), Taille: 2,
		Starts: []funding.Start{{Mission: "acces", On: civil.MustDate("2026-07-15")}}}
}

func lines(payments []funding.Payment, code string) []string {
	var all []string
	for _, p := range payments {
		if p.Code == code {
			all = append(all, p.On.String()+" "+string(p.Kind)+" "+p.Amount.Cents.String())
		}
	}
	return all
}

func TestTheCalendarOfTheExample(t *testing.T) {
	s, c := signed(t)
	all := s.Calendar(c)

	want := []string{
		"2026-07-15 advance 6616.44", "2027-01-15 balance 2205.48", "2027-01-15 variable 8821.92",
		"2027-01-15 advance 13125.00", "2028-01-15 balance 4375.00", "2028-01-15 variable 17500.00",
		"2028-01-15 advance 13125.00", "2029-01-15 balance 4375.00", "2029-01-15 variable 17500.00",
		"2029-01-15 advance 13125.00", "2030-01-15 balance 4375.00", "2030-01-15 variable 17500.00",
		"2030-01-15 advance 13125.00", "2031-01-15 balance 4375.00", "2031-01-15 variable 17500.00",
	}
	if diff := cmp.Diff(want, lines(all, "acces")); diff != "" {
		t.Error(diff)
	}
	want = []string{
		"2026-01-15 whole 60000.00",
		"2027-01-15 advance 45000.00", "2028-01-15 balance 15000.00", "2028-01-15 advance 45000.00", "2029-01-15 balance 15000.00",
		"2029-01-15 advance 45000.00", "2030-01-15 balance 15000.00", "2030-01-15 advance 45000.00", "2031-01-15 balance 15000.00",
	}
	if diff := cmp.Diff(want, lines(all, "fonctionnement")); diff != "" {
		t.Error(diff)
	}
	if all[1].Days != 184 || all[1].YearDays != 365 {
		t.Errorf("the first year counts %d of %d days", all[1].Days, all[1].YearDays)
	}
}

func TestPartsArePaidOnceAYearAtMostByTheDaysOfTheirMission(t *testing.T) {
	s, c := signed(t)
	all := s.Calendar(c)
	want := []string{
		"2026-07-15 part 22684.93", "2027-01-15 part 45000.00", "2028-01-15 part 45000.00", "2029-01-15 part 45000.00", "2030-01-15 part 45000.00",
	}
	if diff := cmp.Diff(want, lines(all, "snp_orientation")); diff != "" {
		t.Error(diff)
	}
	if got := lines(all, "snp_compensation"); len(got) != 5 || got[0] != "2026-07-15 part 6049.32" || got[1] != "2027-01-15 part 12000.00" {
		t.Error(got)
	}
	c.Starts = []funding.Start{{Mission: "crise", On: c.Signed}}
	for _, p := range s.Calendar(c) {
		if p.Code == "crise" && p.Amount.Known || p.Kind == funding.OfPart {
			t.Errorf("%+v", p)
		}
	}
}

// A year in which everything runs pays, at most, what the schedule says.
func TestAYearOfEveryMissionPaysTheWholeSchedule(t *testing.T) {
	s := shipped(t, "aci-2019.yaml")
	for taille, want := range map[int]string{1: "220000.00", 2: "287000.00", 3: "370000.00", 4: "450000.00"} {
		c := funding.Contract{Signed: civil.MustDate("2026-01-15"), Taille: taille}
		for _, m := range s.Missions {
			c.Starts = append(c.Starts, funding.Start{Mission: m.Code, On: c.Signed})
		}
		paid := map[int]funding.Cents{}
		for _, p := range s.Calendar(c) {
			paid[p.Year] += p.Amount.Cents
		}
		for year := 1; year <= s.Years; year++ {
			if paid[year].String() != want {
				t.Errorf("taille %d, year %d: %s, not %s", taille, year, paid[year], want)
			}
		}
	}
}

func TestDeadlinesFollowTheSignature(t *testing.T) {
	s, c := signed(t)
	c.Signed = civil.MustDate("2026-08-31")
	got := map[string]string{}
	for _, d := range s.Deadlines(c) {
		kind := " start"
		if d.Full {
			kind = " full"
		}
		got[d.Mission+kind] = d.By.String()
	}
	want := map[string]string{
		"acces start": "2027-02-28", "acces full": "2028-02-29", "parcours start": "2027-08-31", "parcours full": "2028-08-31",
		"prevention start": "2027-08-31", "prevention full": "2028-08-31", "crise start": "2027-02-28", "crise full": "2028-02-29",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestTheAnniversaryOfALeapDayFollowsTheData(t *testing.T) {
	s, _ := signed(t)
	leap := civil.MustDate("2028-02-29")
	if got := s.Anniversary(leap, 1).String(); got != "2029-02-28" {
		t.Error(got)
	}
	s.LeapDay = funding.March1
	if got := s.Anniversary(leap, 1).String(); got != "2029-03-01" {
		t.Error(got)
	}
	if got := s.Anniversary(leap, 4).String(); got != "2032-02-29" {
		t.Error(got)
	}
}

// Whatever the signature and the start, a mission's fixed payments add up to what
// its days are worth, year by year, and no payment lies outside the contract.
func TestPaymentsAddUpToWhatIsDue(t *testing.T) {
	s := shipped(t, "aci-2019.yaml")
	rapid.Check(t, func(rt *rapid.T) {
		s.LeapDay = rapid.SampledFrom([]funding.LeapDay{funding.Feb28, funding.March1}).Draw(rt, "leap day")
		c := funding.Contract{Signed: civil.MustDate("2019-07-01").AddDays(rapid.IntRange(0, 4000).Draw(rt, "signed")), Taille: rapid.IntRange(1, 4).Draw(rt, "taille")}
		mission := rapid.SampledFrom(s.Missions).Draw(rt, "mission")
		start := c.Signed.AddDays(rapid.IntRange(-50, 2000).Draw(rt, "start"))
		c.Starts = []funding.Start{{Mission: mission.Code, On: start}}
		end := s.Anniversary(c.Signed, s.Years)
		fixed, _ := s.Halves(mission, c.Taille)

		paid, days := map[int]funding.Cents{}, map[int]int{}
		for _, p := range s.Calendar(c) {
			if p.On.Before(c.Signed) || p.On.After(end) {
				rt.Fatalf("%v is paid outside the contract", p)
			}
			if p.Code == mission.Code && p.Kind != funding.Variable {
				paid[p.Year] += p.Amount.Cents
				days[p.Year] = p.Days
			}
		}
		worked := 0
		for year, cents := range paid {
			yearDays := s.Anniversary(c.Signed, year).DaysSince(s.Anniversary(c.Signed, year-1))
			if due, err := fixed.Cents.Part(int64(days[year]), int64(yearDays)); err != nil || cents != due {
				rt.Fatalf("year %d pays %s of %s, %v", year, cents, due, err)
			}
			worked += days[year]
		}
		want := 0
		if !start.Before(c.Signed) && start.Before(end) {
			want = end.DaysSince(start)
		}
		if worked != want {
			rt.Fatalf("%d days are paid, not %d", worked, want)
		}
	})
}

func TestEveryWrongCellIsNamed(t *testing.T) {
	s := shipped(t, "aci-2019.yaml")
	s.Years, s.AdvancePercent, s.LeapDay, s.Source = 0, 101, "", ""
	s.Missions[1].Code = s.Missions[0].Code
	s.Missions[0].Parts[0].Amounts[0].Cents = 7_000_000
	s.Missions[2].FullMonths = 3
	s.Missions[0].Parts[1].Paid = "yearly"
	var names []string
	for _, f := range fault.Of(s.Validate()).Fields {
		names = append(names, f.Name)
	}
	want := []string{"code", "years", "advancePercent", "leapDay", "missions[0].parts[1].paid", "missions[0].amounts[0]", "missions[1].code", "missions[2].fullMonths"}
	if diff := cmp.Diff(want, names); diff != "" {
		t.Error(diff)
	}
}
