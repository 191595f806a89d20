package store

import (
	"context"
	"errors"
	"time"

	"github.com/relais-snp/relais/internal/attribution"
	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/fault"
)

// What tells nothing of who the patient is; see scanSketch.
const sketchColumns = `id, territory, origin, entered_by, case_id, received_at, since_day, consent_on, commune, birth_year, criteria,
  home_visits, mt_gone_since, known_to, state, tier, because, tier_set, draw, offer, practitioner, accepted_at, appointment_on,
  attached_on, closed_at, closed_reason, merged_into, erased_at, revision`

const selectRequest = `SELECT ` + sketchColumns + `, private, private_key FROM mt_requests`

const insertRequest = `INSERT INTO mt_requests (id, territory, origin, entered_by, case_id, received_at, criteria_held,
  since_day, consent_on, commune, birth_year, criteria, home_visits, mt_gone_since, known_to, state, tier, because, tier_set,
  draw, offer, practitioner, accepted_at, appointment_on, attached_on, closed_at, closed_reason, merged_into, erased_at, name_hash, private,
  private_key, revision)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28,
  $29, $30, $31, $32, 1)
ON CONFLICT (case_id) WHERE case_id IS NOT NULL DO NOTHING`

// What held of the criteria when the birth year was known stays without it.
const updateRequest = `UPDATE mt_requests SET criteria_held = COALESCE($2, criteria_held), since_day = $3, consent_on = $4, commune = $5,
  birth_year = $6, criteria = $7, home_visits = $8, mt_gone_since = $9, known_to = $10,
  state = $11, tier = $12, because = $13, tier_set = $14, draw = $15, offer = $16, practitioner = $17, accepted_at = $18,
  appointment_on = $19, attached_on = $20, closed_at = $21, closed_reason = $22, merged_into = $23, erased_at = COALESCE(erased_at, $24),
  name_hash = $25, private = $26, private_key = $27, origin = $28, revision = revision + 1
WHERE id = $1`

// privateRequest is what a request seals.
type privateRequest struct {
	Patient        *attribution.Patient `json:"patient"`
	Reporter       string               `json:"reporter,omitempty"`
	Collector      string               `json:"collector,omitempty"`
	ChronicDisease string               `json:"chronicDisease,omitempty"`
	Medication     string               `json:"medication,omitempty"`
	Synthesis      string               `json:"synthesis,omitempty"`
	TierReason     string               `json:"tierReason,omitempty"`
}

// errSketch keeps a request that was read without its sealed part from being
// written over the whole one.
var errSketch = errors.New("store: a request that is not erased is written with its patient")

// Request locks and returns one; attribution.ErrRequestUnknown.
func (t *tx) Request(ctx context.Context, id string) (attribution.Request, error) {
	return one(ctx, t, attribution.ErrRequestUnknown, t.db.scanRequest, t.locking(selectRequest+` WHERE id = $1`), id)
}

// AddRequest inserts one, of revision 1; attribution.ErrCaseReported when its case has one.
func (t *tx) AddRequest(ctx context.Context, r attribution.Request) error {
	row, err := t.requestRow(r)
	if err != nil {
		return err
	}
	first := []any{r.ID, r.Territory, r.Origin, r.By, orNull(r.Case), stamp(r.ReceivedAt), t.held(r)}
	return changed(ctx, t, attribution.ErrCaseReported, insertRequest, append(first, row...)...)
}

// SaveRequest writes one; see attribution.Tx. Of one that is erased nothing is
// sealed again.
func (t *tx) SaveRequest(ctx context.Context, r attribution.Request) error {
	row, err := t.requestRow(r)
	if err != nil {
		return err
	}
	var held any
	if r.BirthYear > 0 {
		held = t.held(r)
	}
	return changed(ctx, t, attribution.ErrRequestUnknown, updateRequest, append(append([]any{r.ID, held}, row...), r.Origin)...)
}

// held is the criteria as they hold on the day of the transaction.
func (t *tx) held(r attribution.Request) int { return int(r.CriteriaOn(civil.DateOf(t.now, time.UTC))) }

