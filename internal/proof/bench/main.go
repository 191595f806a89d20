// Command bench measures Relais beside the same work done bare and beside other
// servers, and prints one table: what was measured, the twin's figure from the
// same run, their ratio, and what is wanted. A figure alone says more about the
// machine. It takes about five minutes on a quiet machine of two cores.
//
//	go run ./internal/proof/bench [-time 1s] [-only part] [-markdown]
//
// It exits with 1 when something could not be measured; a figure that falls short
// is said in its line.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/relais-snp/relais/internal/proof/peers"
)

func main() {
	peers.Serve()
	howLong := flag.String("time", "1s", "how long each benchmark runs, as go test's -benchtime")
	only := flag.String("only", "", "parts whose name contains this: "+strings.Join(names(parts("")), ", "))
	markdown := flag.Bool("markdown", false, "print the table as Markdown")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, *howLong, *only, *markdown)
	stop()
	os.Exit(code)
}

// run measures every part, those after a failing one too.
func run(ctx context.Context, howLong, only string, markdown bool) (code int) {
	folder, err := os.MkdirTemp("", "relais-bench-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(folder)
	b := &bench{folder: folder, howLong: howLong, found: figures{}, failed: failures{}}
	for _, p := range parts(only) {
		if ctx.Err() != nil {
			break
		}
		fmt.Fprintf(os.Stderr, "measuring %s …\n", p.name)
		if err := b.failed.note(p.name, p.measure(ctx, b)); err != nil {
			fmt.Fprintf(os.Stderr, "%s: %v\n", p.name, err)
		}
	}
	t := table{markdown: markdown, rows: [][]string{{"what", "Relais", "twin", "ratio", "wanted"}}}
	for _, l := range lines {
		if strings.Contains(l.part, only) && !t.add(l, b) {
			code = 1
		}
	}
	fmt.Println(machine(ctx))
	t.print(os.Stdout)
	return code
}
