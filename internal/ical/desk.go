package ical

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"net/url"

	"github.com/relais-snp/relais/internal/agenda"
)

// form is the number of the way feeds are written. It rises when Render writes
// other bytes for the same calendar, so that kept copies are asked for again.
const form = "1"

// Content is where a desk has feeds from; agenda.Feeds is it.
type Content interface {
	Find(ctx context.Context, token string) (agenda.Feed, error)
	Stamp(ctx context.Context, feed agenda.Feed) (agenda.FeedStamp, error)
	Calendar(ctx context.Context, feed agenda.Feed) (agenda.Calendar, error)
}

// Desk hands out rendered feeds. A feed is rendered once per revision; as long
// as nothing moves, its bytes come from the cache.
type Desk struct {
	content Content
	cache   Cache
	origin  *url.URL
}

// NewDesk returns a desk. origin is the public address of Relais, under which
// feeds link to its pages: the phone for a GP, the console for a CPTS.
func NewDesk(content Content, cache Cache, origin *url.URL) *Desk {
	return &Desk{content, cache, origin}
}

// Find returns the feed of a token; "feed.unknown" for any that is not valid.
func (d *Desk) Find(ctx context.Context, token string) (agenda.Feed, error) {
	return d.content.Find(ctx, token)
}

// Stamp tells the state of a feed's bytes without rendering or reading them.
// Its revision fits a strong ETag.
func (d *Desk) Stamp(ctx context.Context, feed agenda.Feed) (agenda.FeedStamp, error) {
	stamp, err := d.content.Stamp(ctx, feed)
	return d.written(stamp), err
}

// Render returns a feed's bytes, gzipped when packed, and the stamp of what
// they show. stamp is the one just seen; when the feed moved since, the stamp
// returned is another.
func (d *Desk) Render(ctx context.Context, feed agenda.Feed, stamp agenda.FeedStamp, packed bool) ([]byte, agenda.FeedStamp, error) {
	rendered, ok := d.cache.Get(ctx, feed.ID, stamp.Revision)
	if !ok {
		calendar, err := d.content.Calendar(ctx, feed)
		if err != nil {
			return nil, agenda.FeedStamp{}, err
		}
		if rendered, err = d.render(calendar); err != nil {
			return nil, agenda.FeedStamp{}, err
		}
		stamp = d.written(calendar.Stamp)
		d.cache.Put(ctx, feed.ID, stamp.Revision, rendered)
	}
	if packed {
		return rendered.Packed, stamp, nil
	}
	return rendered.Plain, stamp, nil
}

func (d *Desk) render(c agenda.Calendar) (Rendered, error) {
	page := "console"
	if c.Feed.Kind == agenda.FeedOfPractitioner {
		page = "phone"
	}
	text, err := Render(c, d.origin.JoinPath(page))
	if err != nil {
		return Rendered{}, err
	}
	packed, err := pack(text)
	return Rendered{text, packed}, err
}

// written is a stamp of the bytes: it also moves with the form of feeds and
// with the address they link to.
func (d *Desk) written(stamp agenda.FeedStamp) agenda.FeedStamp {
	sum := sha256.Sum256([]byte(form + " " + d.origin.String() + " " + stamp.Revision))
	stamp.Revision = hex.EncodeToString(sum[:16])
	return stamp
}

func pack(text []byte) ([]byte, error) {
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	if _, err := w.Write(text); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return packed.Bytes(), nil
}
