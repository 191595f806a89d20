package training

import (
	"slices"
	"strings"
	"time"
)

// hintAfter is how long a trainee may stand still before they are helped on.
const hintAfter = 25 * time.Second

// slow is how long a caller takes whose task is worth another try: many times
// what reading it and following its steps takes.
const slow = 2 * time.Minute

// View is what a trainee sees of their training.
type View struct {
	Ends     time.Time
	Task     int // number of the current one
	Tasks    []TaskView
	Caller   Caller
	Calls    int // callers of the current task
	Call     int // which one is on the line, from 1
	Steps    []StepView
	Finished bool // the current task is done
	Say      Say
	Hint     string
	Result   *Result // once no task is left to do
}

// TaskView is a task in the list.
type TaskView struct {
	Number int
	Title  string
	State  State
	Took   time.Duration // 0 until it was done
	Slips  int
}

// State is where a task stands.
type State string

// The states of a task.
const (
	Todo    State = "todo"
	Current State = "current"
	Done    State = "done"
	Skipped State = "skipped" // left out, or ended amiss
)

// StepView is a step of the caller on the line.
type StepView struct {
	Text string
	Keys []string
	Done bool
}

// Result is what came of a training. It is shown and forgotten.
type Result struct {
	Done     int           // tasks
	Median   time.Duration // of a task that was done
	Practise []string      // of the tasks that were skipped, slow or not without a slip
}

func (r *room) view() View {
	r.mu.Lock()
	defer r.mu.Unlock()
	now := r.now()
	r.seen = now
	script := Script()
	verdict, p := r.verdict(r.task), &r.plays[r.task]
	call := script[r.task].Calls[verdict.Call]
	if call.Caller.Until != "" && !verdict.Done[0] {
		call.Caller.Says = call.Caller.Until
	}
	v := View{Ends: r.endsAt(), Task: r.task + 1, Caller: call.Caller, Calls: len(script[r.task].Calls), Call: verdict.Call + 1,
		Finished: verdict.Finished, Say: verdict.Say}
	for i, step := range call.Steps {
		v.Steps = append(v.Steps, StepView{step.Text, append([]string{}, step.Keys...), verdict.Done[i]})
	}
	if next := verdict.Next(); !v.Finished && now.Sub(p.lastMove()) >= hintAfter {
		v.Hint = call.Steps[next].Hint
	}
	for i, t := range script {
		v.Tasks = append(v.Tasks, TaskView{t.Number, t.Title, r.stateOf(i), r.plays[i].took, r.plays[i].slips})
	}
	v.Result = r.result(script)
	return v.french()
}

// endsAt is when the training is over if nothing happens any more.
func (r *room) endsAt() time.Time {
	if idle := r.touched.Add(Idle); idle.Before(r.ends) {
		return idle
	}
	return r.ends
}

func (p *play) lastMove() time.Time {
	if len(p.events) == 0 {
		return p.began
	}
	return p.events[len(p.events)-1].At
}

func (r *room) stateOf(task int) State {
	p := r.plays[task]
	switch {
	case task == r.task && !p.finished:
		return Current
	case p.took > 0:
		return Done
	case p.skipped || p.finished:
		return Skipped
	}
	return Todo
}

// result is what came of it, nil while a task is left to do.
func (r *room) result(script []Task) *Result {
	var out Result
	var took []time.Duration
	for i, t := range script {
		p := r.plays[i]
		switch r.stateOf(i) {
		case Todo, Current:
			return nil
		case Done:
			out.Done++
			took = append(took, p.took)
		}
		if p.took == 0 || p.slips > 0 || p.took > time.Duration(len(t.Calls))*slow {
			out.Practise = append(out.Practise, t.Practise)
		}
	}
	if len(took) > 0 {
		slices.Sort(took)
		out.Median = took[len(took)/2]
	}
	return &out
}

// french puts the narrow spaces where French typography wants them.
func (v View) french() View {
	v.Caller.Says, v.Say.Text, v.Hint = spaced(v.Caller.Says), spaced(v.Say.Text), spaced(v.Hint)
	for i := range v.Steps {
		v.Steps[i].Text = spaced(v.Steps[i].Text)
	}
	return v
}

var spaces = strings.NewReplacer(" :", "\u202f:", " ;", "\u202f;", " ?", "\u202f?", " !", "\u202f!", "« ", "«\u202f", " »", "\u202f»")

func spaced(text string) string { return spaces.Replace(text) }
