package web

import (
	"context"
	"time"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/regulation"
	"github.com/relais-snp/relais/internal/web/api"
)

// bookingHandlers takes seats and tells what became of them.
type bookingHandlers struct {
	bookings Bookings
	names    names
	clock    clock
}

// bookingsBack and bookingsOn are the period of a list when none is asked for.
const (
	bookingsBack = 24 * time.Hour
	bookingsOn   = 31 * 24 * time.Hour
)

func (h bookingHandlers) CreateBooking(ctx context.Context, r api.CreateBookingRequestObject) (api.CreateBookingResponseObject, error) {
	ctx, actor := caller(ctx)
	b, err := h.bookings.Book(ctx, actor, bookFrom(r.Params.IdempotencyKey, *r.Body))
	if err != nil {
		return nil, err
	}
	out, err := h.one(ctx, b)
	return api.CreateBooking201JSONResponse(out), err
}

func bookFrom(key string, n api.NewBooking) regulation.BookRequest {
	r := regulation.BookRequest{
		Hold: value(n.Hold), Slot: value(n.Slot), Case: value(n.Case), Patient: patientFrom(n.Patient), Reason: value(n.Reason), Key: key,
	}
	for _, warning := range n.Acknowledge {
		r.Acknowledge = append(r.Acknowledge, string(warning))
	}
	return r
}

// ListBookings lists a practitioner's bookings, the caller's own when they are one, else those of a territory.
func (h bookingHandlers) ListBookings(ctx context.Context, r api.ListBookingsRequestObject) (api.ListBookingsResponseObject, error) {
	ctx, actor := caller(ctx)
	q, err := h.query(actor, r.Params)
	if err != nil {
		return nil, err
	}
	bookings, err := h.bookings.Bookings(ctx, actor, q)
	if err != nil {
		return nil, err
	}
	list := api.ListBookings200JSONResponse{}
	list.Items, err = h.all(ctx, bookings)
	if len(bookings) == q.Limit {
		last := bookings[q.Limit-1]
		list.Next = cursorOf(regulation.Key{At: last.Start, ID: last.ID})
	}
	return list, err
}

func (h bookingHandlers) query(a account.Actor, p api.ListBookingsParams) (q regulation.BookingQuery, err error) {
	from, to := p.From, p.To
	if from == nil {
		from = new(h.clock().Add(-bookingsBack))
	}
	if to == nil {
		to = new(from.Add(bookingsOn))
	}
	q = regulation.BookingQuery{Practitioner: value(p.Practitioner), From: *from, To: *to, Limit: limitOf(p.Limit)}
	if q.After, err = keyOf(p.Cursor); err != nil {
		return q, err
	}
	if q.Practitioner == "" && p.Territory == nil {
		q.Practitioner = a.Practitioner
	}
	own := q.Practitioner != "" && q.Practitioner == a.Practitioner
	if q.Territory = value(p.Territory); !own || len(a.Territories) == 1 {
		if q.Territory, err = territoryAsked(a, p.Territory); err != nil {
			return q, err
		}
	}
	if !account.Can(a, account.ReadBookings, account.Target{Territory: q.Territory, Practitioner: q.Practitioner}) {
		q.BookedBy = a.ID // those who do not see all may still see what they booked
	}
	return q, nil
}

func (h bookingHandlers) GetBooking(ctx context.Context, r api.GetBookingRequestObject) (api.GetBookingResponseObject, error) {
	ctx, actor := caller(ctx)
	b, err := h.bookings.Booking(ctx, actor, r.Id)
	if err != nil {
		return nil, err
	}
	out, err := h.one(ctx, b)
	return api.GetBooking200JSONResponse(out), err
}

func (h bookingHandlers) CancelBooking(ctx context.Context, r api.CancelBookingRequestObject) (api.CancelBookingResponseObject, error) {
	ctx, actor := caller(ctx)
	b, err := h.bookings.Cancel(ctx, actor, r.Id, regulation.CancelledBy(r.Body.By), r.Body.Reason)
	if err != nil {
		return nil, err
	}
	out, err := h.one(ctx, b)
	return api.CancelBooking200JSONResponse(out), err
}

func (h bookingHandlers) RecordOutcome(ctx context.Context, r api.RecordOutcomeRequestObject) (api.RecordOutcomeResponseObject, error) {
	ctx, actor := caller(ctx)
	b, err := h.bookings.Tell(ctx, actor, r.Id, regulation.BookingState(r.Body.Outcome))
	if err != nil {
		return nil, err
	}
	out, err := h.one(ctx, b)
	return api.RecordOutcome200JSONResponse(out), err
}

func (h bookingHandlers) one(ctx context.Context, b regulation.Booking) (api.Booking, error) {
	bookings, err := h.all(ctx, []regulation.Booking{b})
	if err != nil {
		return api.Booking{}, err
	}
	return bookings[0], nil
}

func (h bookingHandlers) all(ctx context.Context, bookings []regulation.Booking) ([]api.Booking, error) {
	names, err := h.names.of(ctx, collect(bookings, func(b regulation.Booking) string { return b.BookedBy }))
	if err != nil {
		return nil, err
	}
	out := make([]api.Booking, 0, len(bookings))
	for _, b := range bookings {
		out = append(out, bookingOf(b, names[b.BookedBy]))
	}
	return out, nil
}

func bookingOf(b regulation.Booking, by string) api.Booking {
	return api.Booking{
		Id: b.ID, Slot: b.Slot, Start: b.Start, End: b.End, Practitioner: b.Practitioner, Location: b.Location,
		Modality: api.Modality(b.Modality), State: api.BookingState(b.State), BookedAt: b.BookedAt, By: by,
		Case: optional(b.Case), Patient: patientOf(b.Patient), Reason: optional(b.Reason),
		CancelledBy: optional(api.Canceller(b.CancelledBy)), CancelReason: optional(b.CancelReason), Extra: optional(b.Extra),
	}
}
