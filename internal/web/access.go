package web

import (
	"context"
	"crypto/rand"
	"fmt"
	"log/slog"
	"net/http"
	"runtime"
	"runtime/debug"
	"time"

	"github.com/gin-gonic/gin"

	"github.com/relais-snp/relais/internal/fault"
)

type contextKey int

const (
	requestIDKey contextKey = iota
	actorKey
)

// requestID returns the number of the request that ctx belongs to, "" outside one.
func requestID(ctx context.Context) string {
	id, _ := ctx.Value(requestIDKey).(string)
	return id
}

// identify gives every request a number of ours; one sent by the caller is not trusted.
func identify(c *gin.Context) {
	id := rand.Text()
	c.Header("X-Request-Id", id)
	c.Request = c.Request.WithContext(context.WithValue(c.Request.Context(), requestIDKey, id))
}

// observe logs and measures each request by the pattern of its route: a path or a query may hold a token or an identity.
func (s *Server) observe(c *gin.Context) {
	start := time.Now()
	c.Next()
	route := c.FullPath()
	if route == "" {
		route = "other"
	}
	took := time.Since(start)
	s.metrics.request(route, c.Request.Method, c.Writer.Status(), took)
	level := slog.LevelDebug
	if apiRoute(route) {
		level = slog.LevelInfo
	}
	s.log.LogAttrs(c.Request.Context(), level, "request",
		slog.String("request", requestID(c.Request.Context())),
		slog.String("method", c.Request.Method),
		slog.String("route", route),
		slog.Int("status", c.Writer.Status()),
		slog.Duration("took", took))
}

// recoverPanics turns a panic into an internal problem. The panic's own value may quote a request, so only runtime errors and the
// type of others reach the log, with the stack.
func (s *Server) recoverPanics(c *gin.Context) {
	defer func() {
		recovered := recover()
		if recovered == nil {
			return
		}
		if recovered == http.ErrAbortHandler {
			panic(recovered)
		}
		s.logPanic(c.Request.Context(), recovered)
		s.writeProblem(c, fault.Of(fmt.Errorf("panic: %T", recovered)))
	}()
	c.Next()
}

func (s *Server) logPanic(ctx context.Context, recovered any) {
	what := fmt.Sprintf("%T", recovered)
	if e, ok := recovered.(runtime.Error); ok {
		what = e.Error()
	}
	s.metrics.panics.Inc()
	s.log.ErrorContext(ctx, "panic", slog.String("request", requestID(ctx)), slog.String("what", what), slog.String("stack", string(debug.Stack())))
}
