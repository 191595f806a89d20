package training_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/regulation"
	"github.com/relais-snp/relais/internal/training"
)

func TestTheFiveTasksOverTheRealUseCases(t *testing.T) {
	w := open(t)
	p := w.trainee("192.0.2.1")

	kase, best := p.call("77067")
	w.now = w.now.Add(9 * time.Second)
	h, err := p.hold(best[0].State.Slot.ID, kase)
	if err != nil {
		t.Fatal(err)
	}
	p.book(h, "Alouette")
	if v := p.view(); !v.Finished || v.Tasks[0].State != training.Done || v.Tasks[0].Took != 9*time.Second {
		t.Fatalf("first task: %+v", v)
	}

	p.begin(2)
	doctors, err := w.desk.People.Ground(t.Context(), p.Territories[0])
	if err != nil {
		t.Fatal(err)
	}
	kase, _ = p.call("77251")
	for _, rpps := range doctors.RPPS { // whoever it is: the caller names one, and they come first
		mt := regulation.MT{Status: regulation.MTHas, RPPS: rpps}
		if _, err := w.desk.ChangeCase(t.Context(), p.Actor, kase, regulation.CaseDraft{MT: &mt}); err != nil {
			t.Fatal(err)
		}
		if p.view().Steps[1].Done {
			break
		}
	}
	best = p.best(kase)
	if h, err = p.hold(best[0].State.Slot.ID, kase); err != nil || !best[0].Rank.OwnMT {
		t.Fatal(best[0].Rank, err)
	}
	p.book(h, "Pinson")

	p.begin(3)
	kase, _ = p.call("77326")
	p.end(kase, regulation.To15)
	if v := p.view(); v.Call != 2 || v.Finished {
		t.Fatalf("after the emergency: %+v", v)
	}
	kase, _ = p.call("77445")
	p.end(kase, regulation.NoSolution)

	p.begin(4)
	kase, best = p.call("77296")
	if _, err = p.hold(best[0].State.Slot.ID, kase); !errors.Is(err, regulation.ErrSlotTaken) {
		t.Fatalf("the colleague was not there first: %v", err)
	}
	if h, err = p.hold(best[1].State.Slot.ID, kase); err != nil { // once is enough
		t.Fatal(err)
	}
	p.book(h, "Fauvette")

	if v := p.begin(5); v.Steps[0].Done || strings.Contains(v.Caller.Says, "annuler") {
		t.Errorf("the text speaks of a notice that has not come: %+v", v)
	}
	w.now = w.now.Add(5 * time.Second)
	w.school.Turn(t.Context())
	cases, err := w.desk.Cases(t.Context(), p.Actor, regulation.CaseQuery{Territory: p.Territories[0], OpenOnly: true, Limit: 10})
	if err != nil || len(cases) != 1 {
		t.Fatalf("the case came back: %d %v", len(cases), err)
	}
	if last := w.told[len(w.told)-1]; last.Kind != regulation.NoticeCaseReopened || last.Account != p.ID {
		t.Errorf("the trainee was not told: %+v", last)
	}
	if v := p.view(); !v.Steps[0].Done || !strings.Contains(v.Caller.Says, "annuler") || v.Say.Tone != training.Well {
		t.Errorf("the text did not come with the notice: %+v", v)
	}
	if h, err = p.hold(p.best(cases[0].ID)[0].State.Slot.ID, cases[0].ID); err != nil {
		t.Fatal(err)
	}
	p.book(h, "Loriot")
	v := p.view()
	if v.Result == nil || v.Result.Done != 5 || len(v.Result.Practise) != 0 {
		t.Fatalf("result: %+v of %+v", v.Result, v.Tasks)
	}
}

func TestWhoDoesNothingLeaves(t *testing.T) {
	w := open(t)
	idle, busy := w.trainee("192.0.2.1"), w.trainee("192.0.2.2")
	w.now = w.now.Add(training.Idle - time.Second)
	busy.call("77067")
	idle.view() // looking is no act: a page that was left open looks all day
	w.now = w.now.Add(2 * time.Second)
	w.school.Turn(t.Context())
	if _, err := w.school.Actor(idle.ID); !errors.Is(err, account.ErrSignInRequired) {
		t.Errorf("an idle trainee is still there: %v", err)
	}
	if _, err := w.school.Actor(busy.ID); err != nil || len(w.lands) != 1 {
		t.Errorf("the busy one: %v, %d territories", err, len(w.lands))
	}
	// And nobody stays for ever
	for range 8 {
		w.now = w.now.Add(training.Idle / 2)
		if _, err := w.desk.OpenCase(t.Context(), busy.Actor, regulation.CaseDraft{Territory: busy.Territories[0]}); err != nil {
			break
		}
	}
	w.school.Turn(t.Context())
	if !w.school.Empty() || len(w.lands) != 0 {
		t.Error("a training goes on after its life")
	}
}

func TestTraineesNeverMeet(t *testing.T) {
	w := open(t)
	one, other := w.trainee("192.0.2.1"), w.trainee("192.0.2.1")
	kase, best := one.call("77067")
	if _, err := other.hold(best[0].State.Slot.ID, ""); !errors.Is(err, regulation.ErrSlotUnknown) {
		t.Errorf("another's slot exists: %v", err)
	}
	if _, err := w.desk.ChangeCase(t.Context(), other.Actor, kase, regulation.CaseDraft{}); !errors.Is(err, regulation.ErrCaseUnknown) {
		t.Errorf("another's case exists: %v", err)
	}
	if v := other.view(); v.Steps[0].Done || v.Say.Text != "" {
		t.Errorf("another's steps count: %+v", v)
	}
}

