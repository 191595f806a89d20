package app

import (
	"context"
	"encoding/base64"
	"fmt"

	"github.com/alexedwards/argon2id"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/fault"
)

// cost is OWASP's recommendation for argon2id: about 20 ms and 19 MiB a time.
var cost = argon2id.Params{Memory: 19 * 1024, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32}

// hasher is account.Hasher by argon2id. As many run at a time as it has turns,
// so that a flood of sign-ins can take neither the memory nor the processors;
// of the others some wait, and the rest are told to come back.
type hasher struct{ turns, waiting chan struct{} }

// queue is how many wait for a turn: a second or two of work.
const queue = 100

var _ account.Hasher = hasher{}

func newHasher(atOnce int) hasher {
	return hasher{make(chan struct{}, atOnce), make(chan struct{}, atOnce+queue)}
}

var errBusy = fault.New(fault.TooMany, "account.busy", "Trop de connexions à la fois. Réessayez dans un instant.")

func (h hasher) turn(ctx context.Context) (done func(), err error) {
	select {
	case h.waiting <- struct{}{}:
	default:
		return nil, errBusy
	}
	select {
	case h.turns <- struct{}{}:
		return func() { <-h.turns; <-h.waiting }, nil
	case <-ctx.Done():
		<-h.waiting
		return nil, errBusy.Because(ctx.Err())
	}
}

func (h hasher) Hash(ctx context.Context, password string) (string, error) {
	done, err := h.turn(ctx)
	if err != nil {
		return "", err
	}
	defer done()
	return argon2id.CreateHash(password, &cost)
}

func (h hasher) Matches(ctx context.Context, password, hash string) (bool, error) {
	done, err := h.turn(ctx)
	if err != nil {
		return false, err
	}
	defer done()
	return argon2id.ComparePasswordAndHash(password, hash)
}

// Decoy is a well-formed hash of all zeros; finding a password for it is as
// hard as breaking argon2id.
func (h hasher) Decoy() string {
	zeros := func(n uint32) string { return base64.RawStdEncoding.EncodeToString(make([]byte, n)) }
	return fmt.Sprintf("$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s", cost.Memory, cost.Iterations, cost.Parallelism,
		zeros(cost.SaltLength), zeros(cost.KeyLength))
}
