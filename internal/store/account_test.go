package store_test

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/store"
	"github.com/relais-snp/relais/internal/store/storetest"
)

func person(id, email string) account.Person {
	return account.Person{ID: id, Email: email, Name: "Camille Fictive", Roles: []account.Role{account.GP, account.Regulator},
		Territories: []string{"cpts-senart", "cpts-vendee"}, Practitioner: "gp-1", PasswordHash: "$argon2id$…",
		PasswordSetAt: noon, Active: true, CreatedAt: noon}
}

func (w world) signsUp(p account.Person) error {
	return store.Accounts{DB: w.db}.InTx(w.Context(), func(ctx context.Context, tx account.Tx) error { return tx.AddPerson(ctx, p) })
}

func TestAnAccountComesBackAsItWas(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		accounts := store.Accounts{DB: db}
		want, other := person("acc-2", "b@relais.demo"), person("acc-1", "a@relais.demo")
		other.Roles, other.Territories, other.Practitioner = []account.Role{account.Admin}, nil, ""
		w.must(w.signsUp(want))
		w.must(w.signsUp(other))
		w.reason(w.signsUp(person("acc-3", "b@relais.demo")), "account.email_taken")

		want.Roles, want.Territories, want.Active, want.Name = []account.Role{account.Coordinator}, []string{"cpts-senart"}, false, "Camille Autre"
		want.PasswordHash, want.PasswordSetAt = "$argon2id$2", noon.Add(time.Hour)
		w.must(accounts.InTx(t.Context(), func(ctx context.Context, tx account.Tx) error {
			if _, err := tx.PersonByEmail(ctx, want.Email); err != nil {
				return err
			}
			return tx.SavePerson(ctx, want)
		}))
		people, err := accounts.People(t.Context())
		w.must(err)
		if diff := cmp.Diff([]account.Person{other, want}, people); diff != "" {
			t.Error(diff)
		}
		byID, err := accounts.Person(t.Context(), "acc-2")
		w.must(err)
		byEmail, err := accounts.PersonByEmail(t.Context(), want.Email)
		w.must(err)
		if !cmp.Equal(byID, want) || !cmp.Equal(byEmail, want) {
			t.Error("the same person differs by id and by address")
		}
		_, err = accounts.Person(t.Context(), "acc-9")
		w.reason(err, "account.unknown")
	})
}

func TestTriesAreCountedOneAtATime(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		accounts := store.Accounts{DB: db}
		try := func(change func(account.Tries) account.Tries) error {
			return accounts.InTx(t.Context(), func(ctx context.Context, tx account.Tx) error {
				tries, err := tx.LockTries(ctx, "account:x")
				if err != nil {
					return err
				}
				return tx.SaveTries(ctx, "account:x", change(tries))
			})
		}
		var last account.Tries
		crowd(func(int) error {
			return try(func(t account.Tries) account.Tries { return account.Tries{Count: t.Count + 1, LastAt: noon} })
		})
		w.must(try(func(t account.Tries) account.Tries { last = t; return t }))
		if last.Count != 32 || !last.LastAt.Equal(noon) {
			t.Errorf("counted %+v of 32", last)
		}
		w.must(try(func(account.Tries) account.Tries { return account.Tries{} }))
		w.must(try(func(t account.Tries) account.Tries { last = t; return account.Tries{Count: 4, LastAt: noon} }))
		if last.Count != 0 || !last.LastAt.IsZero() {
			t.Errorf("a forgotten key knows %+v", last)
		}
		w.must(accounts.InTx(t.Context(), func(ctx context.Context, tx account.Tx) error { return tx.ForgetTries(ctx, noon.Add(time.Second)) }))
		w.must(try(func(t account.Tries) account.Tries { last = t; return account.Tries{} }))
		if last.Count != 0 {
			t.Errorf("an old key knows %+v", last)
		}
	})
}

func TestSessionsLastUntilTheirEnd(t *testing.T) {
	var clock atomic.Int64 // seconds after noon
	now := func() time.Time { return noon.Add(time.Duration(clock.Load()) * time.Second) }
	each := map[string]func(t *testing.T) store.Options{
		"SQLite":     func(t *testing.T) store.Options { return store.Options{Path: t.TempDir() + "/relais.db", Now: now} },
		"PostgreSQL": func(t *testing.T) store.Options { return store.Options{URL: storetest.PostgresURL(t), Now: now} },
	}
	for name, options := range each {
		t.Run(name, func(t *testing.T) {
			clock.Store(0)
			db := migrate(t, storetest.Open(t, options(t)))
			s := store.Sessions{DB: db}
			commit := errors.Join(s.Commit("a", []byte("one"), noon.Add(time.Minute)), s.Commit("a", []byte("two"), noon.Add(time.Minute)))
			data, found, err := s.Find("a")
			if commit != nil || string(data) != "two" || !found || err != nil {
				t.Errorf("%v, %q, %v, %v", commit, data, found, err)
			}
			if _, found, err := s.Find("b"); found || err != nil {
				t.Errorf("a session that never was: %v, %v", found, err)
			}
			clock.Store(61)
			if _, found, err := s.Find("a"); found || err != nil {
				t.Errorf("after its end: %v, %v", found, err)
			}
			clock.Store(0)
			if err := s.ForgetExpired(t.Context(), noon.Add(30*time.Second)); err != nil {
				t.Error(err)
			}
			if _, found, _ := s.Find("a"); !found {
				t.Error("a live session was forgotten")
			}
			if err := errors.Join(s.Delete("a"), s.Delete("a")); err != nil {
				t.Error(err)
			}
			if _, found, _ := s.Find("a"); found {
				t.Error("a deleted session is found")
			}
		})
	}
}
