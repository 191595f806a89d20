package app

import (
	"context"

	"github.com/relais-snp/relais/internal/attribution"
	"github.com/relais-snp/relais/internal/directory"
)

// remembered reads the directory of a territory once. A past asks for its cast at
// every offer, and nobody comes or goes while it is simulated.
type remembered struct {
	people  attribution.People
	persons map[string][]directory.Practitioner
	places  map[string][]directory.Location
}

// Practitioners lists them as they were when first asked for.
func (r *remembered) Practitioners(ctx context.Context, territory string) ([]directory.Practitioner, error) {
	return once(ctx, &r.persons, territory, r.people.Practitioners)
}

// Locations lists them as they were when first asked for.
func (r *remembered) Locations(ctx context.Context, territory string) ([]directory.Location, error) {
	return once(ctx, &r.places, territory, r.people.Locations)
}

func once[T any](ctx context.Context, kept *map[string][]T, territory string, read func(context.Context, string) ([]T, error)) ([]T, error) {
	if list, ok := (*kept)[territory]; ok {
		return list, nil
	}
	list, err := read(ctx, territory)
	if err != nil {
		return nil, err
	}
	if *kept == nil {
		*kept = map[string][]T{}
	}
	(*kept)[territory] = list
	return list, nil
}
