package proof

// Local is a console's own copy of a territory's present, kept by frames alone.
// The zero value has seen nothing.
type Local struct {
	At    Position
	Slots map[string]Slot
	// Away is true while the server says that its live engine is.
	Away bool
}

// Apply follows a frame and reports whether the copy is continuous with it.
// False means to watch again from At; the copy is unchanged.
func (l *Local) Apply(f *Frame) bool {
	switch f.Type {
	case "snapshot":
		l.At, l.Away = Position{f.Epoch, f.Seq}, false
		l.Slots = make(map[string]Slot, len(f.Slots))
		l.put(f.Slots)
	case "delta":
		if (Position{f.Epoch, f.From}) != l.At {
			return false
		}
		l.At.Seq, l.Away = f.To, false
		l.put(f.Slots)
	case "tick":
		return l.At == Position{f.Epoch, f.Seq}
	case "away":
		l.Away = true
	}
	return true
}

func (l *Local) put(slots []Slot) {
	for _, s := range slots {
		l.Slots[s.ID] = s
	}
}
