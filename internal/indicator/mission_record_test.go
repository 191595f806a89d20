package indicator_test

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/audit"
	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/indicator"
	"github.com/relais-snp/relais/internal/territory"
)

const senart = "cpts-senart"

// cabinet is a record of mission indicators in memory, the rooms that measure,
// and a contract signed on 15 January 2025.
type cabinet struct {
	objectives   map[string]indicator.Objective
	observations []indicator.Observation
	files        map[string][]byte
	evidence     map[string]indicator.Evidence
	frozen       map[int]indicator.FrozenYear
	remembered   map[string]string // actor and key
	audited      []audit.Entry
	ids          int

	total    indicator.Row
	periods  []string // that were asked for
	received int
	attached int
	days     *float64
	zone     string
	signed   civil.Date
	unsigned bool
	silent   bool // the record holds nothing
}

func newCabinet() *cabinet {
	return &cabinet{objectives: map[string]indicator.Objective{}, files: map[string][]byte{}, evidence: map[string]indicator.Evidence{},
		frozen: map[int]indicator.FrozenYear{}, remembered: map[string]string{},
		signed: civil.MustDate("2025-01-15")}
}

// missions is the service over a cabinet, on 22 November 2026.
func (c *cabinet) missions() *indicator.Missions {
	return &indicator.Missions{Store: c, Reports: c, Flow: c, Contract: c, Territories: c,
		Now: func() time.Time { return at("2026-11-22 20:00") },
		NewID: func() string {
			c.ids++
			return fmt.Sprintf("id-%d", c.ids)
		}}
}

func (c *cabinet) Fill(_ context.Context, _ account.Actor, _ string, from, to civil.Date, _ indicator.Grouping) (indicator.Report, error) {
	c.periods = append(c.periods, from.String()+" "+to.String())
	return indicator.Report{Total: c.total}, nil
}

func (c *cabinet) Flow(_ context.Context, _ account.Actor, _ string, from, to civil.Date) (int, int, *float64, error) {
	c.periods = append(c.periods, from.String()+" "+to.String())
	return c.received, c.attached, c.days, nil
}

func (c *cabinet) ContractYear(_ context.Context, _ string, n int) (first, last civil.Date, ok bool, err error) {
	begins := func(n int) civil.Date {
		return civil.Date{Year: c.signed.Year + n - 1, Month: c.signed.Month, Day: c.signed.Day}
	}
	return begins(n), begins(n + 1).AddDays(-1), !c.unsigned, nil
}

func (c *cabinet) Missions(context.Context, string) ([]string, error) {
	return []string{"acces", "parcours", "prevention", "crise"}, nil
}

func (c *cabinet) Territory(id string) (territory.Territory, error) {
	return territory.New(id, "CPTS Sénart", cmp.Or(c.zone, "Europe/Paris"), []string{"77251"})
}

func (c *cabinet) InMissionTx(ctx context.Context, fn func(ctx context.Context, tx indicator.MissionTx) error) error {
	before := *c
	before.objectives, before.remembered = maps.Clone(c.objectives), maps.Clone(c.remembered)
	before.evidence, before.frozen = maps.Clone(c.evidence), maps.Clone(c.frozen)
	err := fn(ctx, cabinetTx{c})
	if err != nil {
		*c = before
	}
	return err
}

func (c *cabinet) Objective(_ context.Context, id string) (indicator.Objective, error) {
	if o, ok := c.objectives[id]; ok {
		return o, nil
	}
	return indicator.Objective{}, indicator.ErrObjectiveUnknown
}

func (c *cabinet) Objectives(_ context.Context, of string) ([]indicator.Objective, error) {
	all := slices.DeleteFunc(slices.Collect(maps.Values(c.objectives)), func(o indicator.Objective) bool { return o.Territory != of })
	slices.SortFunc(all, func(a, b indicator.Objective) int {
		return cmp.Or(cmp.Compare(a.Mission, b.Mission), cmp.Compare(a.Code, b.Code))
	})
	return all, nil
}

func (c *cabinet) Observations(_ context.Context, of string) ([]indicator.Observation, error) {
	all := slices.DeleteFunc(slices.Clone(c.observations), func(o indicator.Observation) bool { return c.objectives[o.Objective].Territory != of })
	slices.SortStableFunc(all, func(a, b indicator.Observation) int {
		return cmp.Or(cmp.Compare(a.Objective, b.Objective), cmp.Compare(a.Year, b.Year))
	})
	return all, nil
}

func (c *cabinet) Evidence(_ context.Context, of, hash string) (indicator.Evidence, []byte, error) {
	if e, ok := c.evidence[hash]; ok && e.Territory == of {
		return e, c.files[hash], nil
	}
	return indicator.Evidence{}, nil, indicator.ErrEvidenceUnknown
}

