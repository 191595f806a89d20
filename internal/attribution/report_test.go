package attribution_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/attribution"
	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/territory"
)

func TestAReportIsReceivedWithItsTierAndItsDraw(t *testing.T) {
	w := newWorld(t)
	r := w.received(pharmacist, with(attribution.ALD, attribution.C2S))

	if r.State != attribution.Received || r.By != pharmacist.ID || r.Reporter != pharmacist.Name || r.Draw != 42 {
		t.Errorf("received %+v", r)
	}
	if r.Tier != 1 || !slices.Equal(r.Because, []attribution.Criterion{attribution.ALD}) || r.TierSet {
		t.Errorf("tier %d because of %v", r.Tier, r.Because)
	}
	if r.Since != w.today() || !r.ReceivedAt.Equal(w.now) || r.BirthYear != 1960 || r.Patient.Phone != "06 39 98 12 34" {
		t.Errorf("since %s, received %s, born %d, phone %q", r.Since, r.ReceivedAt, r.BirthYear, r.Patient.Phone)
	}
	if got := w.history(r.ID); !slices.Equal(got, []attribution.EventKind{attribution.EventReceived}) {
		t.Errorf("history %v", got)
	}
	if got := w.audits(); !slices.Equal(got, []string{"mt.report mt_request:" + r.ID}) {
		t.Errorf("audited %v", got)
	}
}

func TestTheAgeCountsFromTheYearInWhichThePatientTurns70(t *testing.T) {
	w := newWorld(t)
	for birth, tier := range map[string]int{"1956-12-31": 2, "1957-01-01": 3} {
		if r := w.received(nurse, of("Fictive", "Lou", birth)); r.Tier != tier {
			t.Errorf("born %s: tier %d, want %d", birth, r.Tier, tier)
		}
	}
	yearOnly := w.received(nurse, of("Fictive", "Lou", ""), func(d *attribution.Draft) { d.BirthYear = new(1956) })
	if yearOnly.Tier != 2 {
		t.Errorf("born in 1956: tier %d", yearOnly.Tier)
	}
}

