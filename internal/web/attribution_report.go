package web

import (
	"context"

	"github.com/relais-snp/relais/internal/attribution"
	"github.com/relais-snp/relais/internal/web/api"
)

// followUpHandlers reports how the search for médecins traitants goes.
type followUpHandlers struct {
	followUps FollowUps
}

func (h followUpHandlers) GetAttributionReport(ctx context.Context, r api.GetAttributionReportRequestObject) (api.GetAttributionReportResponseObject, error) {
	csv := wantsCSV(ctx)
	ctx, actor := caller(ctx)
	report, err := h.followUps.FollowUp(ctx, actor, r.Params.Territory, dateFrom(r.Params.From), dateFrom(r.Params.To))
	if err != nil {
		return nil, err
	}
	if !csv {
		return api.GetAttributionReport200JSONResponse(followUpOf(report)), nil
	}
	sheet, size, err := sheetOf(report)
	return api.GetAttributionReport200TextcsvResponse{Body: sheet, ContentLength: size}, err
}

func followUpOf(f attribution.FollowUp) api.AttributionReport {
	return api.AttributionReport{
		Territory: f.Territory, From: dateOf(f.From), To: dateOf(f.To),
		Tiers: each(f.Tiers, followTierOf), Months: each(f.Months, followMonthOf), Communes: each(f.Communes, followCommuneOf),
		Outcomes: each(f.Outcomes, func(t attribution.Tally[attribution.Outcome]) api.AttributionOutcome {
			return api.AttributionOutcome{Reason: string(t.Of), Count: t.Count}
		}),
		Origins: each(f.Origins, func(t attribution.Tally[attribution.Origin]) api.AttributionOrigin {
			return api.AttributionOrigin{Origin: api.MTOrigin(t.Of), Count: t.Count}
		}),
		Declines: each(f.Declines, func(t attribution.Tally[attribution.DeclineReason]) api.AttributionDecline {
			return api.AttributionDecline{Reason: api.MTDeclineReason(t.Of), Count: t.Count}
		}),
		Offers: api.AttributionOffers{
			Sent: f.Offers.Sent, Accepted: f.Offers.Accepted, Declined: f.Offers.Declined, Expired: f.Offers.Expired,
			Withdrawn: f.Offers.Withdrawn, Pending: f.Offers.Pending, Calls: f.Offers.Calls, MedianAnswerDays: f.Offers.MedianAnswerDays,
		},
	}
}

func followTierOf(t attribution.FollowTier) api.AttributionTier {
	return api.AttributionTier{
		Tier: t.Tier, Received: t.Received, Attached: t.Attached, Closed: t.Closed, Open: t.Open, OpenProposed: t.Proposed,
		OpenAccepted: t.Accepted, MedianDays: t.MedianDays, MedianAcceptedDays: t.MedianAcceptedDays, OldestDays: t.OldestDays,
	}
}

func followMonthOf(m attribution.FollowMonth) api.AttributionMonth {
	return api.AttributionMonth{
		Month: dateOf(m.Month), Tier: m.Tier, Received: m.Received, Attached: m.Attached, Closed: m.Closed, MedianDays: m.MedianDays,
	}
}

func followCommuneOf(c attribution.FollowCommune) api.AttributionCommune {
	return api.AttributionCommune{
		Commune: string(c.Commune), Name: c.Name, Waiting: c.Waiting, Gps: c.GPs, Places: c.Places, Left: c.Left,
	}
}

// each turns every item into another, never nil, so that JSON shows a list.
func each[T, U any](items []T, turn func(T) U) []U {
	out := make([]U, 0, len(items))
	for _, item := range items {
		out = append(out, turn(item))
	}
	return out
}
