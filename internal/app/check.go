package app

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/relais-snp/relais/internal/config"
	"github.com/relais-snp/relais/internal/store"
)

// errCheck makes the exit code say that something would not work.
var errCheck = errors.New("something above would not work")

func check(ctx context.Context, c *call) error {
	var ready string
	rest, err := c.flags("check", func(set *flag.FlagSet) {
		set.StringVar(&ready, "ready", "", "ask the running service at this address whether it is ready")
	})
	if err != nil {
		return err
	}
	if len(rest) > 0 {
		return misuse("check: %q is not understood", rest[0])
	}
	if ready != "" {
		return askReady(ctx, c, ready)
	}
	cfg, err := c.settings()
	if err != nil {
		return err
	}
	c.showSettings(cfg)
	return c.examine(ctx, cfg)
}

// askReady is what container engines and proxies ask.
func askReady(ctx context.Context, c *call, address string) error {
	ctx, cancel := context.WithTimeout(ctx, 3*time.Second)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, strings.TrimRight(address, "/")+"/readyz", nil)
	if err != nil {
		return usageError{err}
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("not ready: %s", answer.Status)
	}
	word, err := io.ReadAll(io.LimitReader(answer.Body, 200))
	fmt.Fprintln(c.out, strings.TrimSpace(string(word)))
	return err
}

func (c *call) showSettings(cfg config.Config) {
	table := tabwriter.NewWriter(c.out, 0, 0, 2, ' ', 0)
	for _, s := range config.Settings() {
		from := cfg.Origin[s.Key]
		if from == "" {
			from = "default"
		}
		fmt.Fprintf(table, "%s\t%s\t%s\n", s.Key, cfg.Show(s.Key), from)
	}
	_ = table.Flush()
	for _, name := range cfg.Unknown {
		fmt.Fprintf(c.out, "note: %s is no setting of Relais\n", name)
	}
	if !cfg.Loopback() && !strings.HasPrefix(cfg.PublicURL, "https://") {
		fmt.Fprintf(c.out, "note: %s is open to others, and public_url is not https: sign-in cookies would travel in clear\n", cfg.Addr)
	}
	if cfg.DatabaseURL != "" && cfg.RedisURL == "" {
		fmt.Fprintln(c.out, "note: without redis_url the live state is in memory: let one process alone serve this database")
	}
	if checkDemoPassword(cfg) != nil {
		fmt.Fprintln(c.out, "note: demo_password breaks the rules of passwords: serve --demo would refuse it")
	}
	fmt.Fprintln(c.out)
}

// finding is one thing looked at.
type finding struct {
	what string
	look func(context.Context) (said string, err error)
}

// examine looks at everything that serve would use, and makes nothing.
func (c *call) examine(ctx context.Context, cfg config.Config) error {
	findings := []finding{
		{"territories", func(context.Context) (string, error) {
			known, err := readAtlas(cfg)
			return strings.Join(known.ids(), ", "), err
		}},
		{"rules", func(context.Context) (string, error) { return lookAtRules(cfg) }},
		{"data folder", func(context.Context) (string, error) { return lookAtFolder(cfg) }},
		{"data key", func(ctx context.Context) (string, error) { return lookAtKeys(ctx, cfg) }},
		{"record", func(ctx context.Context) (string, error) { return lookAtRecord(ctx, cfg) }},
		{"alerts", func(ctx context.Context) (string, error) { return lookAtAlerts(ctx, cfg) }},
		{"live state", func(ctx context.Context) (string, error) { return lookAtEngine(ctx, cfg) }},
	}
	failed := false
	for _, f := range findings {
		said, err := f.look(ctx)
		if err != nil {
			failed = true
			fmt.Fprintf(c.out, "%-12s FAILS: %s\n", f.what, oneLine(err))
			continue
		}
		fmt.Fprintf(c.out, "%-12s %s\n", f.what, said)
	}
	if failed {
		return errCheck
	}
	return nil
}

func lookAtFolder(cfg config.Config) (string, error) {
	info, err := os.Stat(cfg.DataDir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return cfg.DataDir + " would be made on first start", nil
	case err != nil:
		return "", err
	case !info.IsDir():
		return "", fmt.Errorf("%s is not a folder", cfg.DataDir)
	}
	probe, err := os.CreateTemp(cfg.DataDir, ".check-*")
	if err != nil {
		return "", err
	}
	probe.Close()
	return cfg.DataDir + " can be written", os.Remove(probe.Name())
}

// lookAtKeys looks at the key file and, where there is none, whether one may be
// made. Whether it is the database's own is for lookAtRecord to say.
func lookAtKeys(ctx context.Context, cfg config.Config) (string, error) {
	_, err := store.ReadKeys(cfg.KeyPath())
	switch {
	case err == nil:
		return cfg.KeyPath() + " is readable by its owner only", nil
	case !errors.Is(err, fs.ErrNotExist):
		return "", err
	}
	if err := refuseNewKeys(ctx, cfg); errors.Is(err, errKeyMissing) {
		return "", err
	}
	return cfg.KeyPath() + " would be made on first start", nil
}

func lookAtRecord(ctx context.Context, cfg config.Config) (string, error) {
	keys, unread := store.ReadKeys(cfg.KeyPath())
	if unread != nil { // lookAtKeys says why
		var err error
		if keys, err = store.NewKeys(); err != nil {
			return "", err
		}
	}
	db, err := openExisting(ctx, cfg, keys)
	switch {
	case errors.Is(err, errNoRecord) && cfg.DatabaseURL == "":
		return "SQLite, " + cfg.SQLitePath() + " would be made on first start", nil
	case errors.Is(err, errNoRecord):
		return "PostgreSQL, " + placeOf(cfg) + " answers, empty; its schema would be applied on first start", nil
	case err != nil:
		return "", err
	}
	defer db.Close()
	if unread == nil {
		if err := db.CheckKeys(ctx); err != nil {
			return "", err
		}
	}
	return lookInside(ctx, cfg, db)
}

func lookInside(ctx context.Context, cfg config.Config, db *store.DB) (string, error) {
	current, newest, err := db.Version(ctx)
	if err != nil {
		return "", err
	}
	said := fmt.Sprintf("%s, %s answers, schema %d", db.Kind(), placeOf(cfg), current)
	if current < newest {
		return fmt.Sprintf("%s; %d would be applied on start (relais migrate)", said, newest), nil
	}
	entries, altered := db.VerifyAudit(ctx)
	books, broken := lookAtBooks(ctx, db)
	if err := errors.Join(altered, broken); err != nil {
		return "", err
	}
	return fmt.Sprintf("%s; audit chain whole over %d entries%s", said, entries, books), nil
}
