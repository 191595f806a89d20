package regulation_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/directory"
	"github.com/relais-snp/relais/internal/live"
	"github.com/relais-snp/relais/internal/live/memory"
	"github.com/relais-snp/relais/internal/live/redis"
	"github.com/relais-snp/relais/internal/live/redis/redistest"
	"github.com/relais-snp/relais/internal/regulation"
	"github.com/relais-snp/relais/internal/territory"
)

// BenchmarkNearest searches near one commune after the other among 100,000
// slots of 10,000 practitioners in 300 communes, and compares with ranking them
// all as read from the engine.
func BenchmarkNearest(b *testing.B) {
	for name, open := range map[string]func() live.Engine{
		"memory": func() live.Engine { return memory.New(time.Now) },
		"Redis": func() live.Engine {
			e, err := redis.New(redistest.URL(b), time.Now)
			if err != nil {
				b.Fatal(err)
			}
			b.Cleanup(func() { e.Close() })
			return e
		},
	} {
		b.Run(name, func(b *testing.B) {
			w := crowded(b, open())
			for _, free := range []bool{true, false} {
				b.Run(fmt.Sprintf("free=%v", free), func(b *testing.B) { w.search(b, free) })
			}
			b.Run("all", w.rankAll)
		})
	}
}

type crowd struct {
	still
	engine   live.Engine
	svc      *regulation.Service
	communes []territory.Commune
	now      time.Time
}

func crowded(b *testing.B, engine live.Engine) *crowd {
	b.Helper()
	home, _ := territory.Communes().ByINSEE(cesson)
	w := &crowd{engine: engine, communes: slices.Collect(territory.Communes().All()), now: time.Now().Truncate(time.Hour)}
	slices.SortFunc(w.communes, func(x, y territory.Commune) int {
		return territory.Between(home, x).Compare(territory.Between(home, y))
	})
	w.communes = w.communes[:300]
	w.ground = w.directory()
	epoch, err := engine.Begin(b.Context(), senart, w.now, 0)
	if err == nil {
		err = engine.Apply(b.Context(), senart, w.published()...)
	}
	if err == nil {
		_, err = engine.Ready(b.Context(), senart, epoch)
	}
	if err != nil {
		b.Fatal(err)
	}
	w.svc = w.service()
	w.svc.Store = nothing{}
	w.svc.Boards, w.svc.Now = live.NewMirrors(engine, time.Now), func() time.Time { return w.now }
	for range 10 { // the first look carries the territory over, which a busy machine may not do in time
		first, err := w.svc.Slots(b.Context(), rosa, regulation.BoardQuery{Territory: senart, Near: cesson, To: w.now.Add(7 * 24 * time.Hour)})
		if err == nil && !first.Degraded {
			return w
		}
	}
	b.Fatal("the engine does not give the territory out")
	return nil
}

// nothing is a record that is empty, for the looks that the engine fails.
type nothing struct{ regulation.Store }

func (nothing) Records(context.Context, regulation.SlotQuery) ([]agenda.Record, error) {
	return nil, nil
}

func (w *crowd) directory() *regulation.Ground {
	people, places := make([]directory.Practitioner, 10_000), make([]directory.Location, len(w.communes))
	for i, c := range w.communes {
		places[i] = directory.Location{ID: fmt.Sprintf("at-%d", i), Commune: c.INSEE}
	}
	for i := range people {
		people[i] = directory.Practitioner{ID: fmt.Sprintf("dr-%d", i), RPPS: directory.RPPS(fmt.Sprint(i))}
	}
	return regulation.GroundOf(people, places)
}

// published is ten slots a practitioner over a week, most of them taken.
func (w *crowd) published() []agenda.Record {
	records := make([]agenda.Record, 100_000)
	for i := range records {
		start := w.now.Add(time.Duration(i/10_000)*16*time.Hour + time.Duration(i*7%960)*time.Minute)
		records[i].Slot = agenda.Slot{ID: fmt.Sprintf("slot-%d", i), Territory: senart, Practitioner: fmt.Sprintf("dr-%d", i%10_000),
			Location: fmt.Sprintf("at-%d", i%10_000%len(w.communes)), Start: start, End: start.Add(15 * time.Minute),
			Modality: agenda.Cabinet, Audience: agenda.ForRegulation, Seats: 1, Revision: 1}
		if i%7 < 4 {
			records[i].Booked = []int{1}
		}
	}
	return records
}

func (w *crowd) search(b *testing.B, free bool) {
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		q := regulation.BoardQuery{Territory: senart, Near: string(w.communes[n%len(w.communes)].INSEE), FreeOnly: free, Limit: 200}
		board, err := w.svc.Slots(b.Context(), rosa, q)
		if err != nil || len(board.Items) != 200 {
			b.Fatal(len(board.Items), err)
		}
		n++
	}
}

// rankAll is the same search as its definition says it.
func (w *crowd) rankAll(b *testing.B) {
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		snap, err := w.engine.Snapshot(b.Context(), senart)
		if err != nil {
			b.Fatal(err)
		}
		caller := regulation.Caller{Commune: w.communes[n%len(w.communes)], Located: true}
		regulation.RankSlots(snap.States, w.ground, caller, w.now, 3)
		n++
	}
}
