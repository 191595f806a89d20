package mail

import (
	"context"
	"crypto/tls"
	"fmt"
	"net"
	"net/mail"
	"net/netip"
	"net/url"
	"strconv"
	"time"

	gomail "github.com/wneessen/go-mail"
)

// within bounds each step of a conversation with the server.
const within = 15 * time.Second

// Server is an SMTP server that takes our mails.
type Server struct {
	host     string
	port     int
	user     string
	password string
	implicit bool // TLS from the first byte
	from     *mail.Address
	roots    *tls.Config
}

// Options say which server, and in whose name.
type Options struct {
	// URL is smtp://user:password@host:port or smtps://…; user, password and port may be left out (587, 465).
	URL string
	// From is an address, "Relais <relais@example.fr>" or bare.
	From string
	// TLS replaces the system's roots, for tests; nil for those.
	TLS *tls.Config
}

// New returns a server, or an error that quotes nothing of the options.
func New(o Options) (*Server, error) {
	u, err := url.Parse(o.URL)
	if err != nil || u.Scheme != "smtp" && u.Scheme != "smtps" || u.Hostname() == "" {
		return nil, fmt.Errorf("smtp_url: must look like smtp://user:password@host:587")
	}
	from, err := mail.ParseAddress(o.From)
	if err != nil {
		return nil, fmt.Errorf("mail_from: must be an address such as Relais <relais@example.fr>")
	}
	s := &Server{host: u.Hostname(), port: 587, user: u.User.Username(), implicit: u.Scheme == "smtps", from: from, roots: o.TLS}
	if s.implicit {
		s.port = 465
	}
	if u.Port() != "" {
		if s.port, err = strconv.Atoi(u.Port()); err != nil || s.port < 1 || s.port > 65535 {
			return nil, fmt.Errorf("smtp_url: the port is no port")
		}
	}
	s.password, _ = u.User.Password()
	return s, nil
}

// Place is host:port, for operators.
func (s *Server) Place() string { return net.JoinHostPort(s.host, strconv.Itoa(s.port)) }

// Greet connects and signs in, and sends nothing.
func (s *Server) Greet(ctx context.Context) error {
	line := &line{server: s, over: ctx.Done()}
	defer line.hangUp()
	client, err := s.client(line)
	if err != nil {
		return err
	}
	if err := client.DialWithContext(ctx); err != nil {
		return sorted(err)
	}
	_ = client.Close() // it was only asked whether it answers
	return nil
}

func (s *Server) client(over *line) (*gomail.Client, error) {
	options := []gomail.Option{gomail.WithPort(s.port), gomail.WithTimeout(within), gomail.WithTLSPolicy(s.policy()), gomail.WithDialContextFunc(over.dial)}
	if s.implicit {
		options = append(options, gomail.WithSSL())
	}
	if s.roots != nil {
		options = append(options, gomail.WithTLSConfig(s.roots))
	}
	if s.user != "" {
		options = append(options, gomail.WithUsername(s.user), gomail.WithPassword(s.password), gomail.WithSMTPAuth(s.auth()))
	}
	return gomail.NewClient(s.host, options...)
}

func (s *Server) policy() gomail.TLSPolicy {
	if s.user != "" && !s.local() {
		return gomail.TLSMandatory
	}
	return gomail.TLSOpportunistic
}

// auth lets a password go in clear to this machine, and through what was encrypted from the first byte.
func (s *Server) auth() gomail.SMTPAuthType {
	if s.local() || s.implicit {
		return gomail.SMTPAuthPlainNoEnc
	}
	return gomail.SMTPAuthAutoDiscover
}

func (s *Server) local() bool {
	ip, err := netip.ParseAddr(s.host)
	return s.host == "localhost" || err == nil && ip.IsLoopback()
}

// Address is the bare address of a From, "" when it is none.
func Address(from string) string {
	parsed, err := mail.ParseAddress(from)
	if err != nil {
		return ""
	}
	return parsed.Address
}
