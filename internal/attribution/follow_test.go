package attribution_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/relais-snp/relais/internal/attribution"
	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/territory"
)

// fact is a request of tier 1 that came by a professional on a day and is still qualified.
func fact(since string, change ...func(*attribution.RequestFact)) attribution.RequestFact {
	f := attribution.RequestFact{Origin: attribution.FromProfessional, Commune: cesson, Tier: 1, State: attribution.Qualified, Since: civil.MustDate(since)}
	for _, c := range change {
		c(&f)
	}
	return f
}

func ofTier(n int) func(*attribution.RequestFact) {
	return func(f *attribution.RequestFact) { f.Tier = n }
}

func from(o attribution.Origin) func(*attribution.RequestFact) {
	return func(f *attribution.RequestFact) { f.Origin = o }
}

func standing(s attribution.State) func(*attribution.RequestFact) {
	return func(f *attribution.RequestFact) { f.State = s }
}

func accepted(at string) func(*attribution.RequestFact) {
	return func(f *attribution.RequestFact) { f.State, f.AcceptedAt = attribution.Accepted, instant(at) }
}

func attached(day string) func(*attribution.RequestFact) {
	return func(f *attribution.RequestFact) { f.State, f.AttachedOn = attribution.Attached, civil.MustDate(day) }
}

func closed(at string, why attribution.ClosedReason) func(*attribution.RequestFact) {
	return func(f *attribution.RequestFact) {
		f.State, f.ClosedAt, f.ClosedReason = attribution.Closed, instant(at), why
	}
}

// instant is a time in UTC.
func instant(at string) time.Time {
	t, err := time.Parse("2006-01-02 15:04", at)
	if err != nil {
		panic(err)
	}
	return t
}

// autumn follows facts from 15 September to 30 November 2026, seen on 23 November.
func autumn(t *testing.T, requests []attribution.RequestFact, offers ...attribution.OfferFact) attribution.FollowUp {
	land, err := territory.New(senart, "CPTS Sénart", "Europe/Paris", []string{string(cesson), string(lieusant), string(savigny)})
	if err != nil {
		t.Fatal(err)
	}
	return attribution.Follow(attribution.FollowGround{Territory: land, From: civil.MustDate("2026-09-15"), To: civil.MustDate("2026-11-30"),
		Now: instant("2026-11-23 09:00"), Tiers: 3, Requests: requests, Offers: offers})
}

func TestEachTierIsCountedAndAllOfThem(t *testing.T) {
	f := autumn(t, []attribution.RequestFact{
		fact("2026-11-01"),
		fact("2026-09-14", standing(attribution.Proposed)), // received before the period, open now
		fact("2026-10-10", ofTier(2), accepted("2026-11-01 10:00")),
		fact("2026-10-10", ofTier(2), attached("2026-10-31")),
		fact("2026-08-01", ofTier(3), attached("2026-09-14")), // all before the period
		fact("2026-08-01", ofTier(3), closed("2026-09-15 08:00", attribution.Moved)),
	})
	seventy, fortyFour := 70, 44
	want := []attribution.FollowTier{
		{Tier: 0, Received: 3, Attached: 1, Closed: 1, Open: 3, Proposed: 1, Accepted: 1, OldestDays: &seventy},
		{Tier: 1, Received: 1, Open: 2, Proposed: 1, OldestDays: &seventy},
		{Tier: 2, Received: 2, Attached: 1, Open: 1, Accepted: 1, OldestDays: &fortyFour},
		{Tier: 3, Closed: 1},
	}
	if diff := cmp.Diff(want, f.Tiers); diff != "" {
		t.Error(diff)
	}
	var ends []attribution.Tally[attribution.Outcome]
	for _, o := range f.Outcomes {
		if o.Count > 0 {
			ends = append(ends, o)
		}
	}
	if diff := cmp.Diff([]attribution.Tally[attribution.Outcome]{{Of: "attached", Count: 1}, {Of: "moved", Count: 1}}, ends); diff != "" {
		t.Error(diff)
	}
}

