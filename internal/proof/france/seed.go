package main

import (
	"context"
	"crypto/rand"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/alexedwards/argon2id"
	"github.com/alexedwards/scs/v2"
	"github.com/google/uuid"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/proof"
	"github.com/relais-snp/relais/internal/proof/load"
	"github.com/relais-snp/relais/internal/store"
)

// password is everybody's: these accounts live as long as a run.
const password = "Quatorze-Lilas-Bleus"

// seeder writes people straight into the record of a service that does not run.
type seeder struct {
	db    *store.DB
	crowd *proof.Client
	hash  string
	now   time.Time
}

// person is somebody to be written, and who then is told their client.
type person struct {
	account.Person
	token  string
	signed func(*proof.Client)
}

// seed makes an account and a session for every practitioner of the record and
// for so many regulators, and returns them as a world.
func seed(ctx context.Context, r *proof.Relais, databaseURL string, lands []land, regulators int) (load.World, error) {
	data := filepath.Join(r.Folder, "data")
	keys, err := store.ReadKeys(filepath.Join(data, "keys.json"))
	if err != nil {
		return load.World{}, err
	}
	db, err := store.Open(ctx, store.Options{URL: hurried(databaseURL), Path: filepath.Join(data, "relais.db"), Keys: keys})
	if err != nil {
		return load.World{}, err
	}
	defer db.Close()
	// As the server hashes, so that checking one costs what it costs.
	hash, err := argon2id.CreateHash(password, &argon2id.Params{Memory: 19 * 1024, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32})
	if err != nil {
		return load.World{}, err
	}
	s := seeder{db: db, crowd: proof.Crowd(r.URL, 256), hash: hash, now: time.Now().Add(-time.Minute)}
	w := load.World{Base: r.URL}
	var all sync.WaitGroup
	turns, errs := make(chan struct{}, writers), make(chan error, len(lands))
	for i, l := range lands {
		t := &load.Territory{ID: l.id}
		w.Territories = append(w.Territories, t)
		w.Credentials = append(w.Credentials, load.Credentials{Email: address("regulation", 1, l), Password: password})
		share := regulators*(i+1)/len(lands) - regulators*i/len(lands)
		turns <- struct{}{}
		all.Go(func() {
			errs <- s.settle(ctx, l, t, max(share, 1))
			<-turns
		})
	}
	all.Wait()
	close(errs)
	for err := range errs {
		if err != nil {
			return load.World{}, err
		}
	}
	return w, nil
}

// hurried is a database whose commits do not wait for the disk: a power cut ends
// the run anyway.
func hurried(databaseURL string) string {
	switch {
	case databaseURL == "":
		return ""
	case strings.Contains(databaseURL, "?"):
		return databaseURL + "&synchronous_commit=off"
	}
	return databaseURL + "?synchronous_commit=off"
}

// writers is how many lands are settled at a time.
const writers = 6

// settle makes the people of one land.
func (s *seeder) settle(ctx context.Context, l land, t *load.Territory, regulators int) error {
	for i := range 40 {
		t.Communes = append(t.Communes, l.draw((float64(i)+0.5)/40))
	}
	var people []person
	practitioners, err := store.Directory{DB: s.db}.Practitioners(ctx, l.id)
	if err != nil {
		return err
	}
	for i, p := range practitioners {
		gp := s.person(address("gp", i+1, l), account.GP, l.id)
		gp.Practitioner = p.ID
		gp.signed = func(c *proof.Client) { t.GPs = append(t.GPs, load.GP{Client: c, Location: p.Locations[0]}) }
		people = append(people, gp)
	}
	for i := range regulators {
		who := s.person(address("regulation", i+1, l), account.Regulator, l.id)
		who.signed = func(c *proof.Client) { t.Regulators = append(t.Regulators, c) }
		people = append(people, who)
	}
	return s.write(ctx, people)
}

func address(what string, n int, l land) string {
	return fmt.Sprintf("%s%d.%s@essai.example", what, n, l.id)
}

func (s *seeder) person(email string, role account.Role, territory string) person {
	return person{Person: account.Person{ID: uuid.Must(uuid.NewV7()).String(), Email: email, Name: proof.NameOf(email),
		Roles: []account.Role{role}, Territories: []string{territory}, PasswordHash: s.hash, PasswordSetAt: s.now, Active: true, CreatedAt: s.now},
		token: rand.Text()}
}

// write writes accounts in one transaction and their sessions, then says who
// they are.
func (s *seeder) write(ctx context.Context, people []person) error {
	err := store.Accounts{DB: s.db}.InTx(ctx, func(ctx context.Context, tx account.Tx) error {
		for _, p := range people {
			if err := tx.AddPerson(ctx, p.Person); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	if err := s.sessions(ctx, people); err != nil {
		return err
	}
	for _, p := range people {
		p.signed(s.crowd.As("relais_session="+p.token, proof.Me{ID: p.ID, Name: p.Name, Practitioner: p.Practitioner}))
	}
	return nil
}

// sessions writes what the server itself writes when somebody signs in.
func (s *seeder) sessions(ctx context.Context, people []person) error {
	ends := s.now.Add(24 * time.Hour)
	for _, p := range people {
		data, err := scs.GobCodec{}.Encode(ends, map[string]any{"account": p.ID, "start": s.now.Add(time.Second).UnixMicro()})
		if err != nil {
			return err
		}
		if err := (store.Sessions{DB: s.db}).CommitCtx(ctx, p.token, data, ends); err != nil {
			return err
		}
	}
	return nil
}
