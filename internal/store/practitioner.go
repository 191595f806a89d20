package store

import (
	"context"

	"github.com/relais-snp/relais/internal/directory"
)

const selectPractitioner = `SELECT p.id, p.rpps, p.family, p.given, p.title, p.profession, p.specialty, p.phone,
  (SELECT string_agg(t.territory, ' ' ORDER BY t.territory) FROM practitioner_territories t WHERE t.practitioner = p.id),
  (SELECT string_agg(l.location, ' ' ORDER BY l.location) FROM practitioner_locations l WHERE l.practitioner = p.id)
FROM practitioners p`

const savePractitioner = `INSERT INTO practitioners (id, rpps, family, given, title, profession, specialty, phone)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
ON CONFLICT (id) DO UPDATE SET rpps = excluded.rpps, family = excluded.family, given = excluded.given, title = excluded.title,
  profession = excluded.profession, specialty = excluded.specialty, phone = excluded.phone`

// Practitioner returns one, "directory.practitioner_unknown" when there is none,
// and makes other transactions that read them wait: two publications of one
// practitioner cannot overlap.
func (t *tx) Practitioner(ctx context.Context, id string) (directory.Practitioner, error) {
	if err := t.lockRow(ctx, `SELECT id FROM practitioners WHERE id = $1`, id); err != nil {
		return directory.Practitioner{}, err
	}
	return one(ctx, t, errPractitionerUnknown, scanPractitioner, selectPractitioner+` WHERE p.id = $1`, id)
}

// PractitionerByRPPS returns the practitioner of a number, and false when there
// is none.
func (t *tx) PractitionerByRPPS(ctx context.Context, number directory.RPPS) (directory.Practitioner, bool, error) {
	return first(list(ctx, t, scanPractitioner, selectPractitioner+` WHERE p.rpps = $1`, number))
}

// SavePractitioner writes p with its territories and locations.
func (t *tx) SavePractitioner(ctx context.Context, p directory.Practitioner) error {
	if err := run(ctx, t, savePractitioner, p.ID, p.RPPS, p.Family, p.Given, p.Title, p.Profession, p.Specialty, p.Phone); err != nil {
		return err
	}
	if err := t.replaceSet(ctx, "practitioner_territories", "practitioner", "territory", p.ID, p.Territories); err != nil {
		return err
	}
	return t.replaceSet(ctx, "practitioner_locations", "practitioner", "location", p.ID, p.Locations)
}

func scanPractitioner(row scanner) (p directory.Practitioner, err error) {
	err = row.Scan(&p.ID, &p.RPPS, &p.Family, &p.Given, &p.Title, &p.Profession, &p.Specialty, &p.Phone,
		words[string]{&p.Territories}, words[string]{&p.Locations})
	return p, err
}
