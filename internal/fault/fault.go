package fault

import (
	"errors"
	"fmt"
	"log/slog"
)

// Kind is the sort of refusal. Transports map it to their status codes.
type Kind uint8

// The kinds, from the caller's mistakes to ours.
const (
	Internal        Kind = iota // a mistake of ours; details stay in the log
	Invalid                     // the request breaks a rule whatever the state
	Unauthenticated             // nobody is signed in
	Forbidden                   // signed in, and not allowed
	NotFound                    // no such thing, or not visible to the caller
	Conflict                    // the state does not allow it (now)
	TooLarge                    // the request is larger than accepted
	TooMany                     // too many requests or tries; wait
	Unavailable                 // a store is away; the same request may pass later
)

// Field is one broken rule of one field of a request.
type Field struct {
	Name   string // path in the request, "patient.family"
	Reason string // stable, "agenda.end_before_start"
	// Message is French, for people, and never quotes the submitted value.
	Message string
}

// Error is a refusal with a stable reason.
type Error struct {
	Kind    Kind
	Reason  string // stable identifier, "regulation.slot_taken"
	Message string // French, for people; never holds submitted values
	Fields  []Field
	// Detail is typed extra data for the caller (alternatives, who holds a
	// seat); nil for most errors. The room that returns it documents its type.
	Detail any
	cause  error
}

// New returns a fault without fields.
func New(kind Kind, reason, message string) *Error {
	return &Error{Kind: kind, Reason: reason, Message: message}
}

// Fields returns an Invalid fault that reports all broken fields together,
// or nil when there is none.
func Fields(reason, message string, fields ...Field) error {
	if len(fields) == 0 {
		return nil
	}
	return &Error{Kind: Invalid, Reason: reason, Message: message, Fields: fields}
}

// With returns a copy that carries detail for the caller.
func (e *Error) With(detail any) *Error {
	c := *e
	c.Detail = detail
	return &c
}

// Because returns a copy with a cause for the log. The cause is reachable by
// errors.Is and errors.As, and is never part of Error's text.
func (e *Error) Because(cause error) *Error {
	c := *e
	c.cause = cause
	return &c
}

// Error is the reason and the French message, without cause or values.
func (e *Error) Error() string { return fmt.Sprintf("%s: %s", e.Reason, e.Message) }

// LogValue is what a log says of a fault: the reason and the cause, in the
// language of operators. The message is for people.
func (e *Error) LogValue() slog.Value {
	if e.cause == nil {
		return slog.StringValue(e.Reason)
	}
	var inner *Error
	if errors.As(e.cause, &inner) {
		return slog.StringValue(e.Reason + ": " + inner.LogValue().String())
	}
	return slog.StringValue(e.Reason + ": " + e.cause.Error())
}

// Unwrap gives the cause, for logs and errors.Is.
func (e *Error) Unwrap() error { return e.cause }

// Is makes errors.Is compare faults by reason, so that a package-level fault
// still matches after With or Because.
func (e *Error) Is(target error) bool {
	var t *Error
	return errors.As(target, &t) && t.Reason == e.Reason
}

// Of returns the fault inside err, or an Internal fault that hides it.
func Of(err error) *Error {
	var e *Error
	if errors.As(err, &e) {
		return e
	}
	return New(Internal, "internal", "Une erreur interne est survenue.").Because(err)
}

// Reason returns the stable reason of err, "internal" for a foreign error and
// "" for nil.
func Reason(err error) string {
	if err == nil {
		return ""
	}
	return Of(err).Reason
}
