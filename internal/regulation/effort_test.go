package regulation_test

import (
	"testing"
	"time"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/regulation"
)

func TestNoSolutionSaysWhy(t *testing.T) {
	rules := []struct {
		name string
		end  regulation.Closing
		kind regulation.WhyKind
		bad  string // reason of the field, "" when it passes
	}{
		{"a kind alone", regulation.Closing{Outcome: regulation.NoSolution, WhyKind: regulation.WhyNoSlot}, regulation.WhyNoSlot, ""},
		{"words alone", regulation.Closing{Outcome: regulation.NoSolution, Why: "trop loin"}, regulation.WhyOther, ""},
		{"both", regulation.Closing{Outcome: regulation.NoSolution, WhyKind: regulation.WhyTooFar, Why: "sans voiture"}, regulation.WhyTooFar, ""},
		{"neither", regulation.Closing{Outcome: regulation.NoSolution}, "", "case.why_missing"},
		{"blank words", regulation.Closing{Outcome: regulation.NoSolution, Why: " \n"}, "", "case.why_missing"},
		{"an unknown kind", regulation.Closing{Outcome: regulation.NoSolution, WhyKind: "tired"}, "", "case.why_kind"},
		{"a kind for another end", regulation.Closing{Outcome: regulation.Advice, WhyKind: regulation.WhyNoSlot}, "", "case.why_kind"},
		{"words for another end", regulation.Closing{Outcome: regulation.Advice, Why: "rassuré"}, "", ""},
	}
	each(t, func(w *world) {
		for _, rule := range rules {
			c := w.openCase(rosa)
			closed, err := w.svc.CloseCase(w.Context(), rosa, c.ID, rule.end)
			if rule.bad != "" {
				if f := fault.Of(err); f.Reason != "case.invalid" || len(f.Fields) != 1 || f.Fields[0].Reason != rule.bad {
					w.Errorf("%s: %v %v", rule.name, err, f.Fields)
				}
				continue
			}
			w.must(err)
			if closed.WhyKind != rule.kind {
				w.Errorf("%s: kind %q", rule.name, closed.WhyKind)
			}
		}
	})
}

func TestWhoOpenedACaseTellsWhatItAskedOfThem(t *testing.T) {
	each(t, func(w *world) {
		tap := w.tap()
		c := w.openCase(rosa)
		told := regulation.Effort{Keys: 24, Conflicts: 1}
		tap.audited = nil

		w.must(w.svc.NoteEffort(w.Context(), rosa, c.ID, told))
		w.must(w.svc.NoteEffort(w.Context(), rosa, c.ID, regulation.Effort{Keys: 31, Conflicts: 2})) // a repetition replaces
		if len(tap.audited) != 0 {
			w.Errorf("a statistic left %v in the audit", tap.audited)
		}
		w.refused(w.svc.NoteEffort(w.Context(), omar, c.ID, told), account.ErrForbidden)
		w.refused(w.svc.NoteEffort(w.Context(), w.gp, c.ID, told), account.ErrForbidden)
		stranger := regulator("stranger")
		stranger.Territories = []string{"cpts-cote"}
		w.refused(w.svc.NoteEffort(w.Context(), stranger, c.ID, told), regulation.ErrCaseUnknown)
		w.refused(w.svc.NoteEffort(w.Context(), rosa, "nowhere", told), regulation.ErrCaseUnknown)
		for _, bad := range []regulation.Effort{{Keys: -1}, {Keys: 10001}, {Conflicts: -1}, {Conflicts: 1001}} {
			if err := w.svc.NoteEffort(w.Context(), rosa, c.ID, bad); fault.Reason(err) != "case.invalid" {
				w.Errorf("%+v: %v", bad, err)
			}
		}

		_, err := w.svc.CloseCase(w.Context(), omar, c.ID, regulation.Closing{Outcome: regulation.Advice})
		w.must(err)
		w.clock.Advance(24 * time.Hour)
		w.must(w.svc.NoteEffort(w.Context(), rosa, c.ID, told)) // back from a day without network
		w.clock.Advance(time.Second)
		w.refused(w.svc.NoteEffort(w.Context(), rosa, c.ID, told), regulation.ErrCaseClosed)
	})
}
