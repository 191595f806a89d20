package attribution

import (
	"context"
	"strings"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/territory"
)

// SamePatient reports whether two requests may be of one person: the names are
// equal up to accents, case, hyphens and spaces (a missing given name matches
// any), and birth does not contradict, nor does the telephone where a birth date
// is missing. An erased request is nobody's.
func SamePatient(a, b Request) bool {
	if a.Patient == nil || b.Patient == nil || oneWord(a.Patient.Family) != oneWord(b.Patient.Family) {
		return false
	}
	p, q := *a.Patient, *b.Patient
	if p.Given != "" && q.Given != "" && oneWord(p.Given) != oneWord(q.Given) {
		return false
	}
	if !p.BirthDate.IsZero() && !q.BirthDate.IsZero() {
		return p.BirthDate == q.BirthDate
	}
	return a.BirthYear == b.BirthYear && (p.Phone == "" || q.Phone == "" || dialled(p.Phone) == dialled(q.Phone))
}

func oneWord(name string) string { return strings.ReplaceAll(territory.Fold(name), " ", "") }

// twins are the other open requests that may be of a request's patient.
func (s *Service) twins(ctx context.Context, r Request) (twins []Request, err error) {
	if r.Patient == nil {
		return nil, nil
	}
	named, err := s.Store.RequestsNamed(ctx, r.Territory, r.Patient.Family)
	for _, other := range named {
		if other.ID != r.ID && SamePatient(r, other) {
			twins = append(twins, other)
		}
	}
	return twins, err
}

// withDuplicates tells a nurse of the twins of a request.
func (s *Service) withDuplicates(ctx context.Context, a account.Actor, r Request) (Request, error) {
	if !account.Can(a, account.HandleRequests, account.Target{Territory: r.Territory}) {
		return r, nil
	}
	twins, err := s.twins(ctx, r)
	for _, twin := range twins {
		r.Duplicates = append(r.Duplicates, twin.ID)
	}
	return r, err
}
