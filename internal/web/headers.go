package web

import (
	"strings"

	"github.com/gin-gonic/gin"
)

// contentPolicy lets pages load from here only, without inline scripts or styles, and be framed by nobody.
var contentPolicy = strings.Join([]string{
	"default-src 'self'",
	"img-src 'self' data:",
	"object-src 'none'",
	"base-uri 'none'",
	"form-action 'self'",
	"frame-ancestors 'none'",
}, "; ")

// guard sets the security headers, and HSTS when the caller came over TLS.
func (s *Server) guard(c *gin.Context) {
	h := c.Writer.Header()
	h.Set("Content-Security-Policy", contentPolicy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=()")
	if s.secure || c.Request.TLS != nil {
		h.Set("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
	}
	if strings.HasPrefix(c.Request.URL.Path, "/api/") {
		h.Set("Cache-Control", "no-store") // a handler that may be cached says so itself
	}
	if err := s.crossOrigin.Check(c.Request); err != nil {
		s.writeProblem(c, errCrossOrigin)
	}
}
