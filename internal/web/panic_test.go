package web_test

import (
	"context"
	"runtime"
	"strings"
	"testing"

	"github.com/gorilla/websocket"

	"github.com/relais-snp/relais/internal/live"
	"github.com/relais-snp/relais/internal/web"
)

// witness tells which lines watch what.
type witness struct {
	web.Live
	console *live.Console
	line    live.Line
}

func (w *witness) Watch(ctx context.Context, r live.WatchRequest) (*live.Console, error) {
	c, err := w.Live.Watch(ctx, r)
	w.console, w.line = c, r.Line
	return c, err
}

func TestAFrameThatPanicsEndsItsLineAlone(t *testing.T) {
	var w *witness
	h := openHouse(t, func(cfg *web.Config) { w = &witness{Live: cfg.Live}; cfg.Live = w })
	console, _ := h.signIn("regulator").board()

	for !w.line.Try(w.console, nil) { // while the board's writer still has the turn
		runtime.Gosched()
	}

	if code := console.closed(); code != websocket.CloseInternalServerErr {
		t.Errorf("closed with %d", code)
	}
	if !strings.Contains(h.log.String(), "panic") {
		t.Error("it is not logged")
	}
}
