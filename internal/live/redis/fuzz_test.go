package redis

import (
	"strconv"
	"strings"
	"testing"

	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/live"
)

const (
	someSlot  = `{"ID":"s1","Territory":"cpts-senart","Seats":2,"Revision":3}`
	someState = `{"b":[1],"h":[{"i":"a1","n":"Ada Fictif","u":1795420800000}]}`
)

// FuzzEvent takes an event as a foreign hand, or an older Relais, may have left
// it in the server.
func FuzzEvent(f *testing.F) {
	for _, text := range []string{"K3\n12\n" + someState + "\n" + someSlot, "K3\n-1\n{}\n{}", "K3\n1\n{}", "\n\n\n", "K3\n9223372036854775808\n{}\n{}", "K3\n1\n{\"b\":{}}\n{}",
		"K3\n1\n{\"h\":[{\"u\":9223372036854775807}]}\n{}", "K3\n1\nnull\nnull", "\xff"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		e, err := eventOf("cpts-senart", text)
		if err != nil {
			return
		}
		epoch, rest, _ := strings.Cut(text, "\n")
		seq, _, _ := strings.Cut(rest, "\n")
		if n, err := strconv.ParseInt(seq, 10, 64); err != nil || e.Position != (live.Position{Epoch: epoch, Seq: n}) || e.Territory != "cpts-senart" {
			t.Errorf("%q is read as %+v", text, e)
		}
	})
}

// FuzzPublished takes any message of a territory's channel: what is not
// understood breaks continuity and is never shown.
func FuzzPublished(f *testing.F) {
	for _, text := range []string{"eK3\n12\n" + someState + "\n" + someSlot, "e", "eK3\n1", "b", `s{"territory":"t","focus":{"holder":"a","by":"Ada","slot":"s"}}`, "s", "s[", "", "x", "\xff"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		events, signals, breaks := 0, 0, 0
		p := &push{sinks: map[string][]*follower{"channel": {{territory: "cpts-senart", Sink: live.Sink{
			Event: func(live.Event) { events++ }, Signal: func(live.Signal) { signals++ }, Broken: func() { breaks++ },
		}}}}}
		p.told("channel", text)
		if events+signals+breaks > 1 {
			t.Errorf("%q is told as %d events, %d signals, %d breaks", text, events, signals, breaks)
		}
		if strings.HasPrefix(text, "e") && events+breaks != 1 {
			t.Errorf("the event %q is lost", text)
		}
	})
}

// FuzzAnswer takes a script's answer: of another shape, it is away; a refusal
// is one of ours.
func FuzzAnswer(f *testing.F) {
	f.Add(5, "ok", "K3", int64(12), "cpts~s~x", "7", int64(1), "a1", "Ada", "c1", int64(1795420800000), int64(0))
	f.Add(1, "lost", "", int64(0), "", "", int64(0), "", "", "", int64(0), int64(0))
	f.Add(5, "taken", "K3", int64(-1), "", "x", int64(-1), "", "", "", int64(-9223372036854775808), int64(5))
	f.Add(4, "\xff", "\xff", int64(1), "", "99999999999999999999", int64(0), "", "", "", int64(0), int64(0))
	f.Fuzz(func(t *testing.T, shape int, status, epoch string, seq int64, token, fence string, seat int64, by, name, forCase string, until, extended int64) {
		hold := []any{token, fence, seat, by, name, forCase, until, extended}
		values := []any{status, epoch, seq, hold, nil, nil}
		ans, err := read(values[:min(uint(shape), uint(len(values)))])
		if err != nil || ans.status == lost && shape == 1 {
			return
		}
		h, err := holdOf("cpts-senart", "s1", ans)
		if err != nil {
			if fault.Of(err).Kind == fault.Internal || refusals[status] == nil {
				t.Errorf("%q is refused with %v", status, err)
			}
			if held := refuseHeld(fault.Of(err), ans.a); fault.Reason(held) != fault.Reason(err) {
				t.Errorf("who holds it changes the reason to %v", held)
			}
			return
		}
		if h.Territory != "cpts-senart" || h.Slot != "s1" || ans.at != (live.Position{Epoch: epoch, Seq: seq}) {
			t.Errorf("read %+v at %+v", h, ans.at)
		}
	})
}
