package demo

import (
	"context"
	"time"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/attribution"
	"github.com/relais-snp/relais/internal/civil"
)

// How long it takes from report to attachment, by tier: at the beginning, and a
// year of work later.
var (
	firstDelays = map[int]float64{1: 46, 2: 74, 3: 105}
	lastDelays  = map[int]float64{1: 14, 2: 31, 3: 52}
)

// monthly is the tiers of who is attached in a whole month, in turn: of the first
// as many as a median needs, ALD being looked for first.
var monthly = []int{1, 2, 1, 1, 3, 1, 1, 2}

// attached lives those who found a médecin traitant, month by month.
func (h *search) attached() {
	first := h.today.MonthStart()
	for range seekMonths {
		first = first.AddDays(-1).MonthStart()
	}
	for month, n := first, 0; !month.After(h.today); month = month.NextMonth() {
		days := month.NextMonth().DaysSince(month)
		for k, tier := range monthly {
			on := workday(month.AddDays(k * (days - 6) / len(monthly)))
			if on.Before(month) {
				on = workday(month.AddDays(4))
			}
			if !on.Before(h.today) {
				continue
			}
			done := float64(on.DaysSince(first)) / float64(h.today.DaysSince(first))
			delay := firstDelays[tier] + (lastDelays[tier]-firstDelays[tier])*done
			h.finds(n, tier, on, max(9, int(delay*(0.75+h.dice.Float64()/2))))
			n++
		}
	}
}

// finds lives patient number n of those who found a médecin traitant after so many
// days. Some were refused first, or got no answer, or did not want the first GP.
func (h *search) finds(n, tier int, on civil.Date, days int) {
	reported := workday(on.AddDays(-days))
	days = on.DaysSince(reported)
	p := h.patient(h.needOf(tier, n), reported)
	p.reported(h.hour(reported, 9))
	if n%40 == 7 {
		h.twin(p, reported)
	}
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
}

// needOf is a need of a tier; patients of tier 1 and 2 cannot come now and then.
func (h *search) needOf(tier, n int) need {
	switch {
	case tier == 1 && n%60 == 9:
		return palliative
	case tier == 2 && n%60 == 25:
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
	again.reportedBy(h.staff.one(account.Professional), "Pharmacie des Tilleuls", h.hour(reported.AddDays(1), 8))
	again.then(h.hour(reported.AddDays(1), 9), func(ctx context.Context) error {
		_, err := h.Attribution.Step(ctx, h.nurse, again.id, attribution.Step{Kind: attribution.EventMerged, Into: p.id})
		return err
	})
}

// unattached lives those whose search ended otherwise.
func (h *search) unattached() {
	ends := []attribution.ClosedReason{
		attribution.FoundElsewhere, attribution.Unreachable, attribution.FoundElsewhere, attribution.Moved, attribution.PatientRefused,
		attribution.FoundElsewhere, attribution.NotConcerned, attribution.Unreachable, attribution.Died, attribution.FoundElsewhere,
		attribution.PatientRefused, attribution.Moved, attribution.FoundElsewhere, attribution.Unreachable, attribution.NotConcerned,
		attribution.OtherReason, attribution.Died, attribution.FoundElsewhere,
	}
	for n, why := range ends {
		reported := workday(h.ago(360 - n*19))
		p := h.patient(h.needOf(n%len(needs)+1, n), reported)
		p.reported(h.hour(reported, 10))
		p.qualified(h.hour(reported.AddDays(2), 11))
		if n%3 == 1 {
			p.offered(h.hour(reported.AddDays(4), 15))
			p.answered(h.hour(reported.AddDays(6), 12), refusals[n%len(refusals)])
		}
		step := attribution.Step{Kind: attribution.EventClosed, Reason: why}
		if why == attribution.OtherReason {
			step.Note = "Part plusieurs mois à l’étranger, rappellera."
		}
		p.step(h.hour(reported.AddDays(9+n%5*4), 16), step)
	}
}
