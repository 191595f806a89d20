package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"

	"github.com/relais-snp/relais/internal/proof"
)

var cast = proof.Cast{GPs: 4, Regulators: 8, Coordinators: 1}

// ground is what runs stand on, made once: the program, records with people
// signed in, a PostgreSQL.
type ground struct {
	folder   string
	bin      string
	postgres *proof.Postgres // nil until a run needs it
	lite     *prepared       // SQLite, nil until a run needs it
	great    *prepared       // PostgreSQL
	runs     int
}

// prepared is a record to copy: its data folder (with the keys), and who is
// signed in there.
type prepared struct {
	data   string
	people proof.People
}

// lay makes the ground in a new temporary folder. bin is the program, or "" to
// build it.
func lay(ctx context.Context, bin string) (*ground, error) {
	folder, err := os.MkdirTemp("", "relais-faults-")
	if err != nil {
		return nil, err
	}
	g := &ground{folder: folder, bin: bin}
	if g.bin == "" {
		g.bin = filepath.Join(folder, "relais")
		cmd := exec.CommandContext(ctx, "go", "build", "-tags", "skewedclock", "-trimpath", "-buildvcs=false", "-o", g.bin, "github.com/relais-snp/relais/cmd/relais")
		cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
		if out, err := cmd.CombinedOutput(); err != nil {
			return nil, errors.Join(fmt.Errorf("go build: %w\n%s", err, out), os.RemoveAll(folder))
		}
	}
	return g, nil
}

func (g *ground) remove() error {
	var err error
	if g.postgres != nil {
		err = g.postgres.Remove()
	}
	return errors.Join(err, os.RemoveAll(g.folder))
}

// settings are every server's: pins run out soon, nobody is held up by limits.
func settings(more ...string) []string {
	return append([]string{"RELAIS_TERRITORIES=" + proof.Territory, "RELAIS_PIN_SECONDS=3", "RELAIS_HOLD_LIMIT=20", "RELAIS_SESSION_HOURS=336",
		"RELAIS_LINES_PER_ACCOUNT=5000"}, more...)
}

// prepare returns the record that runs of a world are copied from.
func (g *ground) prepare(ctx context.Context, w world) (*prepared, error) {
	if !w.Postgres {
		if g.lite == nil {
			made, err := g.populate(ctx, "lite", "")
			if err != nil {
				return nil, err
			}
			g.lite = made
		}
		return g.lite, nil
	}
	if g.great == nil {
		if err := g.startPostgres(ctx); err != nil {
			return nil, err
		}
		url, err := g.postgres.Create(ctx, "prepared")
		if err != nil {
			return nil, err
		}
		if g.great, err = g.populate(ctx, "great", url); err != nil {
			return nil, err
		}
	}
	return g.great, nil
}

func (g *ground) startPostgres(ctx context.Context) (err error) {
	if g.postgres, err = proof.NewPostgres(ctx); err != nil {
		return err
	}
	return g.postgres.Start(ctx)
}

// populate makes a record with its people and signs them in.
func (g *ground) populate(ctx context.Context, name, databaseURL string) (*prepared, error) {
	folder := filepath.Join(g.folder, name)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, err
	}
	r, err := proof.NewRelais(g.bin, folder, databaseURL, "", settings()...)
	if err != nil {
		return nil, err
	}
	if err := r.Gather(ctx, cast); err != nil {
		return nil, err
	}
	if err := r.Start(ctx); err != nil {
		return nil, err
	}
	defer r.Kill()
	people, err := r.Enter(ctx, cast)
	if err != nil {
		return nil, err
	}
	r.Stop()
	return &prepared{data: filepath.Join(folder, "data"), people: people}, nil
}

// copyData makes a data folder of a run.
func (p *prepared) copyData(to string) error {
	if err := os.MkdirAll(to, 0o700); err != nil {
		return err
	}
	if err := os.CopyFS(to, os.DirFS(p.data)); err != nil {
		return err
	}
	return os.Chmod(filepath.Join(to, "keys.json"), 0o600) // CopyFS opens it to others, which the program refuses
}
