package store

import (
	"context"
	"encoding/hex"

	"github.com/relais-snp/relais/internal/notice"
)

// device is what a subscription keeps sealed.
type device struct {
	Endpoint string `json:"endpoint"`
	P256dh   string `json:"p256dh"`
	Auth     string `json:"auth"`
}

func devicePlace(id string) place { return place{"push_subscriptions", "private", id} }

// endpointHash is what a device is found by; without the key it tells nothing.
func (k *Keys) endpointHash(endpoint string) ([]byte, error) {
	k.mu.RLock()
	defer k.mu.RUnlock()
	hash, err := k.prf.ComputePrimaryPRF([]byte("push.endpoint:"+endpoint), 32)
	if err != nil {
		return nil, ErrSealed.Because(err)
	}
	return hash, nil
}

const selectDevice = `SELECT id, account, device, private, private_key, created_at, last_sent_at, failures FROM push_subscriptions`

// InDeviceTx runs fn in one transaction; see notice.DeviceStore.
func (s Notices) InDeviceTx(ctx context.Context, fn func(ctx context.Context, tx notice.DeviceTx) error) error {
	return s.DB.inTx(ctx, func(ctx context.Context, t *tx) error { return fn(ctx, t) })
}

// Devices lists those of an account, latest first.
func (s Notices) Devices(ctx context.Context, account string) ([]notice.Device, error) {
	return list(ctx, s.DB, s.DB.scanDevice, selectDevice+` WHERE account = $1 ORDER BY created_at DESC, id DESC`, account)
}

// DeviceAt returns the device of an endpoint; see notice.DeviceTx.
func (t *tx) DeviceAt(ctx context.Context, endpoint string) (notice.Device, bool, error) {
	hash, err := t.db.keys.endpointHash(endpoint)
	if err != nil {
		return notice.Device{}, false, err
	}
	if claim := t.db.dialect.claim; claim != "" {
		if err := run(ctx, t, claim, "push.endpoint\n"+hex.EncodeToString(hash)); err != nil {
			return notice.Device{}, false, err
		}
	}
	return first(list(ctx, t, t.db.scanDevice, t.locking(selectDevice+` WHERE endpoint_hash = $1`), hash))
}

// DevicesOf counts the devices of an account; see notice.DeviceTx.
func (t *tx) DevicesOf(ctx context.Context, account string) (int, error) {
	if err := t.lockRow(ctx, `SELECT id FROM accounts WHERE id = $1`, account); err != nil {
		return 0, err
	}
	n, err := one(ctx, t, nil, scanNumber, `SELECT COUNT(*) FROM push_subscriptions WHERE account = $1`, account)
	return int(n), err
}

// SaveDevice inserts a device or writes its name and keys.
func (t *tx) SaveDevice(ctx context.Context, d notice.Device) error {
	hash, err := t.db.keys.endpointHash(d.Endpoint)
	if err != nil {
		return err
	}
	kept, err := t.db.keys.seal(devicePlace(d.ID), device{d.Endpoint, d.P256dh, d.Auth})
	if err != nil {
		return err
	}
	return run(ctx, t, `INSERT INTO push_subscriptions (id, account, device, endpoint_hash, private, private_key, created_at, last_sent_at, failures)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
ON CONFLICT (id) DO UPDATE SET device = excluded.device, private = excluded.private, private_key = excluded.private_key, failures = 0`,
		d.ID, d.Account, d.Name, hash, kept.text, kept.key, stamp(d.CreatedAt), stamp(d.LastSentAt), d.Failures)
}

// ForgetDevice drops a device of an account; notice.ErrDeviceUnknown.
func (t *tx) ForgetDevice(ctx context.Context, account, id string) error {
	return changed(ctx, t, notice.ErrDeviceUnknown, `DELETE FROM push_subscriptions WHERE id = $1 AND account = $2`, id, account)
}

func (db *DB) scanDevice(row scanner) (d notice.Device, err error) {
	var s sealed
	if err = row.Scan(&d.ID, &d.Account, &d.Name, &s.text, &s.key, instant{&d.CreatedAt}, instant{&d.LastSentAt}, &d.Failures); err != nil {
		return d, err
	}
	return d, db.openDevice(&d, s)
}

func (db *DB) openDevice(d *notice.Device, s sealed) error {
	var inside device
	err := db.keys.open(devicePlace(d.ID), s, &inside)
	d.Endpoint, d.P256dh, d.Auth = inside.Endpoint, inside.P256dh, inside.Auth
	return err
}

// owned is a device and who its owner is in the directory.
type owned struct {
	notice.Device
	practitioner string
}

func (s Notices) scanOwned(row scanner) (o owned, err error) {
	var kept sealed
	if err = row.Scan(&o.ID, &o.Account, &o.Name, &kept.text, &kept.key, instant{&o.CreatedAt}, instant{&o.LastSentAt}, &o.Failures, text{&o.practitioner}); err != nil {
		return o, err
	}
	return o, s.DB.openDevice(&o.Device, kept)
}
