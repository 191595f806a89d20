package account

import (
	"context"
	"errors"
)

// Names returns the display names of accounts by id, inactive ones included:
// what somebody booked keeps their name. Unknown ids are left out.
func (s *Service) Names(ctx context.Context, ids ...string) (map[string]string, error) {
	names := make(map[string]string, len(ids))
	for _, id := range ids {
		p, err := s.person(ctx, id)
		switch {
		case errors.Is(err, ErrUnknown):
		case err != nil:
			return nil, err
		default:
			names[id] = p.Name
		}
	}
	return names, nil
}
