package main

import (
	"context"
	"fmt"
	"os/exec"
	"slices"
	"strconv"
	"strings"

	"github.com/relais-snp/relais/internal/proof"
)

// bench is one run and what it has found.
type bench struct {
	folder, howLong string
	found           figures
	failed          failures
	built           string // the real program, "" before it is needed
}

// figures are what was measured, by "part name metric".
type figures map[string]float64

// failures are why something was not measured, by part and by "part name".
type failures map[string]error

func (f failures) note(what string, err error) error {
	if err != nil {
		f[what] = err
	}
	return err
}

// why is the first line of the closest failure.
func (f failures) why(part, name string) string {
	err := f[part+" "+name]
	if err == nil {
		err = f[part]
	}
	if err == nil {
		return "not measured"
	}
	first, _, _ := strings.Cut(err.Error(), "\n")
	return "not measured: " + first
}

// part is something that is measured apart from the others.
type part struct {
	name    string
	measure func(context.Context, *bench) error
}

// parts lists those whose name contains only.
func parts(only string) []part {
	all := []part{
		fanOut,
		{"start", start},
		room("live/memory", "^Benchmark(Bare)?Claim$"),
		room("live/redis", "^BenchmarkClaim$"),
		room("store", "^BenchmarkBooking$"),
		room("ical", "^BenchmarkFeed"),
		search,
		{"france", func(context.Context, *bench) error { return nil }}, // make france: it takes longer than all of this
	}
	return slices.DeleteFunc(all, func(p part) bool { return !strings.Contains(p.name, only) })
}

func names(all []part) (list []string) {
	for _, p := range all {
		list = append(list, p.name)
	}
	return list
}

// room is the benchmarks of a room that belong to the table.
func room(name, pattern string) part {
	return part{name, func(ctx context.Context, b *bench) error { return b.goTest(ctx, name, name, pattern, b.howLong) }}
}

// search runs once: its one round takes ten seconds by itself.
var search = part{"search", func(ctx context.Context, b *bench) error {
	return b.goTest(ctx, "search", "proof", "^BenchmarkSearch$/^memory$", "1x")
}}

func (b *bench) goTest(ctx context.Context, part, room, pattern, howLong string) error {
	args := []string{"test", "-run", "^$", "-bench", pattern, "-benchtime", howLong, "-timeout", "4m", "./internal/" + room}
	text, err := exec.CommandContext(ctx, "go", args...).CombinedOutput()
	b.found.read(part, string(text)) // what was measured before a failure stands
	if err != nil {
		return fmt.Errorf("%w\n%s", err, text)
	}
	return nil
}

// read takes the figures out of what go test printed.
func (f figures) read(part, text string) {
	for row := range strings.Lines(text) {
		words := strings.Fields(row)
		if len(words) < 4 || !strings.HasPrefix(words[0], "Benchmark") {
			continue
		}
		name := strings.TrimPrefix(words[0], "Benchmark")
		if i := strings.LastIndexByte(name, '-'); i > 0 {
			name = name[:i] // the number of processors
		}
		for i := 2; i+1 < len(words); i += 2 {
			if v, err := strconv.ParseFloat(words[i], 64); err == nil {
				f[part+" "+name+" "+words[i+1]] = v
			}
		}
	}
}

// program is the real program, built once.
func (b *bench) program(ctx context.Context) (bin string, err error) {
	if b.built == "" {
		b.built, err = proof.Program(ctx, b.folder)
	}
	return b.built, err
}
