package web_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/web/api"
)

// rights declares every call of the contract for every role, then for nobody. yes: done, or refused for another cause than the
// caller; no: 403; hid: the thing does not exist for the caller, 404; in: sign in first, 401.
//
//	gp  regulator  professional  coordinator  treasurer  triage_nurse  observer  admin  nobody
var rights = map[string]string{
	"signIn":               "yes yes yes yes yes yes yes yes yes",
	"signOut":              "yes yes yes yes yes yes yes yes yes",
	"getMe":                "yes yes yes yes yes yes yes yes in",
	"listTerritories":      "yes yes yes yes yes yes yes yes in",
	"getTerritory":         "yes yes yes yes yes yes yes yes in",
	"listCommunes":         "yes yes yes yes yes yes yes yes in",
	"listPractitioners":    "yes yes yes yes yes yes yes yes in",
	"createOpening":        "yes no  no  no  no  no  no  no  in",
	"listOpenings":         "yes no  no  yes no  no  no  yes in",
	"updateOpening":        "yes no  no  no  no  no  no  no  in",
	"deleteOpening":        "yes no  no  no  no  no  no  no  in",
	"skipOccurrence":       "yes no  no  no  no  no  no  no  in",
	"unskipOccurrence":     "yes no  no  no  no  no  no  no  in",
	"createPause":          "yes no  no  no  no  no  no  no  in",
	"listPauses":           "yes no  no  no  no  no  no  no  in",
	"endPause":             "yes no  no  no  no  no  no  no  in",
	"listSlots":            "yes yes yes yes no  no  no  yes in",
	"withdrawSlot":         "yes no  no  no  no  no  no  no  in",
	"restoreSlot":          "yes no  no  no  no  no  no  no  in",
	"createHold":           "no  yes no  no  no  no  no  no  in",
	"extendHold":           "no  yes no  no  no  no  no  no  in",
	"releaseHold":          "no  yes no  no  no  no  no  no  in",
	"createCase":           "no  yes no  no  no  no  no  no  in",
	"listCases":            "no  yes no  no  no  no  no  no  in",
	"updateCase":           "no  yes no  no  no  no  no  no  in",
	"closeCase":            "no  yes no  no  no  no  no  no  in",
	"noteEffort":           "no  yes no  no  no  no  no  no  in",
	"getExtras":            "yes no  no  no  no  no  no  no  in",
	"setExtras":            "yes no  no  no  no  no  no  no  in",
	"listCandidates":       "no  yes no  no  no  no  no  no  in",
	"createSolicitation":   "no  yes no  no  no  no  no  no  in",
	"listSolicitations":    "yes yes no  no  no  no  no  no  in",
	"acceptSolicitation":   "yes no  no  no  no  no  no  no  in",
	"declineSolicitation":  "yes no  no  no  no  no  no  no  in",
	"withdrawSolicitation": "no  yes no  no  no  no  no  no  in",
	"createBooking":        "no  yes no  no  no  no  no  no  in",
	"listBookings":         "yes yes yes no  no  no  no  no  in",
	"getBooking":           "yes yes hid hid hid hid hid hid in",
	"cancelBooking":        "yes yes hid hid hid hid hid hid in",
	"recordOutcome":        "yes no  hid hid hid hid hid hid in",
	"getFillReport":        "no  no  no  yes yes no  yes yes in",
	"getUnmetReport":       "no  no  no  yes yes no  yes yes in",
	"getCallReport":        "no  no  no  yes yes no  yes yes in",
	"getWeekReport":        "no  no  no  yes yes no  yes yes in",
	"getCoverReport":       "no  no  no  yes yes no  yes yes in",
	"createMTRequest":      "yes yes yes no  no  yes no  no  in",
	"listMTRequests":       "yes yes yes yes no  yes no  no  in",
	"searchMTRequests":     "no  no  no  no  no  yes no  no  in",
	"importMTRequests":     "no  no  no  no  no  yes no  no  in",
	"getMTRequest":         "no  no  yes yes no  yes no  no  in",
	"updateMTRequest":      "no  no  no  no  no  yes no  no  in",
	"listMTEvents":         "no  no  yes yes no  yes no  no  in",
	"stepMTRequest":        "no  no  no  no  no  yes no  no  in",
	"listMTChoices":        "no  no  no  no  no  yes no  no  in",
	"listMTCapacities":     "yes no  no  yes no  yes no  no  in",
	"declareMTCapacity":    "yes no  no  no  no  yes no  no  in",
	"computeMTPlan":        "no  no  no  no  no  yes no  no  in",
	"getMTPlan":            "no  no  no  no  no  yes no  no  in",
	"sendMTOffers":         "no  no  no  no  no  yes no  no  in",
	"listMTOffers":         "yes no  no  no  no  yes no  no  in",
	"getMTOffer":           "yes no  no  no  no  yes no  no  in",
	"answerMTOffer":        "yes no  no  no  no  yes no  no  in",
	"withdrawMTOffer":      "no  no  no  no  no  yes no  no  in",
	"getAttributionReport": "no  no  no  yes yes yes yes yes in",
	"listDeclaredFigures":  "no  no  no  yes yes no  yes yes in",
	"declareFigure":        "no  no  no  yes no  no  no  no  in",
	"deleteDeclaredFigure": "hid hid hid yes hid hid hid hid in",
	"listCertificates":     "yes no  no  yes yes no  no  no  in",
	"getCertificate":       "hid no  no  hid hid no  no  no  in", // nobody came yet; see TestWhoReadsACertificate
	"listObjectives":       "no  no  no  yes yes no  yes yes in",
	"addObjective":         "no  no  no  yes no  no  no  no  in",
	"setObjective":         "no  no  no  yes no  no  no  no  in",
	"deleteObjective":      "no  no  no  yes no  no  no  no  in",
	"observeObjective":     "no  no  no  yes no  no  no  no  in",
	"listEvidence":         "no  no  no  yes yes no  yes no  in",
	"addEvidence":          "no  no  no  yes yes no  no  no  in",
	"readEvidence":         "no  no  no  yes yes no  yes no  in",
	"freezeMissionYear":    "no  no  no  yes no  no  no  no  in",
	"getDialogue":          "no  no  no  yes yes no  yes yes in",
	"getFundingContract":   "no  no  no  yes yes no  no  no  in",
	"getFundingCalendar":   "no  no  no  yes yes no  no  no  in",
	"listEnvelopes":        "no  no  no  yes yes no  no  no  in",
	"listFiscalYears":      "no  no  no  yes yes no  no  no  in",
	"proposeYearEnd":       "no  no  no  yes yes no  no  no  in",
	"listEntries":          "no  no  no  yes yes no  no  no  in",
	"getEntry":             "no  no  no  yes yes no  no  no  in",
	"getTotals":            "no  no  no  yes yes no  no  no  in",
	"listExpectations":     "no  no  no  yes yes no  no  no  in",
	"listIndemnities":      "no  no  no  yes yes no  no  no  in",
	"getBudget":            "no  no  no  yes yes no  no  no  in",
	"setFundingContract":   "no  no  no  no  yes no  no  no  in",
	"decideVariablePart":   "no  no  no  no  yes no  no  no  in",
	"openFiscalYear":       "no  no  no  no  yes no  no  no  in",
	"closeFiscalYear":      "no  no  no  no  yes no  no  no  in",
	"importEntries":        "no  no  no  no  yes no  no  no  in",
	"exportBooks":          "no  no  no  yes yes no  no  no  in",
	"postEntry":            "no  no  no  no  yes no  no  no  in",
	"reverseEntry":         "no  no  no  no  yes no  no  no  in",
	"receiveExpectation":   "no  no  no  no  yes no  no  no  in",
	"voidExpectation":      "no  no  no  no  yes no  no  no  in",
	"addBudgetLine":        "no  no  no  no  yes no  no  no  in",
	"setBudgetLine":        "no  no  no  no  yes no  no  no  in",
	"deleteBudgetLine":     "no  no  no  no  yes no  no  no  in",
	"listFeeds":            "yes yes yes yes yes yes yes yes in",
	"createFeed":           "yes no  no  no  no  no  no  no  in",
	"deleteFeed":           "yes hid hid hid hid hid hid hid in",
	"readFeed":             "yes yes yes yes yes yes yes yes yes",
	"startTraining":        "hid hid hid hid hid hid hid hid hid",
	"getTraining":          "hid hid hid hid hid hid hid hid in",
	"leaveTraining":        "hid hid hid hid hid hid hid hid in",
	"beginTask":            "hid hid hid hid hid hid hid hid in",
	"getAlerts":            "yes yes yes yes yes yes yes yes in",
	"setAlerts":            "yes yes yes yes yes yes yes yes in",
	"listNotices":          "yes yes yes yes yes yes yes yes in",
	"seeNotices":           "yes yes yes yes yes yes yes yes in",
	"getPushKey":           "yes yes yes yes yes yes yes yes in",
	"createSubscription":   "yes yes yes yes yes yes yes yes in",
	"listSubscriptions":    "yes yes yes yes yes yes yes yes in",
	"deleteSubscription":   "yes hid hid hid hid hid hid hid in",
	"sendTrial":            "yes yes yes yes yes yes yes yes in",
	"openLive":             "yes yes yes yes yes yes yes yes in",
}

