package agenda_test

import (
	"crypto/sha256"
	"encoding/base64"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/agenda"
)

func (h *house) feeds(t *testing.T) *agenda.Feeds {
	return agenda.NewFeeds(h.record, places(t), func() time.Time { return h.now }, counter())
}

func TestAFeedsTokenIsShownOnceAndKeptHashed(t *testing.T) {
	h := open(t)
	feeds := h.feeds(t)

	feed, token, err := feeds.Create(t.Context(), martin(), agenda.FeedOfPractitioner, "")
	if err != nil {
		t.Fatal(err)
	}

	secret, err := base64.RawURLEncoding.DecodeString(token)
	if err != nil || len(secret) != 16 {
		t.Fatalf("token of %d bytes, %v", len(secret), err)
	}
	if hash := sha256.Sum256(secret); !cmp.Equal(hash[:], feed.TokenHash) {
		t.Error("the record does not keep the hash of the token")
	}
	found, err := feeds.Find(t.Context(), token)
	if err != nil || found.ID != feed.ID || found.Target != "dr-martin" || found.Territory != "cpts-senart" {
		t.Errorf("found %+v %v", found, err)
	}
	listed, err := feeds.List(t.Context(), martin())
	if err != nil || len(listed) != 1 {
		t.Errorf("listed %+v %v", listed, err)
	}
}

func TestARevokedFeedIsUnknown(t *testing.T) {
	h := open(t)
	feeds := h.feeds(t)
	feed, token, _ := feeds.Create(t.Context(), martin(), agenda.FeedOfPractitioner, "")

	wantReason(t, feeds.Revoke(t.Context(), regulator(), feed.ID), "feed.unknown")
	for range 2 {
		if err := feeds.Revoke(t.Context(), martin(), feed.ID); err != nil {
			t.Fatal(err)
		}
	}

	_, err := feeds.Find(t.Context(), token)
	wantReason(t, err, "feed.unknown")
	for _, forged := range []string{"", "x", token + "A", base64.RawURLEncoding.EncodeToString(make([]byte, 16))} {
		_, err := feeds.Find(t.Context(), forged)
		wantReason(t, err, "feed.unknown")
	}
	if listed, _ := feeds.List(t.Context(), martin()); len(listed) != 0 {
		t.Errorf("listed %+v", listed)
	}
	if n := len(h.record.audited); n != 2 {
		t.Errorf("%d audit entries", n)
	}
}

func TestWhoMayHaveAFeed(t *testing.T) {
	h := open(t)
	feeds := h.feeds(t)
	observer := account.Actor{ID: "acc-o", Roles: []account.Role{account.Observer}, Territories: []string{"cpts-senart"}}
	for _, tc := range []struct {
		name, target, want string
		actor              account.Actor
		kind               agenda.FeedKind
	}{
		{"own", "dr-martin", "", martin(), agenda.FeedOfPractitioner},
		{"another's", "dr-martin", "account.forbidden", regulator(), agenda.FeedOfPractitioner},
		{"none of one's own", "", "agenda.invalid", regulator(), agenda.FeedOfPractitioner},
		{"own CPTS", "", "", regulator(), agenda.FeedOfTerritory},
		{"another CPTS", "cpts-ouest", "account.forbidden", regulator(), agenda.FeedOfTerritory},
		{"no CPTS", "cpts-nowhere", "territory.unknown", regulator(), agenda.FeedOfTerritory},
		{"an observer", "", "account.forbidden", observer, agenda.FeedOfTerritory},
		{"unknown kind", "", "agenda.invalid", martin(), "everything"},
	} {
		_, _, err := feeds.Create(t.Context(), tc.actor, tc.kind, tc.target)
		if wantReason(t, err, tc.want); err != nil {
			t.Logf("%s: %v", tc.name, err)
		}
	}
}

func TestAFeedOfADoctorOfTwoTerritories(t *testing.T) {
	h := open(t)
	doctor := h.record.practitioners["dr-martin"]
	doctor.Territories = []string{"cpts-ouest", "cpts-senart"}
	h.record.practitioners["dr-martin"] = doctor

	feed, _, err := h.feeds(t).Create(t.Context(), martin(), agenda.FeedOfPractitioner, "")

	if err != nil || feed.Territory != "cpts-senart" {
		t.Errorf("%+v, %v", feed, err)
	}
}

func TestFeedsOfAnAccountAreBounded(t *testing.T) {
	h := open(t)
	feeds := h.feeds(t)
	for range agenda.MaxFeeds {
		if _, _, err := feeds.Create(t.Context(), martin(), agenda.FeedOfPractitioner, ""); err != nil {
			t.Fatal(err)
		}
	}
	_, _, err := feeds.Create(t.Context(), martin(), agenda.FeedOfPractitioner, "")
	wantReason(t, err, "feed.limit")
}

