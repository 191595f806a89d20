package proof_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/directory"
	"github.com/relais-snp/relais/internal/proof"
	"github.com/relais-snp/relais/internal/store"
	"github.com/relais-snp/relais/internal/store/storetest"
	"github.com/relais-snp/relais/internal/territory"
)

// A territory that no CPTS is as large as.
const (
	manyDoctors  = 10_000
	slotsADoctor = 10
	manyCommunes = 300
)

// BenchmarkSearch asks the real program for the slots nearest a commune, 50
// times a second for ten seconds whether it answers or not, among 100,000 slots
// of 10,000 practitioners. Times count from when a search was due; processor time
// is the program's own, which a busy machine does not change.
func BenchmarkSearch(b *testing.B) {
	for _, p := range []pair{small, large} {
		b.Run(p.engine, func(b *testing.B) {
			who, pid := raiseLargeTerritory(b, p)
			for b.Loop() {
				before := processorOf(pid)
				times := searches(b, who, 500, 20*time.Millisecond)
				b.ReportMetric((processorOf(pid)-before).Seconds()*1e3/float64(len(times)), "cpu-ms/search")
				slices.Sort(times)
				for _, share := range []int{50, 99} {
					b.ReportMetric(float64(times[len(times)*share/100])/1e6, fmt.Sprintf("p%d-ms", share))
				}
			}
		})
	}
}

// searches asks n times, one every so often, and returns how long each took.
func searches(b *testing.B, who *proof.Client, n int, every time.Duration) []time.Duration {
	communes, dice := communesAround(), rand.New(rand.NewPCG(3, 1))
	var all sync.WaitGroup
	times, failures := make([]time.Duration, n), make(chan error, n)
	began := time.Now()
	for i := range n {
		due := began.Add(time.Duration(i) * every)
		time.Sleep(time.Until(due))
		s := proof.Search{Territory: proof.Territory, Near: string(communes[dice.IntN(len(communes))].INSEE), Free: i%2 == 0, Limit: 200}
		all.Go(func() {
			found, err := who.Find(b.Context(), s)
			times[i] = time.Since(due)
			if err == nil && (found.Degraded || len(found.Slots) == 0) {
				err = fmt.Errorf("%d slots, degraded %v", len(found.Slots), found.Degraded)
			}
			failures <- err
		})
	}
	all.Wait()
	close(failures)
	for err := range failures {
		if err != nil {
			b.Fatal(err)
		}
	}
	return times
}

// raiseLargeTerritory starts the program on a record that was filled behind its
// back, and returns a regulator once the present carries it.
func raiseLargeTerritory(b *testing.B, p pair) (*proof.Client, int) {
	b.Helper()
	must := func(err error) {
		b.Helper()
		if err != nil {
			b.Fatal(err)
		}
	}
	bin, err := binary()
	must(err)
	folder, databaseURL, redisURL := b.TempDir(), "", ""
	if p.database == "PostgreSQL" {
		databaseURL = storetest.PostgresURL(b)
	}
	if p.engine == "Redis" {
		r, err := proof.NewRedis(folder, false)
		must(err)
		must(r.Start(b.Context()))
		b.Cleanup(r.Kill)
		redisURL = r.URL()
	}
	relais, err := proof.NewRelais(bin, folder, databaseURL, redisURL)
	must(err)
	must(relais.Account(b.Context(), "regulator1@essai.example", "regulator", proof.Territory))
	keys, err := store.ReadKeys(filepath.Join(folder, "data", "keys.json"))
	must(err)
	db, err := store.Open(b.Context(), store.Options{URL: databaseURL, Path: filepath.Join(folder, "data", "relais.db"), Keys: keys})
	must(err)
	must(fill(b.Context(), db))
	must(db.Close())
	must(relais.Start(b.Context()))
	b.Cleanup(relais.Kill)
	who, err := relais.SignIn(b.Context(), "regulator1@essai.example")
	must(err)
	for began := time.Now(); time.Since(began) < 2*time.Minute; {
		found, err := who.Find(b.Context(), proof.Search{Territory: proof.Territory, Near: "77067"})
		if must(err); !found.Degraded {
			return who, relais.PID()
		}
		time.Sleep(100 * time.Millisecond)
	}
	b.Fatal("the present never carried the territory: " + relais.Log())
	return nil, 0
}

