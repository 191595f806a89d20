package ical_test

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/directory"
	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/ical"
	"github.com/relais-snp/relais/internal/regulation"
	"github.com/relais-snp/relais/internal/store"
	"github.com/relais-snp/relais/internal/store/storetest"
	"github.com/relais-snp/relais/internal/territory"
)

const senart = "cpts-senart"

// planted is what must never leave with a feed, in the patient and around.
var planted = []string{"Fictif-Loriot", "Zénobie", "99000142", "99 00 01 42", "1951-02-03", "19510203", "Traitant-Fictif", "douleur thoracique", "voiture en panne"}

// surgery is a GP, a regulator and their feeds on a real record.
type surgery struct {
	*testing.T
	now       time.Time
	ids       int
	gp, rosa  account.Actor
	place     string
	openings  *agenda.Service
	bookings  *regulation.Service
	desk      *ical.Desk
	feedStore *agenda.Feeds
}

func newSurgery(t *testing.T, db *store.DB) *surgery {
	s := &surgery{T: t, now: time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)}
	where, err := territory.New(senart, "CPTS Sénart", "Europe/Paris", []string{"77067"})
	s.must(err)
	now, atlas := func() time.Time { return s.now }, atlas{where}
	s.openings = agenda.NewService(store.Agenda{DB: db}, away{}, away{}, atlas, now, s.id)
	s.bookings = &regulation.Service{Store: store.Regulation{DB: db}, Present: regulation.Away{}, Boards: regulation.Away{}, Deliverer: away{}, Notifier: away{},
		Territories: atlas, People: store.Directory{DB: db}, Rules: regulation.DefaultRules(), Now: now, NewID: s.id, NewSecret: s.id}
	s.feedStore = agenda.NewFeeds(store.Feeds{DB: db}, atlas, now, s.id)
	s.desk = ical.NewDesk(s.feedStore, ical.NewMemory(1<<20), link("https://relais.example"))
	s.people(db)
	return s
}

// people brings one GP with a cabinet in Cesson into the directory.
func (s *surgery) people(db *store.DB) {
	s.Helper()
	rpps, err := directory.RPPSWithKey("9990000001")
	s.must(err)
	im := directory.Importer{Store: store.Directory{DB: db}, NewID: s.id, By: "system", Now: time.Now, KnowsTerritory: func(string) bool { return true }, Territories: []string{senart}}
	_, err = im.Locations(s.Context(), strings.NewReader("nom,commune,code postal\nCabinet Orme,Cesson,77240\n"))
	s.must(err)
	_, err = im.Practitioners(s.Context(), strings.NewReader("rpps,nom,prenom,lieu,commune,code postal\n"+string(rpps)+",Orme,Iris,Cabinet Orme,Cesson,77240\n"))
	s.must(err)
	known, err := store.Directory{DB: db}.Practitioners(s.Context(), senart)
	s.must(err)
	if len(known) != 1 || len(known[0].Locations) != 1 {
		s.Fatalf("imported %+v", known)
	}
	s.place = known[0].Locations[0]
	s.gp = account.Actor{ID: "acc-gp", Name: "Dr Iris Orme", Roles: []account.Role{account.GP}, Territories: []string{senart}, Practitioner: known[0].ID}
	s.rosa = account.Actor{ID: "acc-rosa", Name: "Rosa", Roles: []account.Role{account.Regulator}, Territories: []string{senart}}
}

func (s *surgery) publish() []agenda.Record {
	s.Helper()
	start := s.now.Add(4 * time.Hour)
	_, records, err := s.openings.Publish(s.Context(), s.gp, agenda.Draft{Location: s.place, Start: start, End: start.Add(time.Hour), SlotMinutes: 20,
		Modality: agenda.Cabinet, Audience: agenda.ForRegulation, Note: "note: douleur thoracique"}, "")
	s.must(err)
	return records
}

