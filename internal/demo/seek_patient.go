package demo

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/attribution"
	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/territory"
)

// seeker is one patient on their way. Its acts go together: when nobody is left to
// be asked, those after do nothing, and the patient goes on waiting.
type seeker struct {
	*search
	who     attribution.Patient
	need    need
	commune territory.INSEE
	known   string // practitioner id of a GP who knows them, ""
	origin  attribution.Origin

	id, offer, gp string
	stuck         bool
}

// patient invents somebody with a need, as old as it says on a day.
func (h *search) patient(n need, day civil.Date) *seeker {
	k := h.known
	h.known++
	name := given[k*7%len(given)]
	if n.woman {
		name = given[k*7%len(given)/2*2] // names alternate
	}
	age := n.from + h.dice.IntN(n.to-n.from+1)
	return &seeker{
		search: h, need: n, commune: h.cast.commune(h.dice).INSEE, origin: origins[h.dice.IntN(len(origins))],
		who: attribution.Patient{
			Family: stones[k%len(stones)], Given: name, Phone: mobile(k),
			BirthDate: civil.Date{Year: day.Year - age, Month: 1, Day: 1}.AddDays(-h.dice.IntN(330) - 1),
			Address:   fmt.Sprintf("%d rue des Exemples", 1+h.dice.IntN(90)),
		},
	}
}

// mobile is a number from a range kept for fiction (06 39 98 xx xx).
func mobile(n int) string { return fmt.Sprintf("06 39 98 %02d %02d", n/100%100, n%100) }

func (p *seeker) then(at time.Time, do func(ctx context.Context) error) {
	p.search.then(at, func(ctx context.Context) error {
		if p.stuck {
			return nil
		}
		return do(ctx)
	})
}

// reported has somebody tell of the patient: the pharmacy by itself, now and then,
// the others to the nurse.
func (p *seeker) reported(at time.Time) {
	if p.need.has(attribution.HospitalExit) {
		p.origin = attribution.FromPRADO
	}
	told := reporters[p.origin]
	by, reporter := p.nurse, told[p.dice.IntN(len(told))]
	if p.origin == attribution.FromProfessional && p.dice.IntN(3) == 0 {
		by = p.staff.one(account.Professional)
		reporter = "Pharmacie des Tilleuls, " + by.Name
	}
	p.reportedBy(by, reporter, at)
}

func (p *seeker) reportedBy(by account.Actor, reporter string, at time.Time) {
	d := p.draft(reporter, at)
	p.then(at, func(ctx context.Context) error {
		r, err := p.Attribution.Report(ctx, by, d, "")
		p.id = r.ID
		return err
	})
}

// draft is what the report says; the synthesis is the nurse's, when she qualifies.
func (p *seeker) draft(reporter string, at time.Time) attribution.Draft {
	day := civil.DateOf(at, p.Territory.Zone)
	criteria, _ := attribution.SetOf(p.need.criteria...) // all are known
	d := attribution.Draft{
		Territory: p.Territory.ID, Origin: new(p.origin), Patient: &p.who, Reporter: &reporter,
		Consent: &attribution.Consent{On: day, Collector: reporter}, Commune: &p.commune, Criteria: &criteria, HomeVisits: &p.need.home,
		ChronicDisease: &p.need.disease, Medication: &p.need.medication, KnownTo: &p.known,
	}
	if p.need.has(attribution.MTGone) {
		d.MTGoneSince = new(day.MonthStart().AddDays(-60 - p.dice.IntN(300)).MonthStart())
	}
	return d
}

func (n need) has(c attribution.Criterion) bool { return slices.Contains(n.criteria, c) }

// qualified has the nurse write the synthesis and qualify the request.
func (p *seeker) qualified(at time.Time) {
	p.then(at, func(ctx context.Context) error {
		_, err := p.Attribution.Change(ctx, p.nurse, p.id, attribution.Draft{Synthesis: &p.need.synthesis})
		return err
	})
	p.step(at.Add(2*time.Minute), attribution.Step{Kind: attribution.EventQualified})
}

func (p *seeker) step(at time.Time, step attribution.Step) {
	p.then(at, func(ctx context.Context) error {
		_, err := p.Attribution.Step(ctx, p.nurse, p.id, step)
		return err
	})
}

// offered has the nurse send the patient to a GP, one near who has a place when no
// place in the cast is named.
func (p *seeker) offered(at time.Time, to ...int) {
	p.then(at, func(ctx context.Context) error {
		gp := ""
		if len(to) > 0 {
			gp = p.cast.Practitioners[to[0]].ID
		} else {
			choices, err := p.Attribution.Choices(ctx, p.nurse, p.id)
			if err != nil {
				return err
			}
			gp = p.pick(choices)
		}
		if p.stuck = gp == ""; p.stuck {
			return nil
		}
		sent, err := p.Attribution.Send(ctx, p.nurse, attribution.Sending{Territory: p.Territory.ID, Lines: []attribution.Line{{Request: p.id, Practitioner: gp}}})
		if err != nil {
			return err
		}
		p.offer, p.gp = sent[0].Offer.ID, gp
		p.stuck = sent[0].Err != nil && fault.Of(sent[0].Err).Kind == fault.Conflict
		if p.stuck {
			return nil
		}
		return sent[0].Err
	})
}

// pick is one of the nearest who can take the patient; the places of those whom
// visitors sign in as are kept for them, but one, and lately all of them: what is
// still open at these two is named.
func (p *seeker) pick(choices []attribution.Choice) string {
	var near, other []string
	lately := p.clock.Now().After(p.now.AddDate(0, 0, -20))
	for _, c := range choices {
		guest := c.Practitioner == p.cast.Practitioners[0].ID || c.Practitioner == p.cast.Practitioners[1].ID
		switch {
		case c.Hurdle == attribution.Refused || c.Hurdle == attribution.Paused || c.Left == 0 || guest && (lately || c.Left < guestPlaces):
		case c.Hurdle == attribution.NoHurdle:
			near = append(near, c.Practitioner)
		default: // what a nurse can talk about with the GP
			other = append(other, c.Practitioner)
		}
	}
	switch {
	case len(near) > 0:
		return near[p.dice.IntN(min(4, len(near)))]
	case len(other) > 0:
		return other[0]
	}
	return ""
}

// answered has the GP answer: by themselves where they have an account, else with
// the nurse on the line.
func (p *seeker) answered(at time.Time, w attribution.Answer) {
	p.then(at, func(ctx context.Context) error {
		by, ok := p.staff.gps[p.gp]
		if !ok {
			by = p.nurse
		}
		_, err := p.Attribution.Answer(ctx, by, p.offer, w)
		return err
	})
}
