package ical_test

import (
	"bytes"
	"fmt"
	"testing"
	"time"

	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/ical"
)

// thousand is a feed of 1000 events.
func thousand() agenda.Calendar {
	c := calendar("Europe/Paris")
	c.Stamp.Revision = "r1"
	first := entry("s", "2026-11-23 07:00")
	for i := range 1000 {
		e := first
		e.Slot = fmt.Sprintf("0197e0a1-%012d", i)
		e.Start = first.Start.Add(time.Duration(i) * 30 * time.Minute)
		e.End = e.Start.Add(30 * time.Minute)
		c.Entries = append(c.Entries, e)
	}
	return c
}

// BenchmarkFeedRaw is the bare twin: the same lines printed into a buffer.
func BenchmarkFeedRaw(b *testing.B) {
	c := thousand()
	for b.Loop() {
		var out bytes.Buffer
		out.WriteString("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Relais//Agenda SNP//FR\r\n")
		for _, e := range c.Entries {
			fmt.Fprintf(&out, "BEGIN:VEVENT\r\nUID:slot-%s@relais\r\nDTSTAMP:%s\r\nDTSTART;TZID=Europe/Paris:%s\r\nDTEND;TZID=Europe/Paris:%s\r\n",
				e.Slot, e.ChangedAt.Format("20060102T150405Z"), e.Start.In(c.Zone).Format("20060102T150405"), e.End.In(c.Zone).Format("20060102T150405"))
			fmt.Fprintf(&out, "SUMMARY:SNP libre\r\nLOCATION:%s\r\nSEQUENCE:%d\r\nSTATUS:CONFIRMED\r\nTRANSP:TRANSPARENT\r\nCLASS:PRIVATE\r\nEND:VEVENT\r\n", e.Place, e.Revision)
		}
		out.WriteString("END:VCALENDAR\r\n")
	}
}

// BenchmarkFeedFirst is a first render, built and checked by go-ical.
func BenchmarkFeedFirst(b *testing.B) {
	c := thousand()
	for b.Loop() {
		render(b, c)
	}
}

// BenchmarkFeedAgain is what every later request costs.
func BenchmarkFeedAgain(b *testing.B) {
	c := &content{calendar: thousand()}
	d := desk(c, ical.NewMemory(1<<24))
	ctx := b.Context()
	for b.Loop() {
		stamp, _ := d.Stamp(ctx, c.calendar.Feed)
		if body, _, err := d.Render(ctx, c.calendar.Feed, stamp, true); err != nil || len(body) == 0 {
			b.Fatal(err)
		}
	}
	if c.reads != 1 {
		b.Fatalf("%d renders", c.reads)
	}
}
