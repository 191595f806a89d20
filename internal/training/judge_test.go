package training

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"github.com/relais-snp/relais/internal/directory"
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
		5: {{Kind: Cancelled, Case: "given"}, {Kind: Held, Case: "given", Commune: savigny, Practitioner: c.gp(1)},
			{Kind: Booked, Case: "given", Commune: savigny, Practitioner: c.gp(1), Family: "Loriot"}},
	}
	for _, task := range Script() {
		way := ways[task.Number]
		for n := range way { // nothing is done before its last event, and something is with each
			if v := Judge(task, c, "given", way[:n]); v.Finished {
				t.Errorf("task %d is finished after %d of %d events", task.Number, n, len(way))
			}
		}
		v := Judge(task, c, "given", way)
		if !v.Succeeded() || v.Slips != 0 || v.Say.Tone != Well || slices.Contains(v.Done, false) {
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
			if v.Say.Tone != Amiss || v.Say.Text == "" || v.Slips != 1 || v.Finished != test.finished || v.Succeeded() {
				t.Errorf("%+v", v)
			}
		})
	}
}

// far is Cesson-Sévigné, which the first letters of Cesson find too.
const far = "35051"

func TestAnotherCommuneIsSaidAtOnceInEveryTask(t *testing.T) {
	c := someCast(t)
	for _, task := range Script() {
		noted := []Event{{Kind: Noted, Case: "a", Commune: far}}
		v := Judge(task, c, "a", noted)
		if v.Say.Tone != Amiss || v.Slips != 1 || v.Next() != 0 {
			t.Errorf("task %d, another commune: %+v", task.Number, v)
		}
		// Said once, until it is changed
		noted = append(noted, Event{Kind: Noted, Case: "a", Commune: far, MT: regulation.MT{Status: regulation.MTNone}})
		if v = Judge(task, c, "a", noted); v.Slips != 1 {
			t.Errorf("task %d, said of every change: %+v", task.Number, v)
		}
		noted = append(noted, Event{Kind: Noted, Case: "a", Commune: task.Calls[0].Caller.Home.insee})
		if v = Judge(task, c, "a", noted); v.Slips != 1 || task.Number < 5 && (!v.Done[0] || v.Say.Tone != Well) {
			t.Errorf("task %d, mended: %+v", task.Number, v)
		}
	}
}

func TestNoTaskSucceedsWithAnotherCommune(t *testing.T) {
	c := someCast(t)
	own := regulation.MT{Status: regulation.MTHas, RPPS: string(c.Practitioners[gpOwn].RPPS)}
	for _, task := range Script() {
		who, events := task.Calls[0].Caller, []Event{{Kind: Cancelled, Case: "a"}, {Kind: Noted, Case: "a", Commune: far, MT: own}}
		if task.Number == 3 {
			events = append(events, Event{Kind: Ended, Case: "a", Outcome: regulation.To15})
		} else {
			events = append(events, Event{Kind: Booked, Case: "a", Practitioner: c.gp(gpOwn), Family: who.Family})
		}
		v := Judge(task, c, "a", events)
		if v.Succeeded() || v.Say.Tone != Amiss || v.Call != 0 || task.Number < 5 && v.Done[0] {
			t.Errorf("task %d: %+v", task.Number, v)
		}
	}
}

func TestAWrongEndBeginsTheStepsAnew(t *testing.T) {
	c, third := someCast(t), Script()[2]
	events := []Event{{Kind: Noted, Case: "a", Commune: nandy}, {Kind: Ended, Case: "a", Outcome: regulation.Advice}}
	if v := Judge(third, c, "", events); v.Next() != 0 || v.Say.Tone != Amiss {
		t.Fatalf("after the wrong end: %+v", v)
	}
	// When the next case is begun, what was said of the first is no longer said
	if v := Judge(third, c, "", append(events, Event{Kind: Noted, Case: "b"})); v.Next() != 0 || v.Say.Text != "" {
		t.Errorf("a new case: %+v", v)
	}
	events = append(events, Event{Kind: Noted, Case: "b", Commune: nandy})
	if v := Judge(third, c, "", events); v.Next() != 1 || v.Say.Tone != Well {
		t.Errorf("its commune: %+v", v)
	}
	// And the right end brings the next caller
	events = append(events, Event{Kind: Ended, Case: "b", Commune: nandy, Outcome: regulation.To15})
	if v := Judge(third, c, "", events); v.Call != 1 || v.Next() != 0 || v.Slips != 1 || v.Say.Tone != Well {
		t.Errorf("after the right end: %+v", v)
	}
}

// The list of the console is by family name, below a line for a doctor of elsewhere.
func TestThePrintedKeysLeadToTheDoctorOfTheCaller(t *testing.T) {
	c := someCast(t)
	listed := slices.SortedFunc(slices.Values(c.Practitioners), func(a, b directory.Practitioner) int { return strings.Compare(a.Family, b.Family) })
	chosen := -1
	step := Script()[1].Calls[0].Steps[1]
	for _, key := range step.Keys {
		if key == "↓" {
			chosen++
		}
	}
	who := listed[chosen]
	if who.ID != c.gp(gpOwn) || !strings.Contains(step.Text, "Dr "+who.Given+" "+who.Family) {
		t.Errorf("%v lead to Dr %s %s, %q", step.Keys, who.Given, who.Family, step.Text)
	}
}

func TestAnotherCaseIsAnotherCall(t *testing.T) {
	c, first := someCast(t), Script()[0]
	begun := []Event{{Kind: Noted, Case: "a", Commune: cesson}, {Kind: Held, Case: "a", Practitioner: c.gp(0)}}
	if v := Judge(first, c, "", begun); v.Next() != 2 {
		t.Fatalf("two steps done: %+v", v)
	}
	// When a new call is begun
	again := append(begun, Event{Kind: Noted, Case: "b"})
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
				if step.Text == "" || step.Hint == "" || step.Good == "" || len(step.Keys) == 0 && call.Caller.Until == "" {
					t.Errorf("task %d, %q is incomplete", task.Number, step.Text)
				}
				if len(step.Text) > 200 || len(step.Hint) > 500 || len(call.Caller.Says) > 500 {
					t.Errorf("task %d, %q is longer than the contract lets it be", task.Number, step.Text)
				}
			}
		}
	}
}
