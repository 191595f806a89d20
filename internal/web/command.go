package web

import (
	"context"
	"encoding/json"
	"math"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/web/api"
)

// command is what a console or phone asks on its live line; which fields it has depends on op. It has passed the contract's
// schema of its op when it is one of these.
type command struct {
	ID        int64     `json:"id"`
	Op        string    `json:"op"`
	Territory string    `json:"territory"`
	Day       string    `json:"day"`
	Days      int       `json:"days"`
	From      *position `json:"from"`
	Slot      string    `json:"slot"`
	Case      string    `json:"case"`
	Hold      string    `json:"hold"`
	Key       string    `json:"key"`

	Patient     api.Patient                 `json:"patient"`
	Reason      *string                     `json:"reason"`
	Acknowledge []api.NewBookingAcknowledge `json:"acknowledge"`
}

// position is where a client stands in a territory's sequence.
type position struct {
	Epoch string `json:"epoch"`
	Seq   int64  `json:"seq"`
}

// commandSchemas are the schemas of the contract by op.
var commandSchemas = map[string]string{
	"watch": "LiveWatch", "hold": "LiveHold", "extend": "LiveExtend", "release": "LiveRelease", "book": "LiveBook", "focus": "LiveFocus",
}

// decodeCommand reads a frame. A frame that is not JSON is broken and answers errMalformed with id -1; anything else that is wrong
// is an error to be told in a reply, with the id as far as it could be read, and the line stays.
func decodeCommand(c *contract, frame []byte) (command, error) {
	var cmd command
	raw, frame, err := decodeJSON(frame)
	if err != nil {
		return command{ID: -1}, err
	}
	object, _ := raw.(map[string]any)
	cmd.ID = commandID(object["id"])
	cmd.Op, _ = object["op"].(string)
	name, known := commandSchemas[cmd.Op]
	if !known {
		cmd.Op = "unknown" // it is the sender's text, and becomes a label
		return cmd, errUnknownOp
	}
	if err := fault.Fields("request.invalid", invalidMessage, check(c.schema(name), raw)...); err != nil {
		return cmd, err
	}
	if err := json.Unmarshal(frame, &cmd); err != nil {
		return cmd, errMalformed
	}
	return cmd, nil
}

// commandID is the id a reply can carry: 0 when the one given is none.
func commandID(v any) int64 {
	id, ok := v.(float64)
	if !ok || id < 0 || id > 1<<53 || id != math.Trunc(id) {
		return 0
	}
	return int64(id)
}

// commands are the use cases behind the ops; HTTP has the same, so the answers are the same.
type commands struct {
	turns    *turns
	holds    Holds
	bookings bookingHandlers
}

// run does a command that needs no watching and returns the reply's ok.
func (c commands) run(ctx context.Context, a account.Actor, cmd command) (any, error) {
	done, err := c.turns.take(ctx, goingOn)
	if err != nil {
		return nil, err
	}
	defer done()
	switch cmd.Op {
	case "hold":
		hold, err := c.holds.Hold(ctx, a, cmd.Slot, cmd.Case)
		return holdOf(hold), err
	case "extend":
		hold, err := c.holds.Extend(ctx, a, cmd.Hold)
		return holdOf(hold), err
	case "release":
		return struct{}{}, c.holds.Release(ctx, a, cmd.Hold)
	default: // book
		return c.book(ctx, a, cmd)
	}
}

func (c commands) book(ctx context.Context, a account.Actor, cmd command) (any, error) {
	made, err := c.bookings.bookings.Book(ctx, a, bookFrom(cmd.Key, api.NewBooking{
		Hold: optional(cmd.Hold), Slot: optional(cmd.Slot), Case: optional(cmd.Case),
		Patient: cmd.Patient, Reason: cmd.Reason, Acknowledge: cmd.Acknowledge,
	}))
	if err != nil {
		return nil, err
	}
	return c.bookings.one(ctx, made)
}