func TestEveryCallForEveryRole(t *testing.T) {
	doc, err := openapi3.NewLoader().LoadFromFile("openapi.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for path, item := range doc.Paths.Map() {
		for method, op := range item.Operations() {
			t.Run(op.OperationID, func(t *testing.T) {
				declared := strings.Fields(rights[op.OperationID])
				if len(declared) != len(account.Roles())+1 {
					t.Fatalf("%d rights declared for %d roles and nobody", len(declared), len(account.Roles()))
				}
				s := openScene(t)
				for i, role := range append(account.Roles(), "nobody") {
					s.try(role, method, path, op.OperationID, declared[i])
				}
			})
		}
	}
}

// scene is a house in which something of every kind is there to be asked for.
type scene struct {
	*house
	slots                                         []api.Slot
	opening, kase, booking, feed, feedToken, hold string
	solicitation                                  string
	device                                        string
	pause                                         string
	figure                                        string
	seeker, offer                                 string
	objective, mistake, evidence                  string
	ledger                                        ledger
}

func openScene(t *testing.T) *scene {
	s := &scene{house: openHouse(t)}
	gp, regulator := s.signIn("gp"), s.signIn("regulator")
	opening := as[api.Opening](gp.post("/openings", s.house.opening()).want(http.StatusCreated))
	s.opening, s.slots = opening.Id, opening.Slots
	s.kase = as[api.Case](regulator.post("/cases", map[string]any{"territory": senart, "patient": patient("Zorglub")}).want(http.StatusCreated)).Id
	s.solicitation = s.solicited(gp, regulator)
	s.booking = as[api.Booking](regulator.call("POST", "/bookings", map[string]any{"slot": s.slots[0].Id, "patient": patient("Zorglub")},
		"Idempotency-Key", "scene-01").want(http.StatusCreated)).Id
	s.hold = as[api.Hold](regulator.post("/slots/"+s.slots[1].Id+"/holds", nil).want(http.StatusCreated)).Token
	s.pause = as[api.Pause](gp.post("/pauses", map[string]any{"from": "2027-07-01", "to": "2027-07-14"}).want(http.StatusCreated)).Id
	s.figure = as[api.DeclaredFigure](s.signIn("coordinator").post("/indicators/declared", declaredFigure(nil)).want(http.StatusCreated)).Id
	feed := as[api.CreatedFeed](gp.post("/feeds", map[string]any{"kind": "practitioner"}).want(http.StatusCreated))
	s.feed = feed.Id
	s.device = as[api.Subscription](gp.post("/push/subscriptions", subscription(s.t, "Téléphone", "scene")).want(http.StatusCreated)).Id
	s.seeker, s.offer = s.proposed(gp)
	s.ledger = s.keeps()
	s.objective, s.mistake = s.aims(nil).Id, s.aims(map[string]any{"code": "par-erreur"}).Id
	s.evidence = s.proves("feuille.csv", someCSV).Hash
	s.feedToken = strings.TrimSuffix(feed.Url[strings.LastIndex(feed.Url, "/")+1:], ".ics")
	return s
}

