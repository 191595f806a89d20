package proof

import (
	"cmp"
	"context"
	"net/http"
	"strconv"
)

// Crowd returns a client that is nobody, and whose people (As) share so many
// connections at most, as behind a proxy: fifty thousand people need not fifty
// thousand sockets of ours.
func Crowd(base string, connections int) *Client {
	transport := &http.Transport{MaxIdleConnsPerHost: connections, MaxConnsPerHost: connections, DisableCompression: true}
	return &Client{base: base, http: &http.Client{Transport: transport, Timeout: patience}}
}

// As is a person whose session is known already, over the same connections.
// The cookie is "name=value"; me is believed, not asked.
func (c *Client) As(cookie string, me Me) *Client {
	other := *c
	other.cookie, other.Me = cookie, me
	return &other
}

// Search is what a query for a caller may say; "" and 0 are left out.
type Search struct {
	Territory string
	Near      string // INSEE code
	Case      string
	Free      bool
	Limit     int // of the answer, not of what is ranked
}

// Find lists the first page of slots, ranked when Near or Case is given.
func (c *Client) Find(ctx context.Context, s Search) (Board, error) {
	free := ""
	if s.Free {
		free = "true"
	}
	q := query("territory", s.Territory, "near", s.Near, "case", s.Case, "free", free, "limit", strconv.Itoa(cmp.Or(s.Limit, 20)))
	p, err := call[page[Slot]](ctx, c, http.MethodGet, "/slots"+q, nil)
	return Board{p.Items, p.Degraded}, err
}

// CloseCase ends a case without a booking; "no_solution" asks why.
func (c *Client) CloseCase(ctx context.Context, id, outcome, why string) (Case, error) {
	body := map[string]string{"outcome": outcome}
	if why != "" {
		body["why"] = why
	}
	return call[Case](ctx, c, http.MethodPost, "/cases/"+id+"/close", body)
}
