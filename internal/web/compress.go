package web

import (
	"net/http"

	"github.com/klauspost/compress/gzhttp"
)

// compressed packs JSON answers that are worth it. What carries an encoding already passes, and so does the live line, whose
// connection must be hijacked.
func compressed(next http.Handler) http.Handler {
	pack, err := gzhttp.NewWrapper(gzhttp.ContentTypes([]string{"application/json", "text/csv"}), gzhttp.MinSize(1024))
	if err != nil {
		panic("web: " + err.Error()) // constant options, run by every test
	}
	packed := pack(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == livePath {
			next.ServeHTTP(w, r)
			return
		}
		packed.ServeHTTP(w, r)
	})
}
