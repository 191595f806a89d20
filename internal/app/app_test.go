package app_test

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/relais-snp/relais/internal/app"
)

// office is a machine with Relais on it: an environment and what commands said.
type office struct {
	t    *testing.T
	dir  string
	env  []string
	said string // of the last command, both outputs
}

func newOffice(t *testing.T, env ...string) *office {
	dir := filepath.Join(t.TempDir(), "data")
	return &office{t: t, dir: dir, env: append([]string{"RELAIS_DATA_DIR=" + dir, "RELAIS_ADDR=127.0.0.1:0"}, env...)}
}

// run runs a command and checks its exit code.
func (o *office) run(want int, args ...string) string {
	o.t.Helper()
	var out bytes.Buffer
	if got := app.Run(o.t.Context(), args, o.env, &out, &out); got != want {
		o.t.Fatalf("relais %s: exit code %d, want %d\n%s", strings.Join(args, " "), got, want, &out)
	}
	o.said = out.String()
	return o.said
}

func (o *office) heard(text string) {
	o.t.Helper()
	if !strings.Contains(o.said, text) {
		o.t.Errorf("%q was not said in\n%s", text, o.said)
	}
}

func (o *office) file(name, text string) string {
	o.t.Helper()
	path := filepath.Join(o.t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		o.t.Fatal(err)
	}
	return path
}

var addressIn = regexp.MustCompile(`http://127\.0\.0\.1:\d+`)

// serving starts `relais serve` and returns its address and a way to stop it,
// which gives the exit code.
func (o *office) serving(args ...string) (address string, stop func() int) {
	o.t.Helper()
	ctx, cancel := context.WithCancel(o.t.Context())
	read, write := io.Pipe()
	var log lockedBuffer
	code := make(chan int, 1)
	go func() {
		c := app.Run(ctx, append([]string{"serve"}, args...), o.env, write, &log)
		write.Close()
		code <- c
	}()
	said := bufio.NewReader(read)
	for address == "" {
		line, err := said.ReadString('\n')
		if err != nil {
			o.t.Fatalf("did not start: %v\n%s", err, log.String())
		}
		address = addressIn.FindString(line)
	}
	go io.Copy(io.Discard, said)
	stop = sync.OnceValue(func() int { cancel(); return <-code })
	o.t.Cleanup(func() { stop() })
	return address, stop
}

type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

func status(t *testing.T, method, url, body string) int {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	client := http.Client{Timeout: 10 * time.Second}
	answer, err := client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	return answer.StatusCode
}

func TestCommandsExplainThemselves(t *testing.T) {
	o := newOffice(t)
	o.run(0, "help")
	o.heard("relais serve")
	o.heard("RELAIS_DATABASE_URL[_FILE]")
	o.run(0, "version")
	o.run(0)
	o.run(0, "serve", "--help")
	o.heard("demo-quiet")
	o.run(2, "dance")
	o.heard("no command")
	o.run(2, "serve", "--loudly")
	o.run(2, "serve", "now")
	o.run(2, "backup")
	o.run(0, "backup", "--help")
	o.heard("relais backup FILE")
	o.run(0, "import", "practitioners", "--help")
	o.heard("-territory")
	o.heard("relais import locations | practitioners")
	o.run(0, "account", "--help")
	o.heard("relais account add")
	o.run(0, "account", "add", "--help")
	o.run(0, "migrate", "--help")
	o.run(2, "import", "patients", "x.csv")
	o.run(2, "account")
	if _, err := os.Stat(o.dir); err == nil {
		t.Error("a data folder was made by asking")
	}
}

func TestSettingsThatDoNotHoldAreSaid(t *testing.T) {
	o := newOffice(t, "RELAIS_HOLD_LIMIT=many", "RELAIS_LOG=loud")
	o.run(2, "serve")
	o.heard("hold_limit")

	o = newOffice(t, "RELAIS_TERRITORIES=cpts-nowhere")
	o.run(2, "serve")
	o.heard("cpts-senart")
}

func TestCheckMakesNothing(t *testing.T) {
	o := newOffice(t, "RELAIS_PORT=tcp://10.0.0.1")
	o.run(0, "check")
	o.heard("would be made on first start")
	o.heard("RELAIS_PORT is no setting")
	if _, err := os.Stat(o.dir); err == nil {
		t.Error("check made the data folder")
	}
	o.run(0, "migrate")
	o.run(0, "check")
	o.heard("audit chain whole over 0 entries")

	o.env = append(o.env, "RELAIS_REDIS_URL=redis://:planted@127.0.0.1:1/0", "RELAIS_DATABASE_URL=postgres://relais:planted@127.0.0.1:1/relais")
	o.run(1, "check")
	o.heard("FAILS")
	if strings.Contains(o.said, "planted") {
		t.Errorf("a password is shown:\n%s", o.said)
	}
	o.run(1, "serve")
	o.heard("postgres://127.0.0.1:1/relais does not answer")
	if strings.Contains(o.said, "planted") {
		t.Errorf("a password is shown:\n%s", o.said)
	}
}

