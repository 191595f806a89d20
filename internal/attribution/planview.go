package attribution

// PlanView is a plan and the requests that it speaks of, as they stand now and
// without identity: a line whose request is no longer Seeking is not to be sent.
type PlanView struct {
	StoredPlan
	Requests map[string]Request // by id
}