// processorOf is the time that a running process has had; 0 where the system
// does not say.
func processorOf(pid int) (total time.Duration) {
	stat, _ := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	_, after, _ := strings.Cut(string(stat), ") ")
	if fields := strings.Fields(after); len(fields) > 13 { // utime and stime of proc(5), in hundredths
		for _, f := range fields[11:13] {
			n, _ := strconv.Atoi(f)
			total += time.Duration(n) * 10 * time.Millisecond
		}
	}
	return total
}

// communesAround are those nearest to Cesson, near and far.
func communesAround() []territory.Commune {
	home, _ := territory.Communes().ByINSEE("77067")
	all := slices.Collect(territory.Communes().All())
	slices.SortFunc(all, func(a, b territory.Commune) int {
		return territory.Between(home, a).Compare(territory.Between(home, b))
	})
	return all[:manyCommunes]
}

// fill writes doctors at work in their communes, and what they publish for a
// week.
func fill(ctx context.Context, db *store.DB) error {
	var doctors []directory.Practitioner
	err := store.Directory{DB: db}.InTx(ctx, func(ctx context.Context, tx directory.Tx) error {
		for i, c := range communesAround() {
			l := directory.Location{ID: fmt.Sprintf("at-%d", i), Name: fmt.Sprintf("Cabinet fictif %d", i), Commune: c.INSEE}
			if err := tx.SaveLocation(ctx, l); err != nil {
				return err
			}
		}
		for i := range manyDoctors {
			d := directory.Practitioner{ID: fmt.Sprintf("dr-%05d", i), RPPS: directory.RPPS(fmt.Sprintf("999%08d", i)), Family: "Fictif", Given: "Ada",
				Profession: directory.Physician, Territories: []string{proof.Territory}, Locations: []string{fmt.Sprintf("at-%d", i%manyCommunes)}}
			if err := tx.SavePractitioner(ctx, d); err != nil {
				return err
			}
			doctors = append(doctors, d)
		}
		return nil
	})
	if err != nil {
		return err
	}
	start := time.Now().Truncate(time.Hour).Add(time.Hour)
	for some := range slices.Chunk(doctors, 1000) {
		err := store.Agenda{DB: db}.InTx(ctx, func(ctx context.Context, tx agenda.Tx) error {
			for _, d := range some {
				if err := publishWeek(ctx, tx, d, start); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// publishWeek gives a doctor a slot every sixteen hours, at no hour of all.
func publishWeek(ctx context.Context, tx agenda.Tx, d directory.Practitioner, start time.Time) error {
	start = start.Add(rand.N(16 * time.Hour).Truncate(5 * time.Minute))
	o := agenda.Opening{ID: "of-" + d.ID, Territory: proof.Territory, Practitioner: d.ID, Location: d.Locations[0],
		Start: start, End: start.Add(15 * time.Minute), SlotMinutes: 15, Modality: agenda.Cabinet, Audience: agenda.ForRegulation,
		CreatedAt: start, CreatedBy: "system", MaterialisedTo: civil.DateOf(start, time.UTC).AddDays(8)}
	if err := tx.SaveOpening(ctx, o); err != nil {
		return err
	}
	slots := make([]agenda.Slot, slotsADoctor)
	for i := range slots {
		at := start.Add(time.Duration(i) * 16 * time.Hour)
		slots[i] = agenda.Slot{ID: fmt.Sprintf("%s-%d", d.ID, i), Opening: o.ID, Territory: o.Territory, Practitioner: d.ID, Location: o.Location,
			Start: at, End: at.Add(15 * time.Minute), Modality: o.Modality, Audience: o.Audience, Seats: 1}
	}
	_, err := tx.AddSlots(ctx, slots)
	return err
}
