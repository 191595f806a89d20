package store

import (
	"context"

	"github.com/relais-snp/relais/internal/attribution"
	"github.com/relais-snp/relais/internal/territory"
)

// Its moment is $1 to $3. Offers past their end count no more, swept or not.
const selectDeclaration = `SELECT d.territory, d.practitioner, d.quarter_year, d.quarter_number, d.places, d.criteria, d.communes, d.home_visits,
  d.paused, d.declared_at, d.declared_by, d.revision,
  (SELECT COUNT(*) FROM mt_offers o WHERE o.territory = d.territory AND o.practitioner = d.practitioner AND o.state = 'pending' AND o.expires_at > $1),
  (SELECT COUNT(*) FROM mt_offers o WHERE o.territory = d.territory AND o.practitioner = d.practitioner AND o.state = 'accepted'
    AND o.answered_at >= $2 AND o.answered_at < $3)
FROM mt_declarations d`

const saveDeclaration = `INSERT INTO mt_declarations (territory, practitioner, quarter_year, quarter_number, places, criteria, communes, home_visits,
  paused, declared_at, declared_by, revision)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 1)
ON CONFLICT (territory, practitioner) DO UPDATE SET quarter_year = excluded.quarter_year, quarter_number = excluded.quarter_number,
  places = excluded.places, criteria = excluded.criteria, communes = excluded.communes, home_visits = excluded.home_visits,
  paused = excluded.paused, declared_at = excluded.declared_at, declared_by = excluded.declared_by, revision = mt_declarations.revision + 1`

// Declarations lists those of a territory; see attribution.Store.
func (a Attribution) Declarations(ctx context.Context, territory string, now attribution.Moment) ([]attribution.Declaration, error) {
	return declarations(ctx, a.DB, territory, now)
}

func declarations(ctx context.Context, from rows, territory string, now attribution.Moment) ([]attribution.Declaration, error) {
	return list(ctx, from, scanDeclaration, selectDeclaration+` WHERE d.territory = $4 ORDER BY d.practitioner`, append(momentArgs(now), territory)...)
}

func momentArgs(m attribution.Moment) []any { return []any{stamp(m.Now), stamp(m.From), stamp(m.To)} }

// Declaration claims a practitioner's places until the end of the transaction,
// declared or not, and then reads them: the claim is a statement of its own, so
// that the counts include what earlier holders of it sent.
func (t *tx) Declaration(ctx context.Context, territory, practitioner string, now attribution.Moment) (attribution.Declaration, bool, error) {
	if err := t.claim(ctx, "mt_declaration\n"+territory+"\n"+practitioner); err != nil {
		return attribution.Declaration{}, false, err
	}
	return first(list(ctx, t, scanDeclaration, selectDeclaration+` WHERE d.territory = $4 AND d.practitioner = $5`,
		append(momentArgs(now), territory, practitioner)...))
}

// SaveDeclaration keeps what a GP said last. Whoever saves has called Declaration.
func (t *tx) SaveDeclaration(ctx context.Context, d attribution.Declaration) error {
	return run(ctx, t, saveDeclaration, d.Territory, d.Practitioner, d.Quarter.Year, d.Quarter.Number, d.Places, int(d.Criteria),
		joinedWords(d.Communes), d.HomeVisits, d.Paused, stamp(d.DeclaredAt), d.DeclaredBy)
}

func scanDeclaration(row scanner) (d attribution.Declaration, err error) {
	err = row.Scan(&d.Territory, &d.Practitioner, &d.Quarter.Year, &d.Quarter.Number, &d.Places, &d.Criteria, words[territory.INSEE]{&d.Communes},
		&d.HomeVisits, &d.Paused, instant{&d.DeclaredAt}, &d.DeclaredBy, &d.Revision, &d.Pending, &d.Taken)
	return d, err
}
