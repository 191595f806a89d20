package account

import (
	"context"
	"errors"
	"net/netip"
	"time"
)

// Hasher makes and checks password hashes (argon2id). It bounds how many run at
// a time; ctx bounds the wait for a turn.
type Hasher interface {
	// Hash returns the password's hash with its parameters and salt.
	Hash(ctx context.Context, password string) (string, error)
	// Matches reports whether the password made the hash. It takes as long
	// whatever the answer.
	Matches(ctx context.Context, password, hash string) (bool, error)
	// Decoy is a hash of the same cost that no password matches.
	Decoy() string
}

// SignIn returns the person behind an address and a password. It returns
// ErrBadCredentials, the same and after the same work whether the address is
// unknown, the password wrong or the account inactive; or ErrLocked with a
// LockedDetail, and then the password was not looked at: after some failures in
// a row the source waits before it may try this account again, twice as long
// with every further one, and after many the account or the source waits.
func (s *Service) SignIn(ctx context.Context, email, password string, source netip.Addr) (Actor, error) {
	email, _ = NormaliseEmail(email)
	person, err := s.store.PersonByEmail(ctx, email)
	if err != nil && !errors.Is(err, ErrUnknown) {
		return Actor{}, err
	}
	keys := tryKeys{account: accountKey(email), pair: pairKey(email, person.PasswordHash, source), source: sourceKey(source)}
	if err := s.begin(ctx, keys); err != nil {
		return Actor{}, err
	}
	hash := person.PasswordHash
	if hash == "" {
		hash = s.hasher.Decoy()
	}
	matches, err := s.hasher.Matches(ctx, password, hash)
	if err != nil {
		return Actor{}, err
	}
	if !matches || !person.Active {
		return Actor{}, ErrBadCredentials
	}
	return person.Actor(), s.succeed(ctx, keys, person)
}

// ForgetOldTries drops counts that no longer slow anyone down.
func (s *Service) ForgetOldTries(ctx context.Context) error {
	return s.store.InTx(ctx, func(ctx context.Context, tx Tx) error {
		return tx.ForgetTries(ctx, s.now().Add(-forgetAfter))
	})
}

// tryKeys are what a sign-in is counted under.
type tryKeys struct{ account, pair, source string }

// begin counts the try, or refuses it uncounted while one of its keys waits.
func (s *Service) begin(ctx context.Context, keys tryKeys) error {
	return s.store.InTx(ctx, func(ctx context.Context, tx Tx) error {
		now := s.now()
		known, err := keys.lock(ctx, tx)
		if err != nil {
			return err
		}
		if wait := max(perAccount.wait(known.account, now), perPair.wait(known.pair, now), perSource.wait(known.source, now)); wait > 0 {
			return ErrLocked.With(LockedDetail{wait: (wait + time.Second - 1).Truncate(time.Second)})
		}
		return keys.save(ctx, tx, counts{known.account.another(now), known.pair.another(now), known.source.another(now)})
	})
}

func (s *Service) succeed(ctx context.Context, keys tryKeys, p Person) error {
	return s.store.InTx(ctx, func(ctx context.Context, tx Tx) error {
		known, err := keys.lock(ctx, tx)
		if err != nil {
			return err
		}
		if err := keys.save(ctx, tx, counts{source: known.source.forgiven()}); err != nil {
			return err
		}
		return tx.Audit(ctx, entry(s.now(), p.ID, "account.sign_in", p))
	})
}

// counts are the tries of each key.
type counts struct{ account, pair, source Tries }

// lock takes the account's key first: every sign-in locks in the same order.
func (k tryKeys) lock(ctx context.Context, tx Tx) (known counts, err error) {
	if known.account, err = tx.LockTries(ctx, k.account); err != nil {
		return counts{}, err
	}
	if known.pair, err = tx.LockTries(ctx, k.pair); err != nil {
		return counts{}, err
	}
	known.source, err = tx.LockTries(ctx, k.source)
	return known, err
}

func (k tryKeys) save(ctx context.Context, tx Tx, c counts) error {
	if err := tx.SaveTries(ctx, k.account, c.account); err != nil {
		return err
	}
	if err := tx.SaveTries(ctx, k.pair, c.pair); err != nil {
		return err
	}
	return tx.SaveTries(ctx, k.source, c.source)
}