func TestPeopleAreAddedAndSignIn(t *testing.T) {
	o := newOffice(t)
	add := []string{"account", "add", "--email", "Marie@Example.org", "--name", "Marie Fictive", "--role", "regulator", "--territory", "cpts-senart",
		"--password-file", o.file("password", "corbeau-lilas-42\nsecond line\n")}
	o.run(0, add...)
	o.run(2, add...)
	o.heard("account.email_taken")
	o.run(2, "account", "add", "--email", "x", "--role", "king", "--territory", "cpts-senart")
	o.heard("account.roles")
	o.run(2, "account", "add", "--email", "gp@example.org", "--name", "Dr", "--role", "gp", "--territory", "cpts-nowhere")
	o.run(0, "account", "list")
	o.heard("marie@example.org")

	address, stop := o.serving()
	signIn := func(password string) int {
		return status(t, http.MethodPost, address+"/api/v1/session", `{"email":"marie@example.org","password":"`+password+`"}`)
	}
	if got := signIn("corbeau-lilas-42"); got != http.StatusNoContent {
		t.Fatalf("sign in: %d", got)
	}
	o.run(0, "account", "reset", "--email", "marie@example.org")
	fresh := regexp.MustCompile(`password: (\S+)`).FindStringSubmatch(o.said)
	if got := signIn("corbeau-lilas-42"); got != http.StatusUnauthorized {
		t.Errorf("the old password answers %d", got)
	}
	if got := signIn(fresh[1]); got != http.StatusNoContent {
		t.Errorf("the new password answers %d", got)
	}
	o.run(0, "account", "disable", "--email", "marie@example.org")
	o.heard("the account is disabled")
	if got := signIn(fresh[1]); got != http.StatusUnauthorized {
		t.Errorf("a disabled account answers %d", got)
	}
	o.run(0, "account", "enable", "--email", "marie@example.org")
	o.heard("the account is enabled")
	o.run(2, "account", "reset", "--email", "nobody@example.org")
	if code := stop(); code != 0 {
		t.Errorf("exit code %d", code)
	}
}

func TestOneServingProcessPerFolder(t *testing.T) {
	o := newOffice(t)
	address, stop := o.serving()
	if got := status(t, http.MethodGet, address+"/readyz", ""); got != http.StatusOK {
		t.Errorf("readyz: %d", got)
	}
	o.run(0, "check", "--ready", address)
	o.heard("ready\n")
	o.run(1, "serve")
	o.heard("serves")
	copied := filepath.Join(t.TempDir(), "copy.db")
	o.run(0, "backup", copied)
	o.run(1, "backup", copied)
	o.heard("this file exists already")
	if code := stop(); code != 0 {
		t.Errorf("exit code %d", code)
	}
	o.run(1, "check", "--ready", address)
	_, stop = o.serving()
	if code := stop(); code != 0 {
		t.Errorf("the folder stayed locked: %d", code)
	}
}

func TestRedisAwayIsNoReasonNotToServe(t *testing.T) {
	o := newOffice(t, "RELAIS_REDIS_URL=redis://127.0.0.1:1/0")
	address, stop := o.serving()
	o.run(0, "check", "--ready", address)
	o.heard("ready, live engine away")
	if code := stop(); code != 0 {
		t.Errorf("exit code %d", code)
	}
}

func TestImportKeepsGoodLinesAndReportsBadOnes(t *testing.T) {
	o := newOffice(t)
	places := o.file("lieux.csv", "nom;adresse;code postal;commune\nCabinet des Tests;1 rue des Exemples;77176;Savigny-le-Temple\nSans commune;2 rue des Exemples;77176;Nullepart\n")
	o.run(1, "import", "locations", places)
	o.heard("line 3")
	o.heard("1 created, 0 updated, 0 unchanged, 1 refused")
	o.run(1, "import", "locations", places)
	o.heard("0 created, 0 updated, 1 unchanged, 1 refused")
	o.run(2, "import", "locations", "/nowhere.csv")
}

func TestADemoWantsADatabaseOfItsOwn(t *testing.T) {
	o := newOffice(t)
	o.env[0] = "RELAIS_DATA_DIR=" + filepath.Join(o.dir, "demo")
	o.run(0, "account", "add", "--email", "marie@example.org", "--name", "Marie Fictive", "--role", "regulator", "--territory", "cpts-senart")
	o.env[0] = "RELAIS_DATA_DIR=" + o.dir
	o.run(1, "serve", "--demo")
	o.heard("holds real people")
}
