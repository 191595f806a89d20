package push

import "testing"

func TestOnlyPublicAddressesAreDialled(t *testing.T) {
	for address, want := range map[string]bool{
		"142.250.74.170:443":             true,
		"[2a00:1450:4007:80c::200a]:443": true,
		"[64:ff9b::8efa:4aaa]:443":       true, // 142.250.74.170 by NAT64
		"142.250.74.170:80":              false,
		"142.250.74.170:8443":            false,
		"127.0.0.1:443":                  false,
		"127.9.9.9:443":                  false,
		"0.0.0.0:443":                    false,
		"10.1.2.3:443":                   false,
		"172.16.0.1:443":                 false,
		"192.168.1.1:443":                false,
		"169.254.169.254:443":            false,
		"100.64.0.1:443":                 false,
		"198.18.0.1:443":                 false,
		"224.0.0.1:443":                  false,
		"255.255.255.255:443":            false,
		"[::1]:443":                      false,
		"[::]:443":                       false,
		"[::ffff:127.0.0.1]:443":         false,
		"[::ffff:10.0.0.1]:443":          false,
		"[64:ff9b::a00:1]:443":           false, // 10.0.0.1 by NAT64
		"[2002:7f00:1::]:443":            false, // 127.0.0.1 by 6to4
		"[fe80::1]:443":                  false,
		"[fe80::1%eth0]:443":             false,
		"[fd00::1]:443":                  false,
		"[fec0::1]:443":                  false,
		"[2001:db8::1]:443":              false,
		"fcm.googleapis.com:443":         false, // what is dialled is a number
	} {
		if got := publicHTTPS(address); got != want {
			t.Errorf("%s: %v", address, got)
		}
	}
}
