package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/config"
	"github.com/relais-snp/relais/internal/demo"
	"github.com/relais-snp/relais/internal/indicator"
	"github.com/relais-snp/relais/internal/store"
)

// stage is the demo as it was put on: its cast and its password.
type stage struct {
	cast     demo.Cast
	password string
}

// stageDemo seeds the record, or finds the season that an earlier start seeded.
// It refuses a record with anything else in it.
func (h *house) stageDemo(ctx context.Context, out io.Writer) (stage, error) {
	world, err := h.world()
	if err != nil {
		return stage{}, err
	}
	kept, err := h.keptPassword()
	if err != nil {
		return stage{}, err
	}
	simulated, err := h.db.Simulated(ctx)
	if err != nil {
		return stage{}, err
	}
	complete, err := h.db.Season(ctx)
	if err != nil {
		return stage{}, err
	}
	switch {
	case complete:
		return h.revive(ctx, world, kept)
	case simulated:
		return stage{}, fmt.Errorf("the demo in %s was left half made: remove the folder and start again", h.cfg.DataDir)
	}
	if err := h.refuseReal(ctx); err != nil {
		return stage{}, err
	}
	return h.seed(ctx, world, out)
}

func (h *house) seed(ctx context.Context, world demo.World, out io.Writer) (stage, error) {
	s := stage{password: h.cfg.DemoPassword.Reveal()}
	if s.password == "" {
		s.password = newPassword()
	}
	if err := h.db.MarkSimulated(ctx); err != nil {
		return s, err
	}
	clock := &demo.Clock{}
	clock.Set(now())
	past := world
	past.Now = clock.Now
	past.Openings = agenda.NewService(store.Agenda{DB: h.db}, nowhere{}, nowhere{}, h.atlas, clock.Now, newID)
	past.Regulation = h.regulate(nowhere{}, nowhere{}, nowhere{}, nowhere{}, clock.Now)
	search := h.attribute(h.attribution.Rules, nowhere{}, clock.Now)
	search.People = &remembered{people: search.People}
	past.Attribution = search
	books, missions := *h.books, *h.missions
	books.Now, missions.Now = clock.Now, clock.Now
	past.Books, past.Missions = &books, &missions
	past.Figures = indicator.NewService(store.Indicators{DB: h.db}, store.Directory{DB: h.db}, h.atlas, indicator.Rules{}, clock.Now, newID)
	var err error
	if s.cast, err = demo.Seed(ctx, world, past, clock, s.password, out); err != nil {
		return s, err
	}
	if err := h.keepPassword(s.password); err != nil {
		return s, err
	}
	return s, h.db.MarkSeason(ctx)
}

// revive finds the cast of an earlier start. A password given since then
// replaces the one kept, and so does a new one when none was kept, as in a
// restored copy.
func (h *house) revive(ctx context.Context, world demo.World, kept string) (s stage, err error) {
	s.password = kept
	if s.cast, err = h.cast(ctx, world); err != nil {
		return s, err
	}
	given := h.cfg.DemoPassword.Reveal()
	switch {
	case given == "" && kept == "":
		given = newPassword()
	case given == "" || given == kept:
		return s, nil
	}
	s.password = given
	for _, l := range demo.Logins() {
		if err := h.accounts.Reset(ctx, "system", l.Email, given); err != nil {
			return s, err
		}
	}
	return s, h.keepPassword(given)
}

// checkDemoPassword looks at the password given for the demo's accounts before
// anything is made.
func checkDemoPassword(cfg config.Config) error {
	given := cfg.DemoPassword.Reveal()
	if given == "" {
		return nil
	}
	for _, l := range demo.Logins() {
		if err := account.CheckPassword(given, l.Email); err != nil {
			return misuse("demo_password: %w", err)
		}
	}
	return nil
}

func (h *house) cast(ctx context.Context, world demo.World) (demo.Cast, error) {
	people, err := store.Directory{DB: h.db}.Practitioners(ctx, demo.Territory)
	if err != nil {
		return demo.Cast{}, err
	}
	return demo.CastAgain(world.Territory, people)
}

// refuseReal keeps simulated figures out of a real record.
func (h *house) refuseReal(ctx context.Context) error {
	empty, err := h.db.Empty(ctx)
	if err == nil && !empty {
		err = fmt.Errorf("%s holds real people: the demo wants a database of its own", placeOf(h.cfg))
	}
	return err
}

// world is the service as the demo uses it.
func (h *house) world() (demo.World, error) {
	t, err := h.atlas.Territory(demo.Territory)
	if err != nil {
		return demo.World{}, misuse("the demo plays in %s: leave it in the setting territories", demo.Territory)
	}
	w := demo.World{Territory: t, Directory: store.Directory{DB: h.db}, Accounts: h.accounts, Openings: h.openings,
		Regulation: h.regulation, Record: store.Regulation{DB: h.db}, Attribution: h.attribution, Figures: h.indicators,
		Books: h.books, Missions: h.missions, ChainAudit: h.db.ChainAudit, Now: now, NewID: newID}
	if neighbour, err := h.atlas.Territory(demo.Neighbour); err == nil { // the settings may leave it out
		w.Neighbour = neighbour
	}
	return w, nil
}

// colleagues live on until ctx ends.
func (h *house) colleagues(ctx context.Context, s stage) error {
	world, err := h.world()
	if err != nil {
		return err
	}
	c := demo.Colleagues{World: world, Cast: s.cast, After: time.After}
	return c.Run(ctx)
}

func (h *house) passwordPath() string { return filepath.Join(h.cfg.DataDir, "password") }

// keptPassword is that of an earlier start, "" when there was none.
func (h *house) keptPassword() (string, error) {
	text, err := os.ReadFile(h.passwordPath())
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	return strings.TrimSpace(string(text)), err
}

func (h *house) keepPassword(password string) error {
	return os.WriteFile(h.passwordPath(), []byte(password+"\n"), 0o600)
}
