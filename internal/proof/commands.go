package proof

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
)

// Ask sends a command and waits for its reply's ok. The error is a *Problem
// when the service refused, ErrLine when no answer came.
func (s *Console) Ask(ctx context.Context, cmd Command) (json.RawMessage, error) {
	s.mu.Lock()
	if s.line == nil {
		s.mu.Unlock()
		return nil, ErrLine
	}
	s.lastID++
	cmd.ID = s.lastID
	reply := make(chan Frame, 1)
	s.waiting[cmd.ID] = reply
	s.write(cmd)
	s.mu.Unlock()
	select {
	case f, answered := <-reply:
		switch {
		case !answered:
			return nil, ErrLine
		case f.Problem != nil:
			return nil, f.Problem
		}
		return f.OK, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// Hold holds a seat over the live line.
func (s *Console) Hold(ctx context.Context, slot, forCase string) (h Hold, err error) {
	return h, s.ask(ctx, Command{Op: "hold", Slot: slot, Case: forCase}, &h)
}

// Book books a held seat over the live line.
func (s *Console) Book(ctx context.Context, n NewBooking, key string) (b Booking, err error) {
	cmd := Command{Op: "book", Hold: n.Hold, Slot: n.Slot, Case: n.Case, Patient: &n.Patient, Reason: n.Reason, Key: key}
	return b, s.ask(ctx, cmd, &b)
}

func (s *Console) ask(ctx context.Context, cmd Command, answer any) error {
	ok, err := s.Ask(ctx, cmd)
	if err != nil {
		return err
	}
	return json.Unmarshal(ok, answer)
}

// View is what a console shows at one moment.
type View struct {
	At      Position
	Slots   map[string]Slot
	Away    bool
	Open    bool // it has a line
	Lines   int  // lines opened so far
	Notices []Frame
}

// View copies what the console shows now.
func (s *Console) View() View {
	s.mu.Lock()
	defer s.mu.Unlock()
	return View{At: s.local.At, Slots: maps.Clone(s.local.Slots), Away: s.local.Away, Open: s.line != nil && s.watching == 0,
		Lines: s.lines, Notices: slices.Clone(s.notices)}
}

// Await returns the first view that is as wanted, or ctx's error with the last
// one.
func (s *Console) Await(ctx context.Context, wanted func(View) bool) (View, error) {
	for {
		s.mu.Lock()
		changed := s.changed
		s.mu.Unlock()
		v := s.View()
		if wanted(v) {
			return v, nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return v, ctx.Err()
		}
	}
}
