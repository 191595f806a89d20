package store

import (
	"context"
	"encoding/json"

	"github.com/relais-snp/relais/internal/attribution"
)

const selectPlan = `SELECT id, territory, at, made_by, day, rule_from, inputs, seekers, gps, places, plan FROM mt_plans`

// Plan returns one; attribution.ErrPlanUnknown.
func (a Attribution) Plan(ctx context.Context, id string) (attribution.StoredPlan, error) {
	return one(ctx, a.DB, attribution.ErrPlanUnknown, scanPlan, selectPlan+` WHERE id = $1`, id)
}

// LastPlan returns a territory's newest; attribution.ErrPlanUnknown.
func (a Attribution) LastPlan(ctx context.Context, territory string) (attribution.StoredPlan, error) {
	return one(ctx, a.DB, attribution.ErrPlanUnknown, scanPlan, selectPlan+` WHERE territory = $1 ORDER BY at DESC, id DESC LIMIT 1`, territory)
}

// SavePlan inserts one.
func (t *tx) SavePlan(ctx context.Context, p attribution.StoredPlan) error {
	plan, err := json.Marshal(keptPlanOf(p.Plan))
	if err != nil {
		return err
	}
	return run(ctx, t, `INSERT INTO mt_plans (id, territory, at, made_by, day, rule_from, inputs, seekers, gps, places, plan)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
		p.ID, p.Territory, stamp(p.At), p.By, p.Day.String(), p.Rule.String(), p.Inputs, p.Seekers, p.GPs, p.Places, string(plan))
}

func scanPlan(row scanner) (p attribution.StoredPlan, err error) {
	var plan []byte
	err = row.Scan(&p.ID, &p.Territory, instant{&p.At}, &p.By, day{&p.Day}, day{&p.Rule}, &p.Inputs, &p.Seekers, &p.GPs, &p.Places, &plan)
	if err != nil {
		return p, err
	}
	var kept keptPlan
	err = json.Unmarshal(plan, &kept)
	p.Plan = kept.plan()
	return p, err
}

// keptPlan is a plan in the words that its column keeps, whatever the room calls
// them later.
type keptPlan struct {
	Served   []keptProposal `json:"served"`
	Unserved []keptUnserved `json:"unserved"`
}

type keptProposal struct {
	Seeker       string `json:"seeker"`
	Tier         int    `json:"tier"`
	Practitioner string `json:"practitioner"`
	Metres       int    `json:"metres"`
	Unlocated    bool   `json:"unlocated,omitempty"`
	Known        bool   `json:"known,omitempty"`
	NearerFull   int    `json:"nearerFull,omitempty"`
}

type keptUnserved struct {
	Seeker  string      `json:"seeker"`
	Tier    int         `json:"tier"`
	Hurdles []keptCount `json:"hurdles,omitempty"`
}

type keptCount struct {
	Hurdle attribution.Hurdle `json:"hurdle"`
	GPs    int                `json:"gps"`
}

func keptPlanOf(p attribution.Plan) (kept keptPlan) {
	for _, s := range p.Served {
		kept.Served = append(kept.Served, keptProposal(s))
	}
	for _, u := range p.Unserved {
		one := keptUnserved{Seeker: u.Seeker, Tier: u.Tier}
		for _, c := range u.Hurdles {
			one.Hurdles = append(one.Hurdles, keptCount(c))
		}
		kept.Unserved = append(kept.Unserved, one)
	}
	return kept
}

func (k keptPlan) plan() (p attribution.Plan) {
	for _, s := range k.Served {
		p.Served = append(p.Served, attribution.Proposal(s))
	}
	for _, u := range k.Unserved {
		one := attribution.Unserved{Seeker: u.Seeker, Tier: u.Tier}
		for _, c := range u.Hurdles {
			one.Hurdles = append(one.Hurdles, attribution.Count(c))
		}
		p.Unserved = append(p.Unserved, one)
	}
	return p
}
