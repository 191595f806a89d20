package web

import (
	"bytes"
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"github.com/relais-snp/relais/internal/agenda"
)

// serveFeed answers calendar programs: the token in the address is the key, and nothing of it is logged. A program that has the
// present revision gets 304 before anything is rendered.
func (s *Server) serveFeed(c *gin.Context) {
	ctx := c.Request.Context()
	feed, err := s.calendars.Find(ctx, feedToken(c))
	if err != nil {
		s.writeProblem(c, err)
		return
	}
	stamp, err := s.calendars.Stamp(ctx, feed)
	if err != nil {
		s.writeProblem(c, err)
		return
	}
	packed := acceptsGzip(c.Request)
	h := c.Writer.Header()
	h.Set("Cache-Control", "private, no-cache") // may be kept by its reader, and is asked about each time
	h.Set("Vary", "Accept-Encoding")
	setValidators(h, stamp, packed)
	if fresh(c.Request, h.Get("ETag"), h.Get("Last-Modified")) {
		c.Status(http.StatusNotModified)
		return
	}
	body, stamp, err := s.calendars.Render(ctx, feed, stamp, packed)
	if err != nil {
		h.Del("ETag")
		h.Del("Last-Modified")
		s.writeProblem(c, err)
		return
	}
	setValidators(h, stamp, packed)
	h.Set("Content-Type", "text/calendar; charset=utf-8")
	h.Set("Content-Disposition", `inline; filename="relais.ics"`)
	if packed {
		h.Set("Content-Encoding", "gzip")
	}
	http.ServeContent(c.Writer, c.Request, "", stamp.ChangedAt, bytes.NewReader(body))
}

// feedToken is the last part of the path without ".ics", which Gin takes for a part of the parameter's name.
func feedToken(c *gin.Context) string {
	return strings.TrimSuffix(c.Param("token.ics"), ".ics")
}

// setValidators names the bytes that will be sent: compressed ones are others.
func setValidators(h http.Header, stamp agenda.FeedStamp, packed bool) {
	tag := stamp.Revision
	if packed {
		tag += "-gz"
	}
	h.Set("ETag", `"`+tag+`"`)
	h.Set("Last-Modified", stamp.ChangedAt.UTC().Format(http.TimeFormat))
}

// fresh reports whether the caller has these very bytes. If-None-Match wins over If-Modified-Since, as RFC 9110 says.
func fresh(r *http.Request, etag, modified string) bool {
	if asked := r.Header.Get("If-None-Match"); asked != "" {
		for _, tag := range strings.Split(asked, ",") {
			if tag = strings.TrimSpace(tag); tag == "*" || strings.TrimPrefix(tag, "W/") == etag {
				return true
			}
		}
		return false
	}
	since, err := http.ParseTime(r.Header.Get("If-Modified-Since"))
	last, _ := http.ParseTime(modified)
	return err == nil && !last.After(since)
}