func TestWhatAReportMustSay(t *testing.T) {
	day := civil.MustDate
	for name, test := range map[string]struct {
		change func(*attribution.Draft)
		want   []string // fields and reasons
	}{
		"no origin":           {func(d *attribution.Draft) { d.Origin = nil }, []string{"origin attribution.origin"}},
		"an unknown origin":   {func(d *attribution.Draft) { d.Origin = new(attribution.Origin("voisin")) }, []string{"origin attribution.origin"}},
		"no commune":          {func(d *attribution.Draft) { d.Commune = nil }, []string{"commune attribution.commune_unknown"}},
		"an unknown commune":  {func(d *attribution.Draft) { d.Commune = new(territory.INSEE("00000")) }, []string{"commune attribution.commune_unknown"}},
		"no name":             {func(d *attribution.Draft) { d.Patient.Family = " - " }, []string{"patient.family attribution.family_missing"}},
		"no patient":          {func(d *attribution.Draft) { d.Patient = nil }, []string{"birthYear attribution.birth_missing", "patient.family attribution.family_missing"}},
		"a long name":         {func(d *attribution.Draft) { d.Patient.Given = strings.Repeat("é", 101) }, []string{"patient.given attribution.too_long"}},
		"a turned name":       {func(d *attribution.Draft) { d.Patient.Family = "Fic\u202etive" }, []string{"patient.family attribution.control_character"}},
		"a bad telephone":     {func(d *attribution.Draft) { d.Patient.Phone = "12" }, []string{"patient.phone attribution.phone"}},
		"a long address":      {func(d *attribution.Draft) { d.Patient.Address = strings.Repeat("a", 201) }, []string{"patient.address attribution.too_long"}},
		"no birth":            {func(d *attribution.Draft) { d.Patient.BirthDate = civil.Date{} }, []string{"birthYear attribution.birth_missing"}},
		"birth to come":       {func(d *attribution.Draft) { d.Patient.BirthDate = day("2026-11-24") }, []string{"patient.birthDate attribution.birth"}},
		"birth of 1895":       {func(d *attribution.Draft) { d.Patient.BirthDate = day("1895-01-01") }, []string{"patient.birthDate attribution.birth"}},
		"an impossible birth": {func(d *attribution.Draft) { d.Patient.BirthDate = civil.Date{Year: 1960, Month: 2, Day: 30} }, []string{"patient.birthDate attribution.birth"}},
		"two births":          {func(d *attribution.Draft) { d.BirthYear = new(1961) }, []string{"birthYear attribution.birth"}},
		"a year to come":      {func(d *attribution.Draft) { d.Patient.BirthDate, d.BirthYear = civil.Date{}, new(2027) }, []string{"birthYear attribution.birth"}},
		"no consent":          {func(d *attribution.Draft) { d.Consent = nil }, []string{"consent.on attribution.consent_missing", "consent.collector attribution.consent_missing"}},
		"nobody asked":        {func(d *attribution.Draft) { d.Consent.Collector = " " }, []string{"consent.collector attribution.consent_missing"}},
		"consent to come":     {func(d *attribution.Draft) { d.Consent.On = day("2026-11-24") }, []string{"consent.on attribution.day_future"}},
		"since tomorrow":      {func(d *attribution.Draft) { d.Since = new(day("2026-11-24")) }, []string{"since attribution.day_future"}},
		"since for ever":      {func(d *attribution.Draft) { d.Since = new(day("0001-01-01")) }, []string{"since attribution.day"}},
		"age declared":        {with(attribution.Aged70), []string{"criteria attribution.aged_declared"}},
		"unknown criteria":    {func(d *attribution.Draft) { d.Criteria = new(attribution.Set(1 << 12)) }, []string{"criteria attribution.criterion_unknown"}},
		"gone to come": {func(d *attribution.Draft) { with(attribution.MTGone)(d); d.MTGoneSince = new(day("2027-01-01")) },
			[]string{"mtGoneSince attribution.day_future"}},
		"gone, and not":       {func(d *attribution.Draft) { d.MTGoneSince = new(day("2026-01-01")) }, []string{"mtGoneSince attribution.mt_gone"}},
		"known to a stranger": {func(d *attribution.Draft) { d.KnownTo = new(vera.Practitioner) }, []string{"knownTo attribution.practitioner_unknown"}},
		"known to no doctor":  {func(d *attribution.Draft) { d.KnownTo = new("pharmacist-phil") }, []string{"knownTo attribution.practitioner_unknown"}},
		"a long disease":      {func(d *attribution.Draft) { d.ChronicDisease = new(strings.Repeat("a", 501)) }, []string{"chronicDisease attribution.too_long"}},
		"a named synthesis":   {func(d *attribution.Draft) { d.Synthesis = new("Mme FICTIVE vit seule.") }, []string{"synthesis attribution.synthesis_names"}},
		"a phone in it":       {func(d *attribution.Draft) { d.Synthesis = new("À joindre au 06.39.98.12.34") }, []string{"synthesis attribution.synthesis_names"}},
		"a patient who has one": {func(d *attribution.Draft) { d.Origin, d.Case = new(attribution.FromRegulation), "case-with-mt" },
			[]string{"case attribution.case_has_mt"}},
		"a case by the way": {func(d *attribution.Draft) { d.Case = "case-1" }, []string{"origin attribution.origin_regulation"}},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			_, err := w.Report(t.Context(), nurse, draft(test.change), "")
			w.refused(err, "attribution.invalid")
			var got []string
			for _, f := range fault.Of(err).Fields {
				got = append(got, f.Name+" "+f.Reason)
				if f.Message == "" || strings.Contains(f.Message, "Fictive") {
					t.Errorf("message %q", f.Message)
				}
			}
			if !cmp.Equal(got, test.want) {
				t.Errorf("%q, want %q", got, test.want)
			}
			if b := w.record.committed(); len(b.requests)+len(b.events)+len(b.audited) != 0 {
				t.Error("something was kept")
			}
		})
	}
}

func TestASynthesisMayUseTheWordsOfTheLanguage(t *testing.T) {
	w := newWorld(t)
	r := w.received(nurse, of("de la Tour", "Lou", "1960-05-17"), func(d *attribution.Draft) {
		d.Synthesis = new("Sort de la clinique, loup de la peau.")
	})
	if r.Synthesis == "" {
		t.Error("no synthesis")
	}
	_, err := w.Report(t.Context(), nurse, draft(of("Martin-Démo", "Jean", "1960-05-17"), func(d *attribution.Draft) {
		d.Synthesis = new("M. Martin vit seul.")
	}), "")
	w.refused(err, "attribution.invalid")
}

