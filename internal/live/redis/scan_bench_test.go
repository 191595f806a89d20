package redis

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/live/redis/redistest"
	"github.com/relais-snp/relais/internal/regulation"
)

// vastSlots are more than any territory has.
const vastSlots = 100_000

// BenchmarkVast does what concerns a whole territory of 100,000 slots. What
// matters to others is the longest that the server was busy with one command.
func BenchmarkVast(b *testing.B) {
	server := redistest.Start(b)
	e, err := New(server.URL, time.Now)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = e.Close() })
	const name = "cpts-immense"
	ctx := b.Context()
	fill := func() error { return vastFill(ctx, e, name, 1) }
	if err := fill(); err != nil {
		b.Fatal(err)
	}
	for _, c := range []struct {
		name string
		do   func() error
	}{
		{"fill", fill},
		{"snapshot", func() error { _, err := e.Snapshot(ctx, name); return err }},
		{"trim nothing", func() error { return e.Trim(ctx, name, time.Now().Add(-time.Hour)) }},
		{"begin over holds", func() error { return vastHolds(ctx, e, name) }},
		{"apply anew", func() error { return vastAnew(ctx, e, name) }},
		{"trim everything", func() error { return e.Trim(ctx, name, time.Now().Add(1000*time.Hour)) }},
	} {
		b.Run(c.name, func(b *testing.B) {
			server.Do(b, "CONFIG", "SET", "slowlog-log-slower-than", "100", "slowlog-max-len", "100000")
			server.Do(b, "SLOWLOG", "RESET")
			for b.Loop() {
				if err := c.do(); err != nil {
					b.Fatal(err)
				}
			}
			longest(b, server)
		})
	}
}

func vastRecords(name string, revision int64) []agenda.Record {
	records := make([]agenda.Record, vastSlots)
	start := time.Now().Add(time.Hour)
	for i := range records {
		at := start.Add(time.Duration(i%200) * time.Hour)
		records[i] = agenda.Record{Slot: agenda.Slot{ID: fmt.Sprintf("01990000-0000-7000-8000-%012d", i),
			Opening: "01990000-0000-7000-9000-000000000000", Territory: name, Practitioner: "01990000-0000-7000-a000-000000000000",
			Location: "01990000-0000-7000-b000-000000000000", Start: at, End: at.Add(20 * time.Minute),
			Modality: agenda.Cabinet, Audience: agenda.ForRegulation, Seats: 1, Revision: revision}}
	}
	return records
}

func vastFill(ctx context.Context, e *Engine, name string, revision int64) error {
	epoch, err := e.Begin(ctx, name, time.Now(), 0)
	if err != nil {
		return err
	}
	if err := vastApply(ctx, e, name, vastRecords(name, revision)); err != nil {
		return err
	}
	_, err = e.Ready(ctx, name, epoch)
	return err
}

// vastApply goes by a thousand, as the keeper does.
func vastApply(ctx context.Context, e *Engine, name string, records []agenda.Record) error {
	for i := 0; i < len(records); i += 1000 {
		if err := e.Apply(ctx, name, records[i:i+1000]...); err != nil {
			return err
		}
	}
	return nil
}

// vastHolds begins and fills a territory in which a thousand seats are held.
func vastHolds(ctx context.Context, e *Engine, name string) error {
	for i, r := range vastRecords(name, 1)[:1000] {
		_, err := e.Hold(ctx, regulation.HoldRequest{Token: regulation.TokenFor(name, r.Slot.ID, fmt.Sprint(i)), Territory: name, Slot: r.Slot.ID,
			By: fmt.Sprintf("rosa-%d", i), Name: "Rosa Fictive", Now: time.Now(), Until: time.Now().Add(time.Hour)})
		if err != nil {
			return err
		}
	}
	return vastFill(ctx, e, name, 1)
}

// vastAnew brings every slot of a territory that is ready to its next revision.
func vastAnew(ctx context.Context, e *Engine, name string) error {
	if err := vastFill(ctx, e, name, 1); err != nil {
		return err
	}
	return vastApply(ctx, e, name, vastRecords(name, 2))
}

// longest reports how long the server was busy with one command: mostly, and at
// most, which on a busy machine counts time that others had.
func longest(b *testing.B, server *redistest.Server) {
	entries, _ := server.Do(b, "SLOWLOG", "GET", "100000").([]any)
	took := []int64{0}
	for _, entry := range entries {
		took = append(took, entry.([]any)[2].(int64))
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2])/1000, "median-ms")
	b.ReportMetric(float64(took[len(took)*95/100])/1000, "p95-ms")
	b.ReportMetric(float64(took[len(took)-1])/1000, "longest-ms")
}
