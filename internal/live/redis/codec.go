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

// storedHold is what colleagues see of a hold, as Lua keeps it.
type storedHold struct {
	By    string `json:"i"`
	Name  string `json:"n"`
	Until int64  `json:"u"` // ms
}

// holdOf reads a hold out of an answer, or the refusal that came instead. An
// answer without hold gives the zero one.
func holdOf(territory, slot string, ans reply) (regulation.Hold, error) {
	if err := refusals[ans.status]; err != nil {
		return regulation.Hold{}, err
	}
	h, _ := told(ans.a)
	h.Territory, h.Slot = territory, slot
	return h, nil
}

// told reads a hold as lib.lua tells it; false when there is none.
func told(answer any) (h regulation.Hold, ok bool) {
	values, _ := answer.([]any)
	if len(values) != 8 {
		return h, false
	}
	h.Token, _ = values[0].(string)
	fence, _ := values[1].(string)
	seat, _ := values[2].(int64)
	h.By, _ = values[3].(string)
	h.Name, _ = values[4].(string)
	h.Case, _ = values[5].(string)
	until, _ := values[6].(int64)
	extended, _ := values[7].(int64)
	h.Fence, _ = strconv.ParseInt(fence, 10, 64)
	h.Seat, h.ExpiresAt, h.Extended = int(seat), millis(until), extended == 1
	return h, h.Fence > 0
}

func millis(ms int64) time.Time { return time.UnixMilli(ms).UTC() }

// refuseHeld adds who holds a seat to a refusal, when somebody does.
func refuseHeld(refusal *fault.Error, answer any) error {
	h, ok := told(answer)
	if !ok {
		return refusal
	}
	return refusal.With(agenda.HeldDetail{By: h.Name, Holder: h.By, Until: h.ExpiresAt})
}

// stateOf joins both halves of a slot.
func stateOf(lively, static string) (regulation.SlotState, error) {
	slot, err := staticOf(static)
	if err != nil {
		return regulation.SlotState{}, err
	}
	l, err := livelyOf(lively)
	return l.of(slot), err
}

func staticOf(text string) (slot agenda.Slot, err error) {
	err = json.Unmarshal([]byte(text), &slot)
	return slot, err
}

// livelyOf reads what Lua keeps. Most slots have neither bookings nor holds, and
// say so by leaving both out.
func livelyOf(text string) (l storedSlot, err error) {
	if strings.Contains(text, `"b":`) || strings.Contains(text, `"h":`) {
		err = json.Unmarshal([]byte(text), &l)
	}
	return l, err
}

// of is the state of the slot that this is kept of.
func (l storedSlot) of(slot agenda.Slot) regulation.SlotState {
	s := regulation.SlotState{Slot: slot, Booked: len(l.Booked), Held: make([]regulation.HeldSeat, len(l.Held))}
	for i, h := range l.Held {
		s.Held[i] = regulation.HeldSeat{By: h.Name, Holder: h.By, Until: millis(h.Until)}
	}
	return s
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