func (s *scene) try(role account.Role, method, path, op, declared string) {
	s.t.Helper()
	who := s.anyone()
	if role != "nobody" {
		who = s.signIn(string(role))
	}
	query, body := s.request(op, role)
	got := who.call(method, s.place(path, op)+query, body, "Idempotency-Key", "role-key-"+string(role))
	verdict := "yes"
	switch got.status {
	case http.StatusUnauthorized:
		verdict = "in"
	case http.StatusForbidden:
		verdict = "no"
	case http.StatusNotFound:
		verdict = "hid"
	}
	if verdict != declared || got.status == http.StatusInternalServerError {
		s.t.Errorf("%s by %s: %d %s, declared %s", op, role, got.status, got.body, declared)
	}
}

// place fills the path with what the scene has.
func (s *scene) place(path, op string) string {
	id := map[string]string{
		"getTerritory": senart, "updateOpening": s.opening, "deleteOpening": s.opening, "withdrawSlot": s.slots[2].Id, "restoreSlot": s.slots[2].Id,
		"createHold": s.slots[2].Id, "updateCase": s.kase, "closeCase": s.kase, "noteEffort": s.kase, "getBooking": s.booking, "cancelBooking": s.booking,
		"recordOutcome": s.booking, "deleteFeed": s.feed, "deleteSubscription": s.device,
		"skipOccurrence": s.opening, "unskipOccurrence": s.opening, "endPause": s.pause, "deleteDeclaredFigure": s.figure,
		"getCertificate": s.booking, "setObjective": s.objective, "observeObjective": s.objective, "deleteObjective": s.mistake,
		"getMTRequest": s.seeker, "updateMTRequest": s.seeker, "listMTEvents": s.seeker, "stepMTRequest": s.seeker, "listMTChoices": s.seeker,
		"getMTOffer": s.offer, "answerMTOffer": s.offer, "withdrawMTOffer": s.offer,
		"listCandidates": s.kase, "acceptSolicitation": s.solicitation, "declineSolicitation": s.solicitation, "withdrawSolicitation": s.solicitation,
	}[op]
	if of := s.ledger.id(op); of != "" {
		id = of
	}
	token := s.hold
	if op == "readFeed" {
		token = s.feedToken
	}
	if op == "freezeMissionYear" {
		path = strings.Replace(path, "{year}", "1", 1)
	}
	return strings.NewReplacer("{day}", "2026-11-23", "{id}", id, "{token}", token, "{number}", "1", "{hash}", s.evidence, "{year}", "2026", "{format}", "fec").Replace(path)
}

