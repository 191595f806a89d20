package funding_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/civil"
)

func TestACertificateProvesWhatTheRegulationSent(t *testing.T) {
	o := surgery(t)
	acts := week(22)
	acts[3].ByRegulator = false
	own := honoured("own", time.Date(2026, 3, 31, 23, 30, 0, 0, paris))
	own.OwnMT = true
	next := honoured("next", time.Date(2026, 4, 1, 0, 0, 0, 0, paris))
	o.record.acts = append(acts, own, next)
	gp := account.Actor{ID: "g", Roles: []account.Role{account.GP}, Practitioner: "doctor", Territories: []string{senart}}

	all, err := o.Certificates(t.Context(), gp, senart, "doctor", civil.MustDate("2026-03-20"))
	if err != nil || len(all) != 22 {
		t.Fatalf("%d, %v", len(all), err)
	}
	one, err := o.Certificate(t.Context(), gp, "b-20")
	if err != nil || !cmp.Equal(one, all[19]) || one.Doctor != "Dr Ada Martin" || one.TerritoryName != "CPTS Sénart" {
		t.Errorf("%v %s", err, cmp.Diff(all[19], one))
	}
	if m := one.Majorations; len(m) != 1 || m[0].Amount != 1_500 || m[0].Nth != 20 || m[0].Payer != "Assurance Maladie" {
		t.Errorf("%+v", m)
	}
	for booking, earns := range map[string]int{"b-00": 1, "b-21": 0, "own": 0} {
		if c, err := o.Certificate(t.Context(), treasurer, booking); err != nil || len(c.Majorations) != earns {
			t.Errorf("%s: %+v %v", booking, c, err)
		}
	}
	_, err = o.Certificate(t.Context(), gp, "b-03")
	reason(t, err, "funding.act_unknown")
	_, err = o.Certificate(t.Context(), stranger, "b-00")
	reason(t, err, "funding.act_unknown")
	gp.Practitioner = "colleague"
	_, err = o.Certificate(t.Context(), gp, "b-00")
	reason(t, err, "account.forbidden")
	_, err = o.Certificates(t.Context(), gp, senart, "", civil.MustDate("2026-03-20"))
	reason(t, err, "account.forbidden")
	if all, err := o.Certificates(t.Context(), treasurer, senart, "", civil.MustDate("2026-03-20")); len(all) != 22 || err != nil {
		t.Errorf("%d %v", len(all), err)
	}
}
