package store

import (
	"bytes"
	"context"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/relais-snp/relais/internal/audit"
	"github.com/relais-snp/relais/internal/fault"
)

// ErrAuditBroken says that the audit is not what was chained: an entry was
// altered, removed or put in between. Its text names the place in the chain.
var ErrAuditBroken = fault.New(fault.Internal, "audit.broken", "Le journal d’audit a été altéré.")

// chainHead is where the end of the chain is kept apart, so that entries cut off
// at the end are missed too.
const chainHead = "audit.head"

// chainBatch is how many entries one transaction chains or one read verifies.
const chainBatch = 500

// link is an entry in, or on its way into, the chain.
type link struct {
	id       int64
	position int64
	hash     []byte
	audit.Entry
}

// ChainAudit chains the entries written since the last time, in the order of
// their numbers. Entries of slower transactions with lower numbers simply come
// later in the chain: its order is that of the chaining.
func (db *DB) ChainAudit(ctx context.Context) error {
	for {
		var some int
		err := db.inTx(ctx, func(ctx context.Context, t *tx) (err error) {
			some, err = t.chain(ctx)
			return err
		})
		if err != nil || some < chainBatch {
			return err
		}
	}
}

func (t *tx) chain(ctx context.Context) (int, error) {
	head, err := t.lockHead(ctx)
	if err != nil {
		return 0, err
	}
	fresh, err := list(ctx, t, scanLink, selectAudit+` WHERE position IS NULL ORDER BY id LIMIT $1`, chainBatch)
	if err != nil || len(fresh) == 0 {
		return 0, err
	}
	for i := range fresh {
		head.position++
		head.hash = fresh[i].Hash(head.position, head.hash)
		fresh[i].position, fresh[i].hash = head.position, head.hash
	}
	if err := t.settle(ctx, fresh); err != nil {
		return 0, err
	}
	return len(fresh), run(ctx, t, `UPDATE meta SET value = $2 WHERE name = $1`, chainHead, head.String())
}

// settle writes where entries are in the chain, many a statement: one an entry
// would cost as much as writing them did.
func (t *tx) settle(ctx context.Context, links []link) error {
	for some := range slices.Chunk(links, atOnceOf(3)) {
		args := make([]any, 0, 3*len(some))
		for _, l := range some {
			args = append(args, l.id, l.position, l.hash)
		}
		if err := run(ctx, t, settleLinks(t.db.dialect.bytes, len(some)), args...); err != nil {
			return err
		}
	}
	return nil
}

// settleLinks names the types of the first row, which PostgreSQL cannot guess; the
// others follow it.
func settleLinks(bytes string, n int) string {
	first := `(CAST($1 AS BIGINT),CAST($2 AS BIGINT),CAST($3 AS ` + bytes + `))`
	return `WITH settled (id, position, hash) AS (VALUES ` + first + strings.TrimPrefix(parameters(n, 3), "($1,$2,$3)") + `)
UPDATE audit SET position = settled.position, hash = settled.hash FROM settled WHERE audit.id = settled.id`
}

// VerifyAudit walks the chain and returns how many of its entries are as they
// were, with ErrAuditBroken when one is not.
func (db *DB) VerifyAudit(ctx context.Context) (entries int64, err error) {
	end, last, err := db.chainEnd(ctx)
	if err != nil {
		return 0, err
	}
	at := head{}
	for at.position < end.position {
		links, err := list(ctx, db, scanLink, selectAudit+` WHERE position > $1 AND position <= $2 ORDER BY position LIMIT $3`,
			at.position, end.position, chainBatch)
		if err != nil {
			return at.position, err
		}
		if at, err = at.follow(links); err != nil {
			return at.position, err
		}
	}
	switch {
	case !bytes.Equal(at.hash, end.hash):
		return at.position, broken(at.position)
	case last != end.position:
		return at.position, broken(at.position + 1) // the head was set back
	}
	return at.position, nil
}

// chainEnd returns the head that is kept and the last position that an entry has,
// both of one moment, as chaining goes on meanwhile.
func (db *DB) chainEnd(ctx context.Context) (end head, last int64, err error) {
	kept, err := one(ctx, db, nil, func(row scanner) (kept string, err error) {
		err = row.Scan(&last, &kept)
		return kept, err
	}, `SELECT COALESCE(MAX(position), 0), COALESCE((SELECT value FROM meta WHERE name = $1), $2) FROM audit`, chainHead, head{}.String())
	if err != nil {
		return head{}, 0, err
	}
	end, err = parseHead(kept)
	return end, last, err
}

// follow checks the next links of the chain and returns where they end, or the
// last that holds.
func (h head) follow(links []link) (head, error) {
	if len(links) == 0 {
		return h, broken(h.position + 1)
	}
	for _, l := range links {
		next := head{h.position + 1, l.Hash(h.position+1, h.hash)}
		if l.position != next.position || !bytes.Equal(l.hash, next.hash) {
			return h, broken(next.position)
		}
		h = next
	}
	return h, nil
}

func broken(position int64) error {
	e := *ErrAuditBroken
	e.Message = fmt.Sprintf("Le journal d’audit a été altéré à l’entrée n° %d.", position)
	return &e
}

// head is the end of a chain; the zero head is that of an empty one.
type head struct {
	position int64
	hash     []byte
}

// String is the head as meta keeps it.
func (h head) String() string {
	return strconv.FormatInt(h.position, 10) + ":" + hex.EncodeToString(h.hash)
}

func parseHead(s string) (h head, err error) {
	number, hash, _ := strings.Cut(s, ":")
	if h.position, err = strconv.ParseInt(number, 10, 64); err != nil || h.position < 0 {
		return h, broken(0)
	}
	if h.hash, err = hex.DecodeString(hash); err != nil {
		return h, broken(0)
	}
	return h, nil
}

// lockHead keeps other processes from chaining at the same time.
func (t *tx) lockHead(ctx context.Context) (head, error) {
	kept, err := one(ctx, t, nil, scanID, `INSERT INTO meta (name, value) VALUES ($1, $2)
ON CONFLICT (name) DO UPDATE SET value = meta.value RETURNING value`, chainHead, head{}.String())
	if err != nil {
		return head{}, err
	}
	return parseHead(kept)
}

const selectAudit = `SELECT id, COALESCE(position, 0), hash, at, actor, action, target, territory, detail FROM audit`

func scanLink(row scanner) (l link, err error) {
	err = row.Scan(&l.id, &l.position, &l.hash, instant{&l.At}, &l.Actor, &l.Action, &l.Target, &l.Territory, &l.Detail)
	return l, err
}
