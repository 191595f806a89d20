package attribution

import (
	"math"
	"slices"
)

// offers counts the offers that were sent in the period.
func (g FollowGround) offers() (FollowOffers, []Tally[DeclineReason]) {
	var f FollowOffers
	var answers []float64 // days
	declines := map[DeclineReason]int{}
	for _, o := range g.Offers {
		if !g.within(g.dayOf(o.SentAt)) {
			continue
		}
		f.Sent++
		if o.CallAsked {
			f.Calls++
		}
		state := Offer{State: o.State, ExpiresAt: o.ExpiresAt}.StandsAt(g.Now)
		switch state {
		case Pending:
			f.Pending++
		case OfferAccepted, OfferEnded:
			f.Accepted++
		case OfferDeclined:
			f.Declined++
			declines[o.Reason]++
		case OfferExpired:
			f.Expired++
		case OfferWithdrawn:
			f.Withdrawn++
		}
		if state == OfferAccepted || state == OfferEnded || state == OfferDeclined {
			answers = append(answers, o.AnsweredAt.Sub(o.SentAt).Hours()/24)
		}
	}
	f.MedianAnswerDays = middle(answers)
	return f, counted(DeclineReasons(), declines)
}

// middle is the median, to a tenth; nil when fewer than FewestForMedian stand
// behind it.
func middle(values []float64) *float64 {
	if len(values) < FewestForMedian {
		return nil
	}
	sorted := slices.Sorted(slices.Values(values))
	half := len(sorted) / 2
	m := sorted[half]
	if len(sorted)%2 == 0 {
		m = (sorted[half-1] + m) / 2
	}
	m = math.Round(m*10) / 10
	return &m
}
