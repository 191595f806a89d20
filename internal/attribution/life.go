package attribution

import "slices"

// next lists where a request may go from each state. Closing is possible from
// everywhere but the end, reopening from the end only.
var next = map[State][]State{
	Received:  {Qualified, Closed},
	Qualified: {Proposed, Closed},
	Proposed:  {Accepted, Waiting, Closed},
	Waiting:   {Proposed, Closed},
	Accepted:  {Attached, Waiting, Closed},
	Attached:  {Accepted},
	Closed:    {Waiting},
}

// move takes the request to a state; ErrErased for one whose identity is gone,
// ErrState when no way leads there.
func (r *Request) move(to State) error {
	switch {
	case !r.ErasedAt.IsZero():
		return ErrErased
	case !slices.Contains(next[r.State], to):
		return ErrState
	}
	r.State = to
	return nil
}
