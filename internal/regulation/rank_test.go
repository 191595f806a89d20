package regulation_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/directory"
	"github.com/relais-snp/relais/internal/regulation"
	"github.com/relais-snp/relais/internal/territory"
)

var noon = time.Date(2026, 11, 23, 11, 0, 0, 0, time.UTC)

// The communes of the examples, by INSEE code.
const (
	cesson   = "77067"
	savigny  = "77445" // Savigny-le-Temple, next to Cesson
	lieusant = "77251"
	melun    = "77288" // of another territory
	mamoudzo = "97611" // Mamoudzou: without point in the table
)

// ground has one practitioner per commune, named like their location.
func ground(communes ...territory.INSEE) *regulation.Ground {
	var people []directory.Practitioner
	var places []directory.Location
	for _, c := range communes {
		people = append(people, directory.Practitioner{ID: "dr-" + string(c), RPPS: directory.RPPS("rpps-" + string(c))})
		places = append(places, directory.Location{ID: "at-" + string(c), Commune: c})
	}
	return regulation.GroundOf(people, places)
}

func slotAt(id string, commune territory.INSEE, in time.Duration) regulation.SlotState {
	return regulation.SlotState{Slot: agenda.Slot{
		ID: id, Practitioner: "dr-" + string(commune), Location: "at-" + string(commune),
		Start: noon.Add(in), End: noon.Add(in + 15*time.Minute), Modality: agenda.Cabinet, Seats: 1,
	}}
}

func callerIn(t testing.TB, code territory.INSEE) regulation.Caller {
	t.Helper()
	c, ok := territory.Communes().ByINSEE(code)
	if !ok {
		t.Fatalf("commune %s missing from the table", code)
	}
	return regulation.Caller{Commune: c, Located: true}
}

func order(ranked []regulation.Ranked) []string {
	var ids []string
	for _, r := range ranked {
		ids = append(ids, r.State.Slot.ID)
	}
	return ids
}

func TestNearAndSoonComeFirst(t *testing.T) {
	remote := slotAt("tele", lieusant, 20*time.Minute)
	remote.Slot.Modality = agenda.Teleconsultation
	slots := []regulation.SlotState{
		slotAt("far-soon", lieusant, 10*time.Minute),
		slotAt("here-later", cesson, 15*time.Minute),
		slotAt("nowhere", mamoudzo, time.Minute),
		slotAt("here-evening", cesson, 6*time.Hour),
		remote,
	}
	ranked := regulation.RankSlots(slots, ground(cesson, lieusant, mamoudzo), callerIn(t, cesson), noon, 3)

	want := []string{"here-later", "tele", "far-soon", "here-evening", "nowhere"}
	if diff := cmp.Diff(want, order(ranked)); diff != "" {
		t.Errorf("order (-want +got):\n%s", diff)
	}
	if r := ranked[0].Rank; r.DelayMinutes != 15 || r.DistanceKm != 0 || r.OwnMT {
		t.Errorf("rank of the first: %+v", r)
	}
	if r := ranked[2].Rank; r.DistanceKm < 3 || r.DistanceKm > 12 {
		t.Errorf("Cesson to Lieusaint: %.1f km", r.DistanceKm)
	}
}

func TestOwnDoctorComesBeforeAnything(t *testing.T) {
	caller := callerIn(t, savigny)
	caller.MTRPPS = "rpps-" + lieusant
	ranked := regulation.RankSlots([]regulation.SlotState{
		slotAt("next-door", savigny, time.Minute),
		slotAt("own", lieusant, 5*time.Hour),
	}, ground(savigny, lieusant), caller, noon, 3)

	if got := order(ranked); got[0] != "own" || !ranked[0].Rank.OwnMT || ranked[1].Rank.OwnMT {
		t.Errorf("order %v", got)
	}
}

func TestSlotsPastTheWishedDelayLosePlaces(t *testing.T) {
	slots := []regulation.SlotState{
		slotAt("near-late", cesson, 45*time.Minute),
		slotAt("far-in-time", lieusant, 30*time.Minute),
	}
	for wished, first := range map[time.Duration]string{0: "near-late", 30 * time.Minute: "far-in-time", time.Hour: "near-late"} {
		caller := callerIn(t, cesson)
		caller.Wished = wished
		if got := order(regulation.RankSlots(slots, ground(cesson, lieusant), caller, noon, 3)); got[0] != first {
			t.Errorf("wished within %v: %v", wished, got)
		}
	}
}

func TestRankingKeepsEverySlotAndIsStable(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		communes := []territory.INSEE{cesson, savigny, lieusant, mamoudzo}
		slots := rapid.SliceOfNDistinct(rapid.Custom(func(t *rapid.T) regulation.SlotState {
			return slotAt(rapid.StringMatching(`[a-z]{6}`).Draw(t, "id"),
				rapid.SampledFrom(communes).Draw(t, "commune"),
				time.Duration(rapid.IntRange(-60, 2880).Draw(t, "minutes"))*time.Minute)
		}), 0, 20, func(s regulation.SlotState) string { return s.Slot.ID }).Draw(t, "slots")
		caller := regulation.Caller{MTRPPS: "rpps-" + cesson}
		g := ground(communes...)

		once := order(regulation.RankSlots(slots, g, caller, noon, 3))
		shuffled := rapid.Permutation(slots).Draw(t, "shuffled")
		again := order(regulation.RankSlots(shuffled, g, caller, noon, 3))
		if diff := cmp.Diff(once, again); diff != "" || len(once) != len(slots) {
			t.Fatalf("order depends on the input's order, or lost slots:\n%s", diff)
		}
	})
}
