package ical_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"testing"

	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/ical"
)

// content is one feed and how often it was read.
type content struct {
	calendar agenda.Calendar
	reads    int
}

func (c *content) Find(context.Context, string) (agenda.Feed, error) { return c.calendar.Feed, nil }

func (c *content) Stamp(context.Context, agenda.Feed) (agenda.FeedStamp, error) {
	return c.calendar.Stamp, nil
}

func (c *content) Calendar(context.Context, agenda.Feed) (agenda.Calendar, error) {
	c.reads++
	return c.calendar, nil
}

func desk(c *content, cache ical.Cache) *ical.Desk {
	return ical.NewDesk(c, cache, link("https://relais.example"))
}

// ask does what a request does: stamp, then render.
func ask(t *testing.T, d *ical.Desk, feed agenda.Feed, packed bool) ([]byte, agenda.FeedStamp) {
	t.Helper()
	seen, err := d.Stamp(t.Context(), feed)
	if err != nil {
		t.Fatal(err)
	}
	body, shown, err := d.Render(t.Context(), feed, seen, packed)
	if err != nil {
		t.Fatal(err)
	}
	return body, shown
}

func TestAFeedIsRenderedOncePerRevision(t *testing.T) {
	c := &content{calendar: feeds()["practitioner"]}
	c.calendar.Stamp.Revision = "r1"
	d := desk(c, ical.NewMemory(1<<20))

	first, stamp := ask(t, d, c.calendar.Feed, false)
	again, same := ask(t, d, c.calendar.Feed, false)
	if !bytes.Equal(first, again) || stamp != same || c.reads != 1 {
		t.Errorf("%d reads", c.reads)
	}

	c.calendar.Entries, c.calendar.Stamp.Revision = c.calendar.Entries[:1], "r2"
	after, moved := ask(t, d, c.calendar.Feed, false)
	if bytes.Equal(first, after) || moved == stamp || c.reads != 2 {
		t.Errorf("after a change: %d reads", c.reads)
	}
}

func TestPackedBytesAreTheSameFeed(t *testing.T) {
	c := &content{calendar: feeds()["practitioner"]}
	d := desk(c, ical.NewMemory(1<<20))
	text, _ := ask(t, d, c.calendar.Feed, false)

	packed, _ := ask(t, d, c.calendar.Feed, true)

	r, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		t.Fatal(err)
	}
	unpacked, err := io.ReadAll(r)
	if err != nil || !bytes.Equal(unpacked, text) {
		t.Errorf("%d octets unpacked, %d plain, %v", len(unpacked), len(text), err)
	}
}

func TestTheStampIsOfWhatWasRead(t *testing.T) {
	c := &content{calendar: feeds()["practitioner"]}
	c.calendar.Stamp.Revision = "r1"
	d := desk(c, ical.NewMemory(1<<20))
	seen, _ := d.Stamp(t.Context(), c.calendar.Feed)
	c.calendar.Stamp.Revision = "r2" // moves between the two questions

	_, shown, err := d.Render(t.Context(), c.calendar.Feed, seen, false)

	now, _ := d.Stamp(t.Context(), c.calendar.Feed)
	if err != nil || shown != now || shown == seen {
		t.Errorf("shown %v, seen %v, now %v, %v", shown, seen, now, err)
	}
}

func TestAnotherAddressIsAnotherRevision(t *testing.T) {
	c := &content{calendar: feeds()["practitioner"]}
	here, _ := ask(t, desk(c, ical.NewMemory(1<<20)), c.calendar.Feed, false)
	if !bytes.Contains(here, []byte("URL:https://relais.example/phone\r\n")) {
		t.Error("a GP's feed does not lead to the phone")
	}
	one, _ := desk(c, ical.NewMemory(0)).Stamp(t.Context(), c.calendar.Feed)
	two, _ := ical.NewDesk(c, ical.NewMemory(0), link("https://other.example")).Stamp(t.Context(), c.calendar.Feed)
	if one == two {
		t.Error("feeds that link elsewhere share an ETag")
	}
}

func TestTheCacheKeepsOneRevisionOfAFeed(t *testing.T) {
	m := ical.NewMemory(100)
	m.Put(t.Context(), "f", "r1", octets(10))
	m.Put(t.Context(), "f", "r2", octets(20))

	if _, ok := m.Get(t.Context(), "f", "r1"); ok {
		t.Error("the old revision is still there")
	}
	if r, ok := m.Get(t.Context(), "f", "r2"); !ok || len(r.Plain) != 20 {
		t.Error("the new revision is not")
	}
}

func TestTheCacheForgetsWhatIsAskedForLeast(t *testing.T) {
	m := ical.NewMemory(100)
	for i := range 4 {
		m.Put(t.Context(), fmt.Sprint("f", i), "r", octets(25))
	}
	m.Get(t.Context(), "f0", "r")
	m.Put(t.Context(), "new", "r", octets(30))
	m.Put(t.Context(), "too large", "r", octets(101))

	for feed, want := range map[string]bool{"f0": true, "f1": false, "f2": false, "f3": true, "new": true, "too large": false} {
		if _, ok := m.Get(t.Context(), feed, "r"); ok != want {
			t.Errorf("%s kept: %v", feed, ok)
		}
	}
}

func octets(n int) ical.Rendered { return ical.Rendered{Plain: make([]byte, n)} }
