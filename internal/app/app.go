package app

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"runtime/debug"

	"github.com/relais-snp/relais/internal/fault"
)

// Exit codes.
const (
	exitDone   = 0
	exitFailed = 1 // could not be done: a store is away, lines were refused
	exitUsage  = 2 // asked or configured wrongly
)

// version is set by the build.
var version = "dev"

// Run does what args ask and returns the exit code. env is read as os.Environ
// gives it. It returns soon after ctx ends, 10 seconds at most.
func Run(ctx context.Context, args, env []string, stdout, stderr io.Writer) int {
	c := &call{env: env, out: stdout, err: stderr}
	name := "help"
	if len(args) > 0 {
		name, c.args = args[0], args[1:]
	}
	cmd, known := find(name)
	if !known {
		fmt.Fprintf(stderr, "relais: there is no command %q\n\n", name)
		usage(stderr)
		return exitUsage
	}
	err := cmd.run(ctx, c)
	switch {
	case err == nil:
		return exitDone
	case errors.Is(err, flag.ErrHelp):
		fmt.Fprintf(stdout, "relais %s %s\n\n%s\n", cmd.name, cmd.args, cmd.help)
		return exitDone
	}
	report(stderr, err)
	var u usageError
	if errors.As(err, &u) {
		return exitUsage
	}
	return exitFailed
}

// call is one invocation.
type call struct {
	args, env []string
	out, err  io.Writer
}

// usageError is a mistake of whoever typed the command or wrote the settings.
type usageError struct{ error }

func (e usageError) Unwrap() error { return e.error }

func misuse(format string, args ...any) error { return usageError{fmt.Errorf(format, args...)} }

// report words an error for operators: every broken field of a fault, and the
// cause that people in front of a page do not see.
func report(w io.Writer, err error) {
	var f *fault.Error
	if !errors.As(err, &f) {
		fmt.Fprintf(w, "relais: %v\n", err)
		return
	}
	fmt.Fprintf(w, "relais: %v\n", err)
	for _, field := range f.Fields {
		fmt.Fprintf(w, "  %s: %s (%s)\n", field.Name, field.Message, field.Reason)
	}
	if cause := f.Unwrap(); cause != nil {
		fmt.Fprintf(w, "  because: %v\n", cause)
	}
}

// flags parses the flags of a command and returns what stands after them.
func (c *call) flags(name string, define func(*flag.FlagSet)) ([]string, error) {
	set := flag.NewFlagSet(name, flag.ContinueOnError)
	set.SetOutput(io.Discard)
	define(set)
	err := set.Parse(c.args)
	if errors.Is(err, flag.ErrHelp) {
		set.SetOutput(c.out)
		set.PrintDefaults()
		return nil, err
	}
	if err != nil {
		return nil, misuse("%s: %w", name, err)
	}
	return set.Args(), nil
}

func showVersion(_ context.Context, c *call) error {
	revision := ""
	if info, ok := debug.ReadBuildInfo(); ok {
		revision = " " + info.GoVersion
	}
	fmt.Fprintf(c.out, "relais %s%s\n", version, revision)
	return nil
}
