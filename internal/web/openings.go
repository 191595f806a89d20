package web

import (
	"context"
	"slices"
	"time"

	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/regulation"
	"github.com/relais-snp/relais/internal/web/api"
)

// openingHandlers publishes.
type openingHandlers struct {
	openings Openings
	clock    clock
}

// maxSlotsShown bounds the slots that come back with an opening.
const maxSlotsShown = 500

func (h openingHandlers) CreateOpening(ctx context.Context, r api.CreateOpeningRequestObject) (api.CreateOpeningResponseObject, error) {
	ctx, actor := caller(ctx)
	n := r.Body
	o, records, err := h.openings.Publish(ctx, actor, agenda.Draft{
		Practitioner: value(n.Practitioner), Location: n.Location, Start: n.Start, End: n.End,
		SlotMinutes: value(n.SlotMinutes), Seats: value(n.Seats),
		Modality: agenda.Modality(n.Modality), Audience: agenda.Audience(n.Audience), Note: value(n.Note), Repeat: repeatFrom(n.Repeat),
	}, value(r.Params.IdempotencyKey))
	return api.CreateOpening201JSONResponse(openingOf(o, records)), err
}

// ListOpenings looks from now eight weeks ahead, as far as recurrences are turned into slots, when no period is given.
func (h openingHandlers) ListOpenings(ctx context.Context, r api.ListOpeningsRequestObject) (api.ListOpeningsResponseObject, error) {
	ctx, actor := caller(ctx)
	from := orNow(r.Params.From, h.clock)
	to := from.AddDate(0, 0, agenda.HorizonDays)
	if r.Params.To != nil {
		to = *r.Params.To
	}
	openings, err := h.openings.Openings(ctx, actor, value(r.Params.Practitioner), from, to)
	if err != nil {
		return nil, err
	}
	openings, next := pageAfter(openings, r.Params.Cursor, limitOf(r.Params.Limit), func(o agenda.Opening) string { return o.ID })
	list := api.ListOpenings200JSONResponse{Items: []api.Opening{}, Next: next}
	for _, o := range openings {
		list.Items = append(list.Items, openingOf(o, nil))
	}
	return list, nil
}

func (h openingHandlers) UpdateOpening(ctx context.Context, r api.UpdateOpeningRequestObject) (api.UpdateOpeningResponseObject, error) {
	ctx, actor := caller(ctx)
	change := agenda.Change{Note: r.Body.Note, Audience: (*agenda.Audience)(r.Body.Audience), Modality: (*agenda.Modality)(r.Body.Modality)}
	if repeat := r.Body.Repeat; repeat != nil {
		change.Weekdays, change.SkipHolidays = repeat.Weekdays, repeat.SkipHolidays
		if repeat.Until != nil {
			until := dateFrom(*repeat.Until)
			change.Until = &until
		}
	}
	o, records, err := h.openings.Change(ctx, actor, r.Id, change)
	return api.UpdateOpening200JSONResponse(openingOf(o, records)), err
}

func (h openingHandlers) DeleteOpening(ctx context.Context, r api.DeleteOpeningRequestObject) (api.DeleteOpeningResponseObject, error) {
	ctx, actor := caller(ctx)
	_, err := h.openings.Stop(ctx, actor, r.Id, value(r.Params.From))
	return api.DeleteOpening204Response{}, err
}

func (h openingHandlers) WithdrawSlot(ctx context.Context, r api.WithdrawSlotRequestObject) (api.WithdrawSlotResponseObject, error) {
	ctx, actor := caller(ctx)
	record, err := h.openings.Withdraw(ctx, actor, r.Id)
	return api.WithdrawSlot200JSONResponse(slotOf(stateOf(record), actor.ID)), err
}

func (h openingHandlers) RestoreSlot(ctx context.Context, r api.RestoreSlotRequestObject) (api.RestoreSlotResponseObject, error) {
	ctx, actor := caller(ctx)
	record, err := h.openings.Restore(ctx, actor, r.Id)
	return api.RestoreSlot200JSONResponse(slotOf(stateOf(record), actor.ID)), err
}

// stateOf is a record as a board shows it; the slots of a change just made are held by nobody.
func stateOf(r agenda.Record) regulation.SlotState {
	return regulation.SlotState{Slot: r.Slot, Booked: len(r.Booked)}
}

func openingOf(o agenda.Opening, records []agenda.Record) api.Opening {
	out := api.Opening{
		Id: o.ID, Territory: o.Territory, Practitioner: o.Practitioner, Location: o.Location, Start: o.Start, End: o.End,
		SlotMinutes: optional(o.SlotMinutes), Modality: api.Modality(o.Modality), Audience: api.Audience(o.Audience), Note: optional(o.Note),
	}
	if o.SlotMinutes == 0 {
		out.Seats = &o.Seats
	}
	if o.Repeat != nil {
		out.Repeat = &api.Repeat{
			Weekdays: slices.Clone(o.Repeat.Weekdays), Until: dateOf(o.Repeat.Until), SkipHolidays: optional(o.Repeat.SkipHolidays),
		}
	}
	if o.StoppedFrom != (civil.Date{}) {
		stopped := dateOf(o.StoppedFrom)
		out.StoppedFrom = &stopped
	}
	for _, day := range o.Skips {
		out.Skips = append(out.Skips, dateOf(day))
	}
	for _, r := range records[:min(len(records), maxSlotsShown)] {
		out.Slots = append(out.Slots, slotOf(stateOf(r), ""))
	}
	return out
}

func repeatFrom(r *api.Repeat) *agenda.Repeat {
	if r == nil {
		return nil
	}
	return &agenda.Repeat{Weekdays: r.Weekdays, Until: dateFrom(r.Until), SkipHolidays: value(r.SkipHolidays)}
}

func orNow(t *time.Time, now clock) time.Time {
	if t == nil {
		return now()
	}
	return *t
}
