package main

import (
	"context"
	"crypto/rand"
	"fmt"
	"path/filepath"
	"slices"
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
	world *load.World
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
	db, err := store.Open(ctx, store.Options{URL: databaseURL, Path: filepath.Join(data, "relais.db"), Keys: keys})
	if err != nil {
		return load.World{}, err
	}
	defer db.Close()
	// As the server hashes, so that checking one costs what it costs.
	hash, err := argon2id.CreateHash(password, &argon2id.Params{Memory: 19 * 1024, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32})
	if err != nil {
		return load.World{}, err
	}
	s := seeder{db: db, crowd: proof.Crowd(r.URL, 256), hash: hash, now: time.Now().Add(-time.Minute), world: &load.World{Base: r.URL}}
	for i, l := range lands {
		share := regulators*(i+1)/len(lands) - regulators*i/len(lands)
		if err := s.settle(ctx, l, max(share, 1)); err != nil {
			return load.World{}, err
		}
	}
	return *s.world, nil
}

// settle makes the people of one land.
func (s *seeder) settle(ctx context.Context, l land, regulators int) error {
	t := &load.Territory{ID: l.id}
	for i := range 40 {
		t.Communes = append(t.Communes, l.draw((float64(i)+0.5)/40))
	}
	var people []person
	practitioners, err := store.Directory{DB: s.db}.Practitioners(ctx, l.id)
	if err != nil {
		return err
	}
	for i, p := range practitioners {
		gp := s.person(fmt.Sprintf("gp%d.%s", i+1, l.id), account.GP, l.id)
		gp.Practitioner = p.ID
		gp.signed = func(c *proof.Client) { t.GPs = append(t.GPs, load.GP{Client: c, Location: p.Locations[0]}) }
		people = append(people, gp)
	}
	for i := range regulators {
		who := s.person(fmt.Sprintf("regulation%d.%s", i+1, l.id), account.Regulator, l.id)
		who.signed = func(c *proof.Client) { t.Regulators = append(t.Regulators, c) }
		people = append(people, who)
		if i == 0 {
			s.world.Credentials = append(s.world.Credentials, load.Credentials{Email: who.Email, Password: password})
		}
	}
	s.world.Territories = append(s.world.Territories, t)
	return s.write(ctx, people)
}

func (s *seeder) person(name string, role account.Role, territory string) person {
	return person{Person: account.Person{ID: uuid.Must(uuid.NewV7()).String(), Email: name + "@essai.example", Name: "Essai " + name,
		Roles: []account.Role{role}, Territories: []string{territory}, PasswordHash: s.hash, PasswordSetAt: s.now, Active: true, CreatedAt: s.now},
		token: rand.Text()}
}

// writers is how many write sessions at a time.
const writers = 8

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
	var all sync.WaitGroup
	errs := make(chan error, writers)
	for some := range slices.Chunk(people, len(people)/writers+1) {
		all.Go(func() { errs <- s.sessions(ctx, some) })
	}
	all.Wait()
	close(errs)
	for err := range errs {
		if err != nil {
			return err
		}
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
