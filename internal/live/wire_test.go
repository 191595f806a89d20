package live_test

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/live"
	"github.com/relais-snp/relais/internal/regulation"
)

func TestWireStateIsWhatConsolesKnow(t *testing.T) {
	start := time.Date(2026, 11, 23, 18, 0, 0, 0, time.FixedZone("Paris", 3600))
	s := regulation.SlotState{
		Slot: agenda.Slot{ID: "slot-1", Opening: "opening-1", Territory: "cpts-senart", Practitioner: "gp-1", Location: "place-1",
			Start: start, End: start.Add(4 * time.Hour), Modality: agenda.Cabinet, Audience: agenda.ForRegulation,
			Seats: 6, Revision: 3},
		Booked: 1,
		Held: []regulation.HeldSeat{
			{By: "Rosa Fictive", Holder: "rosa", Until: start.Add(3*time.Minute + 5*time.Millisecond)},
			{By: `Zoé "116" <Démo>`, Holder: "zoe", Until: start},
		},
	}
	withdrawn := s
	withdrawn.Slot.WithdrawnAt, withdrawn.Held, withdrawn.Booked = start, nil, 2

	extra := s
	extra.Slot.Seats, extra.Slot.Extra, extra.Held = 1, true, nil

	var got strings.Builder
	for _, state := range []regulation.SlotState{s, withdrawn, extra} {
		got.Write(live.AppendSlot(nil, state))
		got.WriteByte('\n')
	}
	golden(t, "slots.jsonl", got.String())
}

func TestWireStateIsWrittenAsEncodingJSONWould(t *testing.T) {
	text := rapid.StringOf(rapid.OneOf(rapid.Rune(), rapid.SampledFrom([]rune("\"\\<>&\u2028\u2029\x00\x7f\ufffdé"))))
	rapid.Check(t, func(rt *rapid.T) {
		at := time.Unix(0, rapid.Int64Range(0, 4e18).Draw(rt, "at"))
		s := regulation.SlotState{Booked: rapid.IntRange(0, 9).Draw(rt, "booked")}
		s.Slot.ID, s.Slot.Practitioner, s.Slot.Location = text.Draw(rt, "id"), text.Draw(rt, "gp"), text.Draw(rt, "place")
		s.Slot.Start, s.Slot.End, s.Slot.Seats = at, at.Add(time.Hour), rapid.IntRange(0, 99).Draw(rt, "seats")
		s.Slot.Extra = rapid.Bool().Draw(rt, "extra")
		for range rapid.IntRange(0, 3).Draw(rt, "held") {
			s.Held = append(s.Held, regulation.HeldSeat{By: text.Draw(rt, "by"), Holder: text.Draw(rt, "holder"), Until: at})
		}
		want, err := json.Marshal(live.WireOf(s))
		if err != nil {
			rt.Fatal(err)
		}
		if got := live.AppendSlot(nil, s); string(got) != string(want) {
			rt.Fatalf("got  %s\nwant %s", got, want)
		}
	})
}

// golden compares with testdata; RELAIS_UPDATE_GOLDEN=1 writes it anew.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := "testdata/" + name
	if os.Getenv("RELAIS_UPDATE_GOLDEN") != "" {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s:\n got %s\nwant %s", name, got, want)
	}
}
