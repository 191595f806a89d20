package redis

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"time"
)

// trimChunk is how many slots one script forgets.
const trimChunk = 100

// Trim forgets slots that ended before the given time. They are looked for by
// plain reads, as nearly all that a territory carries have not ended; the script
// looks at each again.
func (e *Engine) Trim(ctx context.Context, territory string, before time.Time) error {
	limit, ended := before.UnixMilli(), map[string]bool{}
	err := e.scanning(ctx, territory, func() error {
		_, err := e.scanAll(ctx, territory, e.sight(territory).keys[2:3], func(_ int, page []string) {
			for i := 0; i+1 < len(page); i += 2 {
				if endOf(page[i+1]) < limit {
					ended[page[i]] = true
				}
			}
		})
		return err
	})
	if err != nil {
		return err
	}
	var calls [][]any
	for ids := range slices.Chunk(slices.Collect(maps.Keys(ended)), trimChunk) {
		argv := []any{limit}
		for _, id := range ids {
			argv = append(argv, id)
		}
		calls = append(calls, argv)
	}
	return e.callEach(ctx, scriptTrim, territory, calls)
}

// endOf is when a slot ends, in milliseconds, as Lua keeps it.
func endOf(lively string) int64 {
	var s struct {
		End int64 `json:"e"`
	}
	if json.Unmarshal([]byte(lively), &s) != nil {
		return 0 // the script decides
	}
	return s.End
}
