package redis

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/live"
	"github.com/relais-snp/relais/internal/regulation"
)

// storedSlot is what Lua keeps of a slot; the names are short as they are
// written at every change.
type storedSlot struct {
	Booked []int        `json:"b"`
	Held   []storedHold `json:"h"`
}

// storedHold is a hold as Lua keeps it.
type storedHold struct {
	Token    string `json:"k"`
	Fence    string `json:"f"`
	Seat     int    `json:"s"`
	By       string `json:"i"`
	Name     string `json:"n"`
	Case     string `json:"c"`
	Until    int64  `json:"u"` // ms
	Extended bool   `json:"x"`
}

func (h storedHold) until() time.Time { return time.UnixMilli(h.Until).UTC() }

// holdOf reads a hold out of an answer, or the refusal that came instead.
func holdOf(territory, slot string, ans reply) (regulation.Hold, error) {
	if err := refusals[ans.status]; err != nil {
		return regulation.Hold{}, err
	}
	raw, _ := ans.a.(string)
	if raw == "" {
		return regulation.Hold{}, nil
	}
	var h storedHold
	if err := json.Unmarshal([]byte(raw), &h); err != nil {
		return regulation.Hold{}, away(err)
	}
	fence, err := strconv.ParseInt(h.Fence, 10, 64)
	if err != nil {
		return regulation.Hold{}, away(err)
	}
	return regulation.Hold{
		Token: h.Token, Territory: territory, Slot: slot, Seat: h.Seat, Fence: fence,
		By: h.By, Name: h.Name, Case: h.Case, ExpiresAt: h.until(), Extended: h.Extended,
	}, nil
}

// refuseHeld adds who holds a seat to a refusal.
func refuseHeld(refusal *fault.Error, raw string) error {
	var h storedHold
	if err := json.Unmarshal([]byte(raw), &h); err != nil {
		return refusal
	}
	return refusal.With(agenda.HeldDetail{By: h.Name, Holder: h.By, Until: h.until()})
}

// stateOf joins both halves of a slot.
func stateOf(lively, static string) (regulation.SlotState, error) {
	var s regulation.SlotState
	var l storedSlot
	if err := json.Unmarshal([]byte(static), &s.Slot); err != nil {
		return s, err
	}
	if err := json.Unmarshal([]byte(lively), &l); err != nil {
		return s, err
	}
	s.Booked = len(l.Booked)
	s.Held = make([]regulation.HeldSeat, len(l.Held))
	for i, h := range l.Held {
		s.Held[i] = regulation.HeldSeat{By: h.Name, Holder: h.By, Until: h.until()}
	}
	return s, nil
}

// eventOf reads an event as lib.lua writes it: epoch, seq, and both halves of
// the slot, a line each.
func eventOf(territory, text string) (live.Event, error) {
	lines := strings.SplitN(text, "\n", 4)
	if len(lines) != 4 {
		return live.Event{}, fmt.Errorf("redis: an event of %d lines", len(lines))
	}
	seq, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return live.Event{}, err
	}
	state, err := stateOf(lines[2], lines[3])
	return live.Event{Territory: territory, Position: live.Position{Epoch: lines[0], Seq: seq}, State: state}, err
}

// recordArgs is a record as apply.lua reads it.
func recordArgs(argv []any, r agenda.Record) []any {
	slot, _ := json.Marshal(r.Slot) // plain fields: cannot fail
	booked := make([]string, len(r.Booked))
	for i, seat := range slices.Sorted(slices.Values(r.Booked)) {
		booked[i] = strconv.Itoa(seat)
	}
	withdrawn := "0"
	if r.Slot.Withdrawn() {
		withdrawn = "1"
	}
	return append(argv, r.Slot.ID, slot, r.Slot.Revision, r.Slot.Start.UnixMilli(), r.Slot.End.UnixMilli(),
		r.Slot.Seats, withdrawn, strings.Join(booked, ","))
}
