package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/relais-snp/relais/internal/proof"
)

// machine is a server that acts may kill, stop and start. One act at a time has
// it.
type machine struct {
	name string
	mu   sync.Mutex
	server
}

type server interface {
	Start(context.Context) error
	Kill()
	Signal(syscall.Signal)
	Ended() bool
	Log() string
}

// relais is one process of the service, with its ways to others.
type relais struct {
	*proof.Relais
	machine               *machine
	door, redis, postgres *link // those that the world lacks are nil
}

// stage is a world set up for one run.
type stage struct {
	world
	folder   string
	people   proof.People
	links    *links
	servers  []*relais
	redis    *machine // nil in memory
	store    *proof.Redis
	postgres *machine // nil with SQLite
	database string   // address of the run's own, past every link
	clock    string   // file
	disk     *disk    // nil when it cannot be filled
	leave    []func() error
}

// raise sets up a world for one run.
func (g *ground) raise(ctx context.Context, w world) (s *stage, err error) {
	record, err := g.prepare(ctx, w)
	if err != nil {
		return nil, err
	}
	g.runs++
	s = &stage{world: w, people: record.people, links: newLinks(), folder: filepath.Join(g.folder, fmt.Sprintf("run-%d", g.runs))}
	s.clock = filepath.Join(s.folder, "clock")
	s.leave = append(s.leave, func() error { s.links.close(); return nil })
	if err := os.MkdirAll(s.folder, 0o700); err != nil {
		return nil, err
	}
	if w.Postgres {
		err = s.raisePostgres(ctx, g)
	}
	if err == nil && w.Redis {
		err = s.raiseRedis(ctx)
	}
	for i := 0; i < w.Servers && err == nil; i++ {
		err = s.raiseServer(ctx, g, record, i)
	}
	if err != nil {
		return nil, errors.Join(err, s.strike())
	}
	return s, nil
}

// raisePostgres makes the run's own database.
func (s *stage) raisePostgres(ctx context.Context, g *ground) error {
	s.postgres = &machine{name: "postgres", server: g.postgres}
	name := fmt.Sprintf("run_%d", g.runs)
	s.database = g.postgres.At(name)
	s.leave = append(s.leave, func() error {
		return administer(context.WithoutCancel(ctx), g.postgres.URL(), "DROP DATABASE IF EXISTS "+name+" WITH (FORCE)")
	})
	return administer(ctx, g.postgres.URL(), "CREATE DATABASE "+name+" TEMPLATE prepared")
}

func administer(ctx context.Context, url, statement string) error {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	_, err = conn.Exec(ctx, statement)
	return err
}

func (s *stage) raiseRedis(ctx context.Context) (err error) {
	folder := filepath.Join(s.folder, "redis")
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	if s.store, err = proof.NewRedis(folder, s.AppendOnly); err != nil {
		return err
	}
	s.redis = &machine{name: "redis", server: s.store}
	s.leave = append(s.leave, func() error { s.store.Kill(); return nil })
	return s.store.Start(ctx)
}

// raiseServer starts one process of the service, with links of its own.
func (s *stage) raiseServer(ctx context.Context, g *ground, record *prepared, i int) (err error) {
	r := &relais{}
	folder := filepath.Join(s.folder, fmt.Sprintf("server-%d", i))
	data := filepath.Join(folder, "data")
	if s.SmallDisk {
		if s.disk, err = newDisk(data); err != nil {
			return err
		}
		s.leave = append(s.leave, s.disk.remove)
	}
	if err := record.copyData(data); err != nil {
		return err
	}
	databaseURL, redisURL := "", ""
	if s.Postgres {
		if r.postgres, err = s.links.to(fmt.Sprintf("server %d–postgres", i), g.postgres.Addr()); err != nil {
			return err
		}
		databaseURL = strings.Replace(s.database, g.postgres.Addr(), r.postgres.addr(), 1)
	}
	if s.Redis {
		if r.redis, err = s.links.to(fmt.Sprintf("server %d–redis", i), s.store.Addr); err != nil {
			return err
		}
		redisURL = "redis://" + r.redis.addr() + "/0"
	}
	r.Relais, err = proof.NewRelais(g.bin, folder, databaseURL, redisURL,
		settings("RELAIS_TEST_CLOCK="+s.clock, fmt.Sprintf("RELAIS_TEST_CLOCK_APART=%dms", 400*i))...)
	if err != nil {
		return err
	}
	r.machine = &machine{name: fmt.Sprintf("server %d", i), server: r.Relais}
	if r.door, err = s.links.to(fmt.Sprintf("clients–server %d", i), strings.TrimPrefix(r.URL, "http://")); err != nil {
		return err
	}
	s.servers = append(s.servers, r)
	s.leave = append(s.leave, func() error { r.Relais.Kill(); return nil })
	return r.Relais.Start(ctx)
}

// doors is a person at the door of every server, through the links.
func (s *stage) doors(who *proof.Client) []*proof.Client {
	list := make([]*proof.Client, len(s.servers))
	for i, r := range s.servers {
		list[i] = who.Through("http://" + r.door.addr())
	}
	return list
}

// strike ends everything that raise began, the last first.
func (s *stage) strike() error {
	var errs []error
	for i := len(s.leave) - 1; i >= 0; i-- {
		errs = append(errs, s.leave[i]())
	}
	return errors.Join(errs...)
}

// skew sets the servers' clock ahead of the machine's, at one moment for all.
func (s *stage) skew(ahead time.Duration) error {
	if err := os.WriteFile(s.clock+".new", []byte(ahead.String()), 0o600); err != nil {
		return err
	}
	return os.Rename(s.clock+".new", s.clock)
}
