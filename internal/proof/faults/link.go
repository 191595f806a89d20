package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/Shopify/toxiproxy/v2"
	"github.com/rs/zerolog"

	"github.com/relais-snp/relais/internal/proof"
)

// errStuck ends a run whose links do not become sound again, which says nothing
// about Relais: toxiproxy takes a disturbance away connection by connection, and
// waits five seconds for each that nobody reads.
var errStuck = errors.New("a link stays disturbed")

// soundWithin is how long a link may take to become sound, or to close.
const soundWithin = 20 * time.Second

// links makes links and ends them.
type links struct {
	api   *toxiproxy.ApiServer
	all   []*link
	stuck atomic.Bool
}

// bounded does something to links, and lets it go on alone when it takes too long.
func (l *links) bounded(do func()) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		do()
	}()
	select {
	case <-done:
	case <-time.After(soundWithin):
		l.stuck.Store(true)
	}
}

func newLinks() *links {
	zerolog.SetGlobalLevel(zerolog.Disabled) // toxics speak to a logger of their own
	return &links{api: toxiproxy.NewServer(toxiproxy.NewMetricsContainer(nil), zerolog.Nop())}
}

// link is a way from one part to another that can be disturbed.
type link struct {
	links *links
	name  string
	proxy *toxiproxy.Proxy
	mu    sync.Mutex // of being taken away and given back
}

// to opens a link to an address and returns it; Addr is its near end.
func (l *links) to(name, upstream string) (*link, error) {
	near, err := proof.FreeAddress()
	if err != nil {
		return nil, err
	}
	p := toxiproxy.NewProxy(l.api, name, near, upstream)
	if err := p.Start(); err != nil {
		return nil, err
	}
	one := &link{links: l, name: name, proxy: p}
	l.all = append(l.all, one)
	return one, nil
}

func (l *link) addr() string { return l.proxy.Listen }

// mend takes every disturbance away.
func (l *links) mend() {
	for _, one := range l.all {
		l.bounded(func() { one.proxy.Toxics.ResetToxics(context.Background()) })
	}
}

func (l *links) close() {
	for _, one := range l.all {
		l.bounded(one.proxy.Stop)
	}
}

// poison disturbs a link until cure is called. Streams are "upstream" and
// "downstream"; attributes are toxiproxy's, as JSON.
func (l *link) poison(name, kind, stream, attributes string, share float64) (cure func(), err error) {
	toxic := fmt.Sprintf(`{"name":%q,"type":%q,"stream":%q,"toxicity":%g,"attributes":%s}`, name, kind, stream, share, attributes)
	if _, err := l.proxy.Toxics.AddToxicJson(strings.NewReader(toxic)); err != nil {
		return nil, err
	}
	return func() {
		l.links.bounded(func() { _ = l.proxy.Toxics.RemoveToxic(context.Background(), name) })
	}, nil
}

// cut ends every connection of the link and refuses new ones until restore.
func (l *link) cut() (restore func() error) {
	l.mu.Lock()
	l.links.bounded(l.proxy.Stop)
	return func() error {
		defer l.mu.Unlock()
		return l.proxy.Start()
	}
}
