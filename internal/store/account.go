package store

import (
	"context"
	"time"

	"github.com/relais-snp/relais/internal/account"
)

// Accounts is the record as accounts need it.
type Accounts struct{ DB *DB }

var (
	_ account.Store = Accounts{}
	_ account.Tx    = (*tx)(nil)
)

const selectPerson = `SELECT a.id, a.email, a.name, a.practitioner, a.password_hash, a.password_set_at, a.active, a.created_at,
  (SELECT string_agg(r.role, ' ' ORDER BY r.role) FROM account_roles r WHERE r.account = a.id),
  (SELECT string_agg(t.territory, ' ' ORDER BY t.territory) FROM account_territories t WHERE t.account = a.id)
FROM accounts a`

// InTx runs fn in one transaction; see account.Store.
func (a Accounts) InTx(ctx context.Context, fn func(ctx context.Context, tx account.Tx) error) error {
	return a.DB.inTx(ctx, func(ctx context.Context, t *tx) error { return fn(ctx, t) })
}

// Person returns an account; account.ErrUnknown.
func (a Accounts) Person(ctx context.Context, id string) (account.Person, error) {
	return one(ctx, a.DB, account.ErrUnknown, scanPerson, selectPerson+` WHERE a.id = $1`, id)
}

// PersonByEmail takes a normalised address; account.ErrUnknown.
func (a Accounts) PersonByEmail(ctx context.Context, email string) (account.Person, error) {
	return one(ctx, a.DB, account.ErrUnknown, scanPerson, selectPerson+` WHERE a.email = $1`, email)
}

// People lists everyone by e-mail.
func (a Accounts) People(ctx context.Context) ([]account.Person, error) {
	return list(ctx, a.DB, scanPerson, selectPerson+` ORDER BY a.email`)
}

// PersonByEmail locks and returns an account; account.ErrUnknown.
func (t *tx) PersonByEmail(ctx context.Context, email string) (account.Person, error) {
	if err := t.lockRow(ctx, `SELECT id FROM accounts WHERE email = $1`, email); err != nil {
		return account.Person{}, err
	}
	return one(ctx, t, account.ErrUnknown, scanPerson, selectPerson+` WHERE a.email = $1`, email)
}

// AddPerson inserts an account; account.ErrEmailTaken.
func (t *tx) AddPerson(ctx context.Context, p account.Person) error {
	err := changed(ctx, t, account.ErrEmailTaken, `INSERT INTO accounts (id, email, name, practitioner, password_hash, password_set_at, active, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (email) DO NOTHING`,
		p.ID, p.Email, p.Name, orNull(p.Practitioner), p.PasswordHash, stamp(p.PasswordSetAt), p.Active, stamp(p.CreatedAt))
	if err != nil {
		return err
	}
	return t.saveRights(ctx, p)
}

// SavePerson writes everything but ID, Email and CreatedAt; account.ErrUnknown.
func (t *tx) SavePerson(ctx context.Context, p account.Person) error {
	err := changed(ctx, t, account.ErrUnknown, `UPDATE accounts SET name = $2, practitioner = $3, password_hash = $4, password_set_at = $5, active = $6
WHERE id = $1`, p.ID, p.Name, orNull(p.Practitioner), p.PasswordHash, stamp(p.PasswordSetAt), p.Active)
	if err != nil {
		return err
	}
	return t.saveRights(ctx, p)
}

func (t *tx) saveRights(ctx context.Context, p account.Person) error {
	roles := make([]string, len(p.Roles))
	for i, r := range p.Roles {
		roles[i] = string(r)
	}
	if err := t.replaceSet(ctx, "account_roles", "account", "role", p.ID, roles); err != nil {
		return err
	}
	return t.replaceSet(ctx, "account_territories", "account", "territory", p.ID, p.Territories)
}

// LockTries returns what is known of a key and keeps others from reading it
// until the transaction ends, also when it is new.
func (t *tx) LockTries(ctx context.Context, key string) (account.Tries, error) {
	return one(ctx, t, nil, scanTries, `INSERT INTO sign_in_tries (try_key, tries) VALUES ($1, 0)
ON CONFLICT (try_key) DO UPDATE SET tries = sign_in_tries.tries RETURNING tries, last_at`, key)
}

// SaveTries writes a locked key; a Count of 0 forgets it.
func (t *tx) SaveTries(ctx context.Context, key string, tries account.Tries) error {
	if tries.Count == 0 {
		return run(ctx, t, `DELETE FROM sign_in_tries WHERE try_key = $1`, key)
	}
	return run(ctx, t, `UPDATE sign_in_tries SET tries = $2, last_at = $3 WHERE try_key = $1`, key, tries.Count, stamp(tries.LastAt))
}

// ForgetTries drops the keys whose last try is before the time.
func (t *tx) ForgetTries(ctx context.Context, before time.Time) error {
	return run(ctx, t, `DELETE FROM sign_in_tries WHERE last_at IS NULL OR last_at < $1`, stamp(before))
}

func scanPerson(row scanner) (p account.Person, err error) {
	err = row.Scan(&p.ID, &p.Email, &p.Name, text{&p.Practitioner}, &p.PasswordHash, instant{&p.PasswordSetAt}, &p.Active,
		instant{&p.CreatedAt}, words[account.Role]{&p.Roles}, words[string]{&p.Territories})
	return p, err
}

func scanTries(row scanner) (t account.Tries, err error) {
	err = row.Scan(&t.Count, instant{&t.LastAt})
	return t, err
}
