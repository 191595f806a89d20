package store

import (
	"database/sql"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/relais-snp/relais/internal/civil"
)

// stamp is a time as columns keep it: UTC, microseconds, NULL for the zero time.
func stamp(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.UTC().Truncate(time.Microsecond)
}

// instant reads a time column into t; NULL is the zero time. SQLite gives texts
// where a column has no declared type, as in RETURNING.
type instant struct{ t *time.Time }

// Scan takes a time, its text or NULL.
func (i instant) Scan(v any) error {
	switch v := v.(type) {
	case nil:
		*i.t = time.Time{}
	case time.Time:
		*i.t = v.UTC()
	case string:
		t, err := time.Parse("2006-01-02 15:04:05.999999999-07:00", v)
		if err != nil {
			return fmt.Errorf("store: a column holds no time")
		}
		*i.t = t.UTC()
	default:
		return fmt.Errorf("store: a column of times holds %T", v)
	}
	return nil
}

// day reads a text YYYY-MM-DD; the empty text is the zero Date.
type day struct{ d *civil.Date }

// Scan takes a text.
func (r day) Scan(v any) error {
	text, ok := v.(string)
	if !ok {
		return fmt.Errorf("store: a column of days holds %T", v)
	}
	return r.d.UnmarshalText([]byte(text))
}

// numbers reads ascending numbers joined by commas; NULL and the empty text are
// none.
type numbers struct{ list *[]int }

// Scan takes a text or NULL.
func (r numbers) Scan(v any) error {
	*r.list = nil
	text, _ := v.(string)
	if text == "" {
		return nil
	}
	for part := range strings.SplitSeq(text, ",") {
		n, err := strconv.Atoi(part)
		if err != nil {
			return fmt.Errorf("store: a list of numbers holds something else")
		}
		*r.list = append(*r.list, n)
	}
	return nil
}

// days reads days joined by spaces; the empty text is none.
type days struct{ list *[]civil.Date }

// Scan takes a text.
func (r days) Scan(v any) error {
	*r.list = nil
	text, _ := v.(string)
	for part := range strings.FieldsSeq(text) {
		d, err := civil.ParseDate(part)
		if err != nil {
			return fmt.Errorf("store: a list of days holds something else")
		}
		*r.list = append(*r.list, d)
	}
	return nil
}

func joinedDays(list []civil.Date) string {
	parts := make([]string, len(list))
	for i, d := range list {
		parts[i] = d.String()
	}
	return strings.Join(parts, " ")
}

func joined(list []int) string {
	parts := make([]string, len(list))
	for i, n := range list {
		parts[i] = strconv.Itoa(n)
	}
	return strings.Join(parts, ",")
}

// words reads texts joined by spaces; NULL and the empty text are none.
type words[T ~string] struct{ list *[]T }

// Scan takes a text or NULL.
func (r words[T]) Scan(v any) error {
	*r.list = nil
	text, _ := v.(string)
	for part := range strings.FieldsSeq(text) {
		*r.list = append(*r.list, T(part))
	}
	return nil
}

// joinedWords is what words reads.
func joinedWords[T ~string](list []T) string {
	parts := make([]string, len(list))
	for i, one := range list {
		parts[i] = string(one)
	}
	return strings.Join(parts, " ")
}

// orNull is a text that refers to a row, NULL for none.
func orNull(id string) sql.NullString { return sql.NullString{String: id, Valid: id != ""} }

// text reads a text column; NULL is the empty text.
type text struct{ s *string }

// Scan takes a text or NULL.
func (r text) Scan(v any) error {
	s, _ := v.(string)
	*r.s = s
	return nil
}
