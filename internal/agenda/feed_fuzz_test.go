package agenda_test

import (
	"encoding/base64"
	"testing"

	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/fault"
)

// FuzzFeedToken takes the last part of a feed's address: only the very token
// that was given finds the feed.
func FuzzFeedToken(f *testing.F) {
	for _, token := range []string{"", "AAAAAAAAAAAAAAAAAAAAAA", "AAAAAAAAAAAAAAAAAAAAAB", "AAAAAAAAAAAAAAAAAAAAAA==", "../feeds", "\x00", "\xff", "AAAA AAAA\nAAAAAAAAAAAAAA"} {
		f.Add(token)
	}
	f.Fuzz(func(t *testing.T, token string) {
		h := open(t)
		feeds := h.feeds(t)
		made, given, err := feeds.Create(t.Context(), martin(), agenda.FeedOfPractitioner, "")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := feeds.Find(t.Context(), token); (err == nil) != (token == given) || err != nil && fault.Reason(err) != "feed.unknown" {
			t.Errorf("%q: %v", token, err)
		}
		// The same bits in another writing are another text.
		raw, err := base64.RawURLEncoding.DecodeString(given)
		if err != nil {
			t.Fatal(err)
		}
		for _, other := range []string{base64.URLEncoding.EncodeToString(raw), given + token, token + given, given + "\n"} {
			if other == given {
				continue
			}
			if _, err := feeds.Find(t.Context(), other); err == nil {
				t.Errorf("%q finds the feed of %q", other, given)
			}
		}
		if found, err := feeds.Find(t.Context(), given); err != nil || found.ID != made.ID {
			t.Errorf("its own token: %v", err)
		}
	})
}
