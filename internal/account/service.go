package account

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/relais-snp/relais/internal/audit"
)

// Service is what can be done with accounts.
type Service struct {
	store  Store
	hasher Hasher
	now    func() time.Time
	newID  func() string
	recent *Recent[string, Person] // without their password hashes
}

// NewService returns a service over a store. newID makes UUIDv7 texts.
func NewService(store Store, hasher Hasher, now func() time.Time, newID func() string) *Service {
	return &Service{store: store, hasher: hasher, now: now, newID: newID, recent: NewRecent[string, Person](now)}
}

// NewPerson describes an account to add. Territories and Practitioner are taken
// as they are: whoever asks has looked them up.
type NewPerson struct {
	Email        string
	Name         string
	Roles        []Role
	Territories  []string
	Practitioner string
	Password     string
}

// Add makes an active account. It returns Invalid "account.invalid" with every
// broken field, or ErrEmailTaken. by is the account that asks, "system" for the
// command line; it goes into the audit.
func (s *Service) Add(ctx context.Context, by string, n NewPerson) (Person, error) {
	if err := n.check(); err != nil {
		return Person{}, err
	}
	hash, err := s.hasher.Hash(ctx, n.Password)
	if err != nil {
		return Person{}, err
	}
	email, _ := NormaliseEmail(n.Email)
	now := s.now()
	p := Person{
		ID: s.newID(), Email: email, Name: strings.TrimSpace(n.Name),
		Roles: sortedSet(n.Roles), Territories: sortedSet(n.Territories), Practitioner: n.Practitioner,
		PasswordHash: hash, PasswordSetAt: now, Active: true, CreatedAt: now,
	}
	err = s.store.InTx(ctx, func(ctx context.Context, tx Tx) error {
		if err := tx.AddPerson(ctx, p); err != nil {
			return err
		}
		return tx.Audit(ctx, entry(now, by, "account.add", p))
	})
	return p, err
}

// Reset sets a password, ends the person's sessions and forgets failed tries.
// It returns ErrUnknown or Invalid "account.password".
func (s *Service) Reset(ctx context.Context, by, email, password string) error {
	email, _ = NormaliseEmail(email)
	if err := CheckPassword(password, email); err != nil {
		return err
	}
	hash, err := s.hasher.Hash(ctx, password)
	if err != nil {
		return err
	}
	return s.change(ctx, by, "account.reset", email, func(p *Person) {
		p.PasswordHash, p.PasswordSetAt = hash, s.now()
	})
}

// SetActive lets a person sign in, or ends their sessions and keeps them out.
// It returns ErrUnknown.
func (s *Service) SetActive(ctx context.Context, by, email string, active bool) error {
	email, _ = NormaliseEmail(email)
	action := "account.deactivate"
	if active {
		action = "account.activate"
	}
	return s.change(ctx, by, action, email, func(p *Person) {
		if p.Active = active; !active {
			p.PasswordSetAt = s.now() // or the sessions would come back with the account
		}
	})
}

// List returns everyone by e-mail, inactive people included.
func (s *Service) List(ctx context.Context) ([]Person, error) { return s.store.People(ctx) }

// Actor returns who a session that began at signedIn speaks for, as they were
// within the last second, and as they are now where this service changed them.
// It returns ErrSignInRequired when the person is gone, inactive, or got a new
// password since.
func (s *Service) Actor(ctx context.Context, id string, signedIn time.Time) (Actor, error) {
	p, err := s.person(ctx, id)
	if err == nil && !p.keeps(signedIn) {
		s.recent.Forget(id) // nobody is refused for what is only remembered
		p, err = s.person(ctx, id)
	}
	switch {
	case errors.Is(err, ErrUnknown):
		return Actor{}, ErrSignInRequired
	case err != nil:
		return Actor{}, err
	case !p.keeps(signedIn):
		return Actor{}, ErrSignInRequired
	}
	return p.Actor(), nil
}

// person returns somebody as they were within the last second; ErrUnknown.
func (s *Service) person(ctx context.Context, id string) (Person, error) {
	return s.recent.Get(id, func() (Person, error) {
		p, err := s.store.Person(ctx, id)
		p.PasswordHash = ""
		return p, err
	})
}

func (s *Service) change(ctx context.Context, by, action, email string, edit func(*Person)) error {
	var changed string
	defer func() { s.recent.Forget(changed) }() // also when nobody knows whether the change is kept
	return s.store.InTx(ctx, func(ctx context.Context, tx Tx) error {
		p, err := tx.PersonByEmail(ctx, email)
		if err != nil {
			return err
		}
		changed = p.ID
		edit(&p)
		if err := tx.SavePerson(ctx, p); err != nil {
			return err
		}
		if err := forget(ctx, tx, accountKey(email)); err != nil {
			return err
		}
		return tx.Audit(ctx, entry(s.now(), by, action, p))
	})
}

func forget(ctx context.Context, tx Tx, key string) error {
	if _, err := tx.LockTries(ctx, key); err != nil {
		return err
	}
	return tx.SaveTries(ctx, key, Tries{})
}

func entry(at time.Time, by, action string, p Person) audit.Entry {
	return audit.Entry{At: at, Actor: by, Action: action, Target: "account:" + p.ID}
}

func sortedSet[T ~string](list []T) []T {
	return slices.Compact(slices.Sorted(slices.Values(list)))
}
