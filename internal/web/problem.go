package web

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"math"
	"net/http"
	"strconv"
	"time"

	"github.com/gin-gonic/gin"

	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/attribution"
	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/regulation"
	"github.com/relais-snp/relais/internal/web/api"
)

// The refusals of the transport itself.
var (
	errMalformed    = fault.New(fault.Invalid, "request.malformed", "La demande n’est pas lisible.")
	errTooLarge     = fault.New(fault.TooLarge, "request.too_large", "La demande est trop volumineuse.")
	errMediaType    = fault.New(fault.Invalid, "request.unsupported_media_type", "La demande doit être en JSON (application/json).")
	errNotFound     = fault.New(fault.NotFound, "request.not_found", "Cette adresse n’existe pas.")
	errMethod       = fault.New(fault.Invalid, "request.method_not_allowed", "Cette adresse n’accepte pas cette méthode.")
	errCrossOrigin  = fault.New(fault.Forbidden, "request.cross_origin", "La demande vient d’un autre site.")
	errTooMany      = fault.New(fault.TooMany, "request.too_many", "Trop de demandes ; réessayez dans un instant.")
	errTimeout      = fault.New(fault.Unavailable, "request.timeout", "Le service n’a pas répondu à temps ; réessayez.")
	errUnavailable  = fault.New(fault.Unavailable, "request.unavailable", "Le service est momentanément indisponible ; réessayez.")
	errUpgrade      = fault.New(fault.Invalid, "live.upgrade_required", "Cette adresse ne parle que WebSocket, sous-protocole relais.v1.")
	errUnknownOp    = fault.New(fault.Invalid, "live.unknown_command", "Cette commande n’existe pas.")
	errBusy         = fault.New(fault.Unavailable, "service.busy", "Le service a trop à faire pour l’instant ; réessayez dans un instant.")
	errClientGone   = fault.New(fault.Unavailable, "request.timeout", "La demande a été abandonnée.")
	invalidMessage  = "Certains champs sont à corriger."
	problemMIMEType = "application/problem+json; charset=utf-8"
)

// statuses is the one table from kinds of fault to HTTP.
var statuses = map[fault.Kind]int{
	fault.Internal:        http.StatusInternalServerError,
	fault.Invalid:         http.StatusBadRequest,
	fault.Unauthenticated: http.StatusUnauthorized,
	fault.Forbidden:       http.StatusForbidden,
	fault.NotFound:        http.StatusNotFound,
	fault.Conflict:        http.StatusConflict,
	fault.TooLarge:        http.StatusRequestEntityTooLarge,
	fault.TooMany:         http.StatusTooManyRequests,
	fault.Unavailable:     http.StatusServiceUnavailable,
}

// finer are the few reasons for which HTTP has a status of its own.
var finer = map[string]int{
	errMediaType.Reason: http.StatusUnsupportedMediaType,
	errMethod.Reason:    http.StatusMethodNotAllowed,
	errUpgrade.Reason:   http.StatusUpgradeRequired,
}

// writeProblem answers with the problem that err is and ends the request. Every error of the room leaves through here.
func (s *Server) writeProblem(c *gin.Context, err error) {
	ctx := c.Request.Context()
	p := s.problem(ctx, err)
	c.Abort()
	if c.Writer.Written() {
		return // too late to answer otherwise; the connection ends short
	}
	body, _ := json.Marshal(p) // plain strings, numbers and times: cannot fail
	if wait := retryAfter(p.Status, fault.Of(err).Detail); wait > 0 {
		c.Header("Retry-After", strconv.Itoa(wait))
	}
	c.Data(p.Status, problemMIMEType, body)
}

// problem translates err, and logs what the caller must not see.
func (s *Server) problem(ctx context.Context, err error) api.Problem {
	f := faultOf(err)
	p := api.Problem{
		Type:      "about:blank",
		Title:     f.Message,
		Status:    statusOf(f),
		Reason:    api.Reason(f.Reason),
		RequestId: optional(requestID(ctx)),
	}
	for _, broken := range f.Fields[:min(len(f.Fields), maxFields)] {
		p.Fields = append(p.Fields, api.FieldProblem{Name: broken.Name, Reason: broken.Reason, Message: optional(broken.Message)})
	}
	addDetail(ctx, &p, f.Detail)
	if f.Kind == fault.Internal || f.Kind == fault.Unavailable && f.Reason != errBusy.Reason { // a crowd is counted, not told one by one
		s.logFault(ctx, f)
	}
	return p
}

// faultOf gives the fault of an error, those of the transport's own libraries included. What is our own mistake is told as one
// reason, whatever it is.
func faultOf(err error) *fault.Error {
	var large *http.MaxBytesError
	switch known := fault.Of(err); {
	case known.Kind != fault.Internal:
		return known
	case errors.As(err, &large):
		return errTooLarge
	case errors.Is(err, context.DeadlineExceeded):
		return errTimeout.Because(err)
	case errors.Is(err, context.Canceled):
		return errClientGone.Because(err)
	default:
		return fault.New(fault.Internal, "internal", "Une erreur interne est survenue.").Because(err)
	}
}

func statusOf(f *fault.Error) int {
	if status, ok := finer[f.Reason]; ok {
		return status
	}
	return statuses[f.Kind]
}

// addDetail puts the typed extra data that rooms attach to their faults into the problem.
func addDetail(ctx context.Context, p *api.Problem, detail any) {
	switch d := detail.(type) {
	case agenda.HeldDetail:
		p.HeldBy, p.HeldUntil = &d.By, &d.Until
	case attribution.CapacityDetail:
		p.Pending, p.Taken = &d.Pending, &d.Taken
	case *regulation.RefusalDetail:
		if d.HeldBy != nil {
			p.HeldBy, p.HeldUntil = &d.HeldBy.By, &d.HeldBy.Until
		}
		p.Alternatives = rankedSlots(d.Alternatives, actorOf(ctx).ID)
	}
}

// retryAfter is the number of seconds to wait before trying again, 0 when there is nothing to say.
func retryAfter(status int, detail any) int {
	switch d := detail.(type) {
	case interface{ RetryAfter() time.Duration }:
		return int(math.Ceil(d.RetryAfter().Seconds()))
	}
	if status == http.StatusServiceUnavailable || status == http.StatusTooManyRequests {
		return 2
	}
	return 0
}

// logFault writes the cause of a fault of ours. Faults never quote the caller, so the log does not either.
func (s *Server) logFault(ctx context.Context, f *fault.Error) {
	level := slog.LevelError
	if f.Kind == fault.Unavailable {
		level = slog.LevelWarn
	}
	cause := ""
	switch c := errors.Unwrap(f).(type) {
	case nil:
	case *fault.Error:
		cause = c.LogValue().String()
	default:
		cause = fmt.Sprintf("%T: %v", c, c)
	}
	s.log.LogAttrs(ctx, level, "request failed", slog.String("request", requestID(ctx)), slog.String("reason", f.Reason), slog.String("cause", cause))
}

// optional is nil for a zero value, so that it is left out of JSON.
func optional[T comparable](v T) *T {
	var zero T
	if v == zero {
		return nil
	}
	return &v
}

// value is the zero value for nil.
func value[T any](p *T) T {
	if p == nil {
		var zero T
		return zero
	}
	return *p
}