// request is the query and the body that op needs to be asked properly by the role.
func (s *scene) request(op string, role account.Role) (query string, body any) {
	if query, body, known := bookRequest(op); known {
		return query, body
	}
	side := "patient"
	if role == account.GP {
		side = "practitioner"
	}
	switch op {
	case "signIn":
		return "", map[string]any{"email": "regulator@relais.example", "password": password}
	case "listCommunes":
		return "?q=cesson", nil
	case "listCertificates":
		return "?territory=" + senart + "&practitioner=" + s.doctor.ID + "&month=2026-11-01", nil
	case "listObjectives", "listEvidence", "readEvidence", "freezeMissionYear":
		return "?territory=" + senart, nil
	case "getDialogue":
		return "?territory=" + senart + "&year=1", nil
	case "addObjective", "setObjective":
		return "", aim(map[string]any{"code": "code-" + strings.ReplaceAll(string(role), "_", "-")})
	case "observeObjective":
		return "", observed("5140")
	case "addEvidence":
		return "", document("feuille.csv", someCSV)
	case "importEntries":
		return "", bankFile(true, "10/03/2026;VIR CPAM;100,00;741")
	case "exportBooks":
		return "?territory=" + senart + "&year=2026", nil
	case "declareFigure":
		return "", declaredFigure(nil)
	case "listPractitioners", "listSlots", "listCases", "listDeclaredFigures", "listMTRequests", "listMTCapacities", "getMTPlan", "listMTOffers":
		return "?territory=" + senart, nil
	case "listOpenings":
		return "?practitioner=" + s.doctor.ID, nil
	case "getFillReport", "getUnmetReport", "getCallReport", "getWeekReport", "getCoverReport", "getAttributionReport":
		return "?territory=" + senart + "&from=2026-11-23&to=2026-11-29", nil
	case "createOpening":
		return "", s.house.opening()
	case "updateOpening":
		return "", map[string]any{"note": "sans rendez-vous"}
	case "createCase":
		return "", map[string]any{"territory": senart}
	case "updateCase":
		return "", map[string]any{"reason": "toux"}
	case "closeCase":
		return "", map[string]any{"outcome": "advice"}
	case "noteEffort":
		return "", map[string]any{"keys": 24, "conflicts": 1}
	case "skipOccurrence":
		return "", map[string]any{"day": "2026-11-23"}
	case "createPause":
		return "", map[string]any{"practitioner": s.doctor.ID, "from": "2027-08-01", "to": "2027-08-14"}
	case "listPauses":
		return "?practitioner=" + s.doctor.ID, nil
	case "setExtras":
		return "", map[string]any{"accepts": true}
	case "createSolicitation":
		return "", map[string]any{"case": s.kase, "nearest": 1, "minutes": 5}
	case "acceptSolicitation":
		return "", acceptance(s.house)
	case "createBooking":
		return "", map[string]any{"slot": s.slots[2].Id, "patient": patient("Bulgroz")}
	case "cancelBooking":
		return "", map[string]any{"by": side, "reason": "empêchement"}
	case "recordOutcome":
		return "", map[string]any{"outcome": "honoured"}
	case "createMTRequest":
		report := seeking("Bulgroz")
		if role == account.Regulator {
			report["origin"], report["case"] = "regulation", s.kase
		}
		return "", report
	case "searchMTRequests":
		return "", map[string]any{"territory": senart, "family": "Bulgroz"}
	case "importMTRequests":
		return "", map[string]any{"territory": senart, "file": "YSxiCg=="}
	case "updateMTRequest":
		return "", map[string]any{"synthesis": "Suivi régulier."}
	case "stepMTRequest":
		return "", map[string]any{"kind": "noted", "note": "Rappelé."}
	case "declareMTCapacity":
		return "", map[string]any{"territory": senart, "practitioner": s.doctor.ID, "places": 5}
	case "computeMTPlan":
		return "", map[string]any{"territory": senart}
	case "sendMTOffers":
		return "", sending(s.seeker, s.doctor.ID)
	case "answerMTOffer":
		return "", map[string]any{"kind": "call"}
	case "setAlerts":
		return "", map[string]any{"mail": true}
	case "seeNotices":
		return "", map[string]any{"ids": []string{"unknown"}}
	case "createSubscription":
		return "", subscription(s.t, "", "moving")
	case "createFeed":
		return "", map[string]any{"kind": "practitioner", "id": s.doctor.ID}
	}
	return "", nil
}

