package web

import (
	"context"
	"math"

	"github.com/relais-snp/relais/internal/regulation"
	"github.com/relais-snp/relais/internal/web/api"
)

// slotHandlers shows the board over HTTP.
type slotHandlers struct {
	board Board
}

// ListSlots answers with the position its slots were read at, so that a client may apply later changes on top.
func (h slotHandlers) ListSlots(ctx context.Context, r api.ListSlotsRequestObject) (api.ListSlotsResponseObject, error) {
	ctx, actor := caller(ctx)
	after, err := keyOf(r.Params.Cursor)
	if err != nil {
		return nil, err
	}
	board, err := h.board.Slots(ctx, actor, regulation.BoardQuery{
		Territory: r.Params.Territory, From: value(r.Params.From), To: value(r.Params.To),
		Practitioner: value(r.Params.Practitioner), Near: value(r.Params.Near), Case: value(r.Params.Case),
		FreeOnly: value(r.Params.Free), After: after, Limit: limitOf(r.Params.Limit),
	})
	if err != nil {
		return nil, err
	}
	list := api.ListSlots200JSONResponse{
		Items: rankedSlots(board.Items, actor.ID), Next: cursorOf(board.Next), Degraded: optional(board.Degraded),
	}
	if !board.Degraded {
		list.Epoch, list.Seq = &board.At.Epoch, &board.At.Seq
	}
	return list, nil
}

// rankedSlots translates slots for one reader, whose own holds are marked.
func rankedSlots(ranked []regulation.Ranked, me string) []api.Slot {
	slots := make([]api.Slot, 0, len(ranked))
	for _, r := range ranked {
		slot := slotOf(r.State, me)
		slot.Rank = rankOf(r.Rank)
		slots = append(slots, slot)
	}
	return slots
}

// slotOf is the wire state of a slot. With me "" it is the same for every reader.
func slotOf(s regulation.SlotState, me string) api.Slot {
	slot := api.Slot{
		Id: s.Slot.ID, Practitioner: s.Slot.Practitioner, Location: s.Slot.Location,
		Start: s.Slot.Start, End: s.Slot.End,
		Modality: api.Modality(s.Slot.Modality), Audience: api.Audience(s.Slot.Audience),
		Seats: s.Slot.Seats, Free: s.Free(), Booked: s.Booked, Withdrawn: s.Slot.Withdrawn(),
		Held: make([]api.HeldSeat, 0, len(s.Held)), Extra: optional(s.Slot.Extra),
	}
	for _, held := range s.Held {
		slot.Held = append(slot.Held, api.HeldSeat{
			By: held.By, Holder: held.Holder, Until: held.Until, Mine: optional(me != "" && held.Holder == me),
		})
	}
	return slot
}

func rankOf(r *regulation.Rank) *api.Rank {
	if r == nil {
		return nil
	}
	out := api.Rank{DelayMinutes: r.DelayMinutes, Approximate: r.Approximate, OwnMT: r.OwnMT}
	if !r.Unknown {
		out.DistanceKm = new(math.Round(r.DistanceKm*10) / 10) // communes are kilometres wide
	}
	return &out
}
