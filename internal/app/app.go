package app

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"runtime/debug"
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
		fmt.Fprintf(stdout, "\nrelais %s %s\n%s\n", cmd.name, cmd.args, cmd.help)
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

// flags parses the flags of a command, before, between and after the words that
// it returns.
func (c *call) flags(name string, define func(*flag.FlagSet)) (words []string, err error) {
	set := flag.NewFlagSet(name, flag.ContinueOnError)
	set.SetOutput(io.Discard)
	define(set)
	for rest := c.args; ; {
		err := set.Parse(rest)
		if errors.Is(err, flag.ErrHelp) {
			set.SetOutput(c.out)
			set.PrintDefaults()
			return nil, err
		}
		if err != nil {
			return nil, misuse("%s: %w", name, err)
		}
		if set.NArg() == 0 {
			return words, nil
		}
		words, rest = append(words, set.Arg(0)), set.Args()[1:]
	}
}

func showVersion(_ context.Context, c *call) error {
	revision := ""
	if info, ok := debug.ReadBuildInfo(); ok {
		revision = " " + info.GoVersion
	}
	fmt.Fprintf(c.out, "relais %s%s\n", version, revision)
	return nil
}
