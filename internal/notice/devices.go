package notice

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/audit"
)

// trialWithin bounds a trial, which somebody waits for.
const trialWithin = 8 * time.Second

// Pusher brings messages to devices.
type Pusher interface {
	// Push returns nil when the push service took the message, ErrGone, *Deferred, or ErrRefused.
	Push(ctx context.Context, d Device, m Message) error
	// Key is the public key that browsers subscribe with, base64url.
	Key() string
}

// Devices is what a person can do with the devices that ring for them.
type Devices struct {
	Store  DeviceStore
	Pusher Pusher
	Hosts  Hosts
	Now    func() time.Time
	NewID  func() string
}

// Trial is what became of a trial: how many devices it went to.
type Trial struct{ Sent, Gone, Failed int }

// Key is the public key that browsers subscribe with, base64url.
func (d Devices) Key() string { return d.Pusher.Key() }

// Subscribe adds a device of the actor's, or refreshes it: the same endpoint is one device. A device that was somebody else's is the
// actor's from now on. It returns "notice.invalid" with every broken field, or ErrDeviceLimit.
func (d Devices) Subscribe(ctx context.Context, a account.Actor, s Subscription) (Device, error) {
	s, err := s.check(d.Hosts)
	if err != nil {
		return Device{}, err
	}
	now := d.Now()
	fresh := Device{ID: d.NewID(), Account: a.ID, Name: s.Device, Endpoint: s.Endpoint, P256dh: s.P256dh, Auth: s.Auth, CreatedAt: now}
	made := fresh
	err = d.Store.InDeviceTx(ctx, func(ctx context.Context, tx DeviceTx) error {
		made = fresh
		there, found, err := tx.DeviceAt(ctx, s.Endpoint)
		if err != nil {
			return err
		}
		if found && there.Account == a.ID {
			made.ID, made.CreatedAt, made.LastSentAt = there.ID, there.CreatedAt, there.LastSentAt
			return tx.SaveDevice(ctx, made)
		}
		if err := room(ctx, tx, a.ID); err != nil {
			return err
		}
		if found {
			if err := tx.ForgetDevice(ctx, there.Account, there.ID); err != nil {
				return err
			}
		}
		if err := tx.SaveDevice(ctx, made); err != nil {
			return err
		}
		return tx.Audit(ctx, audit.Entry{At: now, Actor: a.ID, Action: "device.add", Target: "device:" + made.ID})
	})
	return made, err
}

// room returns ErrDeviceLimit when an account has all the devices it may have.
func room(ctx context.Context, tx DeviceTx, account string) error {
	n, err := tx.DevicesOf(ctx, account)
	if err == nil && n >= MaxDevices {
		return ErrDeviceLimit
	}
	return err
}

// List returns the actor's devices, latest first.
func (d Devices) List(ctx context.Context, a account.Actor) ([]Device, error) {
	return d.Store.Devices(ctx, a.ID)
}

// Forget drops a device of the actor's; ErrDeviceUnknown.
func (d Devices) Forget(ctx context.Context, a account.Actor, id string) error {
	return d.Store.InDeviceTx(ctx, func(ctx context.Context, tx DeviceTx) error {
		if err := tx.ForgetDevice(ctx, a.ID, id); err != nil {
			return err
		}
		return tx.Audit(ctx, audit.Entry{At: d.Now(), Actor: a.ID, Action: "device.forget", Target: "device:" + id})
	})
}

// Try sends a trial to every device of the actor's and tells what became of it. Devices that are gone are forgotten.
func (d Devices) Try(ctx context.Context, a account.Actor) (Trial, error) {
	devices, err := d.Store.Devices(ctx, a.ID)
	if err != nil {
		return Trial{}, err
	}
	var trial Trial
	pushing, cancel := context.WithTimeout(ctx, trialWithin)
	defer cancel()
	sent := pushAll(pushing, d.Pusher, devices, trialMessage(d.Now()), d.Now)
	for _, s := range sent {
		switch {
		case s.Err == nil:
			trial.Sent++
		case errors.Is(s.Err, ErrGone):
			trial.Gone++
		default:
			trial.Failed++
		}
	}
	return trial, d.Store.NoteSent(ctx, sent)
}

// pushAll sends a message to devices, all at a time, and returns what became of each.
func pushAll(ctx context.Context, p Pusher, devices []Device, m Message, now func() time.Time) []Sent {
	sent := make([]Sent, len(devices))
	var all sync.WaitGroup
	for i, device := range devices {
		all.Go(func() {
			err := p.Push(ctx, device, m)
			sent[i] = Sent{Device: device.ID, At: now(), Err: err}
		})
	}
	all.Wait()
	return sent
}
