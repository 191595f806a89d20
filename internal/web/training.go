package web

import (
	"context"
	"encoding/json"
	"net/http"
	"strconv"
	"time"

	"github.com/alexedwards/scs/v2"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/training"
	"github.com/relais-snp/relais/internal/web/api"
)

// TrainingPath is where the entraînement is served: its page, and the API of its own small house below.
const TrainingPath = "/entrainement"

// keepApart gives the sessions of the entraînement a cookie of their own, which no other address is sent.
func keepApart(m *scs.SessionManager, secure bool) {
	m.Cookie.Name = "relais_entrainement"
	if secure {
		m.Cookie.Name = "__Secure-relais_entrainement"
	}
	m.Cookie.Path = TrainingPath
}

// RefuseTraining answers a call of the entraînement while nobody trains, so that there is no house to ask.
func RefuseTraining(w http.ResponseWriter, err error) {
	f := faultOf(err)
	p := api.Problem{Type: "about:blank", Title: f.Message, Status: statusOf(f), Reason: api.Reason(f.Reason)}
	body, _ := json.Marshal(p) // plain strings and a number: cannot fail
	h := w.Header()
	h.Set("Content-Type", problemMIMEType)
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	if wait := retryAfter(p.Status, f.Detail); wait > 0 {
		h.Set("Retry-After", strconv.Itoa(wait))
	}
	w.WriteHeader(p.Status)
	_, _ = w.Write(body) // who has gone needs no answer
}

// trainingHandlers is the entraînement.
type trainingHandlers struct {
	training Training // nil where there is none
	accounts Accounts
	sessions *scs.SessionManager
	ended    func(token string)
	clock    clock
}

// StartTraining goes on with the caller's own training, or begins one.
func (h trainingHandlers) StartTraining(ctx context.Context, _ api.StartTrainingRequestObject) (api.StartTrainingResponseObject, error) {
	if h.training == nil {
		return nil, errNotFound
	}
	source := sourceOf(ctx)
	ctx, _ = caller(ctx)
	if view, err := h.goOn(ctx); err == nil {
		return api.StartTraining200JSONResponse(shownTraining(view)), nil
	}
	actor, err := h.training.Start(ctx, source)
	if err != nil {
		return nil, err
	}
	if err := h.sessions.RenewToken(ctx); err != nil {
		return nil, errUnavailable.Because(err)
	}
	h.sessions.Put(ctx, sessionAccount, actor.ID)
	h.sessions.Put(ctx, sessionStart, h.clock().UnixMicro())
	view, err := h.training.View(ctx, actor)
	if err != nil {
		return nil, err
	}
	return api.StartTraining200JSONResponse(shownTraining(view)), nil
}

func (h trainingHandlers) goOn(ctx context.Context) (training.View, error) {
	id := h.sessions.GetString(ctx, sessionAccount)
	if id == "" {
		return training.View{}, account.ErrSignInRequired
	}
	return h.training.View(ctx, account.Actor{ID: id})
}

// GetTraining answers how far the caller has come.
func (h trainingHandlers) GetTraining(ctx context.Context, _ api.GetTrainingRequestObject) (api.GetTrainingResponseObject, error) {
	if h.training == nil {
		return nil, errNotFound
	}
	ctx, actor := caller(ctx)
	view, err := h.training.View(ctx, actor)
	return api.GetTraining200JSONResponse(shownTraining(view)), err
}

// BeginTask begins a task.
func (h trainingHandlers) BeginTask(ctx context.Context, r api.BeginTaskRequestObject) (api.BeginTaskResponseObject, error) {
	if h.training == nil {
		return nil, errNotFound
	}
	ctx, actor := caller(ctx)
	view, err := h.training.Begin(ctx, actor, r.Number)
	return api.BeginTask200JSONResponse(shownTraining(view)), err
}

// LeaveTraining ends it, with its session.
func (h trainingHandlers) LeaveTraining(ctx context.Context, _ api.LeaveTrainingRequestObject) (api.LeaveTrainingResponseObject, error) {
	if h.training == nil {
		return nil, errNotFound
	}
	ctx, actor := caller(ctx)
	h.training.Leave(ctx, actor)
	token := h.sessions.Token(ctx)
	if err := h.sessions.Destroy(ctx); err != nil {
		return nil, errUnavailable.Because(err)
	}
	h.ended(token)
	return api.LeaveTraining204Response{}, nil
}

func shownTraining(v training.View) api.Training {
	shown := api.Training{
		Ends: v.Ends, Task: v.Task, Caller: api.TrainingCaller{Name: v.Caller.Name, Says: v.Caller.Says}, Calls: v.Calls, Call: v.Call,
		Tasks: []api.TrainingTask{}, Steps: []api.TrainingStep{}, Finished: v.Finished, Hint: optional(v.Hint),
	}
	for _, t := range v.Tasks {
		shown.Tasks = append(shown.Tasks, api.TrainingTask{Number: t.Number, Title: t.Title, State: api.TrainingTaskState(t.State),
			Seconds: optional(seconds(t.Took)), Slips: t.Slips})
	}
	for _, s := range v.Steps {
		shown.Steps = append(shown.Steps, api.TrainingStep{Text: s.Text, Keys: s.Keys, Done: s.Done})
	}
	if v.Say.Text != "" {
		shown.Say = &api.TrainingFeedback{Tone: api.TrainingFeedbackTone(v.Say.Tone), Text: v.Say.Text}
	}
	if r := v.Result; r != nil {
		shown.Result = &api.TrainingResult{Done: r.Done, MedianSeconds: optional(seconds(r.Median)), Practise: append([]string{}, r.Practise...)}
	}
	return shown
}

func seconds(d time.Duration) int { return int(d / time.Second) }