// requestRow is what a request's writes have in common.
func (t *tx) requestRow(r attribution.Request) ([]any, error) {
	name, private, err := t.db.keys.sealRequest(r)
	if err != nil {
		return nil, err
	}
	return []any{r.Since.String(), r.Consent.On.String(), r.Commune, birthYear(r), int(r.Criteria),
		r.HomeVisits, r.MTGoneSince.String(), orNull(r.KnownTo), r.State, r.Tier, joinedWords(r.Because), r.TierSet, r.Draw, r.Offer,
		r.Practitioner, stamp(r.AcceptedAt), r.AppointmentOn.String(), r.AttachedOn.String(), stamp(r.ClosedAt), r.ClosedReason,
		orNull(r.MergedInto), stamp(r.ErasedAt), name, private.text, private.key}, nil
}

func birthYear(r attribution.Request) any {
	if !r.ErasedAt.IsZero() || r.BirthYear == 0 {
		return nil
	}
	return r.BirthYear
}

// sealRequest returns what an erased request has not: the name to look it up by
// and its sealed part.
func (k *Keys) sealRequest(r attribution.Request) (name []byte, private sealed, err error) {
	if !r.ErasedAt.IsZero() {
		return nil, sealed{}, nil
	}
	if r.Patient == nil {
		return nil, sealed{}, fault.Of(errSketch)
	}
	if name, err = k.nameHash(r.Patient.Family); err != nil {
		return nil, sealed{}, err
	}
	private, err = k.seal(requestPlace(r.ID), privateRequest{r.Patient, r.Reporter, r.Consent.Collector, r.ChronicDisease, r.Medication,
		r.Synthesis, r.TierReason})
	return name, private, err
}

func requestPlace(id string) place { return place{"mt_requests", "private", id} }

// Erase takes away for good what identifies the patient of a request.
func (t *tx) Erase(ctx context.Context, request string, at time.Time) error {
	err := changed(ctx, t, attribution.ErrRequestUnknown, `UPDATE mt_requests SET private = NULL, private_key = NULL, name_hash = NULL,
  birth_year = NULL, case_id = NULL, erased_at = COALESCE(erased_at, $2) WHERE id = $1`, request, stamp(at))
	if err != nil {
		return err
	}
	for _, table := range []string{"mt_events", "mt_offers"} {
		if err := run(ctx, t, `UPDATE `+table+` SET note = NULL, note_key = NULL WHERE request = $1 AND note IS NOT NULL`, request); err != nil {
			return err
		}
	}
	t.erased = true
	return nil
}

// keepErased takes a note away that was written after the request was erased.
func (t *tx) keepErased(ctx context.Context, table, id string) error {
	return run(ctx, t, `UPDATE `+table+` SET note = NULL, note_key = NULL
WHERE id = $1 AND EXISTS (SELECT 1 FROM mt_requests r WHERE r.id = `+table+`.request AND r.erased_at IS NOT NULL)`, id)
}

func (db *DB) scanRequest(row scanner) (attribution.Request, error) {
	var private sealed
	r, err := scanSketchAnd(row, &private.text, &private.key)
	if err != nil || private.text == nil {
		return r, err
	}
	var part privateRequest
	err = db.keys.open(requestPlace(r.ID), private, &part)
	r.Patient, r.Reporter, r.Consent.Collector = part.Patient, part.Reporter, part.Collector
	r.ChronicDisease, r.Medication, r.Synthesis, r.TierReason = part.ChronicDisease, part.Medication, part.Synthesis, part.TierReason
	return r, err
}

// scanSketch reads a request without what is sealed.
func scanSketch(row scanner) (attribution.Request, error) { return scanSketchAnd(row) }

func scanSketchAnd(row scanner, more ...any) (r attribution.Request, err error) {
	var birth *int
	err = row.Scan(append([]any{&r.ID, &r.Territory, &r.Origin, &r.By, text{&r.Case}, instant{&r.ReceivedAt}, day{&r.Since}, day{&r.Consent.On},
		&r.Commune, &birth, &r.Criteria, &r.HomeVisits, day{&r.MTGoneSince}, text{&r.KnownTo}, &r.State, &r.Tier,
		words[attribution.Criterion]{&r.Because}, &r.TierSet, &r.Draw, &r.Offer, &r.Practitioner, instant{&r.AcceptedAt}, day{&r.AppointmentOn},
		day{&r.AttachedOn}, instant{&r.ClosedAt}, &r.ClosedReason, text{&r.MergedInto}, instant{&r.ErasedAt}, &r.Revision}, more...)...)
	if birth != nil {
		r.BirthYear = *birth
	}
	return r, err
}
