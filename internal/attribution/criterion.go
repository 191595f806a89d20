package attribution

import (
	"fmt"
	"slices"
)

// Criterion is what makes finding a médecin traitant more urgent.
type Criterion string

// The criteria of a request, in the words of Assurance Maladie.
const (
	ALD          Criterion = "ald"           // affection de longue durée
	Palliative   Criterion = "palliative"    // soins palliatifs
	HospitalExit Criterion = "hospital_exit" // leaving hospital
	Aged70       Criterion = "aged_70"       // 70 and over
	C2S          Criterion = "c2s"           // complémentaire santé solidaire or AME
	Pregnancy    Criterion = "pregnancy"
	Disability   Criterion = "disability"
	MTGone       Criterion = "mt_gone" // their doctor retired or left
)

// Criteria lists them all, in a fixed order.
func Criteria() []Criterion {
	return []Criterion{ALD, Palliative, HospitalExit, Aged70, C2S, Pregnancy, Disability, MTGone}
}

// Set is a set of criteria.
type Set uint16

// SetOf returns the set of known criteria; an unknown one is an error.
func SetOf(criteria ...Criterion) (Set, error) {
	var s Set
	for _, c := range criteria {
		i := slices.Index(Criteria(), c)
		if i < 0 {
			return 0, fmt.Errorf("attribution: unknown criterion")
		}
		s |= 1 << i
	}
	return s, nil
}

// List returns the criteria of the set, in the fixed order.
func (s Set) List() []Criterion {
	var list []Criterion
	for i, c := range Criteria() {
		if s&(1<<i) != 0 {
			list = append(list, c)
		}
	}
	return list
}

// Meets reports whether the sets share a criterion.
func (s Set) Meets(other Set) bool { return s&other != 0 }