func TestAHintComesToWhoStandsStill(t *testing.T) {
	w := open(t)
	p := w.trainee("192.0.2.1")
	if v := p.view(); v.Hint != "" {
		t.Errorf("at once: %q", v.Hint)
	}
	w.now = w.now.Add(26 * time.Second)
	if v := p.view(); v.Hint == "" {
		t.Error("no hint after a while")
	}
}

func TestATaskThatEndsAmissIsToBeDoneAnew(t *testing.T) {
	w := open(t)
	p := w.trainee("192.0.2.1")
	book := func(commune string) training.View {
		kase, best := p.call(commune)
		h, err := p.hold(best[0].State.Slot.ID, kase)
		if err != nil {
			t.Fatal(err)
		}
		p.book(h, "Alouette")
		return p.view()
	}
	v := book("35051")
	if first := v.Tasks[0]; !v.Finished || v.Steps[0].Done || first.State != training.Skipped || first.Took != 0 {
		t.Fatalf("with another commune: %+v", v)
	}
	p.begin(1)
	if v = book("77067"); v.Tasks[0].State != training.Done || v.Tasks[0].Slips != 0 || !v.Steps[0].Done {
		t.Errorf("done anew: %+v", v)
	}
}

func TestOnlyWhatWentBadlyIsToBePractised(t *testing.T) {
	w := open(t)
	p := w.trainee("192.0.2.1")
	first := func(after time.Duration) {
		p.begin(1)
		kase, best := p.call("77067")
		w.now = w.now.Add(after)
		h, err := p.hold(best[0].State.Slot.ID, kase)
		if err != nil {
			t.Fatal(err)
		}
		p.book(h, "Alouette")
	}
	first(40 * time.Second)
	for task := 2; task <= 5; task++ {
		p.begin(task)
	}
	first(40 * time.Second) // the last is left out too
	if v := p.view(); v.Result == nil || v.Result.Done != 1 || len(v.Result.Practise) != 4 {
		t.Errorf("what was skipped and no more: %+v", v.Result)
	}
	first(3 * time.Minute)
	if v := p.view(); len(v.Result.Practise) != 5 {
		t.Errorf("what was slow too: %+v", v.Result)
	}
}

// What an earlier task left open is in the console still, while its commune is typed over.
func TestACaseLeftOpenIsNoSlip(t *testing.T) {
	w := open(t)
	p := w.trainee("192.0.2.1")
	kase, _ := p.call("77067")
	p.begin(2)
	lieusaint := "77251"
	for _, draft := range []regulation.CaseDraft{{}, {Commune: &lieusaint}} {
		if _, err := w.desk.ChangeCase(t.Context(), p.Actor, kase, draft); err != nil {
			t.Fatal(err)
		}
	}
	if v := p.view(); !v.Steps[0].Done || v.Say.Tone != training.Well {
		t.Errorf("%+v", v)
	}
}

func TestATaskCanBeSkippedAndDoneAnew(t *testing.T) {
	w := open(t)
	p := w.trainee("192.0.2.1")
	if v := p.begin(2); v.Tasks[0].State != training.Skipped || v.Task != 2 {
		t.Errorf("skipped: %+v", v.Tasks)
	}
	if v := p.begin(1); v.Tasks[0].State != training.Current || v.Steps[0].Done {
		t.Errorf("anew: %+v", v)
	}
	if _, err := w.school.Begin(t.Context(), p.Actor, 6); !errors.Is(err, training.ErrTaskUnknown) {
		t.Errorf("a sixth task: %v", err)
	}
}

func TestColleaguesWorkOnTheirOwnRows(t *testing.T) {
	w := open(t)
	p := w.trainee("192.0.2.1")
	held := map[string]bool{}
	for range 60 {
		p.view()
		w.now = w.now.Add(time.Second)
		w.school.Turn(t.Context())
		b, err := w.desk.Slots(t.Context(), p.Actor, regulation.BoardQuery{Territory: p.Territories[0]})
		if err != nil {
			t.Fatal(err)
		}
		for _, it := range b.Items {
			if len(it.State.Held) > 0 {
				held[it.State.Slot.Practitioner] = true
			}
		}
	}
	if len(held) == 0 || len(held) > 2 {
		t.Errorf("colleagues held on %d rows", len(held))
	}
}

// Whoever comes needs no account: what one can write is bounded, and no other is hindered.
func TestNobodyWritesWithoutEnd(t *testing.T) {
	w := open(t)
	p, other := w.trainee("192.0.2.1"), w.trainee("192.0.2.2")
	draft := regulation.CaseDraft{Territory: p.Territories[0]}
	last, tries := error(nil), 0
	for ; last == nil && tries < 5000; tries++ {
		_, last = w.desk.OpenCase(t.Context(), p.Actor, draft)
	}
	if !errors.Is(last, training.ErrEnough) || tries < 1000 {
		t.Fatalf("after %d cases: %v", tries, last)
	}
	if _, err := w.school.Begin(t.Context(), p.Actor, 5); !errors.Is(err, training.ErrEnough) {
		t.Errorf("a task began: %v", err)
	}
	if _, err := w.desk.Solicit(t.Context(), p.Actor, regulation.SolicitRequest{}); !errors.Is(err, training.ErrEnough) {
		t.Errorf("GPs were asked: %v", err)
	}
	other.call("77067")
}
