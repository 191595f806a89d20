package store

import "context"

const vapid = "vapid"

// PushKey returns the private key that push services know this Relais by, and
// keeps the drafted one when there is none yet. Of several processes that start
// at once, all get the same.
func (s Notices) PushKey(ctx context.Context, drafted []byte) (key []byte, err error) {
	at := place{"push_keys", "private", vapid}
	fresh, err := s.DB.keys.seal(at, drafted)
	if err != nil {
		return nil, err
	}
	err = s.DB.inTx(ctx, func(ctx context.Context, t *tx) error {
		kept, err := one(ctx, t, nil, scanSealed, `INSERT INTO push_keys (id, private, private_key) VALUES ($1, $2, $3)
ON CONFLICT (id) DO UPDATE SET private_key = push_keys.private_key RETURNING id, private, private_key`, vapid, fresh.text, fresh.key)
		if err != nil {
			return err
		}
		key = nil
		return t.db.keys.open(at, kept.sealed, &key)
	})
	return key, err
}

// CountDevices tells how many devices ring, for operators.
func (s Notices) CountDevices(ctx context.Context) (int64, error) {
	return one(ctx, s.DB, nil, scanNumber, `SELECT COUNT(*) FROM push_subscriptions`)
}
