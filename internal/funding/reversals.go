package funding

import (
	"context"

	"github.com/relais-snp/relais/internal/account"
)

// Reversals tells which entry reversed each of those that were, by id: of entries
// of one territory, for treasurers and coordinators.
func (s *Service) Reversals(ctx context.Context, a account.Actor, entries []Entry) (map[string]string, error) {
	if len(entries) == 0 {
		return nil, nil
	}
	if err := s.may(a, account.ReadBooks, entries[0].Territory); err != nil {
		return nil, err
	}
	ids := make([]string, 0, len(entries))
	for _, e := range entries {
		ids = append(ids, e.ID)
	}
	return s.Store.Reversals(ctx, entries[0].Territory, ids)
}
