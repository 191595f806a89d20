package proof

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
)

// Postgres is a real PostgreSQL server of ours, on a free port of the loopback,
// in a folder of its own under the system's temporary folder (the server runs as
// somebody who may not read ours).
type Postgres struct {
	Process
	Folder string // of its data and log

	port string
	who  *syscall.Credential // nil when we are not root
}

// NewPostgres makes an empty cluster, durable as in use. Settings are
// "name=value" of postgresql.conf: "fsync=off" where a power cut is not what is
// tried. Remove gives everything up.
func NewPostgres(ctx context.Context, settings ...string) (*Postgres, error) {
	bin, err := postgresPrograms()
	if err != nil {
		return nil, err
	}
	addr, err := FreeAddress()
	if err != nil {
		return nil, err
	}
	p := &Postgres{}
	_, p.port, _ = strings.Cut(addr, ":")
	if p.who, err = postgresUser(); err != nil {
		return nil, err
	}
	if p.Folder, err = os.MkdirTemp("", "relais-proof-postgres-"); err != nil {
		return nil, err
	}
	p.Process = Process{name: "postgres", asks: p.answers, log: filepath.Join(p.Folder, "log"), who: p.who,
		make: func() *exec.Cmd { return p.program(context.Background(), bin, "postgres", p.arguments(settings)...) }}
	if err := p.initialise(ctx, bin); err != nil {
		return nil, errors.Join(err, os.RemoveAll(p.Folder))
	}
	return p, nil
}

func (p *Postgres) initialise(ctx context.Context, bin string) error {
	if p.who != nil {
		if err := os.Chown(p.Folder, int(p.who.Uid), int(p.who.Gid)); err != nil {
			return err
		}
	}
	// Trust is for the loopback address only: the server listens nowhere else.
	cmd := p.program(ctx, bin, "initdb", "-D", p.data(), "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync")
	cmd.SysProcAttr = orphanless(p.who)
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("initdb: %w\n%s", err, out)
	}
	return nil
}

func (p *Postgres) arguments(settings []string) []string {
	args := []string{"-D", p.data(), "-p", p.port, "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=",
		"-c", "max_connections=200", "-c", "shared_buffers=64MB"}
	for _, s := range settings {
		args = append(args, "-c", s)
	}
	return args
}

func (p *Postgres) program(ctx context.Context, bin, name string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, filepath.Join(bin, name), args...)
	cmd.Dir, cmd.Env = "/", []string{"PATH=" + os.Getenv("PATH"), "LC_ALL=C", "TZ=UTC"}
	return cmd
}

func (p *Postgres) data() string { return filepath.Join(p.Folder, "data") }

// Addr is where it listens, "127.0.0.1:20001".
func (p *Postgres) Addr() string { return "127.0.0.1:" + p.port }

// URL is the address of its maintenance database, as RELAIS_DATABASE_URL wants it.
func (p *Postgres) URL() string { return p.At("postgres") }

// At is the address of one of its databases.
func (p *Postgres) At(database string) string {
	return "postgres://postgres@" + p.Addr() + "/" + database + "?sslmode=disable"
}

// Create makes an empty database of the running server and returns its address.
func (p *Postgres) Create(ctx context.Context, database string) (string, error) {
	conn, err := pgx.Connect(ctx, p.URL())
	if err != nil {
		return "", err
	}
	defer conn.Close(ctx)
	_, err = conn.Exec(ctx, "CREATE DATABASE "+pgx.Identifier{database}.Sanitize())
	return p.At(database), err
}

// Kill ends the server and its backends at once, as kill -9 of all of them
// does, and returns when nothing of it is left. Each backend leads a process
// group of its own; left alone they would serve on until they notice.
func (p *Postgres) Kill() {
	if p.cmd == nil {
		return
	}
	_ = p.cmd.Process.Signal(syscall.SIGSTOP) // it starts no more of them
	backends := childrenOf(p.PID())
	for _, pid := range backends {
		_ = syscall.Kill(pid, syscall.SIGKILL) // it may be gone already
	}
	p.Process.Kill()
	for _, pid := range backends {
		for alive(pid) {
			<-time.After(2 * time.Millisecond)
		}
	}
}

// Remove kills the server and removes its folder.
func (p *Postgres) Remove() error {
	p.Kill()
	return os.RemoveAll(p.Folder)
}

func (p *Postgres) answers(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 2*time.Second)
	defer cancel()
	conn, err := pgx.Connect(ctx, p.URL())
	if err != nil {
		return err
	}
	return conn.Close(ctx)
}

// childrenOf lists the processes that one has started and that live; none where
// the system does not say.
func childrenOf(pid int) (children []int) {
	text, _ := os.ReadFile(fmt.Sprintf("/proc/%d/task/%d/children", pid, pid))
	for word := range strings.FieldsSeq(string(text)) {
		if child, err := strconv.Atoi(word); err == nil {
			children = append(children, child)
		}
	}
	return children
}

// alive reports whether a process still runs: one that only waits to be reaped
// does not.
func alive(pid int) bool {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return false
	}
	_, after, _ := strings.Cut(string(stat), ") ")
	return !strings.HasPrefix(after, "Z") && !strings.HasPrefix(after, "X")
}

var errNoPostgres = errors.New("PostgreSQL is needed: install it (Debian: apt-get install postgresql)")

// postgresPrograms finds the folder of the newest PostgreSQL installed; Debian
// keeps it out of PATH.
func postgresPrograms() (string, error) {
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if err != nil {
		return "", err
	}
	if len(found) == 0 {
		path, err := exec.LookPath("initdb")
		if err != nil {
			return "", errNoPostgres
		}
		return filepath.Dir(path), nil
	}
	version := func(initdb string) int {
		n, _ := strconv.Atoi(filepath.Base(filepath.Dir(filepath.Dir(initdb))))
		return n
	}
	return filepath.Dir(slices.MaxFunc(found, func(a, b string) int { return cmp.Compare(version(a), version(b)) })), nil
}

// postgresUser is who the server runs as when we are root, which it refuses.
func postgresUser() (*syscall.Credential, error) {
	if os.Geteuid() != 0 {
		return nil, nil
	}
	who, err := user.Lookup("postgres")
	if err != nil {
		return nil, errNoPostgres
	}
	uid, err := strconv.ParseUint(who.Uid, 10, 32)
	if err != nil {
		return nil, err
	}
	gid, err := strconv.ParseUint(who.Gid, 10, 32)
	return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, err
}
