package web_test

import (
	"context"
	"crypto/ecdh"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/relais-snp/relais/internal/notice"
	"github.com/relais-snp/relais/internal/regulation"
	"github.com/relais-snp/relais/internal/store"
)

// pushHost is the push service that houses accept. Who plays it is bells.
const pushHost = "push.exemple.example"

// bells plays the push service and the mail server of a house.
type bells struct {
	rung   chan notice.Message
	mailed chan notice.Mail
}

func newBells() bells {
	return bells{rung: make(chan notice.Message, 1000), mailed: make(chan notice.Mail, 1000)}
}

func (b bells) Key() string {
	return "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8"
}

// Push rings; a device called "gone" does not exist any more, one called "away" cannot be reached.
func (b bells) Push(_ context.Context, d notice.Device, m notice.Message) error {
	switch d.Name {
	case "gone":
		return notice.ErrGone
	case "away":
		return &notice.Deferred{Why: "status 503"}
	}
	b.rung <- m
	return nil
}

func (b bells) Mail(_ context.Context, m notice.Mail) error {
	if !strings.Contains(m.To, "@") {
		return errors.New("to nobody")
	}
	b.mailed <- m
	return nil
}

// desk is regulation's notifier, at work until the test ends.
func (h *house) desk(live regulation.Notifier, log *slog.Logger) *notice.Desk {
	rules := notice.Rules{MailAfter: 10 * time.Minute, Address: "https://relais.example"}
	d := notice.NewDesk(store.Notices{DB: h.db}, live, h.bells, h.bells, rules, h.clock, newID, log)
	ctx, stop := context.WithCancel(context.Background())
	over := make(chan struct{})
	go func() { defer close(over); d.Run(ctx) }()
	h.t.Cleanup(func() { stop(); <-over })
	return d
}

func (h *house) inbox() notice.Inbox {
	return notice.Inbox{Store: store.Notices{DB: h.db}, MailPossible: true, Now: h.clock}
}

func (h *house) devices() notice.Devices {
	return notice.Devices{Store: store.Notices{DB: h.db}, Pusher: h.bells, Hosts: notice.Hosts{pushHost}, Now: h.clock, NewID: newID}
}

// subscription is what a browser says of itself.
func subscription(t testing.TB, name, path string) map[string]any {
	t.Helper()
	key, err := ecdh.P256().GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return map[string]any{"endpoint": "https://" + pushHost + "/" + path, "device": name, "keys": map[string]any{
		"p256dh": base64.RawURLEncoding.EncodeToString(key.PublicKey().Bytes()), "auth": base64.RawURLEncoding.EncodeToString(make([]byte, 16))}}
}

// arrives waits for what is on its way.
func arrives[T any](t testing.TB, from <-chan T) (got T) {
	t.Helper()
	select {
	case got = <-from:
	case <-time.After(10 * time.Second):
		t.Fatal("nothing arrived")
	}
	return got
}

// quiet is a log that nobody reads.
func (h *house) quiet() *slog.Logger { return slog.New(slog.DiscardHandler) }
