package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"
)

// leaveWithin bounds how long the process takes to end.
const leaveWithin = 10 * time.Second

// listen opens the port before anything else is promised.
func listen(ctx context.Context, addr string) (net.Listener, error) {
	var lc net.ListenConfig
	l, err := lc.Listen(ctx, "tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("cannot listen on %s: %w; set RELAIS_ADDR to a free address", addr, err)
	}
	return l, nil
}

// reserve is how many file descriptors are kept for the record, the live engine
// and what else the process opens: a crowd at the door must not cut them off.
const reserve = 256

// seats is how many connections may be open: as many as the settings say, and
// as the system lets.
func seats(wanted, descriptors int) int {
	return max(1, min(wanted, descriptors-min(reserve, descriptors/2)))
}

// serveHTTP serves until ctx ends, then lets requests in flight finish. hangUp
// ends what net/http does not know: live lines.
func serveHTTP(ctx context.Context, l net.Listener, room *places, handler http.Handler, hangUp func(), log *slog.Logger) error {
	server := &http.Server{
		Handler:           handler,
		ConnState:         room.observe,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       15 * time.Second,
		WriteTimeout:      60 * time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    32 << 10,
		ErrorLog:          slog.NewLogLogger(log.Handler(), slog.LevelDebug),
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(room.within(l)) }()
	select {
	case err := <-ended:
		return fmt.Errorf("serving ended: %w", err)
	case <-ctx.Done():
	}
	log.Info("leaving: no new requests, those in flight finish")
	leaving, cancel := context.WithTimeout(context.WithoutCancel(ctx), leaveWithin)
	defer cancel()
	hangUp()
	err := server.Shutdown(leaving)
	if errors.Is(err, context.DeadlineExceeded) {
		return errors.Join(errors.New("some requests did not finish in time"), server.Close())
	}
	return err
}
