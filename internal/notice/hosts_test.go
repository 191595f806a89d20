package notice_test

import (
	"slices"
	"testing"

	"github.com/relais-snp/relais/internal/notice"
)

func TestWhichAddressesMayBePostedTo(t *testing.T) {
	hosts := notice.Hosts{"fcm.googleapis.com", "*.push.apple.com", "http://127.0.0.1:9001"}
	for endpoint, want := range map[string]bool{
		"https://fcm.googleapis.com/fcm/send/abc:APA91": true,
		"https://FCM.googleapis.com:443/fcm/send/abc":   true,
		"https://fcm.googleapis.com./fcm":               true,
		"https://web.push.apple.com/QA":                 true,
		"http://127.0.0.1:9001/send":                    true,
		"https://push.apple.com/QA":                     false,
		"https://evil-push.apple.com.example/QA":        false,
		"https://xpush.apple.com/QA":                    false,
		"https://a.fcm.googleapis.com/x":                false,
		"http://fcm.googleapis.com/x":                   false,
		"https://fcm.googleapis.com:8443/x":             false,
		"https://fcm.googleapis.com:/x":                 false,
		"https://fcm.googleapis.com@10.0.0.1/x":         false,
		"https://u:p@fcm.googleapis.com/x":              false,
		"https://10.0.0.1/x":                            false,
		"https://[::1]/x":                               false,
		"http://127.0.0.1:9002/send":                    false,
		"http://localhost:9001/send":                    false,
		"https://127.0.0.1:9001/send":                   false,
		"https://fcm.googleapis.com\\@10.0.0.1/x":       false,
		"https://fcm.googleapis.com/x y":                false,
		"https://fcm.googleapis.com/x\r\nHost: y":       false,
		"//fcm.googleapis.com/x":                        false,
		"":                                              false,
	} {
		if u, problem := hosts.Check(endpoint); (problem == nil) != want || (u != nil) != want {
			t.Errorf("%q: %v, %v", endpoint, u, problem)
		}
	}
	if got := hosts.Locals(); !slices.Equal(got, []string{"127.0.0.1:9001"}) {
		t.Errorf("locals %v", got)
	}
	if got := (notice.Hosts{"http://10.0.0.1:9001", "http://example.org:80"}).Locals(); len(got) != 0 {
		t.Errorf("locals %v", got)
	}
}

func FuzzEndpoint(f *testing.F) {
	for _, seed := range []string{"https://fcm.googleapis.com/x", "https://a@b/", "https://[::1%25eth0]/", "http://127.0.0.1:9001/", "https://fcm.googleapis.com\x00"} {
		f.Add(seed)
	}
	hosts := notice.Hosts{"fcm.googleapis.com", "*.push.apple.com"}
	f.Fuzz(func(t *testing.T, endpoint string) {
		u, problem := hosts.Check(endpoint)
		if problem == nil && (u.Scheme != "https" || u.User != nil || u.Port() != "" && u.Port() != "443") {
			t.Errorf("%q passes", endpoint)
		}
	})
}