func TestCalendarOfAPractitioner(t *testing.T) {
	h := open(t)
	feeds := h.feeds(t)
	feed, _, _ := feeds.Create(t.Context(), martin(), agenda.FeedOfPractitioner, "")
	_, range3 := h.publish(t, afternoon(func(d *agenda.Draft) { d.SlotMinutes, d.Seats = 0, 3 }))
	_, single := h.publish(t, afternoon(from("2026-11-24 10:00", "2026-11-24 11:00")))
	h.seat(range3[0].Slot.ID, agenda.FeedBooking{ID: "b1", Seat: 1, Revision: 1, ChangedAt: h.now}, h.now)
	h.seat(single[0].Slot.ID, agenda.FeedBooking{ID: "b2", Seat: 1, Revision: 2, ChangedAt: h.now, CancelledAt: h.now}, h.now)
	if _, err := h.Withdraw(t.Context(), martin(), single[1].Slot.ID); err != nil {
		t.Fatal(err)
	}

	c, err := feeds.Calendar(t.Context(), feed)
	if err != nil {
		t.Fatal(err)
	}

	if c.Name != "SNP · Dr Ada Martin" || c.Zone.String() != "Europe/Paris" {
		t.Errorf("%q in %s", c.Name, c.Zone)
	}
	want := []string{"free range 2", "booked b1 seat 1", "free single 1", "cancelled b2 seat 1"}
	if diff := cmp.Diff(want, told(c, map[string]string{range3[0].Slot.ID: "range", single[0].Slot.ID: "single"})); diff != "" {
		t.Error(diff)
	}
	if c.Entries[0].Place != "Maison de santé, Lieusaint" {
		t.Errorf("place %q", c.Entries[0].Place)
	}

	// A cancelled booking goes after 30 days, a free slot of yesterday at once.
	h.now = h.now.AddDate(0, 0, 30)
	if c, _ = feeds.Calendar(t.Context(), feed); len(c.Entries) != 2 {
		t.Errorf("30 days later: %v", told(c, nil))
	}
	h.now = h.now.AddDate(0, 0, 1)
	if c, _ = feeds.Calendar(t.Context(), feed); len(c.Entries) != 0 {
		t.Errorf("31 days later: %v", told(c, nil))
	}
}

func told(c agenda.Calendar, names map[string]string) (out []string) {
	for _, e := range c.Entries {
		if e.State == agenda.EntryFree {
			out = append(out, "free "+names[e.Slot]+" "+string(rune('0'+e.Free)))
		} else {
			out = append(out, string(e.State)+" "+e.Booking+" seat "+string(rune('0'+e.Seat)))
		}
	}
	return out
}

func TestCalendarOfATerritoryNamesNobody(t *testing.T) {
	h := open(t)
	feeds := h.feeds(t)
	feed, _, _ := feeds.Create(t.Context(), regulator(), agenda.FeedOfTerritory, "")
	_, records := h.publish(t, afternoon())
	h.seat(records[0].Slot.ID, agenda.FeedBooking{ID: "b1", Seat: 1, Revision: 2, CancelledAt: h.now}, h.now)

	c, err := feeds.Calendar(t.Context(), feed)

	if err != nil || c.Name != "SNP · CPTS Sénart" || len(c.Entries) != 4 {
		t.Fatalf("%q %v %v", c.Name, told(c, nil), err)
	}
	for _, e := range c.Entries {
		if e.Place != "Lieusaint" || e.State != agenda.EntryFree {
			t.Errorf("%+v", e)
		}
	}
}

func TestAStampMovesWithTheContentOnly(t *testing.T) {
	h := open(t)
	feeds := h.feeds(t)
	feed, _, _ := feeds.Create(t.Context(), martin(), agenda.FeedOfPractitioner, "")
	_, records := h.publish(t, afternoon())
	seen := map[string]string{}
	stamp := func(what string, moved bool) {
		t.Helper()
		s, err := feeds.Stamp(t.Context(), feed)
		if err != nil {
			t.Fatal(err)
		}
		if before, known := seen[s.Revision]; known == moved {
			t.Errorf("%s: moved %v, revision also of %q", what, !known, before)
		}
		seen[s.Revision] = what
		if c, _ := feeds.Calendar(t.Context(), feed); c.Stamp != s {
			t.Errorf("%s: the calendar's stamp is another", what)
		}
	}

	stamp("at first", true)
	h.now = h.now.Add(time.Hour)
	stamp("an hour later", false)
	h.seat(records[0].Slot.ID, agenda.FeedBooking{ID: "b1", Seat: 1, Revision: 1}, h.now)
	stamp("booked", true)
	location := h.record.locations["loc-lieusaint"]
	location.Name = "Pôle de santé"
	h.record.locations["loc-lieusaint"] = location
	stamp("renamed", true)
	h.now = h.now.AddDate(0, 0, 1)
	stamp("the next day", true)
}