func (c *cabinet) EvidenceNamed(_ context.Context, of string, hashes ...string) (all []indicator.Evidence, _ error) {
	for _, e := range c.evidence {
		if e.Territory == of && (len(hashes) == 0 || slices.Contains(hashes, e.Hash)) {
			all = append(all, e)
		}
	}
	return all, nil
}

func (c *cabinet) Frozen(_ context.Context, _ string, year int) (indicator.FrozenYear, error) {
	if y, ok := c.frozen[year]; ok {
		return y, nil
	}
	return indicator.FrozenYear{}, indicator.ErrNotFrozen
}

func (c *cabinet) Holds(context.Context, string, time.Time, time.Time) (bool, error) {
	return !c.silent, nil
}

func (c *cabinet) RecordState(_ context.Context, _ string, from, to time.Time) (map[string]string, error) {
	return map[string]string{"slots": "7", "from": from.Format(time.RFC3339), "to": to.Format(time.RFC3339)}, nil
}

// cabinetTx answers a transaction's questions otherwise than the record.
type cabinetTx struct{ *cabinet }

func (c cabinetTx) Frozen(_ context.Context, _ string, year int) (bool, error) {
	_, ok := c.frozen[year]
	return ok, nil
}

func (c cabinetTx) SaveObjective(_ context.Context, o indicator.Objective) error {
	for _, other := range c.objectives {
		if other.Territory == o.Territory && other.Code == o.Code && other.ID != o.ID {
			return indicator.ErrCodeTaken
		}
	}
	c.objectives[o.ID] = o
	return nil
}

func (c cabinetTx) DeleteObjective(_ context.Context, id string) error {
	delete(c.objectives, id)
	return nil
}

func (c cabinetTx) FrozenYears(_ context.Context, of string) (all []indicator.FrozenYear, _ error) {
	return slices.DeleteFunc(slices.Collect(maps.Values(c.frozen)), func(y indicator.FrozenYear) bool { return y.Territory != of }), nil
}

func (c cabinetTx) AddObservation(_ context.Context, o indicator.Observation) error {
	c.observations = append(c.observations, o)
	return nil
}

func (c cabinetTx) AddEvidence(_ context.Context, e indicator.Evidence, content []byte) (indicator.Evidence, error) {
	sum := sha256.Sum256(append([]byte(e.Territory), content...))
	e.Hash = hex.EncodeToString(sum[:])
	if kept, ok := c.evidence[e.Hash]; ok {
		return kept, nil
	}
	c.evidence[e.Hash], c.files[e.Hash] = e, content
	return e, nil
}

func (c cabinetTx) EvidenceKept(_ context.Context, of string) (files int, size int64, _ error) {
	for _, e := range c.evidence {
		if e.Territory == of {
			files, size = files+1, size+int64(e.Size)
		}
	}
	return files, size, nil
}

func (c cabinetTx) AddFrozen(_ context.Context, y indicator.FrozenYear) error {
	if _, ok := c.frozen[y.Year]; ok {
		return indicator.ErrFrozen
	}
	c.frozen[y.Year] = y
	return nil
}

func (c cabinetTx) Audit(_ context.Context, e audit.Entry) error {
	c.audited = append(c.audited, e)
	return nil
}

func (c cabinetTx) Remembered(_ context.Context, actor, key, digest string) (string, error) {
	kept, ok := c.remembered[actor+key]
	if ok && kept[:64] != digest {
		return "", errors.New("reused")
	}
	if !ok {
		return "", nil
	}
	return kept[64:], nil
}

func (c cabinetTx) Remember(_ context.Context, actor, key, digest, made string, _ time.Time) error {
	c.remembered[actor+key] = digest + made
	return nil
}

func holder(role account.Role) account.Actor {
	return account.Actor{ID: "acc-" + string(role), Roles: []account.Role{role}, Territories: []string{senart}}
}

// aims adds an objective of Sénart and returns its id.
func (c *cabinet) aims(t *testing.T, change func(*indicator.Objective)) string {
	t.Helper()
	o := objective("mt", 5280, indicator.Down, percents(indicator.Absolute, 5000, 4500, 4000, 3500, 2500))
	o.Territory = senart
	change(&o)
	p, err := c.missions().AddObjective(t.Context(), coordinator(), o)
	if err != nil {
		t.Fatal(err)
	}
	return p.ID
}

func byHand(year int, figure indicator.Figure) indicator.Observation {
	return indicator.Observation{Year: year, On: civil.MustDate("2026-11-01"), Figure: figure * 1000, Source: "Courrier de la CPAM"}
}
