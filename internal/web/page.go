package web

import (
	"context"
	"encoding/base64"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/gin-gonic/gin"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/regulation"
)

// defaultLimit is the page when none is asked for; the contract bounds what may be asked.
const defaultLimit = 200

// caller returns who calls, and the request's own context: Gin recycles the one it hands out, which a use case must not keep.
func caller(ctx context.Context) (context.Context, account.Actor) {
	if c, ok := ctx.(*gin.Context); ok {
		ctx = c.Request.Context()
	}
	return ctx, actorOf(ctx)
}

func limitOf(limit *int) int {
	if limit == nil {
		return defaultLimit
	}
	return *limit
}

// keyOf reads the cursor of a list sorted by time; a cursor that no page gave is an error in the field of that name.
func keyOf(cursor *string) (regulation.Key, error) {
	if cursor == nil {
		return regulation.Key{}, nil
	}
	at, id, err := splitCursor(*cursor)
	if err != nil {
		return regulation.Key{}, err
	}
	micros, err := strconv.ParseInt(at, 36, 64)
	key := regulation.Key{At: time.UnixMicro(micros).UTC(), ID: id}
	if err != nil || !withinReason(key.At) {
		return regulation.Key{}, errCursor
	}
	return key, nil
}

// cursorOf is the cursor of a key, nil for the last page.
func cursorOf(k regulation.Key) *string {
	if k == (regulation.Key{}) {
		return nil
	}
	return joinCursor(strconv.FormatInt(k.At.UnixMicro(), 36), k.ID)
}

var errCursor = fault.Fields("request.invalid", invalidMessage, field([]string{"cursor"}, "request.format"))

func joinCursor(sort, id string) *string {
	text := base64.RawURLEncoding.EncodeToString([]byte(sort + "\x00" + id))
	return &text
}

func splitCursor(cursor string) (sort, id string, err error) {
	raw, err := base64.RawURLEncoding.DecodeString(cursor)
	sort, id, ok := strings.Cut(string(raw), "\x00")
	if err != nil || !ok || !utf8.Valid(raw) || strings.ContainsFunc(id, forbiddenRune) {
		return "", "", errCursor
	}
	return sort, id, nil
}

// pageByID cuts one page out of a list that is in memory anyway, sorted by the text that key gives.
func pageByID[T any](items []T, cursor *string, limit int, key func(T) (sort, id string)) ([]T, *string, error) {
	compare := func(a, b [2]string) int { return slices.Compare(a[:], b[:]) }
	keyed := func(t T) [2]string { s, id := key(t); return [2]string{s, id} }
	slices.SortFunc(items, func(a, b T) int { return compare(keyed(a), keyed(b)) })
	if cursor != nil {
		sort, id, err := splitCursor(*cursor)
		if err != nil {
			return nil, nil, err
		}
		after := [2]string{sort, id}
		items = slices.DeleteFunc(items, func(t T) bool { return compare(keyed(t), after) <= 0 })
	}
	if len(items) <= limit {
		return items, nil, nil
	}
	items = items[:limit]
	sort, id := key(items[limit-1])
	return items, joinCursor(sort, id), nil
}

// pageAfter cuts one page out of a list in memory that has its own order; the cursor is the id where the page before ended.
func pageAfter[T any](items []T, cursor *string, limit int, id func(T) string) ([]T, *string) {
	if cursor != nil {
		ended := slices.IndexFunc(items, func(t T) bool { return id(t) == *cursor })
		items = items[ended+1:]
	}
	if len(items) <= limit {
		return items, nil
	}
	last := id(items[limit-1])
	return items[:limit], &last
}
