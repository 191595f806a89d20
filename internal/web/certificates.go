package web

import (
	"context"
	"time"

	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/funding"
	"github.com/relais-snp/relais/internal/web/api"
)

// certificateHandlers certify acts that the regulation sent. Nothing of a patient is in them.
type certificateHandlers struct {
	certificates Certificates
}

func (h certificateHandlers) ListCertificates(ctx context.Context, r api.ListCertificatesRequestObject) (api.ListCertificatesResponseObject, error) {
	ctx, actor := caller(ctx)
	month := dateFrom(r.Params.Month)
	all, err := h.certificates.Certificates(ctx, actor, r.Params.Territory, value(r.Params.Practitioner), month)
	if err != nil {
		return nil, err
	}
	total, err := earned(all)
	return api.ListCertificates200JSONResponse{
		Month: dateOf(civil.Date{Year: month.Year, Month: month.Month, Day: 1}), Items: each(all, certificateOf), Total: total.String(),
	}, err
}

func (h certificateHandlers) GetCertificate(ctx context.Context, r api.GetCertificateRequestObject) (api.GetCertificateResponseObject, error) {
	ctx, actor := caller(ctx)
	one, err := h.certificates.Certificate(ctx, actor, r.Id)
	return api.GetCertificate200JSONResponse(certificateOf(one)), err
}

// earned is what all majorations of certificates add up to.
func earned(all []funding.Certificate) (funding.Cents, error) {
	var amounts []funding.Cents
	for _, c := range all {
		for _, m := range c.Majorations {
			amounts = append(amounts, m.Amount)
		}
	}
	return funding.Sum(amounts...)
}

// minutes is from one moment to another as both are shown, without seconds: 22 from 8:18 to 8:40. An appointment that was taken en sus
// may have been entered afterwards.
func minutes(from, to time.Time) int {
	return int(max(0, to.Truncate(time.Minute).Sub(from.Truncate(time.Minute))/time.Minute))
}

func certificateOf(c funding.Certificate) api.Certificate {
	out := api.Certificate{
		Booking: c.Booking, Territory: c.Territory, TerritoryName: c.TerritoryName, Practitioner: c.Practitioner,
		PractitionerName: optional(c.Doctor), Rpps: optional(c.RPPS), Start: c.Start, BookedAt: c.BookedAt,
		DelayMinutes: minutes(c.BookedAt, c.Start),
		OwnMT:        c.OwnMT, Majorations: make([]api.EarnedMajoration, 0, len(c.Majorations)),
	}
	for _, m := range c.Majorations {
		out.Majorations = append(out.Majorations, api.EarnedMajoration{
			Amount: m.Amount.String(), Because: each(m.Because, func(r funding.Reason) api.MajorationReason { return api.MajorationReason(r) }),
			Name: m.Name, Nth: optional(m.Nth), Payer: m.Payer, Scheme: m.Scheme,
		})
	}
	return out
}
