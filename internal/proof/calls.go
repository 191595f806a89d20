package proof

import (
	"context"
	"fmt"
	"net/http"
	"time"
)

// page is one page of a list.
type page[T any] struct {
	Items    []T    `json:"items"`
	Next     string `json:"next"`
	Degraded bool   `json:"degraded"`
}

// all reads every page of a list.
func all[T any](ctx context.Context, c *Client, path string, pairs ...string) (items []T, degraded bool, err error) {
	cursor := ""
	for {
		q := query(append(pairs, "limit", "500", "cursor", cursor)...)
		p, err := call[page[T]](ctx, c, http.MethodGet, path+q, nil)
		if err != nil {
			return nil, false, err
		}
		items, degraded = append(items, p.Items...), degraded || p.Degraded
		if p.Next == "" {
			return items, degraded, nil
		}
		cursor = p.Next
	}
}

// Practitioners lists who publishes in a territory.
func (c *Client) Practitioners(ctx context.Context, territory string) ([]Practitioner, error) {
	list, _, err := all[Practitioner](ctx, c, "/practitioners", "territory", territory)
	return list, err
}

// Publish publishes an opening of the GP who is signed in.
func (c *Client) Publish(ctx context.Context, o NewOpening, key string) (Opening, error) {
	return call[Opening](ctx, c, http.MethodPost, "/openings", o, "Idempotency-Key", key)
}

// Slots lists the slots of a period by start.
func (c *Client) Slots(ctx context.Context, territory string, from, to time.Time) (Board, error) {
	slots, degraded, err := all[Slot](ctx, c, "/slots", "territory", territory, "from", moment(from), "to", moment(to))
	return Board{slots, degraded}, err
}

// Withdraw takes a slot's free seats back.
func (c *Client) Withdraw(ctx context.Context, slot string) (Slot, error) {
	return call[Slot](ctx, c, http.MethodPost, "/slots/"+slot+"/withdraw", nil)
}

// Hold holds a seat, for a case or ("") without.
func (c *Client) Hold(ctx context.Context, slot, forCase string) (Hold, error) {
	var body any
	if forCase != "" {
		body = map[string]string{"case": forCase}
	}
	return call[Hold](ctx, c, http.MethodPost, "/slots/"+slot+"/holds", body)
}

// Release gives a held seat back.
func (c *Client) Release(ctx context.Context, token string) error {
	_, err := call[struct{}](ctx, c, http.MethodDelete, "/holds/"+token, nil)
	return err
}

// Book takes a seat. The same key with the same request gives the same booking.
func (c *Client) Book(ctx context.Context, b NewBooking, key string) (Booking, error) {
	return call[Booking](ctx, c, http.MethodPost, "/bookings", b, "Idempotency-Key", key)
}

// Cancel cancels a booking on behalf of "patient", "regulator" or
// "practitioner". Cancelling twice changes nothing.
func (c *Client) Cancel(ctx context.Context, booking, by, reason string) (Booking, error) {
	body := map[string]string{"by": by, "reason": reason}
	return call[Booking](ctx, c, http.MethodPost, "/bookings/"+booking+"/cancel", body)
}

// Bookings lists the bookings of a territory that this person may see,
// cancelled ones too.
func (c *Client) Bookings(ctx context.Context, territory string, from, to time.Time) ([]Booking, error) {
	list, _, err := all[Booking](ctx, c, "/bookings", "territory", territory, "from", moment(from), "to", moment(to))
	return list, err
}

// OwnBookings lists the bookings of the GP who is signed in.
func (c *Client) OwnBookings(ctx context.Context, from, to time.Time) ([]Booking, error) {
	list, _, err := all[Booking](ctx, c, "/bookings", "practitioner", c.Me.Practitioner, "from", moment(from), "to", moment(to))
	return list, err
}

// Open opens a case.
func (c *Client) Open(ctx context.Context, n NewCase) (Case, error) {
	return call[Case](ctx, c, http.MethodPost, "/cases", n)
}

// OpenCases lists the open cases of a territory.
func (c *Client) OpenCases(ctx context.Context, territory string) ([]Case, error) {
	list, _, err := all[Case](ctx, c, "/cases", "territory", territory, "open", "true")
	return list, err
}

// Fill reads the fill rate of the civil days from … to, both included.
func (c *Client) Fill(ctx context.Context, territory string, from, to time.Time) (Fill, error) {
	q := query("territory", territory, "from", from.Format(time.DateOnly), "to", to.Format(time.DateOnly))
	return call[Fill](ctx, c, http.MethodGet, "/indicators/fill"+q, nil)
}

// NewFeed makes a calendar address of kind "practitioner" or "territory".
func (c *Client) NewFeed(ctx context.Context, kind, id string) (Feed, error) {
	body := map[string]string{"kind": kind}
	if id != "" {
		body["id"] = id
	}
	return call[Feed](ctx, c, http.MethodPost, "/feeds", body)
}

// Fetch reads a page that needs no session, such as a calendar feed.
func (c *Client) Fetch(ctx context.Context, url string) (string, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return "", err
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	raw, err := c.read(resp)
	if err == nil && resp.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s answers %d", url, resp.StatusCode)
	}
	return string(raw), err
}

// Restore offers a withdrawn slot again.
func (c *Client) Restore(ctx context.Context, slot string) (Slot, error) {
	return call[Slot](ctx, c, http.MethodPost, "/slots/"+slot+"/restore", nil)
}

// Extend asks for more time, once.
func (c *Client) Extend(ctx context.Context, token string) (Hold, error) {
	return call[Hold](ctx, c, http.MethodPost, "/holds/"+token+"/extend", nil)
}

// Tell says that a booked patient came ("honoured") or not ("no_show").
func (c *Client) Tell(ctx context.Context, booking, outcome string) (Booking, error) {
	return call[Booking](ctx, c, http.MethodPost, "/bookings/"+booking+"/outcome", map[string]string{"outcome": outcome})
}
