package indicator

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/audit"
	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/fault"
)

// maxProofs bounds the files of one observation.
const maxProofs = 20

// Observe keeps what an objective's figure is in a contract year, for a
// coordinator; id names the objective and key makes a repetition harmless. Of a
// computed one, the figure, its day and its source come from the record. Errors:
// ErrObjectiveUnknown, "indicator.invalid" with every broken field, ErrFrozen,
// ErrEvidenceUnknown, ErrNoAnswer for a computed one that the record does not
// answer, "request.key_reused".
func (m *Missions) Observe(ctx context.Context, a account.Actor, id string, o Observation, key string) (Progress, error) {
	objective, err := m.mine(ctx, a, id)
	if err != nil {
		return Progress{}, err
	}
	o.Objective, o.Source, o.Comment = id, strings.TrimSpace(o.Source), strings.TrimSpace(o.Comment)
	o.Evidence = slices.Compact(slices.Sorted(slices.Values(o.Evidence)))
	asked := digest(o)
	if err := checkYear(o.Year); err != nil {
		return Progress{}, err
	}
	if o, err = m.compute(ctx, a, objective, o); err != nil {
		return Progress{}, err
	}
	if err := m.checkObservation(ctx, objective, o); err != nil {
		return Progress{}, err
	}
	err = m.Store.InMissionTx(ctx, func(ctx context.Context, tx MissionTx) error {
		return m.observe(ctx, tx, a, o, objective.Unit, key, asked)
	})
	if err != nil {
		return Progress{}, err
	}
	return m.progressNow(ctx, a, objective)
}

func (m *Missions) observe(ctx context.Context, tx MissionTx, a account.Actor, o Observation, unit Unit, key, asked string) error {
	if made, err := tx.Remembered(ctx, a.ID, key, asked); err != nil || made != "" {
		return err
	}
	objective, err := tx.Objective(ctx, o.Objective)
	if err != nil {
		return err
	}
	frozen, err := tx.Frozen(ctx, objective.Territory, o.Year)
	switch {
	case err != nil:
		return err
	case frozen:
		return ErrFrozen
	case objective.Unit != unit: // the figure was checked as one of another
		return ErrUnitObserved
	}
	o.ID, o.By, o.At = m.NewID(), a.ID, m.Now()
	o.Figure = objective.Unit.round(ratio(o.Figure))
	if err := tx.AddObservation(ctx, o); err != nil {
		return err
	}
	if err := tx.Audit(ctx, audit.Entry{At: o.At, Actor: a.ID, Action: "indicator.observe", Target: "objective:" + objective.ID,
		Territory: objective.Territory, Detail: o.ID}); err != nil {
		return err
	}
	return tx.Remember(ctx, a.ID, key, asked, o.ID, o.At)
}

// compute fills a computed observation in from the record.
func (m *Missions) compute(ctx context.Context, a account.Actor, objective Objective, o Observation) (Observation, error) {
	if !o.Computed {
		return o, nil
	}
	told, err := m.measures(ctx, a, objective.Territory, []Objective{objective}, []int{o.Year})
	if err != nil {
		return o, err
	}
	measure := told.of(objective, o.Year)
	if measure == nil || measure.Figure == nil {
		return o, ErrNoAnswer
	}
	o.Figure, o.On = *measure.Figure, measure.To
	o.Source = "Relais, du " + shortDay(measure.From) + " au " + shortDay(measure.To)
	return o, nil
}

func shortDay(d civil.Date) string { return fmt.Sprintf("%02d/%02d/%d", d.Day, d.Month, d.Year) }

func (m *Missions) checkObservation(ctx context.Context, objective Objective, o Observation) error {
	today, err := m.today(objective.Territory)
	if err != nil {
		return err
	}
	first, _, known, err := m.Contract.ContractYear(ctx, objective.Territory, o.Year)
	if err != nil {
		return err
	}
	if known && first.After(today) {
		return ErrYearAhead
	}
	if !known {
		first = civil.Date{}
	}
	if err := o.check(objective, first, today); err != nil {
		return err
	}
	return m.known(ctx, objective.Territory, o.Evidence)
}

// known returns ErrEvidenceUnknown unless the territory keeps all of the files.
func (m *Missions) known(ctx context.Context, territory string, hashes []string) error {
	if len(hashes) == 0 {
		return nil
	}
	kept, err := m.Store.EvidenceNamed(ctx, territory, hashes...)
	if err == nil && len(kept) < len(hashes) {
		return ErrEvidenceUnknown
	}
	return err
}

// check names every broken rule; first is zero where no contract tells when the
// year began.
func (o Observation) check(of Objective, first, today civil.Date) error {
	var fields []fault.Field
	wrong := func(name, reason, message string) {
		fields = append(fields, fault.Field{Name: name, Reason: reason, Message: message})
	}
	switch {
	case !o.On.Valid():
		wrong("on", "indicator.day", "Ce jour n’est pas une date.")
	case o.On.After(today):
		wrong("on", "indicator.day_future", "Ce jour est dans l’avenir.")
	case o.On.Before(first):
		wrong("on", "indicator.day_before_year", "Ce jour vient avant l’année du contrat.")
	}
	if o.Figure < 0 || o.Figure > maxFigure || of.Unit == Percent && o.Figure > 100_000 {
		wrong("figure", "indicator.figure", "La valeur est hors de son domaine.")
	} else if !of.Unit.holds(o.Figure) {
		wrong("figure", "indicator.figure", "Cet indicateur se compte en nombres entiers.")
	}
	if n := utf8.RuneCountInString(o.Source); n < minSource || n > 300 {
		wrong("source", "indicator.source", "La source est obligatoire (3 à 300 caractères).")
	}
	if len(o.Comment) > 4000 {
		wrong("comment", "indicator.comment", "Un commentaire compte 4 000 caractères au plus.")
	}
	if len(o.Evidence) > maxProofs {
		wrong("evidence", "indicator.evidence", "Une valeur porte 20 justificatifs au plus.")
	}
	return fault.Fields("indicator.invalid", "Cette valeur est incorrecte.", fields...)
}

// digest tells one request from another.
func digest(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		panic(err) // plain values
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}
