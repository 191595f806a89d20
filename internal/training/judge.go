package training

// Verdict is how far a trainee has come in a task.
type Verdict struct {
	Call     int    // which caller is on the line, from 0; the last one's when all is done
	Done     []bool // of the steps of that call
	Finished bool
	Say      Say // about the last event that mattered; the zero Say before any
	Slips    int // how many things went amiss
}

// Say is one sentence of feedback, in French.
type Say struct {
	Tone Tone
	Text string
}

// Tone is how a sentence is meant.
type Tone string

// The tones.
const (
	Well  Tone = "well"
	Amiss Tone = "amiss"
)

// Succeeded reports whether the task came to a good end: one that ended amiss is
// to be done anew.
func (v Verdict) Succeeded() bool { return v.Finished && v.Say.Tone == Well }

// Next is the first step that is not done, len(Done) when all are.
func (v Verdict) Next() int {
	for i, done := range v.Done {
		if !done {
			return i
		}
	}
	return len(v.Done)
}

// Judge tells from the events of a task, in order, which steps are done and
// what to say. given is the case of a task that gives one. It is a pure
// function.
func Judge(t Task, cast Cast, given string, events []Event) Verdict {
	v := Verdict{Done: make([]bool, len(t.Calls[0].Steps))}
	s := scene{cast: cast, given: given}
	for _, e := range events {
		if v.Finished {
			break
		}
		call, before := t.Calls[v.Call], s.kase
		s.facts = s.after(e)
		over, said := v.look(call, s)
		if amiss := call.wrong(e, s); amiss != "" {
			said = Say{Amiss, amiss}
			v.Slips++
		}
		if said.Text != "" || s.kase != before { // what was said of another case is over
			v.Say = said
		}
		switch {
		case !over && e.ends(s.facts): // what is asked of the caller is asked anew
			s.facts = s.anew()
			v.look(call, s)
		case !over:
		case v.Call+1 == len(t.Calls):
			v.Finished = true
			v.crossOut()
		default:
			v.Call++
			v.Done = make([]bool, len(t.Calls[v.Call].Steps))
			s.facts = facts{}
		}
	}
	return v
}

// ends reports whether e puts an end to the case in hand.
func (e Event) ends(f facts) bool {
	return e.Kind == Booked || e.Kind == Ended && e.Case == f.kase
}

// crossOut marks what was left out on the way to a good end.
func (v *Verdict) crossOut() {
	for i := range v.Done {
		v.Done[i] = v.Done[i] || v.Succeeded()
	}
}

// look marks the steps that are done now. What was done stays so unless the
// trainee has begun another case. The last one ends the call, whatever was left
// out on the way: a caller who is served does not stay on the line.
func (v *Verdict) look(call Call, s scene) (over bool, said Say) {
	for i, step := range call.Steps {
		was := v.Done[i]
		over = step.done(s)
		v.Done[i] = over
		if v.Done[i] && !was {
			said = Say{Well, step.Good}
		}
	}
	return over, said
}
