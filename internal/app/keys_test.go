package app_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/relais-snp/relais/internal/store/storetest"
)

// eachRecord runs a test in an office that keeps its record in a SQLite file,
// and in one that keeps it in PostgreSQL.
func eachRecord(t *testing.T, test func(t *testing.T, o *office)) {
	t.Run("SQLite", func(t *testing.T) { test(t, newOffice(t)) })
	t.Run("PostgreSQL", func(t *testing.T) { test(t, newOffice(t, "RELAIS_DATABASE_URL="+storetest.PostgresURL(t))) })
}

func (o *office) keyFile() string { return filepath.Join(o.dir, "keys.json") }

// files are the names in the data folder; none when there is no folder.
func (o *office) files() []string {
	o.t.Helper()
	var names []string
	entries, _ := os.ReadDir(o.dir)
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

func TestAMissingKeyIsNeverReplacedBesideADatabase(t *testing.T) {
	eachRecord(t, func(t *testing.T, o *office) {
		// Given a database, and its key file lost
		o.run(0, "migrate")
		o.heard("a data key was made")
		if err := os.Remove(o.keyFile()); err != nil {
			t.Fatal(err)
		}
		// Then whatever would open it says so, check among them
		for _, args := range [][]string{{"check"}, {"serve"}, {"migrate"}, {"account", "list"},
			{"account", "add", "--email", "marie@example.org", "--name", "Marie Fictive", "--role", "regulator", "--territory", "cpts-senart"}} {
			o.run(1, args...)
			o.heard("the key file is missing")
		}
		// And nobody made another
		if slices.Contains(o.files(), "keys.json") {
			t.Error("a key was made")
		}
	})
}

func TestAnotherDatabasesKeyIsNoticedByCheckToo(t *testing.T) {
	eachRecord(t, func(t *testing.T, o *office) {
		o.run(0, "migrate")
		o.run(0, "check")
		other := newOffice(t)
		other.run(0, "migrate")
		o.env = append(o.env, "RELAIS_DATA_KEY_FILE="+other.keyFile())

		o.run(1, "check")
		o.heard("record       FAILS: the key file is not the one this database was sealed with")
		o.run(1, "serve")
		o.heard("store.key_mismatch")
	})
}

func TestAskingMakesNeitherDatabaseNorKey(t *testing.T) {
	eachRecord(t, func(t *testing.T, o *office) {
		for _, args := range [][]string{{"account", "list"}, {"account", "reset", "--email", "marie@example.org"}, {"account", "disable", "--email", "marie@example.org"}} {
			o.run(1, args...)
			o.heard("there is no database here")
		}
		o.run(0, "check")
		o.heard("on first start")
		if names := o.files(); len(names) > 0 {
			t.Errorf("made %v", names)
		}
	})
}

func TestABackupOfNothingIsNone(t *testing.T) {
	o := newOffice(t)
	copied := filepath.Join(t.TempDir(), "copy.db")
	o.run(1, "backup", copied)
	o.heard("there is no database here")
	if _, err := os.Stat(copied); err == nil {
		t.Error("a copy of nothing was made")
	}
	if names := o.files(); len(names) > 0 {
		t.Errorf("made %v", names)
	}
}

func TestABackupNeedsNoKeyAndIsRestoredWithIt(t *testing.T) {
	// Given somebody in the record, and the copies that the README asks for
	o := newOffice(t)
	o.run(0, "account", "add", "--email", "marie@example.org", "--name", "Marie Fictive", "--role", "regulator", "--territory", "cpts-senart")
	apart := filepath.Join(t.TempDir(), "keys.json")
	if err := os.Rename(o.keyFile(), apart); err != nil {
		t.Fatal(err)
	}
	copied := filepath.Join(t.TempDir(), "copy.db")
	o.run(0, "backup", copied)
	o.heard("there is no key file")

	// When they are put into an empty folder
	restored := newOffice(t)
	if err := os.MkdirAll(restored.dir, 0o700); err != nil {
		t.Fatal(err)
	}
	for from, to := range map[string]string{copied: filepath.Join(restored.dir, "relais.db"), apart: restored.keyFile()} {
		if err := os.Rename(from, to); err != nil {
			t.Fatal(err)
		}
	}
	// Then everything is there
	restored.run(0, "check")
	restored.heard("audit chain whole over 1 entries")
	restored.run(0, "account", "list")
	restored.heard("marie@example.org")
}
