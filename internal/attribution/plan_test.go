package attribution_test

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/relais-snp/relais/internal/attribution"
	"github.com/relais-snp/relais/internal/territory"
)

var limits = attribution.Limits{MaxKm: 30, KnownMetres: 5000}

func place(t testing.TB, insee territory.INSEE) territory.Commune {
	c, ok := territory.Communes().ByINSEE(insee)
	if !ok {
		t.Fatalf("no commune %s", insee)
	}
	return c
}

// Communes of Sénart, and Paris, which lies beyond the limit of most.
var codes = []territory.INSEE{"77445", "77067", "77122", "77296", "77495", "77326", "77251", "75056"}

func day(n int) time.Time { return time.Date(2026, 11, n, 9, 0, 0, 0, time.UTC) }

func seeker(t testing.TB, id string, tier, since int) attribution.Seeker {
	return attribution.Seeker{ID: id, Tier: tier, Since: day(since), Commune: place(t, "77445")}
}

func gp(t testing.TB, id string, left int) attribution.Capacity {
	return attribution.Capacity{Practitioner: id, Left: left, Commune: place(t, "77445")}
}

func ids(served []attribution.Proposal) []string {
	var list []string
	for _, p := range served {
		list = append(list, p.Seeker)
	}
	return list
}

func TestTheFirstTierIsServedFirstThenTheLongestWaiting(t *testing.T) {
	waiting := []attribution.Seeker{seeker(t, "young", 3, 1), seeker(t, "late", 1, 9), seeker(t, "early", 1, 2), seeker(t, "middle", 2, 1)}

	plan := attribution.Match(waiting, []attribution.Capacity{gp(t, "a", 3)}, limits)

	if diff := cmp.Diff([]string{"early", "late", "middle"}, ids(plan.Served)); diff != "" {
		t.Error(diff)
	}
	want := []attribution.Unserved{{Seeker: "young", Tier: 3, Hurdles: []attribution.Count{{Hurdle: attribution.Full, GPs: 1}}}}
	if diff := cmp.Diff(want, plan.Unserved); diff != "" {
		t.Error(diff)
	}
}

func TestSomebodyPlacedMovesRatherThanLeavingAnotherWithout(t *testing.T) {
	first, second := seeker(t, "first", 1, 1), seeker(t, "second", 1, 2)
	second.HomeVisits = true // only b visits
	near, visits := gp(t, "a", 1), gp(t, "b", 1)
	near.Commune, visits.HomeVisits = place(t, "77067"), true

	plan := attribution.Match([]attribution.Seeker{first, second}, []attribution.Capacity{near, visits}, limits)

	if len(plan.Served) != 2 || plan.Served[0].Practitioner != "a" || plan.Served[1].Practitioner != "b" {
		t.Errorf("got %+v", plan.Served)
	}
	if plan.Served[0].NearerFull != 1 {
		t.Errorf("the plan does not say that b is nearer and taken: %+v", plan.Served[0])
	}
}

func TestAGPWhoKnowsThePatientCountsAsNearer(t *testing.T) {
	s := seeker(t, "s", 1, 1)
	s.KnownTo = "known"
	near, known := gp(t, "near", 1), gp(t, "known", 1)
	known.Commune = place(t, "77067") // Cesson, some km away

	plan := attribution.Match([]attribution.Seeker{s}, []attribution.Capacity{near, known}, limits)

	if got := plan.Served[0]; got.Practitioner != "known" || !got.Known || got.Metres == 0 {
		t.Errorf("got %+v", got)
	}
}

func TestPatientsWhoDifferOnlyInWhoKnowsThemEachGoToTheirs(t *testing.T) {
	var waiting []attribution.Seeker
	for i, knows := range []string{"b", "a", "", "b"} {
		s := seeker(t, string(rune('p'+i)), 1, 1+i)
		s.KnownTo = knows
		waiting = append(waiting, s)
	}

	plan := attribution.Match(waiting, []attribution.Capacity{gp(t, "a", 2), gp(t, "b", 2)}, limits)

	var got []string
	for _, p := range plan.Served {
		got = append(got, p.Practitioner)
	}
	if diff := cmp.Diff([]string{"b", "a", "a", "b"}, got); diff != "" {
		t.Error(diff)
	}
}

