package training

import (
	"fmt"
	"strings"
)

// Task is one lesson: one caller or two, one after the other.
type Task struct {
	Number   int // from 1
	Title    string
	Practise string // what to practise when it went badly
	Calls    []Call
	// ColleagueFirst lets a colleague take the first slot that the trainee wants.
	ColleagueFirst bool
	// GivesCase begins with an appointment that its GP cancels.
	GivesCase bool
}

// Call is a caller, and the way through the console that answers them.
type Call struct {
	Caller Caller
	Steps  []Step
	// amiss says in French what is wrong with an event, "" when nothing is.
	amiss func(e Event, s scene) string
}

// Caller is the card with what the caller says.
type Caller struct {
	Name   string // "Mme Alouette"
	Family string // as it is to be typed
	Says   string
	Home   place
	// Until is said instead until the first step is done, "" for nothing else.
	Until string
}

// place is a commune as a caller's is to be noted.
type place struct{ insee, name, postal string }

func (p place) String() string { return fmt.Sprintf("%s (%s)", p.name, p.postal) }

// Step is one thing to do, with the keys that do it.
type Step struct {
	Text string
	Keys []string // in order; a text to type stands between « »; none where others act
	Hint string   // said when nothing happens for a while
	Good string   // said when it is done
	done func(s scene) bool
}

// scene is what a rule looks at: who plays, and what is known of the call.
type scene struct {
	facts
	cast  Cast
	given string // the case of a task that gives one
}

// mt reports whether the case names a GP of the cast as médecin traitant.
func (s scene) namesMT(gp int) bool { return s.mt.RPPS == string(s.cast.Practitioners[gp].RPPS) }

func (s scene) of(practitioner string, gp int) bool {
	return practitioner == s.cast.Practitioners[gp].ID
}

// sameName compares names as people type them: without case, accents, hyphens.
func sameName(a, b string) bool { return fold(a) == fold(b) }

var plain = strings.NewReplacer("é", "e", "è", "e", "ê", "e", "ë", "e", "à", "a", "â", "a", "î", "i", "ï", "i", "ô", "o",
	"ö", "o", "û", "u", "ù", "u", "ü", "u", "ç", "c", "-", "", " ", "", "'", "", "’", "", ".", "")

func fold(name string) string { return plain.Replace(strings.ToLower(name)) }
