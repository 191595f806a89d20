package web

import (
	"context"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/attribution"
	"github.com/relais-snp/relais/internal/regulation"
	"github.com/relais-snp/relais/internal/web/api"
)

// mtOfferHandlers offers patients to GPs, and takes their answers.
type mtOfferHandlers struct {
	offers Offers
	names  names
	days   calendar
}

func (h mtOfferHandlers) SendMTOffers(ctx context.Context, r api.SendMTOffersRequestObject) (api.SendMTOffersResponseObject, error) {
	ctx, actor := caller(ctx)
	sending := attribution.Sending{Territory: r.Body.Territory, Plan: value(r.Body.Plan)}
	for _, line := range r.Body.Lines {
		sending.Lines = append(sending.Lines, attribution.Line{Request: line.Request, Practitioner: line.Practitioner})
	}
	sent, err := h.offers.Send(ctx, actor, sending)
	if err != nil {
		return nil, err
	}
	list := api.SendMTOffers200JSONResponse{Items: make([]api.MTSent, 0, len(sent))}
	for _, s := range sent {
		list.Items = append(list.Items, sentOf(s))
	}
	return list, nil
}

func sentOf(s attribution.Sent) api.MTSent {
	out := api.MTSent{Request: s.Line.Request, Practitioner: s.Line.Practitioner}
	if s.Err == nil {
		out.Offer, out.ExpiresAt = optional(s.Offer.ID), optionalTime(s.Offer.ExpiresAt)
		return out
	}
	f := faultOf(s.Err)
	out.Reason, out.Message = new(api.Reason(f.Reason)), &f.Message
	return out
}

func (h mtOfferHandlers) ListMTOffers(ctx context.Context, r api.ListMTOffersRequestObject) (api.ListMTOffersResponseObject, error) {
	ctx, actor := caller(ctx)
	after, err := keyOf(r.Params.Cursor)
	if err != nil {
		return nil, err
	}
	q := attribution.OfferQuery{
		Territory: r.Params.Territory, Request: value(r.Params.Request), After: attribution.OfferKey{SentAt: after.At, ID: after.ID}, Limit: limitOf(r.Params.Limit),
	}
	for _, state := range r.Params.State {
		q.States = append(q.States, attribution.OfferState(state))
	}
	if !account.Can(actor, account.ReadOffers, account.Target{Territory: q.Territory}) {
		q.Practitioner = actor.Practitioner // a GP sees their own
	}
	found, err := h.offers.Offers(ctx, actor, q)
	if err != nil {
		return nil, err
	}
	list := api.ListMTOffers200JSONResponse{}
	list.Items, err = h.all(ctx, actor, found)
	if len(found) == q.Limit {
		last := found[q.Limit-1].Offer
		list.Next = cursorOf(regulation.Key{At: last.SentAt, ID: last.ID})
	}
	return list, err
}

func (h mtOfferHandlers) GetMTOffer(ctx context.Context, r api.GetMTOfferRequestObject) (api.GetMTOfferResponseObject, error) {
	ctx, actor := caller(ctx)
	found, err := h.offers.Offer(ctx, actor, r.Id)
	if err != nil {
		return nil, err
	}
	out, err := h.one(ctx, actor, found)
	return api.GetMTOffer200JSONResponse(out), err
}

func (h mtOfferHandlers) AnswerMTOffer(ctx context.Context, r api.AnswerMTOfferRequestObject) (api.AnswerMTOfferResponseObject, error) {
	ctx, actor := caller(ctx)
	answered, err := h.offers.Answer(ctx, actor, r.Id, attribution.Answer{
		Kind: attribution.AnswerKind(r.Body.Kind), Reason: attribution.DeclineReason(value(r.Body.Reason)), Note: value(r.Body.Note),
	})
	if err != nil {
		return nil, err
	}
	out, err := h.one(ctx, actor, answered)
	return api.AnswerMTOffer200JSONResponse(out), err
}

func (h mtOfferHandlers) WithdrawMTOffer(ctx context.Context, r api.WithdrawMTOfferRequestObject) (api.WithdrawMTOfferResponseObject, error) {
	ctx, actor := caller(ctx)
	withdrawn, err := h.offers.Withdraw(ctx, actor, r.Id)
	if err != nil {
		return nil, err
	}
	out, err := h.one(ctx, actor, withdrawn)
	return api.WithdrawMTOffer200JSONResponse(out), err
}

func (h mtOfferHandlers) one(ctx context.Context, a account.Actor, v attribution.OfferView) (api.MTOffer, error) {
	out, err := h.all(ctx, a, []attribution.OfferView{v})
	if err != nil {
		return api.MTOffer{}, err
	}
	return out[0], nil
}

// all puts the offers of one territory into the words of the contract.
func (h mtOfferHandlers) all(ctx context.Context, a account.Actor, found []attribution.OfferView) ([]api.MTOffer, error) {
	out := make([]api.MTOffer, 0, len(found))
	if len(found) == 0 {
		return out, nil
	}
	now, err := h.days.now(found[0].Offer.Territory)
	if err != nil {
		return nil, err
	}
	ids := collect(found, func(v attribution.OfferView) string { return v.Offer.SentBy })
	ids = append(ids, collect(found, func(v attribution.OfferView) string { return v.Offer.AnsweredBy })...)
	ids = append(ids, collect(found, func(v attribution.OfferView) string { return v.Request.By })...)
	names, err := h.names.of(ctx, ids)
	if err != nil {
		return nil, err
	}
	for _, v := range found {
		one := offerOf(v, now, names)
		if v.Request.Patient != nil {
			request := requestOf(v.Request, now, names[v.Request.By], v.Request.By == a.ID)
			one.Request = &request
		}
		out = append(out, one)
	}
	return out, nil
}

// offerOf is an offer without its patient's identity.
func offerOf(v attribution.OfferView, now present, names map[string]string) api.MTOffer {
	o := v.Offer
	return api.MTOffer{
		Id: o.ID, Territory: o.Territory, Practitioner: o.Practitioner, State: api.MTOfferState(o.StandsAt(now.at)), SentAt: o.SentAt,
		SentBy: optional(names[o.SentBy]), ExpiresAt: o.ExpiresAt, CallAskedAt: optionalTime(o.CallAskedAt), AnsweredAt: optionalTime(o.AnsweredAt),
		AnsweredBy: optional(names[o.AnsweredBy]), Reason: optional(api.MTDeclineReason(o.Reason)), Note: optional(o.Note), Metres: o.Metres,
		Unlocated: o.Unlocated, Known: o.Known, Summary: summaryOf(v.Request, now), Synthesis: optional(v.Request.Synthesis),
	}
}