func TestMonthsHaveALineForEachTierAlsoWhenNothingHappened(t *testing.T) {
	f := autumn(t, []attribution.RequestFact{fact("2026-09-20", ofTier(2), attached("2026-11-02")), fact("2026-09-01")})
	if len(f.Months) != 3*4 {
		t.Fatalf("%d lines, want 3 months of 3 tiers and all", len(f.Months))
	}
	var told []attribution.FollowMonth
	for _, m := range f.Months {
		if m.Received+m.Attached+m.Closed > 0 {
			told = append(told, m)
		}
	}
	september, november := civil.MustDate("2026-09-01"), civil.MustDate("2026-11-01")
	want := []attribution.FollowMonth{
		{Month: september, Received: 1}, {Month: september, Tier: 2, Received: 1},
		{Month: november, Attached: 1}, {Month: november, Tier: 2, Attached: 1},
	}
	if diff := cmp.Diff(want, told); diff != "" {
		t.Error(diff)
	}
}

// A tier that the rule no longer has is still told of.
func TestATierOfAnEarlierRuleKeepsItsLine(t *testing.T) {
	f := autumn(t, []attribution.RequestFact{fact("2026-10-01", ofTier(5))})
	var tiers []int
	for _, row := range f.Tiers {
		tiers = append(tiers, row.Tier)
	}
	if diff := cmp.Diff([]int{0, 1, 2, 3, 5}, tiers); diff != "" {
		t.Error(diff)
	}
}

func TestAMedianNeedsFiveRequests(t *testing.T) {
	four := []attribution.RequestFact{
		fact("2026-10-01", attached("2026-10-11")), fact("2026-10-01", attached("2026-10-21")),
		fact("2026-10-01", attached("2026-10-31")), fact("2026-10-01", attached("2026-11-10")),
	}
	if f := autumn(t, four); f.Tiers[0].MedianDays != nil || f.Tiers[1].MedianDays != nil {
		t.Errorf("a median of four: %v", *f.Tiers[0].MedianDays)
	}
	f := autumn(t, append(four, fact("2026-10-01", ofTier(2), attached("2026-11-20"))))
	if f.Tiers[0].MedianDays == nil || *f.Tiers[0].MedianDays != 30 {
		t.Errorf("median of 10, 20, 30, 40 and 50: %v", f.Tiers[0].MedianDays)
	}
	if f.Tiers[1].MedianDays != nil {
		t.Error("a median of four in tier 1")
	}
	for _, m := range f.Months {
		if m.MedianDays != nil {
			t.Errorf("%v has a median of %d", m.Month, m.Attached)
		}
	}
	six := append(four, fact("2026-10-01", attached("2026-10-11")), fact("2026-10-01", attached("2026-10-22")))
	if f := autumn(t, six); f.Tiers[1].MedianDays == nil || *f.Tiers[1].MedianDays != 20.5 {
		t.Errorf("median of 10, 10, 20, 21, 30, 40: %v", f.Tiers[1].MedianDays)
	}
}

func TestAcceptanceCountsForWhoWasAttachedToo(t *testing.T) {
	var all []attribution.RequestFact
	for range 4 {
		all = append(all, fact("2026-10-01", accepted("2026-10-08 09:00"), attached("2026-10-20")))
	}
	all = append(all, fact("2026-10-01", accepted("2026-10-15 09:00")))
	f := autumn(t, all)
	if got := f.Tiers[1].MedianAcceptedDays; got == nil || *got != 7 {
		t.Errorf("median to acceptance %v, want 7", got)
	}
}

// Half past eleven at night in UTC is the next day in Paris, and the next month.
func TestDaysAreThoseOfTheTerritory(t *testing.T) {
	f := autumn(t, []attribution.RequestFact{fact("2026-10-01", closed("2026-10-31 23:30", attribution.Moved))})
	for _, m := range f.Months {
		if m.Closed > 0 && m.Month != civil.MustDate("2026-11-01") {
			t.Errorf("closed in %v", m.Month)
		}
	}
	late := autumn(t, nil, sent("2026-09-14 22:30", attribution.Pending))
	if late.Offers.Sent != 1 {
		t.Error("an offer sent on the first day, Paris time, is left out")
	}
}

