package web

import (
	"context"
	"errors"

	"github.com/gorilla/websocket"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/live"
)

// errNotWatching refuses what needs a territory before one is watched.
var errNotWatching = fault.New(fault.Conflict, "live.not_watching", "Suivez d’abord un territoire.")

// watch follows a territory in place of the one before. The console's first frame comes right after the reply.
func (l *line) watch(ctx context.Context, cmd command) (*live.Console, error) {
	actor := *l.actor.Load()
	if err := account.Allow(actor, account.WatchLive, account.Target{Territory: cmd.Territory}); err != nil {
		return nil, err
	}
	request := live.WatchRequest{Territory: cmd.Territory, Account: actor.ID, Practitioner: actor.Practitioner, Line: l}
	if cmd.From != nil {
		request.From = &live.Position{Epoch: cmd.From.Epoch, Seq: cmd.From.Seq}
	}
	console, err := l.handler.hub.Watch(ctx, request)
	if err != nil {
		return nil, err
	}
	l.blur(ctx) // a focus is told in the territory it was in
	if l.console != nil {
		l.console.Close()
	}
	l.console = console
	l.watched.Store(&cmd.Territory)
	return console, nil
}

// unwatch ends what the line follows, and what colleagues see of it.
func (l *line) unwatch() {
	ctx, cancel := l.commandContext()
	defer cancel()
	l.blur(ctx)
	if l.console != nil {
		l.console.Close()
	}
}

// focus tells colleagues which slot this person looks at.
func (l *line) focus(ctx context.Context, slot string) error {
	territory := l.watched.Load()
	if territory == nil {
		return errNotWatching
	}
	actor := l.actor.Load()
	l.focused = slot != ""
	l.handler.hub.Focus(ctx, *territory, live.Focus{Holder: actor.ID, By: actor.Name, Slot: slot})
	return nil
}

func (l *line) blur(ctx context.Context) {
	if l.focused {
		_ = l.focus(ctx, "") // it watches, or it could not have focused
	}
}

// abandoned ends the line when the hub closed its console: too slow twice, or going away. A console closed by its own line, for
// another territory, ends nothing.
func (l *line) abandoned(why error) {
	switch {
	case why == nil:
	case errors.Is(why, live.ErrSlowConsole):
		l.handler.server.metrics.slow.Inc()
		l.end(websocket.CloseTryAgainLater, "Connexion trop lente.")
	default:
		l.end(websocket.CloseGoingAway, "")
	}
}
