package web

import (
	"context"
	"slices"
	"time"

	"github.com/relais-snp/relais/internal/civil"
)

// clock tells the time.
type clock func() time.Time

// calendar tells the civil day of a territory.
type calendar struct {
	territories Territories
	clock       clock
}

// present is a moment as a territory's calendar has it.
type present struct {
	at    time.Time
	today civil.Date
	zone  *time.Location
}

func (c calendar) now(territory string) (present, error) {
	land, err := c.territories.Territory(territory)
	if err != nil {
		return present{}, err
	}
	at := c.clock()
	return present{at, civil.DateOf(at, land.Zone), land.Zone}, nil
}

// names puts display names beside the account ids that the domain keeps.
type names struct {
	accounts Accounts
}

// of returns display names by account id.
func (n names) of(ctx context.Context, ids []string) (map[string]string, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	return n.accounts.Names(ctx, ids...)
}

// collect returns what get finds in the items, each once.
func collect[T any](items []T, get func(T) string) []string {
	found := make([]string, 0, len(items))
	for _, item := range items {
		if id := get(item); id != "" {
			found = append(found, id)
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}

// optionalTime is nil for the zero time, so that it is left out of JSON.
func optionalTime(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}