func sent(at string, state attribution.OfferState, change ...func(*attribution.OfferFact)) attribution.OfferFact {
	o := attribution.OfferFact{State: state, SentAt: instant(at), ExpiresAt: instant(at).AddDate(0, 0, 14)}
	for _, c := range change {
		c(&o)
	}
	return o
}

func answered(after time.Duration) func(*attribution.OfferFact) {
	return func(o *attribution.OfferFact) { o.AnsweredAt = o.SentAt.Add(after) }
}

func because(why attribution.DeclineReason) func(*attribution.OfferFact) {
	return func(o *attribution.OfferFact) { o.Reason = why }
}

func TestOffersOfThePeriod(t *testing.T) {
	day := 24 * time.Hour
	f := autumn(t, nil,
		sent("2026-11-20 08:00", attribution.Pending, func(o *attribution.OfferFact) { o.CallAsked = true }),
		sent("2026-11-01 08:00", attribution.Pending), // its end has passed, swept or not
		sent("2026-10-01 08:00", attribution.OfferExpired, answered(14*day)),
		sent("2026-10-01 08:00", attribution.OfferWithdrawn, answered(day)),
		sent("2026-10-01 08:00", attribution.OfferAccepted, answered(day)),
		sent("2026-10-01 08:00", attribution.OfferAccepted, answered(2*day)),
		sent("2026-10-01 08:00", attribution.OfferEnded, answered(3*day)),
		sent("2026-10-01 08:00", attribution.OfferDeclined, answered(4*day), because(attribution.DeclineFull)),
		sent("2026-10-01 08:00", attribution.OfferDeclined, answered(12*day), because(attribution.DeclineDistance)),
		sent("2026-09-01 08:00", attribution.OfferAccepted, answered(day)), // before the period
	)
	three := 3.0
	want := attribution.FollowOffers{Sent: 9, Accepted: 3, Declined: 2, Expired: 2, Withdrawn: 1, Pending: 1, Calls: 1, MedianAnswerDays: &three}
	if diff := cmp.Diff(want, f.Offers); diff != "" {
		t.Error(diff)
	}
	declines := []attribution.Tally[attribution.DeclineReason]{
		{Of: attribution.DeclineFull, Count: 1}, {Of: attribution.DeclineDistance, Count: 1},
		{Of: attribution.DeclineNeeds}, {Of: attribution.DeclineRelation}, {Of: attribution.DeclineOther},
	}
	if diff := cmp.Diff(declines, f.Declines); diff != "" {
		t.Error(diff)
	}
}

func TestOriginsOfWhatWasReceived(t *testing.T) {
	f := autumn(t, []attribution.RequestFact{
		fact("2026-10-01"), fact("2026-10-01", from(attribution.FromPRADO)), fact("2026-10-01", from(attribution.FromPRADO)),
		fact("2026-01-01", from(attribution.FromCPAM)),
	})
	want := []attribution.Tally[attribution.Origin]{
		{Of: attribution.FromProfessional, Count: 1}, {Of: attribution.FromDAC}, {Of: attribution.FromCPAM},
		{Of: attribution.FromPRADO, Count: 2}, {Of: attribution.FromRegulation},
	}
	if diff := cmp.Diff(want, f.Origins); diff != "" {
		t.Error(diff)
	}
}

func TestTheMonthsAsCSV(t *testing.T) {
	var requests []attribution.RequestFact
	for range 5 {
		requests = append(requests, fact("2026-10-01", attached("2026-10-15")))
	}
	var out strings.Builder
	if err := autumn(t, append(requests, fact("2026-11-01", ofTier(3)))).WriteCSV(&out); err != nil {
		t.Fatal(err)
	}
	for _, line := range []string{
		"Mois,Rang,Demandes reçues,Patients rattachés,Demandes closes sans rattachement,Délai médian (jours)\r\n2026-09,Tous,0,0,0,\r\n",
		"\r\n2026-10,Tous,5,5,0,14\r\n2026-10,1,5,5,0,14\r\n2026-10,2,0,0,0,\r\n",
		"\r\n2026-11,3,1,0,0,\r\nTotal,Tous,6,5,0,14\r\n",
	} {
		if !strings.Contains(out.String(), line) {
			t.Errorf("no %q in\n%s", line, out.String())
		}
	}
}
