package training

import (
	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/fault"
)

// mostActs is how often a trainee may act: many times what two hours of calls
// take. Whoever comes needs no account, and what they write takes room.
const mostActs = 1500

// ErrEnough refuses a trainee who has acted more often than anybody learns.
var ErrEnough = fault.New(fault.TooMany, "request.too_many", "Cet entraînement a assez servi. Quittez-le et recommencez-en un.")

// act counts an act of a trainee, or returns ErrEnough.
func (s *School) act(a account.Actor) error {
	r, err := s.room(a.ID)
	if err != nil {
		return err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.acts >= mostActs {
		return ErrEnough
	}
	r.acts++
	return nil
}
