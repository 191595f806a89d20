package store_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"sync"
	"testing"

	"github.com/relais-snp/relais/internal/regulation"
	"github.com/relais-snp/relais/internal/store"
	"github.com/relais-snp/relais/internal/store/storetest"
)

// These make the test process write in the SQLite file that they name.
const (
	bookerVariable = "RELAIS_TEST_BOOKER"
	keeperVariable = "RELAIS_TEST_KEEPER"
)

func TestMain(m *testing.M) {
	if path := os.Getenv(bookerVariable); path != "" {
		bookOnAndOn(path)
	}
	if path := os.Getenv(keeperVariable); path != "" {
		keepOnAndOn(path)
	}
	os.Exit(m.Run())
}

// bookOnAndOn holds seats from 16 goroutines and prints each one's number once
// it is acknowledged, until somebody kills it.
func bookOnAndOn(path string) {
	keys, err := store.NewKeys()
	if err != nil {
		panic(err)
	}
	db, err := store.Open(context.Background(), store.Options{Path: path, Keys: keys})
	if err != nil {
		panic(err)
	}
	var all sync.WaitGroup
	for n := range 16 {
		all.Go(func() {
			for fence := int64(n); ; fence += 16 {
				err := store.Regulation{DB: db}.InTx(context.Background(), func(ctx context.Context, tx regulation.Tx) error {
					return tx.NoteHold(ctx, "op-1-slot-1", fence, noon)
				})
				if err != nil {
					panic(err)
				}
				fmt.Println(fence)
			}
		})
	}
	all.Wait()
}

func TestWhatAKilledProcessAcknowledgedIsThere(t *testing.T) {
	path := t.TempDir() + "/relais.db"
	db := migrate(t, storetest.Open(t, store.Options{Path: path}))
	w := newWorld(t, db)
	w.slots("op-1", noon, 1, 1)

	acknowledged := killed(t, bookerVariable, path, 500)
	there := map[string]bool{}
	fences, err := db.QueryTexts(t.Context(), `SELECT CAST(fence AS TEXT) FROM holds`)
	w.must(err)
	for _, fence := range fences {
		there[fence] = true
	}
	for fence := range acknowledged {
		if !there[fence] {
			t.Errorf("number %s was acknowledged and is not there", fence)
		}
	}
}

// killed lets another process write in a SQLite file, kills it once it has
// acknowledged so many lines, and returns them all.
func killed(t *testing.T, variable, path string, most int) map[string]bool {
	t.Helper()
	writer := exec.Command(os.Args[0])
	writer.Env = append(os.Environ(), variable+"="+path)
	out, err := writer.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := writer.Start(); err != nil {
		t.Fatal(err)
	}
	acknowledged := map[string]bool{}
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if acknowledged[lines.Text()] = true; len(acknowledged) == most {
			_ = writer.Process.Kill() // it may have ended by itself
		}
	}
	_ = writer.Wait() // it was killed
	if len(acknowledged) < most {
		t.Fatalf("%d acknowledged before it ended", len(acknowledged))
	}
	return acknowledged
}
