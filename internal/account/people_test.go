package account_test

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/audit"
)

// desk is an account service over a store in memory, with a clock of its own.
type desk struct {
	*account.Service
	hasher *plainHasher
	now    time.Time

	mu      sync.Mutex // one transaction at a time
	people  map[string]account.Person
	tries   map[string]account.Tries
	entries []audit.Entry
}

func newDesk() *desk {
	d := &desk{hasher: &plainHasher{}, now: time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC),
		people: map[string]account.Person{}, tries: map[string]account.Tries{}}
	ids := 0
	newID := func() string { ids++; return fmt.Sprintf("person-%d", ids) }
	d.Service = account.NewService(d, d.hasher, func() time.Time { return d.now }, newID)
	return d
}

const goodPassword = "corbeau-lilas-42"

func marie() account.NewPerson {
	return account.NewPerson{Email: "marie.fictive@example.org", Name: "Marie Fictive",
		Roles: []account.Role{account.Regulator}, Territories: []string{home}, Password: goodPassword}
}

func (d *desk) mustAdd(t *testing.T, n account.NewPerson) account.Person {
	t.Helper()
	p, err := d.Add(t.Context(), "system", n)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// plainHasher is quick and counts how often it worked.
type plainHasher struct {
	mu       sync.Mutex
	compared int
}

func (h *plainHasher) Hash(_ context.Context, password string) (string, error) {
	return "plain:" + password, nil
}

func (h *plainHasher) Matches(_ context.Context, password, hash string) (bool, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.compared++
	return hash == "plain:"+password, nil
}

func (h *plainHasher) Decoy() string { return "decoy" }

func (d *desk) InTx(ctx context.Context, fn func(context.Context, account.Tx) error) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	people, tries, entries := maps.Clone(d.people), maps.Clone(d.tries), slices.Clone(d.entries)
	err := fn(ctx, deskTx{d})
	if err != nil {
		d.people, d.tries, d.entries = people, tries, entries
	}
	return err
}

func (d *desk) Person(_ context.Context, id string) (account.Person, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if p, ok := d.people[id]; ok {
		return p, nil
	}
	return account.Person{}, account.ErrUnknown
}

func (d *desk) PersonByEmail(_ context.Context, email string) (account.Person, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.named(email)
}

func (d *desk) named(email string) (account.Person, error) {
	for _, p := range d.people {
		if p.Email == email {
			return p, nil
		}
	}
	return account.Person{}, account.ErrUnknown
}

func (d *desk) People(context.Context) ([]account.Person, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.SortedFunc(maps.Values(d.people), func(a, b account.Person) int { return cmp.Compare(a.Email, b.Email) }), nil
}

type deskTx struct{ d *desk }

func (tx deskTx) PersonByEmail(_ context.Context, email string) (account.Person, error) {
	return tx.d.named(email)
}

func (tx deskTx) AddPerson(_ context.Context, p account.Person) error {
	if _, err := tx.d.named(p.Email); err == nil {
		return account.ErrEmailTaken
	}
	tx.d.people[p.ID] = p
	return nil
}

func (tx deskTx) SavePerson(_ context.Context, p account.Person) error {
	tx.d.people[p.ID] = p
	return nil
}

func (tx deskTx) LockTries(_ context.Context, key string) (account.Tries, error) {
	return tx.d.tries[key], nil
}

func (tx deskTx) SaveTries(_ context.Context, key string, t account.Tries) error {
	tx.d.tries[key] = t
	if t.Count == 0 {
		delete(tx.d.tries, key)
	}
	return nil
}

func (tx deskTx) ForgetTries(_ context.Context, before time.Time) error {
	maps.DeleteFunc(tx.d.tries, func(_ string, t account.Tries) bool { return t.LastAt.Before(before) })
	return nil
}

func (tx deskTx) Audit(_ context.Context, e audit.Entry) error {
	tx.d.entries = append(tx.d.entries, e)
	return nil
}
