package app

import (
	"container/list"
	"errors"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

// places bounds how many connections are open at a time, overall and from one
// source, so that neither memory nor file descriptors run out. A newcomer takes
// the place of the connection that has waited longest without asking for
// anything; when all are at work, it is told to come back.
type places struct {
	most    int // overall
	share   int // of one source
	trusted []netip.Prefix
	now     func() time.Time

	mu      sync.Mutex
	guests  map[net.Conn]*guest
	sources map[netip.Addr]*source
	idle    list.List // of *guest, longest waiting first
	refused int       // farewells being said
}

// source is where connections come from.
type source struct {
	open int
	idle list.List // of *guest, longest waiting first
}

// guest is an open connection.
type guest struct {
	conn       net.Conn
	from       netip.Addr
	idle, mine *list.Element // places among those that wait; nil at work
}

// farewells bounds how many refusals are written at a time; the others end
// without a word.
const farewells = 64

// newPlaces gives one source half of the places, unless it is a reverse proxy
// that speaks for many.
func newPlaces(most int, proxies []string) *places {
	p := &places{most: most, share: max(1, most/2), now: time.Now, guests: map[net.Conn]*guest{}, sources: map[netip.Addr]*source{}}
	for _, text := range proxies {
		if addr, err := netip.ParseAddr(text); err == nil {
			p.trusted = append(p.trusted, netip.PrefixFrom(addr, addr.BitLen()))
		} else if prefix, err := netip.ParsePrefix(text); err == nil {
			p.trusted = append(p.trusted, prefix)
		}
	}
	return p
}

// within gives out the places to what l accepts.
func (p *places) within(l net.Listener) net.Listener { return &door{l, p} }

type door struct {
	net.Listener
	places *places
}

// Accept returns the next connection that has a place.
func (d *door) Accept() (net.Conn, error) {
	for {
		conn, err := d.Listener.Accept()
		if err != nil {
			return nil, err
		}
		seated := &seat{Conn: conn, places: d.places}
		if d.places.enter(seated) {
			return seated, nil
		}
	}
}

// seat is a connection that gives its place back when it is closed, also one
// that left HTTP behind.
type seat struct {
	net.Conn
	places *places
	once   sync.Once
	asked  atomic.Int64 // when its next request began to arrive, in nanoseconds; 0 before
}

func (s *seat) Read(p []byte) (int, error) {
	n, err := s.Conn.Read(p)
	if n > 0 && s.asked.Load() == 0 {
		s.asked.Store(s.places.now().UnixNano())
	}
	return n, err
}

func (s *seat) Close() error {
	s.once.Do(func() { s.places.leave(s) })
	return s.Conn.Close()
}

// SyscallConn reaches the socket itself: live lines write to it without waiting.
func (s *seat) SyscallConn() (syscall.RawConn, error) {
	socket, ok := s.Conn.(syscall.Conn)
	if !ok {
		return nil, errors.ErrUnsupported
	}
	return socket.SyscallConn()
}

// enter seats a connection, or refuses it.
func (p *places) enter(conn *seat) bool {
	from := p.sourceOf(conn)
	p.mu.Lock()
	defer p.mu.Unlock()
	s := p.sources[from]
	if s == nil {
		s = &source{}
		p.sources[from] = s
	}
	var leaving *guest
	switch full := len(p.guests) >= p.most; {
	case s.open >= p.share && !p.speaksForMany(from):
		leaving = p.first(&s.idle)
	case full:
		leaving = p.first(&p.idle)
	default:
		p.seat(conn, from, s)
		return true
	}
	if leaving == nil {
		p.forget(from, s)
		p.refuse(conn.Conn)
		return false
	}
	p.unseat(leaving)
	_ = leaving.conn.(*seat).Conn.Close() // its server notices by reading
	if p.sources[from] == nil {
		p.sources[from] = s // it may have been the last of its source
	}
	p.seat(conn, from, s)
	return true
}

// first is who waited longest. Whose request began to arrive within the last
// second is about to be at work: the server may have read it already.
func (p *places) first(waiting *list.List) *guest {
	lately := p.now().Add(-time.Second).UnixNano()
	for at := waiting.Front(); at != nil; at = at.Next() {
		if g := at.Value.(*guest); g.conn.(*seat).asked.Load() <= lately {
			return g
		}
	}
	return nil
}

func (p *places) seat(conn net.Conn, from netip.Addr, s *source) {
	g := &guest{conn: conn, from: from}
	p.guests[conn] = g
	s.open++
	p.wait(g)
}

func (p *places) leave(conn net.Conn) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if g := p.guests[conn]; g != nil {
		p.unseat(g)
	}
}

func (p *places) unseat(g *guest) {
	p.work(g)
	delete(p.guests, g.conn)
	s := p.sources[g.from]
	s.open--
	p.forget(g.from, s)
}

func (p *places) forget(from netip.Addr, s *source) {
	if s.open == 0 {
		delete(p.sources, from)
	}
}

// wait puts a guest behind those that wait.
func (p *places) wait(g *guest) {
	if g.idle == nil {
		g.idle, g.mine = p.idle.PushBack(g), p.sources[g.from].idle.PushBack(g)
	}
}

// work takes a guest out of those that wait.
func (p *places) work(g *guest) {
	if g.idle != nil {
		p.idle.Remove(g.idle)
		p.sources[g.from].idle.Remove(g.mine)
		g.idle, g.mine = nil, nil
	}
}

// observe is the server's ConnState: a connection waits while it has not asked
// for anything. A dribbled header is not a request yet.
func (p *places) observe(conn net.Conn, state http.ConnState) {
	p.mu.Lock()
	defer p.mu.Unlock()
	g := p.guests[conn]
	switch {
	case g == nil:
	case state == http.StateIdle:
		conn.(*seat).asked.Store(0)
		p.wait(g)
	case state == http.StateActive || state == http.StateHijacked:
		p.work(g)
	}
}

const farewell = "HTTP/1.1 503 Service Unavailable\r\nContent-Type: application/problem+json; charset=utf-8\r\nRetry-After: 5\r\nConnection: close\r\n\r\n" +
	`{"type":"about:blank","title":"Trop de connexions à la fois ; réessayez dans un instant.","status":503,"reason":"request.unavailable"}`

// refuse tells a connection to come back. It does not wait for anybody.
func (p *places) refuse(conn net.Conn) {
	if p.refused >= farewells {
		_ = conn.Close()
		return
	}
	p.refused++
	go func() {
		_ = conn.SetDeadline(time.Now().Add(time.Second))
		_, _ = conn.Write([]byte(farewell)) // best effort
		_ = conn.Close()
		p.mu.Lock()
		defer p.mu.Unlock()
		p.refused--
	}()
}

// sourceOf is the address of the other end; an IPv6 subscriber owns a whole /64.
func (p *places) sourceOf(conn net.Conn) netip.Addr {
	at, err := netip.ParseAddrPort(conn.RemoteAddr().String())
	if err != nil {
		return netip.Addr{}
	}
	addr := at.Addr().Unmap().WithZone("")
	if prefix, err := addr.Prefix(64); addr.Is6() && err == nil {
		return prefix.Addr()
	}
	return addr
}

func (p *places) speaksForMany(from netip.Addr) bool {
	return slices.ContainsFunc(p.trusted, func(proxies netip.Prefix) bool { return proxies.Contains(from) })
}
