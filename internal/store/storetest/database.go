package storetest

import (
	"context"
	"crypto/rand"
	"database/sql"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"
)

// URLVariable names a PostgreSQL whose user may create databases, for those who
// prefer their own to a cluster started here.
const URLVariable = "RELAIS_TEST_POSTGRES_URL"

var shared = sync.OnceValues(func() (*Cluster, error) { return start(Settings{}) })

// PostgresURL returns the address of a new empty database, dropped when the test
// ends.
func PostgresURL(t testing.TB) string {
	t.Helper()
	server := serverURL(t)
	return create(t, server)
}

func create(t testing.TB, server string) string {
	t.Helper()
	name := "relais_test_" + strings.ToLower(rand.Text())
	administer(t, server, "CREATE DATABASE "+name)
	t.Cleanup(func() { administer(t, server, "DROP DATABASE IF EXISTS "+name+" WITH (FORCE)") })
	return withDatabase(t, server, name)
}

func serverURL(t testing.TB) string {
	t.Helper()
	if server := os.Getenv(URLVariable); server != "" {
		return server
	}
	cluster, err := shared()
	if err != nil {
		t.Fatal(err)
	}
	return cluster.URL()
}

func administer(t testing.TB, server, statement string) {
	t.Helper()
	db, err := sql.Open("pgx", server)
	if err != nil {
		t.Fatalf("PostgreSQL: %v", err)
	}
	defer db.Close()
	// Cleanups outlive the test's own context.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(t.Context()), time.Minute)
	defer cancel()
	if _, err := db.ExecContext(ctx, statement); err != nil {
		t.Fatalf("PostgreSQL: %v", err)
	}
}

func withDatabase(t testing.TB, server, name string) string {
	t.Helper()
	address, err := url.Parse(server)
	if err != nil {
		t.Fatalf("%s is not an address", URLVariable)
	}
	address.Path = "/" + name
	return address.String()
}
