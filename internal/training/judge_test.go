package training

import (
	"slices"
	"testing"

	"github.com/google/uuid"

	"github.com/relais-snp/relais/internal/regulation"
)

func someCast(t *testing.T) Cast {
	t.Helper()
	c, err := newCast("entrainement-essai", 1, uuid.NewString)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// gp names a member of the cast in a table of events.
func (c Cast) gp(i int) string { return c.Practitioners[i].ID }

func TestEveryTaskIsDoneByItsOwnWay(t *testing.T) {
	c := someCast(t)
	own := regulation.MT{Status: regulation.MTHas, RPPS: string(c.Practitioners[gpOwn].RPPS)}
	ways := map[int][]Event{
		1: {{Kind: Noted, Case: "a", Commune: cesson}, {Kind: Held, Case: "a", Practitioner: c.gp(0)}, {Kind: Booked, Case: "a", Practitioner: c.gp(0), Family: "alouette"}},
		2: {{Kind: Noted, Case: "a", Commune: lieusaint}, {Kind: Noted, Case: "a", Commune: lieusaint, MT: own},
			{Kind: Held, Case: "a", Practitioner: c.gp(gpOwn)}, {Kind: Booked, Case: "a", Practitioner: c.gp(gpOwn), Family: "PINSON"}},
		3: {{Kind: Noted, Case: "a", Commune: nandy}, {Kind: Ended, Case: "a", Outcome: regulation.To15},
			{Kind: Noted, Case: "b", Commune: savigny}, {Kind: Ended, Case: "b", Outcome: regulation.NoSolution}},
		4: {{Kind: Noted, Case: "a", Commune: moissy}, {Kind: Refused, Practitioner: c.gp(4)},
			{Kind: Held, Case: "a", Practitioner: c.gp(3)}, {Kind: Booked, Case: "a", Practitioner: c.gp(3), Family: "Fauvette"}},
		5: {{Kind: Held, Case: "given", Practitioner: c.gp(1)}, {Kind: Booked, Case: "given", Practitioner: c.gp(1), Family: "Loriot"}},
	}
	for _, task := range Script() {
		way := ways[task.Number]
		for n := range way { // nothing is done before its last event, and something is with each
			if v := Judge(task, c, "given", way[:n]); v.Finished {
				t.Errorf("task %d is finished after %d of %d events", task.Number, n, len(way))
			}
		}
		v := Judge(task, c, "given", way)
		if !v.Finished || v.Slips != 0 || v.Say.Tone != Well || slices.Contains(v.Done, false) {
			t.Errorf("task %d after its own way: %+v", task.Number, v)
		}
	}
}

func TestWhatGoesAmissIsSaid(t *testing.T) {
	c := someCast(t)
	for _, test := range []struct {
		name     string
		task     int
		events   []Event
		finished bool
	}{
		{"a seat without commune", 1, []Event{{Kind: Held, Case: "a", Practitioner: c.gp(0)}}, false},
		{"another name", 1, []Event{{Kind: Noted, Case: "a", Commune: cesson}, {Kind: Booked, Case: "a", Practitioner: c.gp(0), Family: "Pinson"}}, true},
		{"advice where there is room", 1, []Event{{Kind: Noted, Case: "a", Commune: cesson}, {Kind: Ended, Case: "a", Outcome: regulation.Advice}}, false},
		{"another doctor's seat", 2, []Event{{Kind: Noted, Case: "a", Commune: lieusaint}, {Kind: Held, Case: "a", Practitioner: c.gp(3)}}, false},
		{"another doctor's appointment", 2, []Event{{Kind: Booked, Case: "a", Practitioner: c.gp(3), Family: "Pinson"}}, true},
		{"a seat for an emergency", 3, []Event{{Kind: Noted, Case: "a", Commune: nandy}, {Kind: Held, Case: "a", Practitioner: c.gp(6)}}, false},
		{"advice for an emergency", 3, []Event{{Kind: Noted, Case: "a", Commune: nandy}, {Kind: Ended, Case: "a", Outcome: regulation.Advice}}, false},
		{"another case than the one given back", 5, []Event{{Kind: Noted, Case: "b", Commune: savigny}, {Kind: Held, Case: "b", Practitioner: c.gp(5)}}, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			v := Judge(Script()[test.task-1], c, "given", test.events)
			if v.Say.Tone != Amiss || v.Say.Text == "" || v.Slips != 1 || v.Finished != test.finished {
				t.Errorf("%+v", v)
			}
		})
	}
}

func TestAnotherCaseIsAnotherCall(t *testing.T) {
	c, first := someCast(t), Script()[0]
	begun := []Event{{Kind: Noted, Case: "a", Commune: cesson}, {Kind: Held, Case: "a", Practitioner: c.gp(0)}}
	if v := Judge(first, c, "", begun); v.Next() != 2 {
		t.Fatalf("two steps done: %+v", v)
	}
	// When a new call is begun
	again := append(begun, Event{Kind: Noted, Case: "b", Commune: savigny})
	// Then nothing of the first counts for it
	if v := Judge(first, c, "", again); v.Next() != 0 {
		t.Errorf("steps of another call count: %+v", v)
	}
	// And putting the first away ends nothing
	again = append(again, Event{Kind: Noted, Case: "b", Commune: cesson}, Event{Kind: Ended, Case: "a", Outcome: regulation.Abandoned})
	if v := Judge(first, c, "", again); v.Next() != 1 || v.Slips != 0 {
		t.Errorf("after the first was put away: %+v", v)
	}
}

func TestTheScriptSaysEverything(t *testing.T) {
	for i, task := range Script() {
		if task.Number != i+1 || task.Title == "" || task.Practise == "" {
			t.Errorf("task %d: %+v", i+1, task)
		}
		for _, call := range task.Calls {
			for _, step := range call.Steps {
				if step.Text == "" || step.Hint == "" || step.Good == "" || len(step.Keys) == 0 {
					t.Errorf("task %d, %q is incomplete", task.Number, step.Text)
				}
				if len(step.Text) > 200 || len(step.Hint) > 500 || len(call.Caller.Says) > 500 {
					t.Errorf("task %d, %q is longer than the contract lets it be", task.Number, step.Text)
				}
			}
		}
	}
}
