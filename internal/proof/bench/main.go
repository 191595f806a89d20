// Command bench runs the benchmarks of the rooms and prints one table: what
// Relais does beside the same work done bare in the same run, their ratio, and
// the ratio that is wanted. A figure alone says more about the machine.
//
//	go run ./internal/proof/bench [-time 1s] [-only pattern]
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"text/tabwriter"
)

func main() {
	howLong := flag.String("time", "1s", "how long each benchmark runs, as go test's -benchtime")
	only := flag.String("only", "", "rooms whose name contains this")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Stdout, *howLong, *only); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, out io.Writer, howLong, only string) error {
	found := figures{}
	for _, r := range rooms(only) {
		fmt.Fprintf(os.Stderr, "measuring %s …\n", r.name)
		args := []string{"test", "-run", "^$", "-bench", r.pattern, "-benchtime", howLong, "-timeout", "3m", "./internal/" + r.name}
		text, err := exec.CommandContext(ctx, "go", args...).CombinedOutput()
		if err != nil {
			return fmt.Errorf("%s: %w\n%s", r.name, err, text)
		}
		found.read(r.name, string(text))
	}
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "what\tRelais\tbare twin\tratio\twanted\t")
	for _, l := range lines {
		if strings.Contains(l.room, only) {
			l.print(table, found)
		}
	}
	return table.Flush()
}
