package store

// Mark returns a keyed hash of a text; see attribution.Tx.
func (t *tx) Mark(text string) (string, error) { return t.db.keys.mark(text) }
