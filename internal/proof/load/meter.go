package load

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/HdrHistogram/hdrhistogram-go"

	"github.com/relais-snp/relais/internal/proof"
)

// The operations that are measured.
const (
	opSignIn  = "sign-in"
	opPublish = "publish"
	opCase    = "case"
	opSearch  = "search"
	opHold    = "hold"
	opBook    = "book"
	opRelease = "release"
	opClose   = "close"
	opCancel  = "cancel"
	opSeen    = "change→seen" // by each console, from when the command was sent
)

var operations = []string{opSignIn, opPublish, opCase, opSearch, opHold, opBook, opRelease, opClose, opCancel, opSeen}

// longest is the longest latency kept apart from longer ones.
const longest = time.Minute

// meter keeps one operation.
type meter struct {
	mu       sync.Mutex
	took     *hdrhistogram.Histogram // microseconds, three digits
	refusals map[string]int
	errors   map[string]int
}

type meters map[string]*meter

func newMeters() meters {
	all := meters{}
	for _, op := range operations {
		all[op] = &meter{took: hdrhistogram.New(1, longest.Microseconds(), 3), refusals: map[string]int{}, errors: map[string]int{}}
	}
	return all
}

// took notes an answer, good or not, and how long it was waited for.
func (m meters) took(op string, d time.Duration, err error) {
	k := m[op]
	k.mu.Lock()
	defer k.mu.Unlock()
	_ = k.took.RecordValue(min(max(d, time.Microsecond), longest).Microseconds()) // inside its bounds
	switch {
	case err == nil:
	case refused(err):
		k.refusals[proof.Reason(err)]++
	default:
		k.errors[reason(err)]++
	}
}

// failed counts what could not even be tried.
func (m meters) failed(op, why string) {
	k := m[op]
	k.mu.Lock()
	defer k.mu.Unlock()
	k.errors[why]++
}

// refused reports whether an error is an ordinary answer of the trade.
func refused(err error) bool {
	var p *proof.Problem
	return errors.As(err, &p) && p.Status == http.StatusConflict
}

func reason(err error) string {
	return cmp.Or(proof.Reason(err), "no answer")
}

// Operation is what became of one kind of request; times are milliseconds.
type Operation struct {
	Name      string         `json:"name"`
	Count     int64          `json:"count"`
	PerSecond float64        `json:"perSecond"`
	P50       float64        `json:"p50"`
	P99       float64        `json:"p99"`
	P999      float64        `json:"p999"`
	Max       float64        `json:"max"`
	Refusals  map[string]int `json:"refusals,omitempty"`
	Errors    map[string]int `json:"errors,omitempty"`
}

// read summarises the operations that happened.
func (m meters) read(over time.Duration) []Operation {
	var list []Operation
	for _, op := range operations {
		k := m[op]
		k.mu.Lock()
		ms := func(q float64) float64 { return float64(k.took.ValueAtQuantile(q)) / 1000 }
		o := Operation{Name: op, Count: k.took.TotalCount(), PerSecond: float64(k.took.TotalCount()) / over.Seconds(),
			P50: ms(50), P99: ms(99), P999: ms(99.9), Max: float64(k.took.Max()) / 1000,
			Refusals: maps.Clone(k.refusals), Errors: maps.Clone(k.errors)}
		k.mu.Unlock()
		if o.Count+int64(len(o.Errors)) > 0 {
			list = append(list, o)
		}
	}
	return list
}

// counted writes reasons with their counts, most frequent first.
func counted(reasons map[string]int) string {
	text := ""
	for _, r := range slices.SortedFunc(maps.Keys(reasons), func(a, b string) int {
		return cmp.Or(cmp.Compare(reasons[b], reasons[a]), cmp.Compare(a, b))
	}) {
		if text != "" {
			text += ", "
		}
		text += fmt.Sprintf("%s %d", r, reasons[r])
	}
	return text
}
