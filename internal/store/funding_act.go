package store

import (
	"context"
	"time"

	"github.com/relais-snp/relais/internal/funding"
	"github.com/relais-snp/relais/internal/regulation"
)

// byRegulation says whose a booking b is: a regulator's when it answers a case
// or when whoever booked it is one.
const byRegulation = `(b.case_id IS NOT NULL OR EXISTS (SELECT 1 FROM account_roles r WHERE r.account = b.booked_by AND r.role = 'regulator'))`

const selectActs = `SELECT b.id, s.territory, s.practitioner, b.booked_at, s.start_at, b.own_mt, ` + byRegulation + `
FROM slots s JOIN bookings b ON b.slot = s.id`

const honouredActs = selectActs + `
WHERE s.territory = $1 AND s.start_at >= $2 AND s.start_at < $3 AND b.state = $4 ORDER BY s.practitioner, s.start_at, b.id`

// Acts lists the appointments that were honoured, of columns that say nothing of
// who the patient is; see funding.Store.
func (f Funding) Acts(ctx context.Context, territory string, from, to time.Time) ([]funding.Act, error) {
	return list(ctx, f.DB, scanAct, honouredActs, territory, stamp(from), stamp(to), regulation.StateHonoured)
}

// Act returns the one of a booking that was honoured; see funding.Store.
func (f Funding) Act(ctx context.Context, booking string) (funding.Act, error) {
	return one(ctx, f.DB, funding.ErrActUnknown, scanAct, selectActs+` WHERE b.id = $1 AND b.state = $2`, booking, regulation.StateHonoured)
}

func scanAct(row scanner) (a funding.Act, err error) {
	err = row.Scan(&a.Booking, &a.Territory, &a.Practitioner, instant{&a.BookedAt}, instant{&a.Start}, &a.OwnMT, &a.ByRegulator)
	return a, err
}
