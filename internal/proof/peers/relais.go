package peers

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/gorilla/websocket"

	"github.com/relais-snp/relais/internal/proof"
)

// NameRelais is Relais beside its peers.
const NameRelais = "Relais"

// hands is how many slots change and how many lines change them when many do:
// one seat each, so that no two wait for one another. A line may ask twenty
// commands a second, and an account hold twenty seats.
const hands = 160

// steady is how many slots change when changes come one after the other.
const steady = 8

var cast = proof.Cast{GPs: 2, Regulators: hands/20 + 2}

// Relais is the real program on SQLite and the engine in memory, as one
// territory alone runs it.
type Relais struct {
	*proof.Relais
	people proof.People
	day    time.Time
	slots  []proof.Slot
	turns  *turns // nil before the first publisher
}

// NewRelais prepares a service of the built program in a folder.
func NewRelais(bin, folder string) (*Relais, error) {
	r, err := proof.NewRelais(bin, folder, "", "", "RELAIS_LINES_PER_ACCOUNT=100000", "RELAIS_HOLD_LIMIT=20")
	return &Relais{Relais: r}, err
}

// Name implements Peer.
func (*Relais) Name() string { return NameRelais }

// Start starts the service with people signed in and slots published, and starts
// it again, so that what signing in costs (argon2's memory) is not in the
// consoles' figures: sessions outlive a restart.
func (r *Relais) Start(ctx context.Context) error {
	if err := r.Gather(ctx, cast); err != nil {
		return err
	}
	if err := r.Relais.Start(ctx); err != nil {
		return err
	}
	var err error
	if r.people, err = r.Enter(ctx, cast); err != nil {
		return err
	}
	r.day = time.Now().UTC().Add(24 * time.Hour).Truncate(24 * time.Hour)
	for i, gp := range r.people.GPs {
		if err := r.publish(ctx, gp, fmt.Sprintf("bench-opening-%d", i)); err != nil {
			return err
		}
	}
	r.Stop()
	return r.Relais.Start(ctx)
}

// publish lets a GP publish their share of the slots, five minutes each.
func (r *Relais) publish(ctx context.Context, gp *proof.Client, key string) error {
	list, err := gp.Practitioners(ctx, proof.Territory)
	if err != nil {
		return err
	}
	start := r.day.Add(7 * time.Hour)
	o := proof.NewOpening{Start: start, End: start.Add((hands/2 + steady) * 5 * time.Minute), SlotMinutes: 5, Modality: "cabinet", Audience: "regulation"}
	for _, p := range list {
		if p.ID == gp.Me.Practitioner {
			o.Location = p.Locations[0].ID
		}
	}
	made, err := gp.Publish(ctx, o, key)
	r.slots = append(r.slots, made.Slots...)
	return err
}

// Follow implements Peer: a console of one regulator watches the territory, and
// its first state has come.
func (r *Relais) Follow(ctx context.Context) (*websocket.Conn, error) {
	line, _, err := r.watch(ctx)
	return line, err
}

func (r *Relais) watch(ctx context.Context) (line *websocket.Conn, position int, err error) {
	if line, err = r.people.Regulators[0].Line(ctx); err != nil {
		return nil, 0, err
	}
	watch := proof.Command{ID: 1, Op: "watch", Territory: proof.Territory, Day: r.day.Format(time.DateOnly), Days: 1}
	err = line.WriteJSON(watch)
	for err == nil {
		var text []byte
		if _, text, err = line.ReadMessage(); err != nil {
			break
		}
		if position = last(text); position != nowhere {
			return line, position, nil
		}
		err = refused(text)
	}
	line.Close()
	return nil, 0, fmt.Errorf("watch: %w", err)
}

// refused is the problem of a reply, nil for any other frame.
func refused(text []byte) error {
	var f proof.Frame
	if err := json.Unmarshal(text, &f); err != nil {
		return err
	}
	if f.Problem != nil {
		return f.Problem
	}
	return nil
}
