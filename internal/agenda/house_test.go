package agenda_test

import (
	"errors"
	"testing"
	"time"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/directory"
	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/territory"
)

var paris = zone("Europe/Paris")

// house is agenda with everything around it, at one moment.
type house struct {
	*agenda.Service
	record    *record
	present   *present
	delivered *delivered
	now       time.Time
}

// open starts a house on Monday 23 November 2026 at 09:00 in Paris, with
// Dr Martin, who works at one practice in Lieusaint.
func open(t *testing.T) *house {
	t.Helper()
	h := &house{record: newRecord(), present: &present{held: map[string]agenda.HeldDetail{}}, delivered: &delivered{}, now: at("2026-11-23 09:00")}
	h.record.locations["loc-lieusaint"] = directory.Location{ID: "loc-lieusaint", Name: "Maison de santé", Commune: "77251"}
	h.record.locations["loc-other"] = directory.Location{ID: "loc-other", Name: "Autre cabinet", Commune: "77251"}
	h.record.practitioners["dr-martin"] = directory.Practitioner{
		ID: "dr-martin", Given: "Ada", Family: "Martin", Profession: directory.Physician,
		Territories: []string{"cpts-senart"}, Locations: []string{"loc-lieusaint"},
	}
	h.Service = agenda.NewService(h.record, h.present, h.delivered, places(t), func() time.Time { return h.now }, counter())
	return h
}

func places(t testing.TB) territories {
	t.Helper()
	senart, err := territory.New("cpts-senart", "CPTS Sénart", "", []string{"77251", "77445"})
	if err != nil {
		t.Fatal(err)
	}
	reunion, err := territory.New("cpts-ouest", "CPTS Ouest Réunion", "", []string{"97415"})
	if err != nil {
		t.Fatal(err)
	}
	return territories{"cpts-senart": senart, "cpts-ouest": reunion}
}

func martin() account.Actor {
	return account.Actor{ID: "acc-martin", Name: "Dr Martin", Roles: []account.Role{account.GP},
		Territories: []string{"cpts-senart"}, Practitioner: "dr-martin"}
}

func regulator() account.Actor {
	return account.Actor{ID: "acc-reg", Name: "Régulation", Roles: []account.Role{account.Regulator}, Territories: []string{"cpts-senart"}}
}

// afternoon is a draft for today, 14:00 to 16:00, in slots of 30 minutes.
func afternoon(turns ...func(*agenda.Draft)) agenda.Draft {
	d := agenda.Draft{
		Location: "loc-lieusaint", Start: at("2026-11-23 14:00"), End: at("2026-11-23 16:00"), SlotMinutes: 30,
		Modality: agenda.Cabinet, Audience: agenda.ForRegulation,
	}
	for _, turn := range turns {
		turn(&d)
	}
	return d
}

// weekly repeats a draft on weekdays until a day.
func weekly(until string, weekdays ...int) func(*agenda.Draft) {
	return func(d *agenda.Draft) {
		d.Repeat = &agenda.Repeat{Weekdays: weekdays, Until: civil.MustDate(until)}
	}
}

func from(start, end string) func(*agenda.Draft) {
	return func(d *agenda.Draft) { d.Start, d.End = at(start), at(end) }
}

// publish publishes as Dr Martin and fails the test when it is refused.
func (h *house) publish(t *testing.T, d agenda.Draft) (agenda.Opening, []agenda.Record) {
	t.Helper()
	o, records, err := h.Publish(t.Context(), martin(), d, "")
	if err != nil {
		t.Fatalf("publish: %v %+v", err, fault.Of(err).Fields)
	}
	return o, records
}

func (h *house) book(slot string, seats ...int) {
	r := h.record.slots[slot]
	r.Booked = seats
	r.Slot.Revision++
	h.record.slots[slot] = r
}

func at(s string) time.Time {
	t, err := time.ParseInLocation("2006-01-02 15:04", s, paris)
	if err != nil {
		panic(err)
	}
	return t
}

func zone(name string) *time.Location {
	loc, err := civil.LoadZone(name)
	if err != nil {
		panic(err)
	}
	return loc
}

func wantReason(t *testing.T, err error, reason string) {
	t.Helper()
	if fault.Reason(err) != reason {
		t.Fatalf("got %v, want reason %q", err, reason)
	}
}

func wantFields(t *testing.T, err error, want ...string) {
	t.Helper()
	var f *fault.Error
	if !errors.As(err, &f) {
		t.Fatalf("got %v, want a fault", err)
	}
	got := map[string]bool{}
	for _, field := range f.Fields {
		got[field.Name+" "+field.Reason] = true
	}
	for _, w := range want {
		if !got[w] {
			t.Errorf("missing field %q in %v", w, f.Fields)
		}
	}
	if len(f.Fields) != len(want) {
		t.Errorf("got %d fields %v, want %d", len(f.Fields), f.Fields, len(want))
	}
}

// clocks lists the starts of records as a clock in Paris shows them.
func clocks(records []agenda.Record) []string {
	var out []string
	for _, r := range records {
		out = append(out, r.Slot.Start.In(paris).Format("01-02 15:04"))
	}
	return out
}
