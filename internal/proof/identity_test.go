package proof_test

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/relais-snp/relais/internal/proof"
)

// planted is a patient whose every word is easily found.
var planted = proof.Patient{Family: "Wolframine-Zygote", Given: "Xylophona", BirthDate: "1913-07-19", Phone: "06 39 98 76 54"}

// traces are the words that must be found nowhere but in an answer to somebody
// who may see them.
var traces = []string{"Wolframine", "wolframine", "Xylophona", "xylophona", "1913-07-19", "19130719", "06 39 98 76 54", "639987654", "639 98 76 54"}

// An identity goes through everything the service does with one, and through
// its refusals. Afterwards it is looked for everywhere.
func TestPlantedIdentityIsFoundNowhere(t *testing.T) {
	s := raise(t, small, tune{})
	gp, regulator := s.GPs[0], s.Regulators[0]
	heard := &recorder{}
	for _, who := range []*proof.Client{regulator, s.Regulators[1], gp} {
		c := who.Watch(t.Context(), proof.Watching{Name: "console", Territory: proof.Territory, Day: "2026-11-23", Days: 9, Heard: heard.hear("live")})
		s.await(c, "follows", follows)
		t.Cleanup(func() { <-c.Done() })
	}
	slots := s.publish(gp, s.start, 3)
	url := s.feedOf(gp)
	call, err := regulator.Open(t.Context(), proof.NewCase{Territory: proof.Territory, Reason: "fièvre", Patient: &planted})
	if err != nil {
		t.Fatal(err)
	}
	hold, err := regulator.Hold(t.Context(), slots[0].ID, call.ID)
	if err != nil {
		t.Fatal(err)
	}
	key := s.key()
	request := proof.NewBooking{Hold: hold.Token, Case: call.ID, Patient: planted}
	b, err := regulator.Book(t.Context(), request, key)
	if err != nil {
		t.Fatal(err)
	}
	regulator.Heard = heard.hear("problems")
	for _, again := range []proof.NewBooking{{Slot: slots[1].ID, Patient: planted}, {Slot: slots[0].ID, Patient: planted}} {
		if _, err := regulator.Book(t.Context(), again, s.key()); proof.Reason(err) == "" {
			t.Errorf("a second booking of one patient: %v", err)
		}
	}
	if _, err := regulator.Book(t.Context(), proof.NewBooking{Slot: slots[1].ID, Patient: planted}, key); proof.Reason(err) != "request.key_reused" {
		t.Errorf("a key used twice: %v", err)
	}
	regulator.Heard = nil
	s.comes(gp, b.ID, planted)
	feed, err := gp.Fetch(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := gp.Cancel(t.Context(), b.ID, "practitioner", "urgence"); err != nil {
		t.Fatal(err)
	}

	heard.hear("feed")([]byte(strings.ReplaceAll(feed, "\r\n ", "")))
	heard.hear("metrics")([]byte(s.metrics()))
	s.Stop()
	heard.hear("log")([]byte(s.Relais.Log()))
	s.files(heard.hear)
	for _, place := range heard.places() {
		for _, word := range traces {
			if bytes.Contains(heard.all[place], []byte(word)) {
				t.Errorf("%q is in %s", word, place)
			}
		}
	}
	for _, place := range []string{"live", "problems", "feed", "metrics", "log", "relais.db"} {
		if len(heard.all[place]) == 0 {
			t.Errorf("nothing was heard of %s", place)
		}
	}
}

// files hears every file of the data folder as it lies on the disk.
func (s *stage) files(hear func(string) func([]byte)) {
	s.Helper()
	root := filepath.Join(s.Folder, "data")
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		raw, err := os.ReadFile(path)
		hear(filepath.Base(path))(raw)
		return err
	})
	if err != nil {
		s.Fatal(err)
	}
}

// recorder keeps everything that was heard, by place.
type recorder struct {
	mu  sync.Mutex
	all map[string][]byte
}

func (r *recorder) hear(place string) func([]byte) {
	return func(raw []byte) {
		r.mu.Lock()
		defer r.mu.Unlock()
		if r.all == nil {
			r.all = map[string][]byte{}
		}
		r.all[place] = append(append(r.all[place], raw...), '\n')
	}
}

func (r *recorder) places() (names []string) {
	for name := range r.all {
		names = append(names, name)
	}
	return names
}
