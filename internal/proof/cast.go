package proof

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
)

// The territory that the proofs play in, and one that nobody of theirs belongs to.
const (
	Territory = "cpts-senart"
	Elsewhere = "cpts-littoral-vendeen"
)

// Cast is how many people a proof needs.
type Cast struct{ GPs, Regulators, Coordinators int }

// People are those of a cast, signed in.
type People struct {
	GPs, Regulators, Coordinators []*Client
}

// password is everybody's: these accounts live as long as a test.
const password = "Quatorze-Lilas-Bleus"

// Gather imports practitioners and locations and makes the accounts, by the
// program's own commands. The service need not run.
func (r *Relais) Gather(ctx context.Context, cast Cast) error {
	var practitioners, locations strings.Builder
	practitioners.WriteString("rpps;nom;prénom;profession;lieu;commune;territoire\n")
	locations.WriteString("nom;commune;adresse;téléphone\n")
	for i := range cast.GPs {
		fmt.Fprintf(&practitioners, "%s;Fictif%s;Camille;Médecin;Cabinet fictif %d;Cesson;%s\n", RPPS(i), letters(i), i+1, Territory)
		fmt.Fprintf(&locations, "Cabinet fictif %d;Cesson;%d rue de l'Essai;01 99 00 00 %02d\n", i+1, i+1, i)
	}
	for name, text := range map[string]string{"locations": locations.String(), "practitioners": practitioners.String()} {
		if err := os.WriteFile(filepath.Join(r.Folder, name), []byte(text), 0o600); err != nil {
			return err
		}
	}
	for _, what := range []string{"locations", "practitioners"} {
		if _, err := r.Do(ctx, "import", what, filepath.Join(r.Folder, what)); err != nil {
			return err
		}
	}
	return r.accounts(ctx, cast)
}

// accounts makes them a few at a time: each hashes a password.
func (r *Relais) accounts(ctx context.Context, cast Cast) error {
	var all sync.WaitGroup
	turns, failures := make(chan struct{}, 4), make(chan error, cast.GPs+cast.Regulators+cast.Coordinators)
	add := func(role string, i int, more ...string) {
		turns <- struct{}{}
		all.Go(func() {
			failures <- r.Account(ctx, address(role, i), role, Territory, more...)
			<-turns
		})
	}
	for i := range cast.GPs {
		add("gp", i, "--rpps", RPPS(i))
	}
	for i := range cast.Regulators {
		add("regulator", i)
	}
	for i := range cast.Coordinators {
		add("coordinator", i)
	}
	all.Wait()
	close(failures)
	var errs []error
	for err := range failures {
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}

// Account makes one account; its name is its address, so that what consoles
// show is easily told apart.
func (r *Relais) Account(ctx context.Context, email, role, territory string, more ...string) error {
	file := filepath.Join(r.Folder, "password-of-"+email)
	if err := os.WriteFile(file, []byte(password), 0o600); err != nil {
		return err
	}
	args := append([]string{"account", "add", "--email", email, "--name", NameOf(email), "--role", role,
		"--territory", territory, "--password-file", file}, more...)
	_, err := r.Do(ctx, args...)
	return err
}

// SignIn signs in a person whom Account or Gather made.
func (r *Relais) SignIn(ctx context.Context, email string) (*Client, error) {
	return SignIn(ctx, r.URL, email, password)
}

// Enter signs the whole cast in.
func (r *Relais) Enter(ctx context.Context, cast Cast) (People, error) {
	people := People{GPs: make([]*Client, cast.GPs), Regulators: make([]*Client, cast.Regulators), Coordinators: make([]*Client, cast.Coordinators)}
	var all sync.WaitGroup
	var mu sync.Mutex
	var failed error
	turns := make(chan struct{}, 2) // each hashes a password: all at once, the last would wait for too long
	enter := func(role string, seats []*Client) {
		for i := range seats {
			turns <- struct{}{}
			all.Go(func() {
				c, err := r.SignIn(ctx, address(role, i))
				<-turns
				mu.Lock()
				defer mu.Unlock()
				if seats[i] = c; err != nil {
					failed = err
				}
			})
		}
	}
	enter("gp", people.GPs)
	enter("regulator", people.Regulators)
	enter("coordinator", people.Coordinators)
	all.Wait()
	return people, failed
}

func address(role string, i int) string { return fmt.Sprintf("%s%d@essai.example", role, i+1) }

// NameOf is the display name of an account made here.
func NameOf(email string) string {
	name, _, _ := strings.Cut(email, "@")
	return "Essai " + name
}

// letters writes a number as letters, for names that stay different when
// accents, case and digits do not count.
func letters(n int) string {
	text := []byte{byte('a' + n%26)}
	for n /= 26; n > 0; n /= 26 {
		text = append(text, byte('a'+n%26))
	}
	return string(text)
}

// RPPS is the i-th well-formed number that no professional bears: its last digit
// is the Luhn key of the others.
func RPPS(i int) string {
	body := fmt.Sprintf("%010d", 1000000900+i)
	sum := 0
	for j := range len(body) {
		n := int(body[len(body)-1-j] - '0')
		if j%2 == 0 {
			n *= 2
		}
		sum += n/10 + n%10
	}
	return fmt.Sprintf("%s%d", body, (10-sum%10)%10)
}
