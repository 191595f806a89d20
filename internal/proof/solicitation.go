package proof

import (
	"context"
	"net/http"
	"time"
)

// Solicitation asks GPs to take a caller on top of what they published.
type Solicitation struct {
	ID            string    `json:"id"`
	State         string    `json:"state"` // waiting, accepted, expired, withdrawn
	Until         time.Time `json:"until"`
	Booking       string    `json:"booking,omitempty"`
	Practitioners []struct {
		Practitioner string `json:"practitioner"`
		Answer       string `json:"answer"`
	} `json:"practitioners"`
}

// Acceptance is a GP's yes.
type Acceptance struct {
	Start    time.Time `json:"start"`
	Minutes  int       `json:"minutes"`
	Location string    `json:"location"`
}

// AcceptExtras says that the GP who is signed in takes patients en sus.
func (c *Client) AcceptExtras(ctx context.Context) error {
	_, err := call[struct{}](ctx, c, http.MethodPut, "/me/extras", map[string]bool{"accepts": true})
	return err
}

// Solicit asks the nearest GPs for a case.
func (c *Client) Solicit(ctx context.Context, forCase string, nearest, minutes int, key string) (Solicitation, error) {
	body := map[string]any{"case": forCase, "nearest": nearest, "minutes": minutes}
	return call[Solicitation](ctx, c, http.MethodPost, "/solicitations", body, "Idempotency-Key", key)
}

// Accept takes the patient; the first to accept wins.
func (c *Client) Accept(ctx context.Context, solicitation string, a Acceptance, key string) (Booking, error) {
	return call[Booking](ctx, c, http.MethodPost, "/solicitations/"+solicitation+"/accept", a, "Idempotency-Key", key)
}

// StopAsking withdraws a solicitation.
func (c *Client) StopAsking(ctx context.Context, solicitation string) error {
	_, err := call[struct{}](ctx, c, http.MethodPost, "/solicitations/"+solicitation+"/withdraw", nil)
	return err
}

// Solicitations lists those of a case, newest first.
func (c *Client) Solicitations(ctx context.Context, territory, forCase string) ([]Solicitation, error) {
	list, _, err := all[Solicitation](ctx, c, "/solicitations", "territory", territory, "case", forCase)
	return list, err
}