func TestEveryHurdleIsNamed(t *testing.T) {
	ald, err := attribution.SetOf(attribution.ALD)
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		want    attribution.Hurdle
		arrange func(*attribution.Seeker, *attribution.Capacity)
	}{
		{attribution.Refused, func(s *attribution.Seeker, _ *attribution.Capacity) { s.NotBy = []string{"gp"} }},
		{attribution.Paused, func(_ *attribution.Seeker, c *attribution.Capacity) { c.Paused = true }},
		{attribution.WrongCriteria, func(_ *attribution.Seeker, c *attribution.Capacity) { c.Criteria = ald }},
		{attribution.WrongCommune, func(_ *attribution.Seeker, c *attribution.Capacity) { c.Communes = []territory.INSEE{"77067"} }},
		{attribution.NoHomeVisits, func(s *attribution.Seeker, _ *attribution.Capacity) { s.HomeVisits = true }},
		{attribution.TooFar, func(_ *attribution.Seeker, c *attribution.Capacity) { c.Commune = place(t, "75056") }},
		{attribution.Full, func(_ *attribution.Seeker, c *attribution.Capacity) { c.Left = 0 }},
	} {
		t.Run(string(test.want), func(t *testing.T) {
			s, c := seeker(t, "s", 1, 1), gp(t, "gp", 1)
			test.arrange(&s, &c)

			plan := attribution.Match([]attribution.Seeker{s}, []attribution.Capacity{c}, limits)

			want := attribution.Plan{Unserved: []attribution.Unserved{{Seeker: "s", Tier: 1, Hurdles: []attribution.Count{{Hurdle: test.want, GPs: 1}}}}}
			if diff := cmp.Diff(want, plan); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestAnUnknownPlaceIsNoHurdleAndIsSaid(t *testing.T) {
	s := seeker(t, "s", 1, 1)
	s.Commune = territory.Commune{}

	plan := attribution.Match([]attribution.Seeker{s}, []attribution.Capacity{gp(t, "gp", 1)}, limits)

	if len(plan.Served) != 1 || !plan.Served[0].Unlocated || plan.Served[0].Metres != 30000 {
		t.Errorf("got %+v", plan)
	}
}

func TestAGPFarAwayWhoNamesACommuneIsAsFarAsTheyAre(t *testing.T) {
	s, c := seeker(t, "s", 1, 1), gp(t, "gp", 1)
	c.Commune, c.Communes = place(t, "75056"), []territory.INSEE{"77445"}

	plan := attribution.Match([]attribution.Seeker{s}, []attribution.Capacity{c}, limits)

	km := territory.Between(place(t, "77445"), place(t, "75056")).Km
	if len(plan.Served) != 1 || plan.Served[0].Metres != int(km*1000+0.5) || plan.Served[0].Metres <= 30000 {
		t.Errorf("got %+v", plan)
	}
}

func TestAnArrondissementIsPartOfTheCommuneThatAGPNames(t *testing.T) {
	s, c := seeker(t, "s", 1, 1), gp(t, "gp", 1)
	s.Commune, c.Communes = place(t, "75112"), []territory.INSEE{"75056"}

	if plan := attribution.Match([]attribution.Seeker{s}, []attribution.Capacity{c}, limits); len(plan.Served) != 1 {
		t.Errorf("got %+v", plan)
	}
}

// drawn makes a small problem of every kind: at most 7 seekers and 4 GPs of at
// most 3 places, which is at most 5⁷ = 78,125 ways of placing them.
func drawn(t *rapid.T, tb testing.TB) ([]attribution.Seeker, []attribution.Capacity) {
	names := []string{"a", "b", "c", "d"}[:rapid.IntRange(0, 4).Draw(t, "gps")]
	homes := codes[:rapid.SampledFrom([]int{1, 2, len(codes)}).Draw(t, "homes")] // few: many seekers of one kind
	seekers := make([]attribution.Seeker, rapid.IntRange(0, 7).Draw(t, "seekers"))
	for i := range seekers {
		seekers[i] = attribution.Seeker{
			ID: string(rune('p' + i)), Tier: rapid.IntRange(1, 3).Draw(t, "tier"), Since: day(rapid.IntRange(1, 3).Draw(t, "since")),
			Draw: rapid.Uint64Range(0, 2).Draw(t, "draw"), Commune: place(tb, rapid.SampledFrom(homes).Draw(t, "home")),
			Criteria: attribution.Set(rapid.Uint16Range(0, 3).Draw(t, "criteria")), HomeVisits: rapid.IntRange(0, 3).Draw(t, "visits") == 0,
			KnownTo: rapid.SampledFrom([]string{"", "", "a", "b"}).Draw(t, "known"),
			NotBy:   rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b", "c"}), 0, 1).Draw(t, "not"),
		}
	}
	gps := make([]attribution.Capacity, len(names))
	for i, name := range names {
		gps[i] = attribution.Capacity{
			Practitioner: name, Left: rapid.IntRange(-1, 3).Draw(t, "left"), Commune: place(tb, rapid.SampledFrom(codes).Draw(t, "at")),
			Criteria: attribution.Set(rapid.SampledFrom([]uint16{0, 0, 1, 2}).Draw(t, "takes")), HomeVisits: rapid.Bool().Draw(t, "goes"),
			Communes: rapid.SliceOfN(rapid.SampledFrom(codes), 0, 1).Draw(t, "only"), Paused: rapid.IntRange(0, 5).Draw(t, "pause") == 0,
		}
	}
	return seekers, gps
}

// cost of one seeker at one GP, by asking for a plan of these two alone; ok is
// false when they do not fit.
func cost(s attribution.Seeker, c attribution.Capacity) (metres int, ok bool) {
	alone := attribution.Match([]attribution.Seeker{s}, []attribution.Capacity{c}, limits)
	if len(alone.Served) == 0 {
		return 0, false
	}
	metres = alone.Served[0].Metres
	if !alone.Served[0].Known {
		metres += limits.KnownMetres
	}
	return metres, true
}

// best walks every way of placing seekers, in order of priority, and returns
// who is served at best, and at what least cost.
func best(seekers []attribution.Seeker, gps []attribution.Capacity) (served string, least int) {
	left := make([]int, len(gps))
	costs := make([][]int, len(seekers)) // -1 where they do not fit
	for j, c := range gps {
		left[j] = c.Left
		for i, s := range seekers {
			metres, ok := cost(s, c)
			if !ok {
				metres = -1
			}
			costs[i] = append(costs[i], metres)
		}
	}
	var walk func(i int, so string, sum int)
	walk = func(i int, so string, sum int) {
		if i == len(seekers) {
			if so > served || so == served && sum < least {
				served, least = so, sum
			}
			return
		}
		for j := range gps {
			if costs[i][j] >= 0 && left[j] > 0 {
				left[j]--
				walk(i+1, so+"1", sum+costs[i][j])
				left[j]++
			}
		}
		walk(i+1, so+"0", sum)
	}
	walk(0, "", 0)
	return served, least
}

func inOrder(seekers []attribution.Seeker) []attribution.Seeker {
	ordered := slices.Clone(seekers)
	slices.SortFunc(ordered, func(a, b attribution.Seeker) int {
		switch {
		case a.Tier != b.Tier:
			return a.Tier - b.Tier
		case !a.Since.Equal(b.Since):
			return a.Since.Compare(b.Since)
		case a.Draw != b.Draw:
			return int(a.Draw) - int(b.Draw)
		}
		return int(a.ID[0]) - int(b.ID[0])
	})
	return ordered
}

func TestAPlanIsTheBestOfAll(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		seekers, gps := drawn(rt, t)
		ordered := inOrder(seekers)

		plan := attribution.Match(seekers, gps, limits)

		want, least := best(ordered, gps)
		got, sum, taken := "", 0, map[string]int{}
		at := map[string]attribution.Proposal{}
		for _, p := range plan.Served {
			at[p.Seeker] = p
			taken[p.Practitioner]++
		}
		for _, s := range ordered {
			p, ok := at[s.ID]
			if !ok {
				got += "0"
				continue
			}
			got += "1"
			sum += p.Metres
			if !p.Known {
				sum += limits.KnownMetres
			}
		}
		if got != want || sum != least {
			rt.Fatalf("served %s at %d, best is %s at %d", got, sum, want, least)
		}
		for _, c := range gps {
			if taken[c.Practitioner] > max(0, c.Left) {
				rt.Fatalf("%s takes %d of %d", c.Practitioner, taken[c.Practitioner], c.Left)
			}
		}
		if len(plan.Served)+len(plan.Unserved) != len(seekers) {
			rt.Fatal("somebody is neither served nor explained")
		}
	})
}

// In a matroid the order of priority also serves the most of each tier: this is
// checked apart from the order within tiers.
func TestNoPlanServesMoreOfATier(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		seekers, gps := drawn(rt, t)
		plan := attribution.Match(seekers, gps, limits)
		var counts [4]int
		for _, p := range plan.Served {
			counts[p.Tier]++
		}
		for tier := 1; tier <= 3; tier++ {
			// Everybody up to this tier, those of the tier in any order: none
			// but a larger count of an earlier tier could serve more.
			reversed := slices.Clone(seekers)
			for i := range reversed {
				if reversed[i].Tier == tier {
					reversed[i].Since = day(20).Add(-reversed[i].Since.Sub(day(0)))
				}
			}
			var again [4]int
			for _, p := range attribution.Match(reversed, gps, limits).Served {
				again[p.Tier]++
			}
			if again != counts {
				rt.Fatalf("another order within tier %d serves %v, not %v", tier, again, counts)
			}
		}
	})
}

