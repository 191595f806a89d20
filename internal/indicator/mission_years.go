package indicator

import (
	"context"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/civil"
)

// Period is a contract year, To included.
type Period struct{ From, To civil.Date }

// Years tells when each year of a territory's contract is, nil without a contract.
func (m *Missions) Years(ctx context.Context, a account.Actor, territory string) (all [Years]*Period, err error) {
	if err := m.may(a, account.ReadIndicators, territory); err != nil {
		return all, err
	}
	for i := range all {
		first, last, ok, err := m.Contract.ContractYear(ctx, territory, i+1)
		if err != nil {
			return all, err
		}
		if ok {
			all[i] = &Period{first, last}
		}
	}
	return all, nil
}
