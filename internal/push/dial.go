package push

import (
	"errors"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"syscall"
	"time"
)

// errAddress says that a name led to an address that is not the public Internet's.
var errAddress = errors.New("the address is not a public one")

// newClient returns a client that reaches public addresses on port 443 and the given host:port pairs, follows no redirect and waits
// for nobody longer than within.
func newClient(locals []string, within time.Duration) *http.Client {
	dialer := &net.Dialer{Timeout: within / 2, Control: func(_, address string, _ syscall.RawConn) error {
		if slices.Contains(locals, address) || publicHTTPS(address) {
			return nil
		}
		return errAddress
	}}
	return &http.Client{
		Timeout:       within,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: &http.Transport{
			DialContext: dialer.DialContext, ForceAttemptHTTP2: true, TLSHandshakeTimeout: within / 2,
			MaxIdleConns: 32, MaxIdleConnsPerHost: 8, IdleConnTimeout: time.Minute, MaxResponseHeaderBytes: 16 << 10,
		},
	}
}

// publicHTTPS reports whether an address that is about to be dialled is port 443 of the public Internet.
func publicHTTPS(address string) bool {
	at, err := netip.ParseAddrPort(address)
	return err == nil && at.Port() == 443 && public(at.Addr())
}

// special are the networks of the IANA registries of special-purpose addresses that a name on the Internet has no business to lead to,
// apart from those that netip tells by itself.
var special = []netip.Prefix{
	netip.MustParsePrefix("0.0.0.0/8"), netip.MustParsePrefix("100.64.0.0/10"), netip.MustParsePrefix("192.0.0.0/24"),
	netip.MustParsePrefix("192.0.2.0/24"), netip.MustParsePrefix("192.88.99.0/24"), netip.MustParsePrefix("198.18.0.0/15"),
	netip.MustParsePrefix("198.51.100.0/24"), netip.MustParsePrefix("203.0.113.0/24"), netip.MustParsePrefix("240.0.0.0/4"),
	netip.MustParsePrefix("2001::/23"), netip.MustParsePrefix("2001:db8::/32"), netip.MustParsePrefix("2002::/16"), netip.MustParsePrefix("3fff::/20"),
}

var (
	globalIPv6 = netip.MustParsePrefix("2000::/3")
	nat64      = netip.MustParsePrefix("64:ff9b::/96") // reaches the IPv4 address in its last four bytes
)

func public(ip netip.Addr) bool {
	if ip.Zone() != "" {
		return false
	}
	ip = ip.Unmap()
	if nat64.Contains(ip) {
		bytes := ip.As16()
		ip = netip.AddrFrom4([4]byte(bytes[12:]))
	}
	if !ip.IsGlobalUnicast() || ip.IsPrivate() || ip.Is6() && !globalIPv6.Contains(ip) {
		return false
	}
	return !slices.ContainsFunc(special, func(p netip.Prefix) bool { return p.Contains(ip) })
}
