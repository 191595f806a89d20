package app

import (
	"context"
	"crypto/rand"
	"embed"
	"errors"
	"log/slog"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/alexedwards/scs/v2/memstore"
	"github.com/prometheus/client_golang/prometheus"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/config"
	"github.com/relais-snp/relais/internal/indicator"
	"github.com/relais-snp/relais/internal/live/memory"
	"github.com/relais-snp/relais/internal/store"
	"github.com/relais-snp/relais/internal/territory"
	"github.com/relais-snp/relais/internal/training"
	"github.com/relais-snp/relais/internal/web"
)

// schoolhouse is the small house of the entraînement: the service as it is, over
// a record in a folder that goes with it.
type schoolhouse struct {
	*house
	school *training.School
	door   *web.Server
	stop   context.CancelFunc
	work   sync.WaitGroup
	done   chan struct{} // closed once it is let go
}

// dismissWithin is how long a line outlives its training.
const dismissWithin = 5 * time.Second

// openSchoolhouse makes the house. Of the real one it has the settings of
// regulation and nothing else: neither its record, nor its engine, nor its keys.
func openSchoolhouse(cfg config.Config, log *slog.Logger, address string) (*schoolhouse, error) {
	dir, err := os.MkdirTemp("", houseFolder)
	if err != nil {
		return nil, err
	}
	release, err := lockFolder(dir)
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	cfg.DataDir, cfg.DatabaseURL, cfg.RedisURL, cfg.DataKeyFile, cfg.ProfessionalsBook = dir, "", "", "", nil
	ctx, stop := context.WithCancel(context.Background())
	s := &schoolhouse{stop: stop, done: make(chan struct{}),
		house: &house{cfg: cfg, log: log, closers: []func() error{release, func() error { return os.RemoveAll(dir) }}}}
	if err := s.furnish(ctx, address); err != nil {
		stop()
		return nil, errors.Join(err, s.house.close())
	}
	s.work.Go(func() { s.house.work(ctx) })
	s.work.Go(func() { s.school.Run(ctx) })
	return s, nil
}

func (s *schoolhouse) furnish(ctx context.Context, address string) (err error) {
	keys, err := store.NewKeys() // in memory only: what is sealed in the folder is lost with the process
	if err != nil {
		return err
	}
	path := filepath.Join(s.cfg.DataDir, "relais.db")
	if s.db, err = store.Open(ctx, store.Options{Path: path, Keys: keys, Fleeting: true, Now: now}); err != nil {
		return err
	}
	s.closers = append(s.closers, s.db.Close)
	if err := s.db.Migrate(ctx); err != nil {
		return err
	}
	engine := memory.New(now)
	lands := &trainingLands{db: s.db, engine: engine, open: map[string]territory.Territory{}}
	s.engine, s.atlas = engine, lands
	s.wire(indicator.Rules{})
	s.school = training.NewSchool(training.House{Lands: lands, Directory: store.Directory{DB: s.db},
		Openings: s.openings, Regulation: s.regulation}, now, newID, newLandSecret)
	s.door, err = s.hang(ctx, address)
	return err
}

// hang is the door of the house: the real one's, with the trainees for accounts
// and a witness at the desk.
func (s *schoolhouse) hang(ctx context.Context, address string) (*web.Server, error) {
	face, err := s.face(ctx, address)
	if err != nil {
		return nil, err
	}
	desk := training.Desk{Service: s.regulation, School: s.school}
	face.Board, face.Holds, face.Cases, face.Bookings, face.Solicitations = desk, desk, desk, desk, desk
	face.Accounts, face.Training = trainees{s.school}, s.school
	sessions := memstore.NewWithCleanupInterval(0) // few, and gone with the house; its cleaner could not be stopped safely
	face.Sessions, face.SessionLife, face.RecheckEvery = sessions, training.Life, dismissWithin
	face.Simulated, face.Metrics, face.Pages = true, prometheus.NewRegistry(), embed.FS{}
	return web.New(face)
}

func (s *schoolhouse) hangUp() {
	s.door.Close()
	s.hub.Close()
}

// close ends the work and removes the record with its folder.
func (s *schoolhouse) close() error {
	close(s.done)
	s.stop()
	s.work.Wait()
	return s.house.close()
}

// newLandSecret makes 80 random bits in lower-case letters and digits.
func newLandSecret() string { return strings.ToLower(rand.Text()[:16]) }

// trainees are the accounts of the house: those of the school, whom nobody may
// sign in as.
type trainees struct{ school *training.School }

// SignIn refuses everybody: a training is started, not signed in to.
func (trainees) SignIn(context.Context, string, string, netip.Addr) (account.Actor, error) {
	return account.Actor{}, account.ErrBadCredentials
}

// Actor returns the trainee of an id, or account.ErrSignInRequired.
func (t trainees) Actor(_ context.Context, id string, _ time.Time) (account.Actor, error) {
	return t.school.Actor(id)
}

// Names returns the display names of those who act in trainings.
func (t trainees) Names(_ context.Context, ids ...string) (map[string]string, error) {
	return t.school.Names(ids...), nil
}
