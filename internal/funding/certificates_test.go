package funding_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/funding"
)

func TestACertificateProvesWhatTheRegulationSent(t *testing.T) {
	o := surgery(t)
	o.Now = func() time.Time { return time.Date(2026, 4, 2, 8, 0, 0, 0, paris) }
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

// A doctor may say some minutes before the start that the patient is there.
func TestAnActCountsOnceItBegan(t *testing.T) {
	o, start := surgery(t), monday.Add(10*time.Hour)
	o.record.acts = []funding.Act{honoured("b", start)}
	for _, at := range []struct {
		early time.Duration
		want  int
	}{{10 * time.Minute, 0}, {time.Microsecond, 0}, {0, 1}} {
		o.Now = func() time.Time { return start.Add(-at.early) }
		o.honours(t, o.record.acts...)
		if got := o.awaits(ofNational); len(got) != at.want {
			t.Errorf("%s before: %v", at.early, got)
		}
		all, err := o.Certificates(t.Context(), treasurer, senart, "", civil.MustDate("2026-03-01"))
		if err != nil || len(all) != at.want {
			t.Errorf("%s before: %+v %v", at.early, all, err)
		}
		if _, err := o.Certificate(t.Context(), treasurer, "b"); (err == nil) != (at.want == 1) {
			t.Errorf("%s before: %v", at.early, err)
		}
	}
}

// A role that never reads something cannot learn by asking whether it is there.
func TestARoleWithoutRightsLearnsOfNothing(t *testing.T) {
	o := surgery(t)
	o.record.acts = []funding.Act{honoured("b", monday)}
	written := o.posts(t, draft(100, "512", "741"))
	for _, role := range []account.Role{account.Regulator, account.Observer, account.Admin} {
		a := account.Actor{ID: "x", Roles: []account.Role{role}, Territories: []string{senart}}
		for _, booking := range []string{"b", "none"} {
			_, err := o.Certificate(t.Context(), a, booking)
			reason(t, err, "account.forbidden")
		}
		for _, entry := range []string{written.ID, "none"} {
			_, err := o.Entry(t.Context(), a, entry)
			reason(t, err, "account.forbidden")
		}
	}
	_, err := o.Entry(t.Context(), stranger, written.ID)
	reason(t, err, "funding.entry_unknown")
}
