package app_test

import (
	"testing"

	"github.com/relais-snp/relais/internal/directory"
)

const places = "nom;commune;code postal\nCabinet des Tests;Cesson;77240\n"

func rpps(t *testing.T) string {
	t.Helper()
	number, err := directory.RPPSWithKey("9990000001")
	if err != nil {
		t.Fatal(err)
	}
	return string(number)
}

func TestImportSaysWhichColumnsWereLeftAside(t *testing.T) {
	o := newOffice(t)
	o.run(0, "import", "locations", o.file("lieux.csv", "nom;commune;code postal;couleur;étage\nCabinet des Tests;Cesson;77240;bleu;2\n"))
	o.heard("note: columns left aside: couleur, étage")
	o.run(1, "import", "practitioners", o.file("gens.csv", "rpps;nom;prénom;territiore\n"+rpps(t)+";Fictive;Ada;cpts-senart\n"))
	o.heard("directory.columns_unknown")
	o.heard("territoire: a header is nearly this one")
	o.run(1, "import", "practitioners", o.file("gens.csv", "rpps;nom;nom;prénom;territoire\n"+rpps(t)+";Fictive;Fictive;Ada;cpts-senart\n"))
	o.heard("directory.columns_duplicate")
}

func TestPractitionersOfNoTerritoryAreRefused(t *testing.T) {
	o := newOffice(t)
	people := o.file("gens.csv", "rpps;nom;prénom\n"+rpps(t)+";Fictive;Ada\n")
	o.run(1, "import", "practitioners", people)
	o.heard("line 2, territoire: in no territory")
	o.heard("0 created, 0 updated, 0 unchanged, 1 refused")
	o.run(0, "import", "practitioners", people, "--territory", "cpts-senart")
	o.heard("1 created")
}

func TestPractitionersAreNoLocations(t *testing.T) {
	o := newOffice(t)
	o.run(1, "import", "locations", o.file("gens.csv", "rpps;nom;prénom;commune\n"+rpps(t)+";Fictive;Ada;Cesson\n"))
	o.heard("directory.file_practitioners")
}

func TestWhatOperatorsDoIsAudited(t *testing.T) {
	o := newOffice(t)
	o.run(0, "import", "locations", o.file("lieux.csv", places))
	o.run(0, "import", "locations", o.file("lieux.csv", places)) // changes nothing
	o.run(0, "import", "practitioners", "--territory", "cpts-senart", o.file("gens.csv", "rpps;nom;prénom\n"+rpps(t)+";Fictive;Ada\n"))
	o.run(0, "account", "add", "--email", "ada@example.org", "--name", "Dr Ada Fictive", "--role", "gp", "--territory", "cpts-senart", "--rpps", rpps(t))
	o.run(0, "account", "reset", "--email", "ada@example.org")
	o.run(0, "account", "disable", "--email", "ada@example.org")
	o.run(0, "account", "enable", "--email", "ada@example.org")
	o.run(0, "check")
	o.heard("audit chain whole over 6 entries")
}
