package demo

import (
	"context"
	"time"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/attribution"
	"github.com/relais-snp/relais/internal/civil"
)

// How long it takes from report to attachment, by tier: at the beginning, and some
// months of work later.
var (
	firstDelays = map[int]float64{1: 36, 2: 56, 3: 70}
	lastDelays  = map[int]float64{1: 11, 2: 22, 3: 36}
)

// monthly is on which days of a month somebody is attached, by tier: in the first
// two as many as a median needs. A working day before may stand for each.
var monthly = []struct{ tier, day int }{
	{1, 4}, {2, 5}, {3, 6}, {1, 7}, {2, 9}, {1, 11}, {3, 12}, {2, 13}, {1, 14}, {2, 17}, {1, 18}, {3, 20}, {2, 21}, {3, 25},
}

// attached lives those who found a médecin traitant, month by month. Whatever the
// day, they are as many of each tier: of those of the current month who are still
// to come, the part of a month before the whole ones has as many.
func (h *search) attached() {
	current := h.today.MonthStart()
	first := current
	for range seekMonths + 1 {
		first = first.AddDays(-1).MonthStart()
	}
	n, turns := 0, map[int]int{}
	for month := first; !month.After(current); month = month.NextMonth() {
		for _, m := range monthly {
			on := workday(month.AddDays(m.day - 1))
			lived := workday(current.AddDays(m.day - 1)).Before(h.today)
			if month == first && lived || month == current && !lived {
				continue
			}
			reported := workday(on.AddDays(-h.delay(m.tier, float64(on.DaysSince(first))/float64(h.today.DaysSince(first)))))
			p := h.finds(n, h.needOf(m.tier, turns[m.tier]), reported, on)
			if m.tier > 1 && turns[m.tier] == 7 {
				h.twin(p, reported)
			}
			n++
			turns[m.tier]++
		}
	}
}

// delay is how many days a patient of a tier looks for a médecin traitant when so
// much of the time is done.
func (h *search) delay(tier int, done float64) int {
	days := firstDelays[tier] + (lastDelays[tier]-firstDelays[tier])*done
	return max(9, int(days*(0.85+0.3*h.dice.Float64())))
}

// finds lives patient number n of those who found a médecin traitant. Some were
// refused first, or got no answer, or did not want the first GP.
func (h *search) finds(n int, need need, reported, on civil.Date) *seeker {
	days := on.DaysSince(reported)
	p := h.patient(need, reported)
	p.reported(h.hour(reported, 9))
	qualified := reported.AddDays(max(1, days/12))
	p.qualified(h.hour(qualified, 11))
	sent := qualified.AddDays(max(2, days*9/20))
	switch between := sent.DaysSince(qualified); {
	case between >= 17 && n%4 == 1:
		p.offered(h.hour(sent.AddDays(-16), 14))
		p.expired(h.at(sent.AddDays(-1), "00:20"))
	case between >= 6 && n%3 == 0:
		p.offered(h.hour(sent.AddDays(-4), 14))
		p.answered(h.hour(sent.AddDays(-2), 13), refusals[n/3%len(refusals)])
	case between >= 12 && n%10 == 4:
		p.offered(h.hour(sent.AddDays(-8), 14))
		p.answered(h.hour(sent.AddDays(-6), 13), attribution.Answer{Kind: attribution.Accept})
		p.step(h.hour(sent.AddDays(-3), 10), attribution.Step{Kind: attribution.EventPatientDeclined, Note: "Préfère un cabinet plus proche de son travail."})
	}
	p.offered(h.hour(sent, 14))
	accepted := sent.AddDays(1 + h.dice.IntN(2))
	if n%9 == 2 {
		p.answered(h.hour(sent, 18), attribution.Answer{Kind: attribution.Call, Note: "Rappelez-moi entre 13 h et 14 h."})
	}
	p.answered(h.hour(accepted, 12), attribution.Answer{Kind: attribution.Accept})
	p.step(h.hour(accepted.AddDays(1), 10), attribution.Step{Kind: attribution.EventAppointment, On: on})
	p.step(h.hour(on, 17), attribution.Step{Kind: attribution.EventAttached, On: on})
	return p
}

// needOf is the need of patient number n of a tier. In the first one in three has
// an ALD; there and in the second somebody cannot come now and then.
func (h *search) needOf(tier, n int) need {
	switch {
	case tier == 1 && n%3 == 1:
		return ald[n/3%len(ald)]
	case tier == 1 && n%12 == 6:
		return dying
	case tier == 2 && n%10 == 5:
		return frail
	}
	return needs[tier][h.dice.IntN(len(needs[tier]))]
}

// hour is within an hour of the clock of a day.
func (h *search) hour(day civil.Date, hour int) time.Time {
	return civil.At(day, civil.Clock{Hour: hour, Minute: h.dice.IntN(55)}, h.Territory.Zone)
}

// refusals are what GPs say who decline, in turn.
var refusals = []attribution.Answer{
	{Kind: attribution.Decline, Reason: attribution.DeclineFull},
	{Kind: attribution.Decline, Reason: attribution.DeclineDistance},
	{Kind: attribution.Decline, Reason: attribution.DeclineFull, Note: "Je reprends à la rentrée."},
	{Kind: attribution.Decline, Reason: attribution.DeclineNeeds, Note: "Je ne suis pas équipé pour ce suivi."},
	{Kind: attribution.Decline, Reason: attribution.DeclineRelation},
	{Kind: attribution.Decline, Reason: attribution.DeclineOther, Note: "Congé à venir, proposez-le à mon associé."},
}

// expired marks what got no answer in time.
func (p *seeker) expired(at time.Time) { p.then(at, p.Attribution.Expire) }

// twin has the pharmacy tell of the same patient two days later, which the nurse
// merges.
func (h *search) twin(p *seeker, reported civil.Date) {
	other := *p
	again := &other
	again.origin = attribution.FromProfessional // whoever told of them first
	again.reportedBy(h.staff.one(account.Professional), "Pharmacie des Tilleuls", h.hour(reported.AddDays(1), 8))
	again.then(h.hour(reported.AddDays(1), 9), func(ctx context.Context) error {
		_, err := h.Attribution.Step(ctx, h.nurse, again.id, attribution.Step{Kind: attribution.EventMerged, Into: p.id})
		return err
	})
}

// unattached lives those whose search ended otherwise.
func (h *search) unattached() {
	for n, end := range []struct {
		need need
		why  attribution.ClosedReason
	}{
		{needs[3][0], attribution.FoundElsewhere}, {needs[2][1], attribution.Unreachable}, {needs[1][2], attribution.FoundElsewhere},
		{needs[3][1], attribution.Moved}, {needs[2][3], attribution.PatientRefused}, {dying, attribution.Died}, {needs[3][2], attribution.NotConcerned},
		{needs[2][5], attribution.Unreachable}, {needs[3][3], attribution.OtherReason}, {needs[2][0], attribution.FoundElsewhere},
	} {
		reported := workday(h.ago(205 - n*19))
		p := h.patient(end.need, reported)
		p.reported(h.hour(reported, 10))
		p.qualified(h.hour(reported.AddDays(2), 11))
		if n%3 == 1 {
			p.offered(h.hour(reported.AddDays(4), 15))
			p.answered(h.hour(reported.AddDays(6), 12), refusals[n%len(refusals)])
		}
		step := attribution.Step{Kind: attribution.EventClosed, Reason: end.why}
		if end.why == attribution.OtherReason {
			step.Note = "Part plusieurs mois à l’étranger, rappellera."
		}
		p.step(h.hour(reported.AddDays(9+n%5*4), 16), step)
	}
}
