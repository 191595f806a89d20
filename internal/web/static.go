package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"
	"sync"
	"time"

	"github.com/gin-gonic/gin"
)

// pages are the addresses people type and the files that answer them.
var pages = map[string]string{
	"/":        "index.html",
	"/console": "console.html",
	"/phone":   "phone.html",
	"/pilot":   "pilot.html",
	// The page of the entraînement; its API is another server's.
	TrainingPath: "training.html",
	// Browsers ask for it by themselves, whatever a page names.
	"/favicon.ico": "icon-192.png",
}

// lostPage answers a person who typed an address that does not exist.
const lostPage = "/404.html"

// asset is one built file, ready to be sent plain or compressed.
type asset struct {
	body   []byte
	packed func() []byte // gzip of body, made once when first asked for; nil when it would gain nothing
	kind   string
	etag   string
	caches string
}

// loadAssets reads the built pages once. Hashed assets may be kept for ever, everything else is asked for again each time.
func loadAssets(files fs.FS) (map[string]*asset, error) {
	assets := map[string]*asset{}
	err := fs.WalkDir(files, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || strings.HasPrefix(path.Base(name), ".") {
			return err
		}
		body, err := fs.ReadFile(files, name)
		if err != nil {
			return err
		}
		assets["/"+name] = newAsset(name, body)
		return nil
	})
	for address, file := range pages {
		if page, ok := assets["/"+file]; ok {
			assets[address] = page
		}
	}
	return assets, err
}

func newAsset(name string, body []byte) *asset {
	sum := sha256.Sum256(body)
	a := &asset{body: body, kind: kindOf(name), etag: hex.EncodeToString(sum[:12]), caches: "no-cache"}
	if strings.HasPrefix(name, "assets/") {
		a.caches = "public, max-age=31536000, immutable"
	}
	a.packed = sync.OnceValue(func() []byte { return pack(a) })
	return a
}

// kindOf names the media type by extension; the machine's own table is not asked, so that every machine answers the same.
func kindOf(name string) string {
	switch path.Ext(name) {
	case ".html":
		return "text/html; charset=utf-8"
	case ".js", ".mjs":
		return "text/javascript; charset=utf-8"
	case ".css":
		return "text/css; charset=utf-8"
	case ".svg":
		return "image/svg+xml"
	case ".webmanifest":
		return "application/manifest+json"
	case ".woff2":
		return "font/woff2"
	case ".json":
		return "application/json"
	case ".png":
		return "image/png"
	}
	if kind := mime.TypeByExtension(path.Ext(name)); kind != "" {
		return kind
	}
	return "application/octet-stream"
}

func pack(a *asset) []byte {
	if !strings.HasPrefix(a.kind, "text/") && !strings.Contains(a.kind, "json") && !strings.Contains(a.kind, "svg") || len(a.body) < 1024 {
		return nil
	}
	var b bytes.Buffer
	z, _ := gzip.NewWriterLevel(&b, gzip.BestCompression) // the level is valid
	_, _ = z.Write(a.body)                                // a buffer cannot fail
	_ = z.Close()
	return b.Bytes()
}

// serveAsset answers every address that is not the API's.
func (s *Server) serveAsset(c *gin.Context) {
	method := c.Request.Method
	found := s.assets[c.Request.URL.Path]
	switch {
	case isAPI(c.Request.URL.Path), found == nil && c.Request.URL.Path != "/":
		s.serveLost(c)
	case method != http.MethodGet && method != http.MethodHead:
		s.writeProblem(c, errMethod)
	case found == nil:
		c.String(http.StatusServiceUnavailable, "Les pages ne sont pas construites : lancez « make build ».\n")
	default:
		found.serve(c.Writer, c.Request)
	}
}

// isAPI tells the addresses of machines: this API and that of the entraînement.
func isAPI(address string) bool {
	return strings.HasPrefix(address, "/api/") || strings.HasPrefix(address, TrainingPath+"/api/")
}

// serveLost answers an address that does not exist: with a page and a way back for someone who opened it
// in a browser, which asks for text/html by name, else with a problem.
func (s *Server) serveLost(c *gin.Context) {
	page := s.assets[lostPage]
	reads := c.Request.Method == http.MethodGet || c.Request.Method == http.MethodHead
	if page == nil || !reads || isAPI(c.Request.URL.Path) || !strings.Contains(c.GetHeader("Accept"), "text/html") {
		s.writeProblem(c, errNotFound)
		return
	}
	h := c.Writer.Header()
	h.Set("Content-Type", page.kind)
	h.Set("Cache-Control", "no-store")
	h.Add("Vary", "Accept")
	c.Status(http.StatusNotFound)
	_, _ = c.Writer.Write(page.body) // a caller who left needs no page
}

func (a *asset) serve(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Content-Type", a.kind)
	h.Set("Cache-Control", a.caches)
	h.Add("Vary", "Accept-Encoding")
	body, etag := a.body, a.etag
	if acceptsGzip(r) {
		if packed := a.packed(); packed != nil {
			h.Set("Content-Encoding", "gzip")
			body, etag = packed, etag+"-gz"
		}
	}
	h.Set("ETag", `"`+etag+`"`)
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(body))
}

// acceptsGzip reads Accept-Encoding; a weight of zero is a refusal.
func acceptsGzip(r *http.Request) bool {
	for _, part := range strings.Split(r.Header.Get("Accept-Encoding"), ",") {
		name, weight, _ := strings.Cut(strings.ToLower(strings.ReplaceAll(part, " ", "")), ";")
		if name == "gzip" && weight != "q=0" && weight != "q=0.0" {
			return true
		}
	}
	return false
}