func TestAPlanIsTheSameWhateverTheOrderOfItsInput(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		seekers, gps := drawn(rt, t)
		want := attribution.Match(seekers, gps, limits)
		slices.Reverse(seekers)
		slices.Reverse(gps)
		if diff := cmp.Diff(want, attribution.Match(seekers, gps, limits)); diff != "" {
			rt.Fatal(diff)
		}
	})
}

// crowd is a territory's worth of seekers and GPs, the same for one size.
func crowd(b *testing.B, seekers, gps, left int) ([]attribution.Seeker, []attribution.Capacity) {
	dice := rand.New(rand.NewPCG(1, 2))
	var around []territory.Commune
	for c := range territory.Communes().All() {
		if d := territory.Between(place(b, "77445"), c); !d.Unknown && d.Km < 60 {
			around = append(around, c)
		}
	}
	waiting := make([]attribution.Seeker, seekers)
	for i := range waiting {
		waiting[i] = attribution.Seeker{ID: time.Duration(i).String(), Tier: 1 + dice.IntN(3), Since: day(1).Add(time.Duration(dice.IntN(300)) * time.Hour),
			Draw: dice.Uint64(), Commune: around[dice.IntN(len(around))], Criteria: attribution.Set(dice.Uint32N(16)), HomeVisits: dice.IntN(8) == 0}
	}
	people := make([]attribution.Capacity, gps)
	for i := range people {
		people[i] = attribution.Capacity{Practitioner: time.Duration(i).String(), Left: left, Commune: around[dice.IntN(len(around))], HomeVisits: dice.IntN(3) == 0}
	}
	return waiting, people
}

func BenchmarkMatch(b *testing.B) {
	for _, size := range []struct {
		name               string
		seekers, gps, left int
	}{
		{"2000x300_few_places", 2000, 300, 4},
		{"2000x300_places_for_all", 2000, 300, 8},
		{"20000x3000_few_places", 20000, 3000, 4},
	} {
		b.Run(size.name, func(b *testing.B) {
			seekers, gps := crowd(b, size.seekers, size.gps, size.left)
			served := 0
			for b.Loop() {
				served = len(attribution.Match(seekers, gps, limits).Served)
			}
			b.ReportMetric(float64(served), "served")
		})
	}
}