func TestWhoMayReport(t *testing.T) {
	from := func(o attribution.Origin) func(*attribution.Draft) {
		return func(d *attribution.Draft) { d.Origin = &o }
	}
	both := regulator
	both.Roles = []account.Role{account.Regulator, account.GP}
	regulated := from(attribution.FromRegulation)
	ofCase := func(id string) func(*attribution.Draft) {
		return func(d *attribution.Draft) { regulated(d); d.Case = id }
	}
	written := func(d *attribution.Draft) { d.Synthesis = new("Vit seule.") }
	for name, test := range map[string]struct {
		by     account.Actor
		change func(*attribution.Draft)
		reason string
	}{
		"a professional":                                   {pharmacist, with(), ""},
		"a GP":                                             {iris, with(), ""},
		"a nurse":                                          {nurse, written, ""},
		"a regulator without a case":                       {regulator, regulated, "attribution.invalid"},
		"a professional for the DAC":                       {pharmacist, from(attribution.FromDAC), ""},
		"a professional for the caisse":                    {pharmacist, from(attribution.FromCPAM), "attribution.invalid"},
		"a GP for PRADO":                                   {iris, from(attribution.FromPRADO), "attribution.invalid"},
		"a GP for the regulation":                          {iris, regulated, "attribution.invalid"},
		"a nurse for the caisse":                           {nurse, from(attribution.FromCPAM), ""},
		"a nurse for the regulation":                       {nurse, regulated, ""},
		"who answers calls and is a GP":                    {both, from(attribution.FromDAC), ""},
		"who answers calls and is a GP, from a case":       {both, ofCase("case-1"), ""},
		"who answers calls and is a GP, without a case":    {both, regulated, "attribution.invalid"},
		"a regulator from a case":                          {regulator, ofCase("case-1"), ""},
		"a regulator from a foreign case":                  {regulator, ofCase("case-valley"), "attribution.case_unknown"},
		"a regulator from no case":                         {regulator, ofCase("case-9"), "attribution.case_unknown"},
		"a regulator from a case of a patient who has one": {regulator, ofCase("case-with-mt"), "attribution.invalid"},
		"a regulator for the DAC":                          {regulator, func(d *attribution.Draft) { d.Origin = new(attribution.FromDAC) }, "attribution.invalid"},
		"a professional from a case":                       {pharmacist, ofCase("case-1"), "account.forbidden"},
		"a synthesis by a professional":                    {pharmacist, written, "account.forbidden"},
		"a coordinator":                                    {coordinator, with(), "account.forbidden"},
		"a nurse of elsewhere":                             {otherNurse, with(), "account.forbidden"},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			_, err := w.Report(t.Context(), test.by, draft(test.change), "")
			w.refused(err, test.reason)
		})
	}
}

func TestACaseIsReportedOnce(t *testing.T) {
	w := newWorld(t)
	d := draft(func(d *attribution.Draft) { d.Origin, d.Case = new(attribution.FromRegulation), "case-1" })
	first, err := w.Report(t.Context(), regulator, d, "key-1")
	w.must(err)
	again, err := w.Report(t.Context(), regulator, d, "key-1")
	w.must(err)
	if again.ID != first.ID {
		t.Errorf("%s and %s", first.ID, again.ID)
	}
	_, err = w.Report(t.Context(), regulator, d, "key-2")
	w.refused(err, "attribution.case_reported")
	d.Consent = &attribution.Consent{On: w.today(), Collector: "Rosa"}
	_, err = w.Report(t.Context(), regulator, d, "key-1")
	w.refused(err, "request.key_reused")
}

func TestNursesAreToldOfDuplicates(t *testing.T) {
	year := func(y int) func(*attribution.Draft) { return func(d *attribution.Draft) { d.BirthYear = &y } }
	phone := func(number string) func(*attribution.Draft) {
		return func(d *attribution.Draft) { d.Patient.Phone = number }
	}
	for name, test := range map[string]struct {
		changes []func(*attribution.Draft)
		same    bool
	}{
		"the same":               {nil, true},
		"other signs":            {[]func(*attribution.Draft){of("FICTIVÉ", "lou", "1960-05-17")}, true},
		"no given name":          {[]func(*attribution.Draft){of("Fictive", "", "1960-05-17")}, true},
		"another given name":     {[]func(*attribution.Draft){of("Fictive", "Zoé", "1960-05-17")}, false},
		"another family":         {[]func(*attribution.Draft){of("Fictif", "Lou", "1960-05-17")}, false},
		"another day":            {[]func(*attribution.Draft){of("Fictive", "Lou", "1960-05-18")}, false},
		"the year alone":         {[]func(*attribution.Draft){of("Fictive", "Lou", ""), year(1960)}, true},
		"another year":           {[]func(*attribution.Draft){of("Fictive", "Lou", ""), year(1961)}, false},
		"year and another phone": {[]func(*attribution.Draft){of("Fictive", "Lou", ""), year(1960), phone("01 99 00 00 01")}, false},
		"year and phone":         {[]func(*attribution.Draft){of("Fictive", "Lou", ""), year(1960), phone("+33 6 39 98 12 34")}, true},
		"date and another phone": {[]func(*attribution.Draft){phone("01 99 00 00 01")}, true},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			first := w.received(pharmacist)
			second := w.received(nurse, test.changes...)
			var want []string
			if test.same {
				want = []string{first.ID}
			}
			if !slices.Equal(second.Duplicates, want) {
				t.Errorf("duplicates %v, want %v", second.Duplicates, want)
			}
			if third := w.received(pharmacist, test.changes...); third.Duplicates != nil {
				t.Errorf("a professional was told of %v", third.Duplicates)
			}
			read, err := w.Request(t.Context(), nurse, first.ID)
			w.must(err)
			if got := slices.Contains(read.Duplicates, second.ID); got != test.same {
				t.Errorf("read with duplicates %v", read.Duplicates)
			}
		})
	}
}

func TestEndedRequestsAreNoDuplicates(t *testing.T) {
	w := newWorld(t)
	w.in(attribution.Closed)
	w.in(attribution.Attached)
	if r := w.received(nurse); r.Duplicates != nil {
		t.Errorf("duplicates %v", r.Duplicates)
	}
}
