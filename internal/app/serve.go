package app

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"net"
	"path/filepath"
	"strings"
	"sync"

	"github.com/relais-snp/relais/internal/config"
	"github.com/relais-snp/relais/internal/demo"
)

func serve(ctx context.Context, c *call) error {
	var playing, quiet bool
	rest, err := c.flags("serve", func(set *flag.FlagSet) {
		set.BoolVar(&playing, "demo", false, "serve a simulated territory with accounts to try")
		set.BoolVar(&quiet, "demo-quiet", false, "like --demo, without simulated colleagues")
	})
	if err != nil {
		return err
	}
	if len(rest) > 0 {
		return misuse("serve: %q is not understood", rest[0])
	}
	cfg, err := c.settings()
	if err != nil {
		return err
	}
	if playing || quiet {
		if err := checkDemoPassword(cfg); err != nil {
			return err
		}
	}
	log := newLog(c.err, cfg)
	for _, name := range cfg.Unknown {
		log.Warn("unknown name in the environment", "name", name)
	}
	l, err := listen(ctx, cfg.Addr)
	if err != nil {
		return err
	}
	defer l.Close()
	if playing || quiet {
		return c.serveDemo(ctx, cfg, log, l, quiet)
	}
	return c.serveReal(ctx, cfg, log, l)
}

func (c *call) serveReal(ctx context.Context, cfg config.Config, log *slog.Logger, l net.Listener) error {
	h, err := build(ctx, cfg, log)
	if err != nil {
		return err
	}
	defer h.close()
	simulated, err := h.db.Simulated(ctx)
	if err != nil {
		return err
	}
	if simulated {
		return fmt.Errorf("%s holds a simulated territory: serve it with --demo, or use another database", placeOf(cfg))
	}
	people, err := h.accounts.List(ctx)
	if err != nil {
		return err
	}
	fmt.Fprintf(c.out, "Relais serves %s\n", h.address(l))
	if len(people) == 0 {
		fmt.Fprintln(c.out, "Nobody may sign in yet: relais account add")
	}
	return h.open(ctx, l)
}

func (c *call) serveDemo(ctx context.Context, cfg config.Config, log *slog.Logger, l net.Listener, quiet bool) error {
	cfg.DataDir = filepath.Join(cfg.DataDir, "demo")
	cfg.SMTPURL = "" // simulated people have no mailboxes
	if cfg.RedisURL != "" {
		log.Warn("the demo fills the live state in Redis from its own record: no other service may use it", "redis", cfg.RedisURL.Place())
	}
	h, err := build(ctx, cfg, log)
	if err != nil {
		return err
	}
	defer h.close()
	s, err := h.stageDemo(ctx, c.out)
	if err != nil {
		return err
	}
	c.tellDemo(h.address(l), s.password)
	if quiet {
		return h.open(ctx, l)
	}
	return h.open(ctx, l, func(ctx context.Context) {
		if err := h.colleagues(ctx, s); err != nil {
			log.Warn("simulated colleagues", "err", err)
		}
	})
}

func (c *call) tellDemo(address, password string) {
	fmt.Fprintf(c.out, "\nRelais serves a simulated territory. Nobody in it exists.\n\n")
	for _, login := range demo.Logins() {
		fmt.Fprintf(c.out, "  %-26s %s%s\n", login.Email, address, login.Page)
	}
	fmt.Fprintf(c.out, "\n  password for all: %s\n\nStop it with Ctrl+C.\n", password)
}

// open serves and works until ctx ends, the live lines being told first. What
// was committed meanwhile and not carried to the engine stays in the outbox.
func (h *house) open(ctx context.Context, l net.Listener, also ...func(context.Context)) error {
	working, stop := context.WithCancel(context.WithoutCancel(ctx))
	defer stop()
	door, err := h.door(working, h.address(l)) // also when ctx ends right away
	if err != nil {
		return err
	}
	school := newAcademy(h.cfg, h.log, h.address(l))
	var work sync.WaitGroup
	work.Go(func() { h.work(working) })
	for _, do := range also {
		work.Go(func() { do(working) })
	}
	room := newPlaces(seats(h.cfg.MaxConnections, descriptors()), h.cfg.TrustedProxies)
	err = serveHTTP(ctx, l, room, school.beside(door), func() { door.Close(); h.hub.Close(); school.hangUp() }, h.log)
	school.close()
	stop()
	work.Wait()
	if errors.Is(err, context.Canceled) {
		return nil
	}
	return err
}

// address is where people find the service.
func (h *house) address(l net.Listener) string {
	if h.cfg.PublicURL != "" {
		return strings.TrimRight(h.cfg.PublicURL, "/")
	}
	_, port, _ := net.SplitHostPort(l.Addr().String())
	host, _, _ := net.SplitHostPort(h.cfg.Addr)
	if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
		host = "127.0.0.1"
	}
	return "http://" + net.JoinHostPort(host, port)
}
