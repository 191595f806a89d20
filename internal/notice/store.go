package notice

import (
	"context"
	"time"

	"github.com/relais-snp/relais/internal/audit"
)

// Store is what the desk needs of the record.
type Store interface {
	// Receivers lists the active accounts that are named, or whose practitioner is.
	Receivers(ctx context.Context, accounts, practitioners []string) ([]Receiver, error)
	// Keep inserts notices, all or none. One whose kind ends another (Ends) stops pushes and mails of that kind about its subject.
	Keep(ctx context.Context, notices []Notice) error
	// ClaimPushes gives up to limit unseen notices whose push is due, oldest first, and puts their next push off to until: nobody
	// else is given them before.
	ClaimPushes(ctx context.Context, now, until time.Time, limit int) ([]Push, error)
	// Settle writes Push.At, PushedAt and Done of a claimed notice and what became of the devices. One that was seen or ended since it
	// was claimed has no Push.At any more, and gets none.
	Settle(ctx context.Context, n Notice, sent []Sent) error
	// ClaimMails is ClaimPushes for letters: all that is unseen and unmailed of each account that has something due.
	ClaimMails(ctx context.Context, now, until time.Time, limit int) ([]Letter, error)
	// SettleMails writes what became of the mail of claimed notices: mailed at a time, or to be tried again at next; neither for
	// never. One that was seen or ended since, or whose receiver wants no mail any more, is not tried again.
	SettleMails(ctx context.Context, ids []string, mailedAt, next time.Time) error
	// Forget drops notices of before the time, and devices that failed ten times in a row and took nothing since before it.
	Forget(ctx context.Context, before time.Time) error
}

// Push is a claimed notice and the devices it may go to.
type Push struct {
	Notice       Notice
	Practitioner bool // the receiver has a phone page
	Devices      []Device
}

// Sent is what became of a message to a device.
type Sent struct {
	Device string
	At     time.Time
	Err    error // nil when it was taken, ErrGone when the device is to be forgotten
}

// InboxStore is what reading notices needs of the record.
type InboxStore interface {
	Notices(ctx context.Context, q Query) ([]Notice, error)
	// See notes that an account saw notices; foreign and unknown ids, and those already seen, are left alone.
	See(ctx context.Context, account string, ids []string, at time.Time) error
	// WantsMail reports an account's choice, true when it made none.
	WantsMail(ctx context.Context, account string) (bool, error)
	// SetWantsMail keeps it; without mail, none that waits is sent.
	SetWantsMail(ctx context.Context, account string, mail bool) error
}

// DeviceStore is what subscribing needs of the record.
type DeviceStore interface {
	// Devices lists those of an account, latest first.
	Devices(ctx context.Context, account string) ([]Device, error)
	// NoteSent keeps what became of messages that no notice is about.
	NoteSent(ctx context.Context, sent []Sent) error
	InDeviceTx(ctx context.Context, fn func(ctx context.Context, tx DeviceTx) error) error
}

// DeviceTx is one transaction about devices.
type DeviceTx interface {
	// DeviceAt returns the device of an endpoint, and false when there is none; other transactions about this endpoint wait.
	DeviceAt(ctx context.Context, endpoint string) (Device, bool, error)
	// DevicesOf counts the devices of an account; other transactions that ask about this account wait.
	DevicesOf(ctx context.Context, account string) (int, error)
	// SaveDevice inserts a device or writes its name and keys.
	SaveDevice(ctx context.Context, d Device) error
	// ForgetDevice drops a device of an account; ErrDeviceUnknown.
	ForgetDevice(ctx context.Context, account, id string) error
	Audit(ctx context.Context, e audit.Entry) error
}
