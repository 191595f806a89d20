package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/relais-snp/relais/internal/proof"
	"github.com/relais-snp/relais/internal/proof/load"
)

// choice says what Relais stands on: own servers, those named, or none.
type choice struct {
	database string // postgres://…, "sqlite", or "" for one of our own
	redis    string // redis://…, "memory", or "" for one of our own
	binary   string // the program, or "" to build it
	sql      bool   // a PostgreSQL of our own counts its statements
}

// stage is what is started once: the built program, PostgreSQL and Redis.
type stage struct {
	choice
	out      io.Writer // of progress
	folder   string
	bin      string
	postgres *proof.Postgres // nil when not ours
	cache    *proof.Redis    // nil when not ours
	houses   int
}

// raise builds the program and starts the servers that were not named.
func raise(ctx context.Context, out io.Writer, c choice) (s *stage, err error) {
	s = &stage{choice: c, out: out}
	defer func() {
		if err != nil {
			err = errors.Join(err, s.strike())
		}
	}()
	if s.folder, err = os.MkdirTemp("", "relais-france-"); err != nil {
		return s, err
	}
	if s.bin, err = program(ctx, c.binary, s.folder); err != nil {
		return s, err
	}
	if c.database == "" {
		settings := []string{"shared_buffers=256MB", "max_wal_size=4GB"}
		if c.sql {
			settings = append(settings, preload)
		}
		if s.postgres, err = proof.NewPostgres(ctx, settings...); err != nil {
			return s, err
		}
		if err = s.postgres.Start(ctx); err != nil {
			return s, err
		}
	}
	if c.redis == "" {
		if s.cache, err = proof.NewRedis(s.folder, false); err != nil {
			return s, err
		}
		err = s.cache.Start(ctx)
	}
	return s, err
}

// program is the one named, or built for the run.
func program(ctx context.Context, named, folder string) (string, error) {
	if named == "" {
		return proof.Build(ctx, folder)
	}
	return filepath.Abs(named)
}

// strike stops and removes all that was raised.
func (s *stage) strike() error {
	if s.cache != nil {
		s.cache.Kill()
	}
	var err error
	if s.postgres != nil {
		err = s.postgres.Remove()
	}
	return errors.Join(err, os.RemoveAll(s.folder))
}

// size is how much of France a house serves.
type size struct{ territories, gps, consoles int }

// house is a running Relais with its people.
type house struct {
	*proof.Relais
	world    load.World
	database string // "" for SQLite
}

// open fills a record of its own with people and starts a Relais on it.
func (s *stage) open(ctx context.Context, z size, random uint64) (*house, error) {
	s.houses++
	folder := filepath.Join(s.folder, fmt.Sprintf("house%d", s.houses))
	lands := some(divide(territoriesOfFrance), z.territories)
	if err := errors.Join(os.MkdirAll(filepath.Join(folder, "data"), 0o700), write(lands, filepath.Join(folder, "territories"))); err != nil {
		return nil, err
	}
	database, redis, err := s.stores(ctx)
	if err != nil {
		return nil, err
	}
	r, err := proof.NewRelais(s.bin, folder, database, redis, "RELAIS_TERRITORIES_DIR="+filepath.Join(folder, "territories"),
		"RELAIS_HOLD_LIMIT=20", "RELAIS_SESSION_HOURS=24", "RELAIS_LINES_PER_ACCOUNT=100")
	if err != nil {
		return nil, err
	}
	took := s.clock()
	if err := bringIn(ctx, r, lands, z.gps, random); err != nil {
		return nil, err
	}
	took("import of %d GPs over %d territories", z.gps, len(lands))
	h := &house{Relais: r, database: database}
	if h.world, err = seed(ctx, r, database, lands, z.consoles); err != nil {
		return nil, err
	}
	took("accounts and sessions")
	if err := r.Start(ctx); err != nil {
		return nil, err
	}
	took("start to first ready answer")
	h.world.Servers = s.servers(r)
	return h, nil
}

// stores gives the addresses for a new house, each with nothing in it.
func (s *stage) stores(ctx context.Context) (database, redis string, err error) {
	switch {
	case s.postgres != nil:
		if database, err = s.postgres.Create(ctx, fmt.Sprintf("house%d", s.houses)); err != nil {
			return "", "", err
		}
	case s.database != "sqlite":
		database = s.database
	}
	switch {
	case s.cache != nil:
		redis = fmt.Sprintf("redis://%s/%d", s.cache.Addr, s.houses%16)
	case s.redis != "memory":
		redis = s.redis
	}
	return database, redis, nil
}

func (s *stage) servers(r *proof.Relais) []load.Server {
	list := []load.Server{{Name: "relais", PID: r.PID()}}
	if s.postgres != nil {
		list = append(list, load.Server{Name: "postgres", PID: s.postgres.PID()})
	}
	if s.cache != nil {
		list = append(list, load.Server{Name: "redis", PID: s.cache.PID()})
	}
	return list
}

// clock tells how long each thing took since the one before.
func (s *stage) clock() func(what string, values ...any) {
	last := time.Now()
	return func(what string, values ...any) {
		fmt.Fprintf(s.out, "%s: %.1f s\n", fmt.Sprintf(what, values...), time.Since(last).Seconds())
		last = time.Now()
	}
}
