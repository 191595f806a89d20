package regulation_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/directory"
	"github.com/relais-snp/relais/internal/regulation"
	"github.com/relais-snp/relais/internal/territory"
)

// still is a territory that stands still: a supply, a directory, one case.
type still struct {
	regulation.Store // asked for the case alone
	supply           *regulation.Supply
	ground           *regulation.Ground
	kase             regulation.Case
}

func (s *still) Look(_ context.Context, _ string, see func(*regulation.Supply)) (regulation.Position, error) {
	see(s.supply)
	return regulation.Position{Epoch: "epoch", Seq: 7}, nil
}

func (s *still) Ground(context.Context, string) (*regulation.Ground, error) { return s.ground, nil }
func (s *still) Case(context.Context, string) (regulation.Case, error)      { return s.kase, nil }

func (s *still) service() *regulation.Service {
	return &regulation.Service{Store: s, Boards: s, People: s, Rules: regulation.DefaultRules(),
		Now: func() time.Time { return noon }}
}

// The communes of random worlds; the last is in no table.
var anywhere = []territory.INSEE{cesson, savigny, lieusant, mamoudzo, "99999"}

// randomGround has doctors who share a few numbers and receive anywhere.
func randomGround(t *rapid.T) *regulation.Ground {
	var people []directory.Practitioner
	var places []directory.Location
	for i := range 5 {
		number := rapid.SampledFrom([]directory.RPPS{"", "rpps-1", "rpps-2"}).Draw(t, "rpps")
		people = append(people, directory.Practitioner{ID: fmt.Sprintf("dr-%d", i), RPPS: number})
	}
	for i, c := range anywhere {
		places = append(places, directory.Location{ID: fmt.Sprintf("at-%d", i), Commune: c})
	}
	return regulation.GroundOf(people, places)
}

// randomSlot is one of forty slots in one of its possible states; few starts
// and seconds, so that many are equal and roundings meet.
func randomSlot(t *rapid.T) regulation.SlotState {
	start := noon.Add(time.Duration(rapid.IntRange(-2, 6).Draw(t, "minutes"))*7*time.Minute +
		time.Duration(rapid.IntRange(0, 3).Draw(t, "seconds"))*20*time.Second)
	s := regulation.SlotState{Booked: rapid.IntRange(0, 2).Draw(t, "booked"), Slot: agenda.Slot{
		ID:           fmt.Sprintf("slot-%02d", rapid.IntRange(0, 40).Draw(t, "id")),
		Practitioner: fmt.Sprintf("dr-%d", rapid.IntRange(0, 5).Draw(t, "practitioner")),
		Location:     fmt.Sprintf("at-%d", rapid.IntRange(0, 5).Draw(t, "location")),
		Start:        start, End: start.Add(15 * time.Minute), Seats: 2,
		Modality: rapid.SampledFrom([]agenda.Modality{agenda.Cabinet, agenda.Teleconsultation, agenda.Visite}).Draw(t, "modality"),
		Audience: rapid.SampledFrom([]agenda.Audience{agenda.ForRegulation, agenda.ForCPTS}).Draw(t, "audience"),
	}}
	if rapid.IntRange(0, 4).Draw(t, "withdrawn") == 0 {
		s.Slot.WithdrawnAt = noon
	}
	if rapid.Bool().Draw(t, "held") {
		s.Held = []regulation.HeldSeat{{By: "Rosa", Holder: rosa.ID, Until: noon.Add(time.Minute)}}
	}
	return s
}

// randomStill fills a supply in several ways: at once, one by one, over and
// over. now is how its slots stand at the end.
func randomStill(t *rapid.T) (s *still, now map[string]regulation.SlotState) {
	s = &still{ground: randomGround(t), kase: regulation.Case{ID: "case", Territory: senart, FirstProposalAt: noon}}
	now = map[string]regulation.SlotState{}
	states := rapid.SliceOfN(rapid.Custom(randomSlot), 0, 120)
	first := states.Draw(t, "first")
	s.supply = regulation.NewSupply(first)
	batches := [][]regulation.SlotState{first}
	for range rapid.IntRange(0, 2).Draw(t, "batches") {
		if rapid.Bool().Draw(t, "looked before") { // lays the slots out by this ground
			_, _ = s.service().Slots(t.Context(), rosa, regulation.BoardQuery{Territory: senart, Near: cesson})
		}
		batch := states.Draw(t, "batch")
		s.supply.Put(batch...)
		batches = append(batches, batch)
	}
	for _, state := range slices.Concat(batches...) {
		now[state.Slot.ID] = state
	}
	return s, now
}

func randomQuery(t *rapid.T) regulation.BoardQuery {
	q := regulation.BoardQuery{
		Territory: senart, From: noon.Add(time.Duration(rapid.IntRange(-20, 5).Draw(t, "from")) * time.Minute),
		FreeOnly: rapid.Bool().Draw(t, "free"), Limit: rapid.IntRange(1, 50).Draw(t, "limit"),
	}
	q.To = q.From.Add(time.Duration(rapid.IntRange(1, 70).Draw(t, "length")) * time.Minute)
	if rapid.IntRange(0, 3).Draw(t, "one practitioner") == 0 {
		q.Practitioner = fmt.Sprintf("dr-%d", rapid.IntRange(0, 6).Draw(t, "of"))
	}
	if rapid.IntRange(0, 3).Draw(t, "next page") == 0 {
		q.After = regulation.Key{At: noon.Add(time.Duration(rapid.IntRange(-1, 4).Draw(t, "after")) * 7 * time.Minute),
			ID: fmt.Sprintf("slot-%02d", rapid.IntRange(0, 40).Draw(t, "after id"))}
	}
	return q
}

