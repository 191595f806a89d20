package redis_test

import (
	"context"
	"fmt"
	"log/slog"
	"regexp"
	"strconv"
	"sync"
	"syscall"
	"testing"
	"time"

	goredis "github.com/redis/go-redis/v9"

	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/live"
	"github.com/relais-snp/relais/internal/live/redis/redistest"
)

// countrySlots are what 55,000 GPs publish for nine days, over all territories
// of the country.
const countrySlots = 275_000

// country is an SQL of as many slots per territory as a French one has.
type country struct{ records map[string][]agenda.Record }

func newCountry(territories int) (c country, names []string) {
	c.records = map[string][]agenda.Record{}
	start := time.Now().Add(time.Hour)
	for t := range territories {
		name := fmt.Sprintf("cpts-%03d", t)
		names = append(names, name)
		for i := range countrySlots / 800 {
			at := start.Add(time.Duration(i) * 20 * time.Minute)
			c.records[name] = append(c.records[name], agenda.Record{Slot: agenda.Slot{ID: fmt.Sprintf("01990000-0000-7000-8000-%06d%06d", t, i),
				Opening: "01990000-0000-7000-9000-000000000000", Territory: name, Practitioner: "01990000-0000-7000-a000-000000000000",
				Location: "01990000-0000-7000-b000-000000000000", Start: at, End: at.Add(20 * time.Minute),
				Modality: agenda.Cabinet, Audience: agenda.ForRegulation, Seats: 1, Revision: 1}})
		}
	}
	return c, names
}

func (c country) RecordsBetween(_ context.Context, territory string, _, _ time.Time) ([]agenda.Record, error) {
	return c.records[territory], nil
}

func (country) LastFence(context.Context, string, time.Time) (int64, error) { return 0, nil }

// BenchmarkKeep weighs a second of keeping: how often the keeper goes to Redis,
// and the processor time of both.
func BenchmarkKeep(b *testing.B) {
	for _, territories := range []int{1, 100, 800} {
		b.Run(strconv.Itoa(territories), func(b *testing.B) { keepSeconds(b, territories) })
	}
}

func keepSeconds(b *testing.B, territories int) {
	sql, names := newCountry(territories)
	server := redistest.Start(b)
	e := connect(b, server.URL, time.Now)
	keeper := live.NewKeeper(e, sql, func() []string { return names }, time.Now, slog.New(slog.DiscardHandler))
	keepAll(b, keeper, e, names)
	ctx, stop := context.WithCancel(b.Context())
	var runs sync.WaitGroup
	runs.Go(func() { keeper.Run(ctx) })
	defer runs.Wait()
	defer stop()
	b.ResetTimer()
	mine, theirs := processorTime(b), weighed(b, server)
	for range b.N {
		<-time.After(time.Second)
	}
	seconds := b.Elapsed().Seconds()
	after := weighed(b, server)
	b.ReportMetric((after.reads-theirs.reads)/seconds, "trips/s")
	b.ReportMetric((processorTime(b)-mine).Seconds()*1000/seconds, "ms/s")
	b.ReportMetric((after.cpu-theirs.cpu)*1000/seconds, "redis-ms/s")
}

// BenchmarkRebuild fills an empty Redis with the whole country.
func BenchmarkRebuild(b *testing.B) {
	sql, names := newCountry(800)
	for b.Loop() {
		b.StopTimer()
		server := redistest.Start(b)
		e := connect(b, server.URL, time.Now)
		keeper := live.NewKeeper(e, sql, func() []string { return names }, time.Now, slog.New(slog.DiscardHandler))
		before := processorTime(b)
		b.StartTimer()
		keepAll(b, keeper, e, names)
		b.StopTimer()
		after := weighed(b, server)
		b.ReportMetric((processorTime(b)-before).Seconds()*1000, "ms/op-own")
		b.ReportMetric(after.cpu*1000, "redis-ms/op")
		server.Kill(b)
		b.StartTimer()
	}
}

// keepAll keeps until every territory is there.
func keepAll(b *testing.B, keeper *live.Keeper, e live.Engine, names []string) {
	b.Helper()
	for left := names; len(left) > 0; left, _ = e.Lost(b.Context(), names...) {
		_ = keeper.Keep(b.Context()) // a turn ends after a while, and the next one goes on
	}
}

func processorTime(b *testing.B) time.Duration {
	b.Helper()
	var u syscall.Rusage
	must(b, syscall.Getrusage(syscall.RUSAGE_SELF, &u))
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// weight is what a server has done so far.
type weight struct{ reads, cpu float64 }

var measures = regexp.MustCompile(`(?m)^(total_reads_processed|used_cpu_sys|used_cpu_user):([0-9.]+)`)

func weighed(b *testing.B, server *redistest.Server) (w weight) {
	b.Helper()
	client := goredis.NewClient(&goredis.Options{Addr: server.Addr})
	defer client.Close()
	text, err := client.Info(b.Context(), "stats", "cpu").Result()
	must(b, err)
	for _, m := range measures.FindAllStringSubmatch(text, -1) {
		value, err := strconv.ParseFloat(m[2], 64)
		must(b, err)
		if m[1] == "total_reads_processed" {
			w.reads = value
		} else {
			w.cpu += value
		}
	}
	return w
}
