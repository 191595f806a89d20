package proof

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
)

// Build builds the real program into a folder and returns its path. It is built
// the way make build does, so that the compiler works once for both.
func Build(ctx context.Context, folder string) (string, error) {
	bin := filepath.Join(folder, "relais")
	cmd := exec.CommandContext(ctx, "go", "build", "-trimpath", "-buildvcs=false", "-o", bin, "github.com/relais-snp/relais/cmd/relais")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("go build: %w\n%s", err, out)
	}
	return bin, nil
}

// Program is the real program that RELAIS_TEST_BINARY names, or else one that is
// built into the folder.
func Program(ctx context.Context, folder string) (string, error) {
	if bin := os.Getenv("RELAIS_TEST_BINARY"); bin != "" {
		return bin, nil
	}
	return Build(ctx, folder)
}

// Relais is the real program with an address and a data folder of its own.
type Relais struct {
	Process
	URL    string
	Folder string // data, and the log beside it

	bin string
	env []string
}

// NewRelais prepares a service; databaseURL "" is SQLite in its folder,
// redisURL "" the engine in memory. Further settings are "RELAIS_X=y".
func NewRelais(bin, folder, databaseURL, redisURL string, settings ...string) (*Relais, error) {
	addr, err := FreeAddress()
	if err != nil {
		return nil, err
	}
	r := &Relais{bin: bin, Folder: folder, URL: "http://" + addr}
	r.env = append([]string{"PATH=" + os.Getenv("PATH"), "HOME=" + folder, "TZ=UTC",
		"RELAIS_ADDR=" + addr, "RELAIS_DATA_DIR=" + filepath.Join(folder, "data"),
		"RELAIS_DATABASE_URL=" + databaseURL, "RELAIS_REDIS_URL=" + redisURL}, settings...)
	r.Process = Process{name: "relais", asks: r.ready, log: filepath.Join(folder, "relais.log"),
		make: func() *exec.Cmd { return r.command(context.Background(), "serve") }}
	return r, nil
}

func (r *Relais) command(ctx context.Context, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, r.bin, args...)
	cmd.Env, cmd.Dir = r.env, r.Folder
	return cmd
}

// Do runs one command of the program and returns what it printed.
func (r *Relais) Do(ctx context.Context, args ...string) (string, error) {
	out, err := r.command(ctx, args...).CombinedOutput()
	if err != nil {
		err = fmt.Errorf("relais %v: %w\n%s", args, err, out)
	}
	return string(out), err
}

func (r *Relais) ready(ctx context.Context) error {
	return Answers(ctx, r.URL+"/readyz", http.StatusOK)
}
