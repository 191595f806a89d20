package app

import (
	"context"
	"errors"
	"fmt"

	"github.com/relais-snp/relais/internal/store"
)

// lookAtBooks walks the books of every territory that the record holds, of those
// too that the settings no longer name, and says of each where it breaks.
func lookAtBooks(ctx context.Context, db *store.DB) (said string, err error) {
	books := store.Funding{DB: db}
	territories, err := books.Territories(ctx)
	if err != nil {
		return "", err
	}
	var broken []error
	for _, territory := range territories {
		entries, err := books.Verify(ctx, territory)
		if err != nil {
			broken = append(broken, fmt.Errorf("books of %s: %w", territory, err))
			continue
		}
		said += fmt.Sprintf("; books of %s whole over %d entries", territory, entries)
	}
	return said, errors.Join(broken...)
}
