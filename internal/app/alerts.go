package app

import (
	"context"
	"fmt"
	"strings"

	"github.com/relais-snp/relais/internal/config"
	"github.com/relais-snp/relais/internal/mail"
	"github.com/relais-snp/relais/internal/notice"
	"github.com/relais-snp/relais/internal/push"
	"github.com/relais-snp/relais/internal/store"
)

// openAlerts makes the ways out of the house: push services, by the record's key, and the mail server if there is one.
func (h *house) openAlerts(ctx context.Context) error {
	drafted, err := push.DraftKey()
	if err != nil {
		return err
	}
	key, err := store.Notices{DB: h.db}.PushKey(ctx, drafted)
	if err != nil {
		return err
	}
	if h.pusher, err = push.New(push.Options{Hosts: h.cfg.PushHosts, Key: key, Subscriber: subscriber(h.cfg), Now: now}); err != nil {
		return err
	}
	if h.cfg.SMTPURL == "" {
		return nil
	}
	server, err := mail.New(mail.Options{URL: h.cfg.SMTPURL.Reveal(), From: h.cfg.MailFrom})
	if err == nil {
		h.mailer = server
	}
	return err
}

// wireAlerts makes the desk that regulation tells. A house for which no ways out were opened rings and mails nobody.
func (h *house) wireAlerts() {
	record, hosts := store.Notices{DB: h.db}, notice.Hosts(h.cfg.PushHosts)
	if h.pusher == nil {
		h.pusher, hosts = silent{}, nil
	}
	rules := notice.Rules{MailAfter: h.cfg.MailAfter(), Address: linksTo(h.cfg)}
	h.desk = notice.NewDesk(record, h.hub, h.pusher, h.mailer, rules, now, newID, h.log)
	h.inbox = notice.Inbox{Store: record, MailPossible: h.mailer != nil, Now: now}
	h.devices = notice.Devices{Store: record, Pusher: h.pusher, Hosts: hosts, Now: now, NewID: newID}
}

// silent pushes nothing.
type silent struct{}

func (silent) Key() string { return "" }

func (silent) Push(context.Context, notice.Device, notice.Message) error { return notice.ErrRefused }

// subscriber is whom push services turn to (RFC 8292, 2.1): they want an https address or a mailbox.
func subscriber(cfg config.Config) string {
	switch {
	case strings.HasPrefix(cfg.PublicURL, "https://"):
		return strings.TrimRight(cfg.PublicURL, "/")
	case cfg.MailFrom != "":
		return mail.Address(cfg.MailFrom)
	default:
		return "relais@localhost"
	}
}

func linksTo(cfg config.Config) string {
	if cfg.PublicURL != "" {
		return strings.TrimRight(cfg.PublicURL, "/")
	}
	return "http://" + cfg.Addr
}

// lookAtAlerts says what would ring and whether the mail server answers.
func lookAtAlerts(ctx context.Context, cfg config.Config) (string, error) {
	said := "nothing is pushed (push_hosts is empty)"
	if len(cfg.PushHosts) > 0 {
		said = "push to " + strings.Join(cfg.PushHosts, ", ")
	}
	if !strings.HasPrefix(cfg.PublicURL, "https://") {
		said += "; phones subscribe only where public_url is https"
	}
	if cfg.SMTPURL == "" {
		return said + "; no mail (smtp_url is not set)", nil
	}
	server, err := mail.New(mail.Options{URL: cfg.SMTPURL.Reveal(), From: cfg.MailFrom})
	if err != nil {
		return "", err
	}
	if err := server.Greet(ctx); err != nil {
		return "", fmt.Errorf("the mail server %s does not answer as it should: %w", server.Place(), err)
	}
	if cfg.PublicURL == "" {
		said += "; mails would link to " + linksTo(cfg) + " (public_url is not set)"
	}
	return fmt.Sprintf("%s; mail through %s after %d minutes", said, server.Place(), cfg.MailAfterMinutes), nil
}