func (s *surgery) book(slot string) regulation.Booking {
	s.Helper()
	b, err := s.bookings.Book(s.Context(), s.rosa, regulation.BookRequest{Slot: slot, Key: "key-" + s.id(), Reason: "douleur thoracique",
		Acknowledge: []string{regulation.AckSamePatient},
		Patient: regulation.Patient{Family: "Fictif-Loriot", Given: "Zénobie", BirthDate: civil.MustDate("1951-02-03"), Phone: "+33199000142",
			MT: regulation.MT{Status: regulation.MTHas, Name: "Traitant-Fictif"}}})
	s.must(err)
	return b
}

// feed makes a feed and returns how to ask for it.
func (s *surgery) feed(actor account.Actor, kind agenda.FeedKind) func() (string, agenda.FeedStamp) {
	s.Helper()
	_, token, err := s.feedStore.Create(s.Context(), actor, kind, "")
	s.must(err)
	return func() (string, agenda.FeedStamp) {
		s.Helper()
		feed, err := s.desk.Find(s.Context(), token)
		s.must(err)
		text, stamp := ask(s.T, s.desk, feed, false)
		return string(text), stamp
	}
}

func TestABookingMovesFeedsAndNobodyIsNamedInThem(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		s := newSurgery(t, db)
		own, whole := s.feed(s.gp, agenda.FeedOfPractitioner), s.feed(s.rosa, agenda.FeedOfTerritory)
		empty, nothing := own()
		slots := s.publish()
		free, published := own()
		kept := s.book(slots[0].Slot.ID)
		given := s.book(slots[1].Slot.ID)
		s.now = s.now.Add(time.Minute)
		_, err := s.bookings.Cancel(t.Context(), s.rosa, given.ID, regulation.ByPatient, "voiture en panne")
		s.must(err)

		mine, moved := own()
		all, _ := whole()
		for what, feed := range map[string]string{"empty": empty, "free": free, "own": mine, "CPTS": all} {
			for _, secret := range planted {
				if strings.Contains(strings.ToLower(feed), strings.ToLower(secret)) {
					t.Errorf("the %s feed holds %q", what, secret)
				}
			}
		}
		if nothing == published || published == moved {
			t.Errorf("stamps %v, %v, %v do not move", nothing, published, moved)
		}
		want := map[string]int{"SUMMARY:SNP libre": 2, "SUMMARY:SNP réservé": 1, "SUMMARY:SNP annulé": 1,
			"UID:booking-" + kept.ID: 1, "STATUS:CANCELLED": 1, "LOCATION:Cabinet Orme\\, Cesson": 4}
		for text, times := range want {
			if got := strings.Count(mine, text); got != times {
				t.Errorf("%q comes %d times, want %d", text, got, times)
			}
		}
		if strings.Contains(all, "Orme") || strings.Count(all, "BEGIN:VEVENT") != 3 || !strings.Contains(all, "LOCATION:Cesson\r\n") {
			t.Errorf("the CPTS's feed:\n%s", all)
		}
		if strings.Contains(empty, "VEVENT") || !bytes.HasSuffix([]byte(empty), []byte("END:VCALENDAR\r\n")) {
			t.Errorf("the empty feed:\n%s", empty)
		}
	})
}

func (s *surgery) id() string { s.ids++; return fmt.Sprintf("id-%05d", s.ids) }

func (s *surgery) must(err error) {
	s.Helper()
	if err != nil {
		s.Fatalf("%v %+v (because %v)", err, fault.Of(err).Fields, fault.Of(err).Unwrap())
	}
}

type atlas struct{ only territory.Territory }

func (a atlas) Territory(string) (territory.Territory, error) { return a.only, nil }

// away is the live side when there is none.
type away struct{}

func (away) Guard(context.Context, string, string, time.Time) error { return regulation.ErrEngineAway }
func (away) Deliver(context.Context, ...agenda.Announcement)        {}
func (away) Notify(context.Context, regulation.Notice)              {}
