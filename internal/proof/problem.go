package proof

import "errors"

// Problem is a refusal: the same over HTTP and in a reply on the live line.
type Problem struct {
	Title        string       `json:"title"`
	Status       int          `json:"status"`
	Reason       string       `json:"reason"` // stable
	Fields       []FieldFault `json:"fields"`
	Alternatives []Slot       `json:"alternatives"`
	HeldBy       string       `json:"heldBy"`
}

// FieldFault names a field to mend.
type FieldFault struct {
	Name   string `json:"name"`
	Reason string `json:"reason"`
}

func (p *Problem) Error() string { return p.Reason }

// Reason returns the stable reason of a refusal, "" for anything else.
func Reason(err error) string {
	var p *Problem
	if errors.As(err, &p) {
		return p.Reason
	}
	return ""
}

// Unknown reports whether nobody can say if what was asked was done: no answer
// came, or one that says that the service itself failed.
func Unknown(err error) bool {
	var p *Problem
	return err != nil && (!errors.As(err, &p) || p.Status >= 500)
}
