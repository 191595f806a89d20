package app

import (
	"context"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/config"
	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/web"
)

// errTraining says that the small house cannot be made: no room for its folder.
var errTraining = fault.New(fault.Unavailable, "training.unavailable", "L’entraînement ne peut pas s’ouvrir pour l’instant. Réessayez dans quelques minutes.")

// academy keeps the house of the entraînement: made for the first trainee,
// closed after the last, and never near the real one. All they share is the
// listener.
type academy struct {
	make func() (*schoolhouse, error)
	log  *slog.Logger

	mu     sync.Mutex
	house  *schoolhouse // nil while nobody trains
	flying sync.WaitGroup
	left   bool // no house is made any more
}

// lookEvery is how often an academy looks whether anybody is left.
const lookEvery = 30 * time.Second

func newAcademy(cfg config.Config, log *slog.Logger, address string) *academy {
	clearLeftovers(now())
	quiet := slog.New(onlyWarnings{log.Handler()}).With("training", true)
	return &academy{log: log, make: func() (*schoolhouse, error) { return openSchoolhouse(cfg, quiet, address) }}
}

// beside serves the API of the entraînement below its path and leaves every
// other address to the real door, which has the page.
func (a *academy) beside(door http.Handler) http.Handler {
	below := http.StripPrefix(web.TrainingPath, http.HandlerFunc(a.serve))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, web.TrainingPath+"/api/v1/") {
			below.ServeHTTP(w, r)
			return
		}
		door.ServeHTTP(w, r)
	})
}

// serve answers from the house, which the first trainee's start opens.
func (a *academy) serve(w http.ResponseWriter, r *http.Request) {
	starting := r.Method == http.MethodPost && r.URL.Path == "/api/v1/training"
	house, err := a.enter(starting)
	if err != nil {
		web.RefuseTraining(w, err)
		return
	}
	defer a.flying.Done()
	house.door.ServeHTTP(w, r)
}

// enter finds the house, or opens it; the caller is in it until flying is done.
func (a *academy) enter(starting bool) (*schoolhouse, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	switch {
	case a.house != nil:
	case a.left || !starting:
		return nil, account.ErrSignInRequired
	default:
		house, err := a.make()
		if err != nil {
			return nil, errTraining.Because(err)
		}
		a.house = house
		go a.watch(house)
	}
	a.flying.Add(1)
	return a.house, nil
}

// watch closes the house once nobody has trained for a while.
func (a *academy) watch(house *schoolhouse) {
	every := time.NewTicker(lookEvery)
	defer every.Stop()
	for empty := 0; empty < 2; {
		select {
		case <-house.done:
			return
		case <-every.C:
			empty++
			if !house.school.Empty() {
				empty = 0
			}
		}
	}
	a.empty(house)
}

// empty closes the house unless somebody has come in meanwhile.
func (a *academy) empty(house *schoolhouse) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.house != house {
		return
	}
	if !house.school.Empty() {
		go a.watch(house)
		return
	}
	a.end()
}

// end lets go of the house; the caller has the lock, so nobody enters meanwhile.
func (a *academy) end() {
	house := a.house
	a.house = nil
	if house == nil {
		return
	}
	house.hangUp()
	a.flying.Wait()
	if err := house.close(); err != nil {
		a.log.Warn("the house of the entraînement did not close", "err", err)
	}
}

// hangUp ends the live lines, which net/http does not know.
func (a *academy) hangUp() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.left = true
	if a.house != nil {
		a.house.hangUp()
	}
}

// close ends everything, for good.
func (a *academy) close() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.left = true
	a.end()
}

// onlyWarnings drops what the real log would drown in: every trainee asks once a
// second.
type onlyWarnings struct{ slog.Handler }

func (h onlyWarnings) Enabled(ctx context.Context, level slog.Level) bool {
	return level >= slog.LevelWarn && h.Handler.Enabled(ctx, level)
}

func (h onlyWarnings) WithAttrs(attrs []slog.Attr) slog.Handler {
	return onlyWarnings{h.Handler.WithAttrs(attrs)}
}

func (h onlyWarnings) WithGroup(name string) slog.Handler {
	return onlyWarnings{h.Handler.WithGroup(name)}
}
