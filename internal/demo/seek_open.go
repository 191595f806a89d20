package demo

import (
	"context"
	"strings"
	"time"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/attribution"
	"github.com/relais-snp/relais/internal/regulation"
)

// open is who waits now: something in every state, and something to do for the
// nurse and for the two GPs whom visitors sign in as.
func (h *search) open() {
	h.toPlan()
	h.tried()
	h.proposed()
	h.accepted()
	h.received()
}

// waiting is a need and since how many days.
type waiting struct {
	need need
	days int
}

// waits is a patient who was reported some days ago and qualified the day after.
func (h *search) waits(n need, days int) *seeker {
	p := h.patient(n, h.ago(days))
	p.reported(h.hour(h.ago(days), 9))
	p.qualified(h.hour(h.ago(days-1), 11))
	return p
}

// toPlan is who is qualified and not offered: some cannot come, few GPs visit.
func (h *search) toPlan() {
	for _, w := range []waiting{
		{palliative, 5}, {ald[1], 8}, {needs[1][5], 11}, {frail, 13}, {frail, 17}, {needs[2][4], 25}, {needs[3][1], 38},
	} {
		h.waits(w.need, w.days)
	}
}

// tried is who waits again after a try.
func (h *search) tried() {
	declined := h.waits(needs[2][3], 22)
	declined.offered(h.hour(h.ago(18), 14))
	declined.answered(h.hour(h.ago(16), 13), refusals[3])
	silent := h.waits(needs[3][0], 34)
	silent.offered(h.hour(h.ago(30), 14))
	silent.expired(h.at(h.ago(15), "00:20"))
	unwilling := h.waits(needs[2][2], 15)
	unwilling.offered(h.hour(h.ago(13), 14))
	unwilling.answered(h.hour(h.ago(11), 12), attribution.Answer{Kind: attribution.Accept})
	unwilling.step(h.hour(h.ago(9), 10), attribution.Step{Kind: attribution.EventPatientDeclined, Note: "Souhaite une femme médecin."})
}

// proposed is whose offers wait for an answer, two of them at the first GP's.
func (h *search) proposed() {
	first := h.waits(ald[0], 9)
	first.offered(h.hour(h.ago(3), 14), 0)
	second := h.waits(needs[2][0], 16)
	second.known = h.cast.Practitioners[0].ID
	second.offered(h.hour(h.ago(1), 9), 0)
	call := h.waits(needs[1][0], 12)
	call.offered(h.hour(h.ago(5), 14), 1)
	call.answered(h.hour(h.ago(4), 19), attribution.Answer{Kind: attribution.Call, Note: "Rappelez-moi entre 13 h et 14 h, j’ai une question sur la lettre de sortie."})
	for _, w := range []waiting{{needs[2][1], 13}, {ald[3], 7}, {needs[1][3], 2}} {
		h.waits(w.need, w.days+6).offered(h.hour(h.ago(w.days), 15))
	}
}

// accepted is whom a GP takes: with and without a first appointment.
func (h *search) accepted() {
	yes := attribution.Answer{Kind: attribution.Accept}
	first := h.waits(needs[1][1], 10)
	first.offered(h.hour(h.ago(6), 14), 0)
	first.answered(h.hour(h.ago(4), 13), yes)
	second := h.waits(needs[2][5], 19)
	second.offered(h.hour(h.ago(7), 14), 1)
	second.answered(h.hour(h.ago(5), 12), attribution.Answer{Kind: attribution.Accept, Note: "Le secrétariat attend son appel le matin."})
	dated := h.waits(needs[2][1], 28)
	dated.offered(h.hour(h.ago(12), 14))
	dated.answered(h.hour(h.ago(10), 12), yes)
	dated.step(h.hour(h.ago(8), 10), attribution.Step{Kind: attribution.EventAppointment, On: h.today.AddDays(4)})
}

// received is what nobody looked at yet: a call of the regulation, what came in
// yesterday and today, and a patient whom somebody told of before.
func (h *search) received() {
	pharmacy := h.staff.one(account.Professional)
	h.called()
	yesterday := h.patient(needs[3][3], h.ago(1))
	yesterday.origin = attribution.FromDAC
	yesterday.reportedBy(h.nurse, reporters[attribution.FromDAC][0], h.hour(h.ago(1), 16))
	today := h.patient(needs[1][4], h.ago(1))
	today.origin = attribution.FromProfessional
	today.reportedBy(pharmacy, "Pharmacie des Tilleuls, "+pharmacy.Name, h.now.Add(-50*time.Minute))

	before := h.waits(needs[2][4], 20)
	again := *before
	again.origin = attribution.FromProfessional
	again.who.Family = strings.ToUpper(again.who.Family)
	again.who.Phone = strings.ReplaceAll(again.who.Phone, " ", "")
	(&again).reportedBy(pharmacy, "Pharmacie des Tilleuls, "+pharmacy.Name, h.hour(h.ago(1), 17))
}

// called is a caller of yesterday who has no médecin traitant, and agreed to be
// reported.
func (h *search) called() {
	at := h.hour(h.ago(1), 11)
	p := h.patient(needs[2][1], h.ago(1))
	p.origin = attribution.FromRegulation
	var kase regulation.Case
	p.then(at, func(ctx context.Context) (err error) {
		commune := string(p.commune)
		kase, err = h.Regulation.OpenCase(ctx, h.regulator, regulation.CaseDraft{
			Territory: h.Territory.ID, Commune: &commune, Reason: new("Renouvellement urgent"), MT: &regulation.MT{Status: regulation.MTNone},
		})
		return err
	})
	p.then(at.Add(3*time.Minute), func(ctx context.Context) error {
		d := p.draft("Régulation 116 117, "+h.regulator.Name, at)
		d.Case = kase.ID
		_, err := h.Attribution.Report(ctx, h.regulator, d, "")
		return err
	})
	p.then(at.Add(4*time.Minute), func(ctx context.Context) error {
		_, err := h.Regulation.CloseCase(ctx, h.regulator, kase.ID, regulation.Closing{Outcome: regulation.Advice})
		return err
	})
}
