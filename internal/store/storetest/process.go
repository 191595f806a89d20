package storetest

import (
	"cmp"
	"errors"
	"io"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"syscall"
	"testing"
)

var errMissing = errors.New("PostgreSQL is needed for these tests: install it (Debian: apt-get install postgresql), or set " + URLVariable)

// programs finds the newest PostgreSQL installed.
func programs() (string, error) {
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if err != nil {
		return "", err
	}
	if len(found) == 0 {
		path, err := exec.LookPath("initdb")
		if err != nil {
			return "", errMissing
		}
		return filepath.Dir(path), nil
	}
	newest := slices.MaxFunc(found, func(a, b string) int { return cmp.Compare(version(a), version(b)) })
	return filepath.Dir(newest), nil
}

func version(initdb string) int {
	n, _ := strconv.Atoi(filepath.Base(filepath.Dir(filepath.Dir(initdb))))
	return n
}

// credential is who the server runs as: PostgreSQL refuses root.
func credential() (*syscall.Credential, error) {
	if os.Geteuid() != 0 {
		return nil, nil
	}
	who, err := user.Lookup("postgres")
	if err != nil {
		return nil, errMissing
	}
	uid, err := strconv.ParseUint(who.Uid, 10, 32)
	if err != nil {
		return nil, err
	}
	gid, err := strconv.ParseUint(who.Gid, 10, 32)
	return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, err
}

func handOver(folder string) error {
	who, err := credential()
	if err != nil || who == nil {
		return err
	}
	return os.Chown(folder, int(who.Uid), int(who.Gid))
}

// unprivileged runs a command as who the server runs as, out of reach of the
// terminal's Ctrl-C: the guard stops it.
func unprivileged(cmd *exec.Cmd) *exec.Cmd {
	who, _ := credential() // handOver has asked
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: who, Setpgid: true}
	cmd.Dir = "/"
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "LC_ALL=C", "TZ=UTC"}
	return cmd
}

// farewell stops the server whose folder is $1 and removes the folder once the
// guard's input ends, which the kernel sees to even when the tests are killed.
const farewell = `
read -r _
if [ -f "$1/data/postmaster.pid" ]; then
  pid=$(head -n 1 "$1/data/postmaster.pid")
  kill -QUIT "$pid" 2>/dev/null && while kill -0 "$pid" 2>/dev/null; do sleep 0.05; done
fi
rm -rf "$1"
`

// guard outlives the test process just long enough to clean up after it.
type guard struct {
	end     io.Closer
	cmd     *exec.Cmd
	release func() // stops the server and removes its folder; once
}

func watch(folder string) (*guard, error) {
	cmd := unprivileged(exec.Command("/bin/sh", "-c", farewell, "guard", folder))
	end, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	g := &guard{end: end, cmd: cmd}
	g.release = sync.OnceFunc(func() {
		_ = g.end.Close()
		_ = g.cmd.Wait()
	})
	return g, nil
}

// Program finds a program of PostgreSQL, such as pg_dump.
func Program(t testing.TB, name string) string {
	t.Helper()
	bin, err := programs()
	if err != nil {
		t.Fatal(err)
	}
	return filepath.Join(bin, name)
}
