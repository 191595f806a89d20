package app

import (
	"context"
	"fmt"
	"io"
	"text/tabwriter"

	"github.com/relais-snp/relais/internal/config"
)

// command is one word after relais.
type command struct {
	name, args, help string
	run              func(context.Context, *call) error
}

func commands() []command {
	return []command{
		{"serve", "[--demo] [--demo-quiet]", "serve pages, API and live lines; with --demo a territory that lives", serve},
		{"check", "[--ready URL]", "show what would be used and whether it answers; --ready asks a running service", check},
		{"migrate", "", "bring the database to this version's schema", migrate},
		{"account", "add | reset | list | enable | disable", "people who may sign in; `relais account` says how", accounts},
		{"import", "locations | practitioners [--territory T[,T]] FILE.csv", "add professionals or their places; bad lines are reported, good ones kept", importFile},
		{"backup", "FILE", "copy the SQLite record while it runs (PostgreSQL: pg_dump)", backup},
		{"version", "", "say which version this is", showVersion},
		{"help", "", "this list", help},
	}
}

func find(name string) (command, bool) {
	switch name {
	case "-h", "--help":
		name = "help"
	case "-v", "--version":
		name = "version"
	}
	for _, cmd := range commands() {
		if cmd.name == name {
			return cmd, true
		}
	}
	return command{}, false
}

func help(_ context.Context, c *call) error {
	usage(c.out)
	return nil
}

func usage(w io.Writer) {
	fmt.Fprint(w, "Relais: the shared agenda of unscheduled care.\n\nCommands\n")
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, cmd := range commands() {
		fmt.Fprintf(table, "  relais %s %s\t%s\n", cmd.name, cmd.args, cmd.help)
	}
	fmt.Fprint(table, "\nSettings (environment, or RELAIS_CONFIG=FILE.yaml; none is needed)\n")
	for _, s := range config.Settings() {
		name := s.Env()
		if s.Secret {
			name += "[_FILE]"
		}
		fmt.Fprintf(table, "  %s\t%s\n", name, s.Help)
	}
	_ = table.Flush()
	fmt.Fprint(w, "\nExit codes: 0 done, 1 could not be done, 2 asked or configured wrongly.\n")
}
