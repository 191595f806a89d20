package mail_test

import (
	"context"
	"crypto/tls"
	"errors"
	"mime"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/relais-snp/relais/internal/mail"
	"github.com/relais-snp/relais/internal/notice"
)

const from = "Relais Sénart <relais@exemple.example>"

func open(t *testing.T, url string, trust *tls.Config) *mail.Server {
	t.Helper()
	s, err := mail.New(mail.Options{URL: url, From: from, TLS: trust})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func said() notice.Mail {
	return notice.Mail{ID: "0197-1", To: "gp@relais.example", Subject: "Relais : un rendez-vous a été pris",
		Text: "Bonjour,\n\nun rendez-vous a été pris, ouvrez Relais :\nhttps://relais.example.fr/phone\n.\nÀ bientôt\n",
		At:   time.Date(2026, 11, 23, 8, 5, 0, 0, time.UTC)}
}

func TestAMailArrivesAsItWasWritten(t *testing.T) {
	s := newSink(t)
	if err := open(t, s.url(""), nil).Mail(t.Context(), said()); err != nil {
		t.Fatal(err)
	}
	l := <-s.got
	m := l.message(t)
	subject, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject"))
	if err != nil || subject != said().Subject {
		t.Errorf("subject %q, %v", subject, err)
	}
	if got := strings.ReplaceAll(body(t, m), "\n..\n", "\n.\n"); strings.TrimSpace(got) != strings.TrimSpace(said().Text) { // a dot is doubled on its way (RFC 5321, 4.5.2)
		t.Errorf("text %q", got)
	}
	for name, want := range map[string]string{"Content-Type": "text/plain; charset=UTF-8", "Auto-Submitted": "auto-generated",
		"Message-Id": "<0197-1.notice@exemple.example>", "Date": "Mon, 23 Nov 2026 08:05:00 +0000"} {
		if got := m.Header.Get(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	if !strings.Contains(l.from, "<relais@exemple.example>") || !strings.HasPrefix(l.to, "TO:<gp@relais.example>") || l.encrypted || l.signedIn != "" {
		t.Errorf("from %q to %q, %+v", l.from, l.to, l)
	}
}

func TestSTARTTLSIsTakenWhenOfferedAndItsCertificateMustHold(t *testing.T) {
	cert, trust := certified(t)
	s := newSink(t, func(s *sink) { s.cert = cert })
	if err := open(t, s.url("relais:secret@"), trust).Mail(t.Context(), said()); err != nil {
		t.Fatal(err)
	}
	if l := <-s.got; !l.encrypted || !strings.HasPrefix(l.signedIn, "PLAIN ") {
		t.Errorf("%+v", l)
	}
	if err := open(t, s.url(""), nil).Mail(t.Context(), said()); err == nil || len(s.got) > 0 {
		t.Errorf("a certificate of nobody's was trusted: %v", err)
	}
}

func TestSMTPSBeginsWithTLS(t *testing.T) {
	cert, trust := certified(t)
	s := newSink(t, func(s *sink) { s.cert, s.implicit = cert, true })
	url := strings.Replace(s.url("relais:secret@"), "smtp:", "smtps:", 1)
	if err := open(t, url, trust).Mail(t.Context(), said()); err != nil {
		t.Fatal(err)
	}
	if l := <-s.got; !l.encrypted || !strings.HasPrefix(l.signedIn, "PLAIN ") {
		t.Errorf("%+v", l)
	}
}

// A server that takes the connection and says nothing.
func TestAServerThatHangsIsLeftWhenTimeIsUp(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	var deferred *notice.Deferred
	if err := open(t, "smtp://"+l.Addr().String(), nil).Mail(ctx, said()); !errors.As(err, &deferred) {
		t.Errorf("%v", err)
	}
}

func TestRefusalsSayWhetherToTryAgainAndNameNobody(t *testing.T) {
	for name, c := range map[string]struct {
		word, answer string
		again        bool
	}{
		"nobody there": {"RCPT", "550 5.1.1 gp@relais.example unknown", false},
		"box full now": {"RCPT", "452 4.2.2 gp@relais.example is full", true},
		"greylisted":   {"MAIL", "451 4.7.1 later", true},
		"sign-in":      {"AUTH", "535 5.7.8 no", true},
		"not today":    {"EHLO", "421 4.3.2 away", true},
	} {
		t.Run(name, func(t *testing.T) {
			s := newSink(t, func(s *sink) { s.refuse[c.word] = c.answer; s.refuse["HELO"] = c.answer })
			if c.word != "EHLO" {
				delete(s.refuse, "HELO")
			}
			err := open(t, s.url("relais:secret@"), nil).Mail(t.Context(), said())
			var deferred *notice.Deferred
			if err == nil || errors.As(err, &deferred) != c.again {
				t.Fatalf("%v", err)
			}
			for _, secret := range []string{"gp@relais.example", "secret"} {
				if strings.Contains(err.Error(), secret) {
					t.Errorf("%q is in %v", secret, err)
				}
			}
		})
	}
}

func TestNobodyThereIsTriedAgain(t *testing.T) {
	var deferred *notice.Deferred
	s := open(t, "smtp://127.0.0.1:1", nil)
	if err := s.Mail(t.Context(), said()); !errors.As(err, &deferred) {
		t.Errorf("%v", err)
	}
	if err := s.Greet(t.Context()); err == nil {
		t.Error("nobody greeted")
	}
}

func TestGreetingSendsNothing(t *testing.T) {
	s := newSink(t)
	if err := open(t, s.url("relais:secret@"), nil).Greet(t.Context()); err != nil || len(s.got) > 0 {
		t.Errorf("%v, %d mails", err, len(s.got))
	}
}

func TestNoHeaderCanBeAdded(t *testing.T) {
	s := newSink(t)
	for _, spoil := range []func(*notice.Mail){
		func(m *notice.Mail) { m.To = "gp@relais.example\r\nBcc: autre@exemple.example" },
		func(m *notice.Mail) { m.To = "gp@relais.example, autre@exemple.example" },
		func(m *notice.Mail) { m.To = "gp@relais.example>\nRCPT TO:<autre@exemple.example" },
		func(m *notice.Mail) { m.Subject = "Relais\r\nBcc: autre@exemple.example" },
		func(m *notice.Mail) { m.ID = "1\nBcc: autre@exemple.example" },
	} {
		m := said()
		spoil(&m)
		if err := open(t, s.url(""), nil).Mail(t.Context(), m); err == nil || len(s.got) > 0 {
			t.Errorf("%q %q was sent: %v", m.To, m.Subject, err)
		}
	}
}

func TestOptionsThatDoNotHold(t *testing.T) {
	for _, o := range []mail.Options{
		{URL: "http://mail.example", From: from}, {URL: "smtp://", From: from}, {URL: "smtp://mail.example:99999", From: from},
		{URL: "smtp://u:planted@mail.example", From: "nobody"}, {URL: "smtp://u:planted@mail.example:99999", From: from},
	} {
		if _, err := mail.New(o); err == nil || strings.Contains(err.Error(), "planted") {
			t.Errorf("%v: %v", o.URL, err)
		}
	}
}
