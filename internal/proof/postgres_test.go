package proof_test

import (
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/relais-snp/relais/internal/proof"
)

// What PostgreSQL has committed is there after a kill, on the same address.
func TestKilledPostgresComesBackWithWhatItCommitted(t *testing.T) {
	p, err := proof.NewPostgres(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := p.Remove(); err != nil {
			t.Error(err)
		}
	})
	if err := p.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	url, err := p.Create(t.Context(), "kept")
	if err != nil {
		t.Fatal(err)
	}
	before, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer before.Close(t.Context())
	if _, err := before.Exec(t.Context(), "CREATE TABLE word AS SELECT 'kept' AS said"); err != nil {
		t.Fatal(err)
	}

	p.Kill()
	if err := before.Ping(t.Context()); err == nil {
		t.Error("a backend outlived the kill")
	}
	if err := p.Start(t.Context()); err != nil {
		t.Fatal(err)
	}

	after, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer after.Close(t.Context())
	var said string
	if err := after.QueryRow(t.Context(), "SELECT said FROM word").Scan(&said); err != nil || said != "kept" {
		t.Errorf("read %q, %v", said, err)
	}
}