// asked is the plain reading of a query: the slots it wants, by start and id.
func asked(q regulation.BoardQuery, a account.Actor, now map[string]regulation.SlotState) []regulation.SlotState {
	var states []regulation.SlotState
	for _, s := range now {
		late := s.Slot.Start.After(q.After.At) || s.Slot.Start.Equal(q.After.At) && s.Slot.ID > q.After.ID
		switch {
		case s.Slot.Start.Before(q.From), !s.Slot.Start.Before(q.To):
		case q.After != (regulation.Key{}) && !late:
		case q.Practitioner != "" && s.Slot.Practitioner != q.Practitioner:
		case q.FreeOnly && !s.Available(noon):
		case a.ID == colleague.ID && s.Slot.Audience != agenda.ForCPTS:
		default:
			states = append(states, s)
		}
	}
	slices.SortFunc(states, func(a, b regulation.SlotState) int {
		if c := a.Slot.Start.Compare(b.Slot.Start); c != 0 {
			return c
		}
		return cmpText(a.Slot.ID, b.Slot.ID)
	})
	return states
}

func cmpText(a, b string) int {
	if a < b {
		return -1
	}
	return 1
}

var colleague = account.Actor{ID: "account-colleague", Name: "Noé Collègue", Roles: []account.Role{account.Professional},
	Territories: []string{senart}}

// What the index finds first is what ranking everything puts first.
func TestTheNearestAreTheFirstOfTheRanking(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, now := randomStill(t)
		q, who := randomQuery(t), rosa
		caller := regulation.Caller{}
		switch rapid.IntRange(0, 2).Draw(t, "who asks") {
		case 0:
			who, q.Near = colleague, cesson
		case 1:
			q.Near = string(rapid.SampledFrom(anywhere[:4]).Draw(t, "near"))
		default:
			q.Case = s.kase.ID
			s.kase.WishedDelayMinutes = rapid.SampledFrom([]int{0, 5, 15}).Draw(t, "wished")
			s.kase.MT.RPPS = rapid.SampledFrom([]string{"", "rpps-1", "rpps-3"}).Draw(t, "mt")
			s.kase.Commune = rapid.SampledFrom([]string{"", savigny, mamoudzo}).Draw(t, "commune")
			caller.Wished, caller.MTRPPS = time.Duration(s.kase.WishedDelayMinutes)*time.Minute, s.kase.MT.RPPS
			q.Near = ""
		}
		if code := q.Near + s.kase.Commune; code != "" {
			caller.Commune, caller.Located = territory.Communes().ByINSEE(territory.INSEE(code))
		}

		got, err := s.service().Slots(t.Context(), who, q)
		if err != nil {
			t.Fatal(err)
		}

		want := regulation.RankSlots(asked(q, who, now), s.ground, caller, noon, regulation.DefaultRules().MinutesPerKm)
		want = want[:min(len(want), q.Limit)]
		if diff := cmp.Diff(plain(want), plain(got.Items)); diff != "" {
			t.Fatalf("(-ranking everything +index):\n%s", diff)
		}
	})
}

// Pages by start follow each other without a slot lost or shown twice.
func TestPagesByStartAreTheWholeBoard(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, now := randomStill(t)
		q := randomQuery(t)
		want := asked(q, rosa, now)
		for {
			b, err := s.service().Slots(t.Context(), rosa, q)
			if err != nil {
				t.Fatal(err)
			}
			page := want[:min(len(want), q.Limit)]
			if diff := cmp.Diff(plain(unranked(page)), plain(b.Items)); diff != "" {
				t.Fatalf("a page (-want +got):\n%s", diff)
			}
			want = want[len(page):]
			if (b.Next == regulation.Key{}) != (len(want) == 0) {
				t.Fatalf("next page %v with %d slots to come", b.Next, len(want))
			}
			if q.After = b.Next; len(want) == 0 {
				return
			}
		}
	})
}

func TestSlotsLongOverAreForgotten(t *testing.T) {
	over, lies := slotAt("over", cesson, time.Minute), slotAt("ahead", cesson, time.Hour)
	s := &still{supply: regulation.NewSupply([]regulation.SlotState{over, lies}), ground: ground(cesson)}

	s.supply.Forget(noon.Add(30 * time.Minute))

	for _, near := range []string{"", cesson} {
		b, err := s.service().Slots(t.Context(), rosa, regulation.BoardQuery{Territory: senart, Near: near})
		if err != nil || len(b.Items) != 1 || b.Items[0].State.Slot.ID != "ahead" || b.At.Seq != 7 {
			t.Errorf("near %q: %+v, %v", near, b, err)
		}
	}
}

func unranked(states []regulation.SlotState) []regulation.Ranked {
	items := make([]regulation.Ranked, len(states))
	for i, s := range states {
		items[i].State = s
	}
	return items
}

// plain is what ranking showed, none being no different from nothing.
func plain(items []regulation.Ranked) []string {
	lines := make([]string, len(items))
	for i, r := range items {
		lines[i] = fmt.Sprintf("%+v", r.State)
		if r.Rank != nil {
			lines[i] += fmt.Sprintf(" %+v", *r.Rank)
		}
	}
	return lines
}
