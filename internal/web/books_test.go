package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/web"
	"github.com/relais-snp/relais/internal/web/api"
)

// The design's example: 17,500.00 a year, 184 of 365 days, due 8,821.92.
func TestTheContractOfTheDesignsExampleGivesItsCalendarToTheCent(t *testing.T) {
	h := openHouse(t)
	p := h.keeper()

	calendar := as[api.FundingCalendar](p.get("/funding/calendar?territory=" + senart).want(http.StatusOK))

	got := map[string]string{}
	for _, due := range calendar.Payments {
		if due.Code == "acces" && due.Year <= 2 || due.Code == "fonctionnement" && due.Year == 1 {
			got[due.On.String()+" "+due.Code+" "+string(due.Kind)] = orNothing(due.Amount) + " of at most " + orNothing(due.Most) + ", " + string(due.State)
		}
	}
	want := map[string]string{
		"2026-01-15 fonctionnement whole": "60000.00 of at most -, waiting",
		"2026-07-15 acces advance":        "6616.44 of at most -, waiting",
		"2027-01-15 acces balance":        "2205.48 of at most -, later",
		"2027-01-15 acces variable":       "- of at most 8821.92, later",
		"2027-01-15 acces advance":        "13125.00 of at most -, later",
		"2028-01-15 acces balance":        "4375.00 of at most -, later",
		"2028-01-15 acces variable":       "- of at most 17500.00, later",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if d := calendar.Deadlines[0]; d.Mission != "acces" || d.By.String() != "2026-07-15" || d.Started == nil || d.Started.String() != "2026-07-15" || d.Label != "Accès aux soins" {
		t.Errorf("first deadline %+v", d)
	}
}

func orNothing(amount *string) string {
	if amount == nil {
		return "-"
	}
	return *amount
}

func TestAContractIsReadWithItsScheduleAndRefusedWhenSomebodyChangedIt(t *testing.T) {
	h := openHouse(t)
	p := h.signIn("treasurer")
	path := "/funding/contract?territory=" + senart

	before := as[api.FundingContractView](p.get(path).want(http.StatusOK))
	if before.Contract != nil || len(before.Schedules) != 1 || before.Schedules[0].Totals[2] != "370000.00" {
		t.Fatalf("before: %+v", before)
	}
	first := as[api.FundingContractView](p.call("PUT", "/funding/contract", signature(nil)).want(http.StatusOK))
	if first.Contract == nil || *first.Contract.Revision != 1 || *first.ChangedBy != "Personne treasurer" {
		t.Fatalf("first: %+v", first)
	}
	p.call("PUT", "/funding/contract", signature(map[string]any{"taille": 3})).refused(http.StatusConflict, "funding.contract_changed")
	p.call("PUT", "/funding/contract", signature(map[string]any{"taille": 3, "revision": 7})).refused(http.StatusConflict, "funding.contract_changed")
	if kept := as[api.FundingContractView](p.get(path).want(http.StatusOK)); kept.Contract.Taille != 2 {
		t.Errorf("kept %+v", kept.Contract)
	}
	own := []map[string]any{{"code": "crise", "amount": "40000.00"}, {"code": "fonctionnement", "amount": "61000.50"}}
	second := as[api.FundingContractView](p.call("PUT", "/funding/contract", signature(map[string]any{"amounts": own, "revision": 1})).want(http.StatusOK))
	if *second.Contract.Revision != 2 || second.Contract.Amounts[1].Amount != "61000.50" {
		t.Errorf("second %+v", second.Contract)
	}
	twice := []map[string]any{{"code": "crise", "amount": "1.00"}, {"code": "crise", "amount": "2.00"}}
	p.call("PUT", "/funding/contract", signature(map[string]any{"amounts": twice, "revision": 2})).refused(http.StatusBadRequest, "request.invalid")
	for reason, change := range map[string]map[string]any{
		"signed after a mission began": {"signed": "2026-07-16"},
		"of an unknown schedule":       {"schedule": "aci-1850"},
		"of a mission of no schedule":  {"starts": []map[string]any{{"mission": "jardinage", "on": "2026-02-01"}}},
		"a SIREN with a wrong key":     {"siren": "732829321"},
	} {
		change["revision"] = 2
		if got := p.call("PUT", "/funding/contract", signature(change)); got.status != http.StatusBadRequest || got.reason() != "funding.contract" {
			t.Errorf("%s: %d %s", reason, got.status, got.body)
		}
	}
}

func TestADeadlineTellsThatItsMissionIsFullyDeployed(t *testing.T) {
	h := openHouse(t)
	p := h.keeper()
	began := func(deployed string) map[string]any {
		return signature(map[string]any{"revision": 1, "starts": []map[string]any{{"mission": "acces", "on": "2026-07-15", "deployed": deployed}}})
	}
	early := p.call("PUT", "/funding/contract", began("2026-07-14"))
	if early.status != http.StatusBadRequest || !strings.Contains(string(early.body), "starts[0].deployed") {
		t.Errorf("before its start: %d %s", early.status, early.body)
	}
	view := as[api.FundingContractView](p.call("PUT", "/funding/contract", began("2026-07-16")).want(http.StatusOK))
	if on := view.Contract.Starts[0].Deployed; on == nil || on.String() != "2026-07-16" {
		t.Errorf("kept %+v", view.Contract.Starts)
	}
	for _, d := range as[api.FundingCalendar](p.get("/funding/calendar?territory=" + senart).want(http.StatusOK)).Deadlines {
		if (d.Deployed != nil) != (d.Mission == "acces") {
			t.Errorf("deadline %+v", d)
		}
	}
	gone := as[api.FundingContractView](p.call("PUT", "/funding/contract", signature(map[string]any{"revision": 2})).want(http.StatusOK))
	if gone.Contract.Starts[0].Deployed != nil {
		t.Errorf("taken back %+v", gone.Contract.Starts)
	}
}

func TestBadEntriesAreRefusedWithTheirReasonAndNothingIsWritten(t *testing.T) {
	h := openHouse(t)
	p := h.keeper()
	good := func() []map[string]any { return []map[string]any{debit("606", "12.00"), credit("512", "12.00")} }
	for name, test := range map[string]struct {
		body   map[string]any
		status int
		reason string
		field  string
	}{
		"unbalanced by a cent": {writing(nil, debit("606", "12.01"), credit("512", "12.00")), 400, "funding.entry", "funding.unbalanced"},
		"both sides of a line": {writing(nil, map[string]any{"account": "606", "debit": "1.00", "credit": "1.00"}, credit("512", "12.00"), debit("606", "12.00")), 400, "funding.entry", "funding.sides"},
		"an unknown account":   {writing(nil, debit("999", "12.00"), credit("512", "12.00")), 400, "funding.entry", "funding.account_unknown"},
		"an unknown journal":   {writing(map[string]any{"journal": "ZZ"}, good()...), 400, "funding.entry", "funding.journal_unknown"},
		"more than any money":  {writing(nil, debit("606", "999999999999999.99"), credit("512", "999999999999999.99")), 400, "funding.entry", "funding.amount"},
		"a decimal comma":      {writing(nil, debit("606", "12,00"), credit("512", "12.00")), 400, "request.invalid", "request.format"},
		"spaces":               {writing(nil, debit("606", "1 234.00"), credit("512", "1234.00")), 400, "request.invalid", "request.format"},
		"one decimal":          {writing(nil, debit("606", "12.5"), credit("512", "12.50")), 400, "request.invalid", "request.format"},
		"no decimals":          {writing(nil, debit("606", "12"), credit("512", "12.00")), 400, "request.invalid", "request.format"},
		"an exponent":          {writing(nil, debit("606", "1e3"), credit("512", "1000.00")), 400, "request.invalid", "request.format"},
		"below zero":           {writing(nil, debit("606", "-12.00"), credit("512", "-12.00")), 400, "request.invalid", "request.format"},
		"a number":             {writing(nil, map[string]any{"account": "606", "debit": 12.0}, credit("512", "12.00")), 400, "request.invalid", "request.type"},
		"a day that is none":   {writing(map[string]any{"on": "2026-02-30"}, good()...), 400, "request.invalid", "request.format"},
		"a day before any":     {writing(map[string]any{"on": "2025-12-31"}, good()...), 409, "funding.no_year", ""},
		"a day after all":      {writing(map[string]any{"on": "2027-01-01"}, good()...), 409, "funding.no_year", ""},
		"another territory":    {writing(map[string]any{"territory": coast}, good()...), 403, "account.forbidden", ""},
		"no territory":         {writing(map[string]any{"territory": "cpts-nulle-part"}, good()...), 403, "account.forbidden", ""},
		"a label of two lines": {writing(map[string]any{"label": "un\ndeux"}, good()...), 400, "funding.entry", "funding.label"},
	} {
		t.Run(name, func(t *testing.T) {
			got := p.writes(test.body, "bad-"+strings.ReplaceAll(name, " ", "-"))
			if got.status != test.status || got.reason() != test.reason || !strings.Contains(string(got.body), test.field) {
				t.Errorf("%d %s", got.status, got.body)
			}
		})
	}
	if all := as[api.EntryList](p.get("/funding/entries?territory=" + senart).want(http.StatusOK)); len(all.Items) != 0 {
		t.Errorf("%d entries were written", len(all.Items))
	}
	if totals := as[api.AccountTotalList](p.get("/funding/totals?year=2026&territory=" + senart).want(http.StatusOK)); len(totals.Items) != 0 {
		t.Errorf("totals %+v", totals.Items)
	}
}

func TestAClosedYearTakesNoEntry(t *testing.T) {
	h := openHouse(t)
	p := h.keeper()
	p.post("/funding/years/2031/close?territory="+senart, nil).refused(http.StatusConflict, "funding.no_year")

	p.post("/funding/years/2026/close?territory="+senart, nil).refused(http.StatusConflict, "funding.year_running")
	p.post("/funding/years", map[string]any{"territory": senart, "first": "2030-01-01", "last": "2030-12-31"}).refused(http.StatusConflict, "funding.year_gap")
	p.post("/funding/years", map[string]any{"territory": senart, "first": "2025-01-01", "last": "2025-12-31"}).want(http.StatusCreated)

	closed := as[api.FiscalYear](p.post("/funding/years/2025/close?territory="+senart, nil).want(http.StatusOK))

	if closed.ClosedAt == nil || *closed.ClosedBy != "Personne treasurer" {
		t.Errorf("closed %+v", closed)
	}
	p.writes(writing(map[string]any{"on": "2025-03-10"}, debit("606", "12.00"), credit("512", "12.00")), "too-late-1").refused(http.StatusConflict, "funding.year_closed")
	p.post("/funding/budget", planned(map[string]any{"year": 2025})).refused(http.StatusConflict, "funding.year_closed")
	p.receives(p.expected("")[0].Id, "100.00", "too-late-2", map[string]any{"on": "2025-03-10"}).refused(http.StatusConflict, "funding.year_closed")
	p.post("/funding/years/2025/close?territory="+senart, nil).refused(http.StatusConflict, "funding.year_closed")
	p.post("/funding/years", map[string]any{"territory": senart, "first": "2026-06-01", "last": "2027-05-31"}).refused(http.StatusConflict, "funding.year_overlaps")
	p.post("/funding/years", map[string]any{"territory": senart, "first": "2027-12-31", "last": "2027-01-01"}).refused(http.StatusBadRequest, "funding.year")
	if x := p.expected("")[0]; x.Received != "0.00" || x.State != "pending" {
		t.Errorf("half-written: %+v", x)
	}
}

func TestTheSameKeyWritesOnce(t *testing.T) {
	h := openHouse(t)
	p := h.keeper()
	body := writing(nil, debit("606", "12.00"), credit("512", "12.00"))

	first := as[api.Entry](p.writes(body, "same-key-1").want(http.StatusCreated))
	again := as[api.Entry](p.writes(body, "same-key-1").want(http.StatusCreated))
	body["label"] = "Autre chose"
	p.writes(body, "same-key-1").refused(http.StatusConflict, "request.key_reused")

	if diff := cmp.Diff(first, again); diff != "" {
		t.Error(diff)
	}
	if first.Number != 1 || *first.By != "Personne treasurer" || len(first.Hash) != 64 || first.Year != 2026 || first.PieceOn.String() != "2026-03-10" {
		t.Errorf("%+v", first)
	}
	if all := as[api.EntryList](p.get("/funding/entries?territory=" + senart).want(http.StatusOK)); len(all.Items) != 1 {
		t.Errorf("%d entries", len(all.Items))
	}
}

func TestAnEntryIsTakenBackOnce(t *testing.T) {
	h := openHouse(t)
	p := h.keeper()
	made := as[api.Entry](p.writes(writing(nil, debit("606", "12.00"), credit("512", "12.00")), "mistake-1").want(http.StatusCreated))
	back := map[string]any{"on": "2026-04-01", "label": "Erreur de compte"}
	early := map[string]any{"on": "2026-03-09", "label": "Erreur de compte"}
	p.call("POST", "/funding/entries/"+made.Id+"/reverse", early, "Idempotency-Key", "reverse-0").refused(http.StatusBadRequest, "funding.reversal_before")

	reversal := as[api.Entry](p.call("POST", "/funding/entries/"+made.Id+"/reverse", back, "Idempotency-Key", "reverse-1").want(http.StatusCreated))

	if *reversal.Reverses != made.Id || *reversal.Lines[0].Credit != "12.00" || reversal.Lines[0].Debit != nil {
		t.Errorf("%+v", reversal)
	}
	p.call("POST", "/funding/entries/"+made.Id+"/reverse", back, "Idempotency-Key", "reverse-1").want(http.StatusCreated)
	p.call("POST", "/funding/entries/"+made.Id+"/reverse", back, "Idempotency-Key", "reverse-2").refused(http.StatusConflict, "funding.reversed")
	p.call("POST", "/funding/entries/"+reversal.Id+"/reverse", back, "Idempotency-Key", "reverse-3").refused(http.StatusConflict, "funding.reversal")
	p.call("POST", "/funding/entries/none/reverse", back, "Idempotency-Key", "reverse-4").refused(http.StatusNotFound, "funding.entry_unknown")
	if seen := as[api.Entry](p.get("/funding/entries/" + made.Id).want(http.StatusOK)); seen.ReversedBy == nil || *seen.ReversedBy != reversal.Id {
		t.Errorf("seen %+v", seen)
	}
	if totals := as[api.AccountTotalList](p.get("/funding/totals?year=2026&territory=" + senart).want(http.StatusOK)); totals.Items[0].Account != "512" ||
		totals.Items[0].Balance != "0.00" || totals.Items[0].Debit != "12.00" || totals.Items[0].Name != "Banque" {
		t.Errorf("totals %+v", totals.Items)
	}
}

func TestEntriesComeByPagesFromEitherEnd(t *testing.T) {
	h := openHouse(t)
	p := h.keeper()
	for _, amount := range []string{"1.00", "2.00", "3.00"} {
		p.writes(writing(nil, debit("606", amount), credit("512", amount)), "page-key-"+amount).want(http.StatusCreated)
	}
	for order, want := range map[string]string{"oldest": "1 2 | 3", "newest": "3 2 | 1"} {
		var got []string
		path := "/funding/entries?limit=2&order=" + order + "&territory=" + senart
		for next := ""; ; got = append(got, "|") {
			page := as[api.EntryList](p.get(path + next).want(http.StatusOK))
			for _, e := range page.Items {
				got = append(got, strings.TrimSuffix(*e.Lines[0].Debit, ".00"))
			}
			if page.Next == nil {
				break
			}
			next = "&cursor=" + url.QueryEscape(*page.Next)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %v", order, got)
		}
	}
	p.get("/funding/entries?cursor=jamais&territory="+senart).refused(http.StatusBadRequest, "request.invalid")
}

func TestMoneyThatCameIsWrittenByItself(t *testing.T) {
	h := openHouse(t)
	p := h.keeper()
	operating := p.expected("&kind=payment&state=pending")[0]
	if operating.Amount != "60000.00" || *operating.Label != "Fonctionnement, versement de l’année 1" || *operating.Code != "fonctionnement" {
		t.Fatalf("expected %+v", operating)
	}

	part := as[api.Entry](p.receives(operating.Id, "45000.00", "receive-1", nil).want(http.StatusCreated))

	if part.Journal != "BQ" || part.Label != *operating.Label || part.Piece != "REL-02" {
		t.Errorf("%+v", part)
	}
	bank, income := part.Lines[0], part.Lines[1]
	if bank.Account != "512" || *bank.Debit != "45000.00" || income.Account != "741" || *income.Credit != "45000.00" || *income.Envelope != "fonctionnement" ||
		*income.ContractYear != 1 || *income.Budget != "fonctionnement" {
		t.Errorf("lines %+v", part.Lines)
	}
	p.receives(operating.Id, "45000.00", "receive-1", nil).want(http.StatusCreated)
	p.receives(operating.Id, "45000.01", "receive-1", nil).refused(http.StatusConflict, "request.key_reused")
	p.receives(operating.Id, "15000.01", "receive-2", nil).refused(http.StatusConflict, "funding.too_much")
	p.receives(operating.Id, "0.00", "receive-3", nil).refused(http.StatusBadRequest, "funding.amount")
	p.receives(operating.Id, "999999999999999.99", "receive-4", nil).refused(http.StatusConflict, "funding.too_much")
	p.receives(operating.Id, "15000.00", "receive-5", map[string]any{"account": "999"}).refused(http.StatusBadRequest, "funding.receipt")
	p.receives(operating.Id, "15000.00", "receive-8", map[string]any{"account": "606"}).refused(http.StatusBadRequest, "funding.receipt")
	p.receives(operating.Id, "15000.00", "receive-9", map[string]any{"on": "2026-11-24"}).refused(http.StatusBadRequest, "funding.receipt")
	p.receives(operating.Id, "15000.00", "receive-6", map[string]any{"on": "2025-02-02"}).refused(http.StatusConflict, "funding.no_year")
	p.receives("none", "15000.00", "receive-7", nil).refused(http.StatusNotFound, "funding.expectation_unknown")
	if x := p.expected("&state=partly"); len(x) != 1 || x[0].Left != "15000.00" {
		t.Errorf("left %+v", x)
	}
	p.receives(operating.Id, "15000.00", "receive-8", map[string]any{"account": "756", "label": "Solde"}).want(http.StatusCreated)
	p.receives(operating.Id, "0.01", "receive-9", nil).refused(http.StatusConflict, "funding.settled")
	p.post("/funding/expectations/"+operating.Id+"/void", nil).refused(http.StatusConflict, "funding.settled")
	envelopes := as[api.EnvelopeList](p.get("/funding/envelopes?territory=" + senart).want(http.StatusOK)).Items
	if e := envelopes[0]; e.Code != "fonctionnement" || e.Received != "60000.00" || e.Left != "60000.00" || *e.Yearly != "60000.00" {
		t.Errorf("envelope %+v", e)
	}
	advance := p.expected("&state=pending")[0]
	if voided := as[api.Expectation](p.post("/funding/expectations/"+advance.Id+"/void", nil).want(http.StatusOK)); voided.State != "voided" || voided.Left != "0.00" {
		t.Errorf("voided %+v", voided)
	}
}

// Majorations are the doctor's own: they wait on 467 and fill no envelope.
func TestAMajorationThatCameIsTheDoctorsMoney(t *testing.T) {
	h := openHouse(t)
	p := h.keeper()
	booked := as[api.Booking](h.signIn("regulator").call("POST", "/bookings", map[string]any{"slot": h.published()[0].Id, "patient": patient("Zorglub")},
		"Idempotency-Key", "majoration-1").want(http.StatusCreated))
	h.pass(6 * time.Hour)
	h.signIn("gp").post("/bookings/"+booked.Id+"/outcome", map[string]any{"outcome": "honoured"}).want(http.StatusOK)
	for range 2 { // once, however often
		if err := h.books.ReconcileMajorations(t.Context()); err != nil {
			t.Fatal(err)
		}
	}

	earned := p.expected("&kind=majoration&practitioner=" + h.doctor.ID)

	if len(earned) != 1 || earned[0].Amount != "15.00" || *earned[0].Booking != booked.Id || *earned[0].Label != "Indemnisation SNP en Vendée" ||
		len(earned[0].Because) != 2 || earned[0].Because[0] != "regulated" {
		t.Fatalf("earned %+v", earned)
	}
	entry := as[api.Entry](p.receives(earned[0].Id, "15.00", "majoration-2", map[string]any{"on": "2026-11-23"}).want(http.StatusCreated))
	if l := entry.Lines[1]; l.Account != "467" || *l.Credit != "15.00" || *l.Person != h.doctor.ID || *l.Evidence != booked.Id {
		t.Errorf("line %+v", l)
	}
	if got := as[api.IndemnityList](p.get("/funding/indemnities?year=2026&territory=" + senart).want(http.StatusOK)); len(got.Items) != 0 || *got.Cap != "48060.00" {
		t.Errorf("indemnities %+v", got)
	}
	if strings.Contains(entry.Id+*earned[0].Label+entry.Label, "Zorglub") {
		t.Error("a patient is named")
	}
}

func TestGuardsHoldEarmarkedMoneyAndTheCapOfAProfessional(t *testing.T) {
	h := openHouse(t)
	p := h.keeper()
	about := map[string]any{"envelope": "snp_orientation", "mission": "acces", "contractYear": 1, "budget": "operationnel"}
	spend := writing(nil, debit("6226", "100.00", about), credit("512", "100.00"))

	p.writes(spend, "earmarked-1").refused(http.StatusConflict, "funding.earmarked")
	p.writes(writing(nil, debit("512", "150.00"), credit("741", "150.00", about)), "earmarked-2").want(http.StatusCreated)
	p.writes(spend, "earmarked-3").want(http.StatusCreated)
	p.writes(spend, "earmarked-4").refused(http.StatusConflict, "funding.earmarked")

	for _, e := range as[api.EnvelopeList](p.get("/funding/envelopes?territory=" + senart).want(http.StatusOK)).Items {
		if e.Code == "snp_orientation" && (!e.Earmarked || e.Received != "150.00" || e.Spent != "100.00" || e.Left != "50.00") {
			t.Errorf("envelope %+v", e)
		}
	}
	indemnity := func(amount, key string) answer {
		return p.writes(writing(map[string]any{"label": "Indemnités de réunion"}, debit("6226", amount, map[string]any{"person": h.doctor.ID}), credit("512", amount)), key)
	}
	indemnity("48000.00", "cap-key-1").want(http.StatusCreated)
	indemnity("60.01", "cap-key-2").refused(http.StatusConflict, "funding.cap")
	got := as[api.IndemnityList](p.get("/funding/indemnities?year=2026&territory=" + senart).want(http.StatusOK))
	if len(got.Items) != 1 || got.Items[0].Paid != "48000.00" || *got.Items[0].Left != "60.00" || *got.Items[0].Name != "Dr Ada FICTIF" && *got.Items[0].Name != h.doctor.Name() {
		t.Errorf("indemnities %+v", got)
	}
}

// The Sénart example: a coordinator for 58,248 of 75,000 a year.
func TestABudgetShowsWhatWasSpentOfEachLine(t *testing.T) {
	h := openHouse(t)
	p := h.keeper()
	made := as[api.BudgetLine](p.post("/funding/budget", planned(map[string]any{"label": "=Coordinatrice"})).want(http.StatusCreated))
	running := map[string]any{"budget": "fonctionnement"}
	p.writes(writing(nil, debit("6411", "4854.00", running), debit("626", "30.00", running), credit("512", "4884.00")), "budget-1").want(http.StatusCreated)

	changed := as[api.BudgetLine](p.call("PUT", "/funding/budget/"+made.Id, planned(map[string]any{"label": "=Coordinatrice", "committed": "4854.00"})).want(http.StatusOK))

	if changed.Spent != "4854.00" || changed.Left != "48540.00" || changed.Committed != "4854.00" {
		t.Errorf("changed %+v", changed)
	}
	budget := as[api.BudgetView](p.get("/funding/budget?year=2026&territory=" + senart).want(http.StatusOK))
	if len(budget.Lines) != 1 || budget.Outside != "30.00" {
		t.Errorf("budget %+v", budget)
	}
	sheet := string(p.call("GET", "/funding/budget?year=2026&territory="+senart, nil, "Accept", "text/csv").want(http.StatusOK).body)
	if want := "2026,fonctionnement,'=Coordinatrice,6411,,,58248.00,4854.00,4854.00,48540.00\r\n2026,,Hors budget,,,,,,30.00,\r\n"; !strings.HasSuffix(sheet, want) {
		t.Errorf("sheet:\n%s", sheet)
	}
	p.post("/funding/budget", planned(map[string]any{"year": 2031})).refused(http.StatusConflict, "funding.no_year")
	p.post("/funding/budget", planned(map[string]any{"account": "741"})).refused(http.StatusBadRequest, "funding.budget_line")
	p.call("PUT", "/funding/budget/"+made.Id, planned(map[string]any{"revision": made.Revision})).refused(http.StatusConflict, "funding.budget_changed")
	again := as[api.BudgetLine](p.call("PUT", "/funding/budget/"+made.Id, planned(map[string]any{"revision": changed.Revision})).want(http.StatusOK))
	if made.Revision != 1 || changed.Revision != 2 || again.Revision != 3 {
		t.Errorf("revisions %d, %d, %d", made.Revision, changed.Revision, again.Revision)
	}
	p.call("PUT", "/funding/budget/none", planned(nil)).refused(http.StatusNotFound, "funding.budget_unknown")
	p.call("DELETE", "/funding/budget/"+made.Id, nil).want(http.StatusNoContent)
	p.call("DELETE", "/funding/budget/"+made.Id, nil).refused(http.StatusNotFound, "funding.budget_unknown")
}

func TestCalendarAndExpectationsAreTakenAwayAsSheets(t *testing.T) {
	h := openHouse(t)
	p := h.keeper()
	for path, want := range map[string]string{
		"/funding/calendar":     "2026-07-15,acces,Accès aux soins,1,avance,6616.44,,,0.00,,attendu,184,365\r\n",
		"/funding/expectations": "2026-01-15,\"Fonctionnement, versement de l’année 1\",60000.00,0.00,60000.00,attendu,,,payment:",
	} {
		got := p.call("GET", path+"?territory="+senart, nil, "Accept", "text/csv").want(http.StatusOK)
		if !strings.Contains(string(got.body), want) || !strings.HasPrefix(got.header.Get("Content-Type"), "text/csv") {
			t.Errorf("%s: %s", path, got.body)
		}
	}
}

func TestACorrectedContractTellsWhatCameAndWhatCameTooMuch(t *testing.T) {
	h := openHouse(t)
	p := h.keeper()
	whole := func() api.FundingPayment {
		t.Helper()
		for _, due := range as[api.FundingCalendar](p.get("/funding/calendar?territory=" + senart).want(http.StatusOK)).Payments {
			if due.Code == "fonctionnement" && due.Year == 1 {
				return due
			}
		}
		t.Fatal("the first payment is gone")
		return api.FundingPayment{}
	}
	first := whole()
	p.receives(*first.Expectation, "60000.00", "corrected-1", nil).want(http.StatusCreated)
	if due := whole(); due.Overpaid != nil || due.Received != "60000.00" {
		t.Errorf("%+v", due)
	}

	p.call("PUT", "/funding/contract", signature(map[string]any{"revision": 1, "signed": "2026-01-16", "taille": 1})).want(http.StatusOK)

	if due := whole(); *due.Expectation != *first.Expectation || due.State != "came" || *due.Amount != "50000.00" || due.Received != "60000.00" || orNothing(due.Overpaid) != "10000.00" {
		t.Errorf("%+v", due)
	}
	p.receives(*first.Expectation, "1.00", "corrected-2", nil).refused(http.StatusConflict, "funding.settled")
}

func TestWhatTheDialogueDecidedIsExpected(t *testing.T) {
	h := openHouse(t)
	p := h.keeper()
	decide := func(amount string) answer {
		return p.call("PUT", "/funding/decisions", map[string]any{"territory": senart, "mission": "acces", "year": 1, "amount": amount, "on": "2026-11-20"})
	}

	decide("8821.93").refused(http.StatusBadRequest, "funding.decision")
	decide("7000.00").want(http.StatusOK)

	for _, due := range as[api.FundingCalendar](p.get("/funding/calendar?territory=" + senart).want(http.StatusOK)).Payments {
		if due.Code == "acces" && due.Year == 1 && due.Kind == "variable" && (due.Decided == nil || *due.Amount != "7000.00" || *due.Most != "8821.92" || due.Expectation == nil) {
			t.Errorf("due %+v", due)
		}
	}
}

func TestBooksOfAnotherTerritoryAreNotThere(t *testing.T) {
	h := openHouse(t)
	p := h.keeper()
	entry := as[api.Entry](p.writes(writing(nil, debit("606", "12.00"), credit("512", "12.00")), "foreign-entry").want(http.StatusCreated))
	line := as[api.BudgetLine](p.post("/funding/budget", planned(nil)).want(http.StatusCreated))
	h.person("foreign_treasurer", account.NewPerson{Name: "Trésorière d’ailleurs", Roles: []account.Role{account.Treasurer}, Territories: []string{coast}})
	stranger := h.signIn("foreign_treasurer")
	expected := p.expected("")[0].Id

	for _, path := range []string{"contract", "calendar", "envelopes", "years", "entries", "expectations", "totals", "indemnities", "budget", "years/2026/end"} {
		query := "?territory=" + senart
		if path == "totals" || path == "indemnities" || path == "budget" {
			query += "&year=2026"
		}
		stranger.get("/funding/"+path+query).refused(http.StatusForbidden, "account.forbidden")
	}
	stranger.get("/funding/entries/"+entry.Id).refused(http.StatusNotFound, "funding.entry_unknown")
	stranger.call("POST", "/funding/entries/"+entry.Id+"/reverse", map[string]any{"on": "2026-04-01", "label": "Erreur"}, "Idempotency-Key", "foreign-1").
		refused(http.StatusNotFound, "funding.entry_unknown")
	stranger.receives(expected, "1.00", "foreign-2", nil).refused(http.StatusNotFound, "funding.expectation_unknown")
	stranger.post("/funding/expectations/"+expected+"/void", nil).refused(http.StatusNotFound, "funding.expectation_unknown")
	stranger.call("PUT", "/funding/budget/"+line.Id, planned(map[string]any{"territory": coast})).refused(http.StatusNotFound, "funding.budget_unknown")
	stranger.call("DELETE", "/funding/budget/"+line.Id, nil).refused(http.StatusNotFound, "funding.budget_unknown")
	stranger.post("/funding/years/2026/close?territory="+senart, nil).refused(http.StatusForbidden, "account.forbidden")
	stranger.writes(writing(nil, debit("606", "12.00"), credit("512", "12.00")), "foreign-3").refused(http.StatusForbidden, "account.forbidden")
}

// What goes wrong while somebody types a patient's name where it does not belong repeats it nowhere.
func TestRefusalsOfBooksRepeatNothing(t *testing.T) {
	h := openHouse(t)
	p := h.keeper()
	for i, body := range []any{
		writing(map[string]any{"label": "Zorglubine", "piece": "Zorglubine"}, debit("606", "12.01"), credit("512", "12.00")),
		writing(map[string]any{"journal": "Zorglubine"}, debit("606", "12.00"), credit("512", "12.00")),
		writing(nil, debit("Zorglubine", "12.00"), credit("512", "Zorglubine")),
		`{"Zorglubine": "Zorglubine"`,
	} {
		got := p.writes(body, "repeats-"+string(rune('a'+i)))
		if got.status < 400 || strings.Contains(string(got.body), "Zorglubine") {
			t.Errorf("%d %s", got.status, got.body)
		}
	}
	if strings.Contains(h.log.String(), "Zorglubine") {
		t.Error("the log repeats it")
	}
}

func TestAHouseWithoutBooksHasNoSuchAddress(t *testing.T) {
	h := openHouse(t, func(c *web.Config) { c.Contracts, c.Books, c.Certificates, c.Missions = nil, nil, nil, nil })
	p := h.signIn("treasurer")

	p.get("/funding/contract?territory="+senart).refused(http.StatusNotFound, "request.not_found")
	p.get("/mission/objectives?territory="+senart).refused(http.StatusNotFound, "request.not_found")
	p.get("/certificates?territory="+senart+"&month=2026-11-01").refused(http.StatusNotFound, "request.not_found")
}

func TestAnEntryHasTwoHundredFullLines(t *testing.T) {
	h := openHouse(t)
	keeper := h.keeper()
	about := map[string]any{
		"contractYear": 1, "mission": strings.Repeat("m", 40), "envelope": strings.Repeat("e", 40), "budget": "fonctionnement",
		"evidence": strings.Repeat("0a", 32), "person": strings.Repeat("p", 64),
	}
	lines := make([]map[string]any, 200)
	for i := range lines {
		lines[i] = debit("999999999999", "100000000000000.00", about)
	}
	// It is read to its end, and refused for what it says: a hundred things are named.
	got := keeper.writes(writing(map[string]any{"label": strings.Repeat("é", 200)}, lines...), "full-lines-1")
	got.refused(http.StatusBadRequest, "funding.entry")
	if named := len(as[api.Problem](got).Fields); named != 100 {
		t.Errorf("%d fields named", named)
	}
	for i := range lines {
		lines[i] = debit("606", "1.00", map[string]any{"evidence": strings.Repeat("0a", 32), "budget": "fonctionnement", "contractYear": 1})
	}
	lines[199] = credit("512", "199.00")
	if made := as[api.Entry](keeper.writes(writing(nil, lines...), "full-lines-2").want(http.StatusCreated)); len(made.Lines) != 200 {
		t.Errorf("%d lines", len(made.Lines))
	}
	keeper.call("POST", "/funding/budget", map[string]any{"label": strings.Repeat("a", 70_000)}).refused(http.StatusRequestEntityTooLarge, "request.too_large")
}
