package notice

import (
	"net/netip"
	"net/url"
	"slices"
	"strings"

	"github.com/relais-snp/relais/internal/fault"
)

// Hosts are the push services that may be posted to: host names, "*.example.org" for all below example.org, and for tests on one
// machine origins such as "http://127.0.0.1:9001", which alone allow plain HTTP, another port and a loopback address.
type Hosts []string

// MaxEndpoint bounds the address of a device, in bytes.
const MaxEndpoint = 1024

// Check returns the address of a push service, or the field of a "notice.invalid" that says why it may not be posted to.
func (h Hosts) Check(endpoint string) (*url.URL, *fault.Field) {
	u, err := url.Parse(endpoint)
	if err != nil || len(endpoint) > MaxEndpoint || strings.ContainsFunc(endpoint, unprintable) ||
		u.Host == "" || u.User != nil || u.Opaque != "" || strings.ContainsAny(endpoint, `#\`) || strings.HasSuffix(u.Host, ":") {
		return nil, refuse("notice.endpoint", "Cette adresse d’appareil n’est pas lisible.")
	}
	if h.local(u) {
		return u, nil
	}
	if u.Scheme != "https" || u.Port() != "" && u.Port() != "443" {
		return nil, refuse("notice.endpoint", "L’adresse de l’appareil doit être en HTTPS, sans port particulier.")
	}
	if !h.lists(u.Hostname()) {
		return nil, refuse("notice.endpoint_host", "Ce service de notifications n’est pas accepté ici.")
	}
	return u, nil
}

// unprintable is what no address is written with: it would be sent encoded, or not at all.
func unprintable(r rune) bool { return r <= ' ' || r > '~' }

// local reports whether an address is one of the origins on this machine that were named.
func (h Hosts) local(u *url.URL) bool {
	ip, err := netip.ParseAddr(u.Hostname())
	return err == nil && ip.IsLoopback() && slices.Contains(h, u.Scheme+"://"+u.Host)
}

// Locals are the host:port pairs of loopback that were named, which a dialler may reach.
func (h Hosts) Locals() []string {
	var pairs []string
	for _, entry := range h {
		if u, err := url.Parse(entry); err == nil && u.Port() != "" && h.local(u) {
			pairs = append(pairs, u.Host)
		}
	}
	return pairs
}

func (h Hosts) lists(host string) bool {
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	if _, err := netip.ParseAddr(host); err == nil {
		return false // a service has a name
	}
	return slices.ContainsFunc(h, func(entry string) bool {
		entry = strings.ToLower(entry)
		if below, wild := strings.CutPrefix(entry, "*."); wild {
			return strings.HasSuffix(host, "."+below)
		}
		return host == entry
	})
}

func refuse(reason, message string) *fault.Field {
	return &fault.Field{Name: "endpoint", Reason: reason, Message: message}
}