func TestAForeignTerritoryDoesNotExist(t *testing.T) {
	s := openScene(t)
	foreign := s.signIn("foreign")

	foreign.get("/slots?territory="+senart).refused(http.StatusForbidden, "account.forbidden")
	foreign.get("/territories/"+senart).refused(http.StatusForbidden, "account.forbidden")
	foreign.get("/practitioners?territory="+senart).refused(http.StatusForbidden, "account.forbidden")
	foreign.get("/cases?territory="+senart).refused(http.StatusForbidden, "account.forbidden")
	foreign.get("/bookings?territory="+senart).refused(http.StatusForbidden, "account.forbidden")
	foreign.get("/bookings/"+s.booking).refused(http.StatusNotFound, "regulation.booking_unknown")
	foreign.post("/slots/"+s.slots[2].Id+"/holds", nil).refused(http.StatusNotFound, "regulation.slot_unknown")
	foreign.post("/cases/"+s.kase+"/close", map[string]any{"outcome": "advice"}).refused(http.StatusNotFound, "regulation.case_unknown")
	foreign.get("/solicitations?territory="+senart).refused(http.StatusForbidden, "account.forbidden")
	foreign.get("/cases/"+s.kase+"/candidates").refused(http.StatusNotFound, "regulation.case_unknown")
	foreign.post("/solicitations/"+s.solicitation+"/withdraw", nil).refused(http.StatusNotFound, "regulation.solicitation_unknown")
	foreign.get("/mt/requests?territory="+senart).refused(http.StatusForbidden, "account.forbidden")
	foreign.get("/mt/requests/"+s.seeker).refused(http.StatusNotFound, "attribution.request_unknown")
	foreign.get("/mt/requests/"+s.seeker+"/events").refused(http.StatusNotFound, "attribution.request_unknown")
	nurse := s.signIn("foreign_nurse")
	nurse.get("/mt/requests/"+s.seeker).refused(http.StatusNotFound, "attribution.request_unknown")
	nurse.get("/mt/requests/"+s.seeker+"/choices").refused(http.StatusNotFound, "attribution.request_unknown")
	nurse.call("PATCH", "/mt/requests/"+s.seeker, map[string]any{"synthesis": "Rien."}).refused(http.StatusNotFound, "attribution.request_unknown")
	nurse.steps(s.seeker, "erased").refused(http.StatusNotFound, "attribution.request_unknown")
	nurse.get("/mt/offers/"+s.offer).refused(http.StatusNotFound, "attribution.offer_unknown")
	nurse.post("/mt/offers/"+s.offer+"/withdraw", nil).refused(http.StatusNotFound, "attribution.offer_unknown")
	nurse.post("/mt/offers", sending(s.seeker, s.doctor.ID)).refused(http.StatusForbidden, "account.forbidden")
	foreign.call("DELETE", "/holds/"+s.hold, nil).refused(http.StatusNotFound, "regulation.hold_unknown")
	foreign.call("POST", "/bookings", map[string]any{"hold": s.hold, "patient": patient("Zorglub")}, "Idempotency-Key", "foreign-1").
		refused(http.StatusNotFound, "regulation.hold_unknown")
}

func TestAForgedHoldTokenOpensNothing(t *testing.T) {
	s := openScene(t)
	colleague := s.signIn("regulator2")

	for _, token := range []string{"nonsense", s.hold + "x", senart + "~" + s.slots[1].Id + "~guess"} {
		colleague.post("/holds/"+token+"/extend", nil).refused(http.StatusNotFound, "regulation.hold_unknown")
		colleague.call("POST", "/bookings", map[string]any{"hold": token, "patient": patient("Bulgroz")}, "Idempotency-Key", "forged-01").
			refused(http.StatusNotFound, "regulation.hold_unknown")
	}
	// Nor does somebody else's real one.
	colleague.call("POST", "/bookings", map[string]any{"hold": s.hold, "patient": patient("Bulgroz")}, "Idempotency-Key", "stolen-01").
		refused(http.StatusNotFound, "regulation.hold_unknown")
}
