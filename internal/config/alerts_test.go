package config_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/relais-snp/relais/internal/config"
)

func TestAlertsAreSetByFourSettings(t *testing.T) {
	cfg := mustLoad(t)
	if len(cfg.PushHosts) != 6 || cfg.SMTPURL != "" || cfg.MailAfter().Minutes() != 10 {
		t.Errorf("without settings: %+v", cfg)
	}
	secret := write(t, "smtp", "smtp://relais:planted@mail.example:587\n")
	cfg = mustLoad(t, "RELAIS_SMTP_URL_FILE="+secret, "RELAIS_MAIL_FROM=Relais <relais@mail.example>", "RELAIS_MAIL_AFTER_MINUTES=3",
		"RELAIS_PUSH_HOSTS=push.example.org, *.example.net,http://127.0.0.1:9001")
	if cfg.MailAfter().Minutes() != 3 || len(cfg.PushHosts) != 3 || cfg.SMTPURL.Reveal() != "smtp://relais:planted@mail.example:587" {
		t.Errorf("with settings: %+v", cfg)
	}
	if got := cfg.Show("smtp_url"); got != "smtp://mail.example:587" {
		t.Errorf("shown as %q", got)
	}
}

func TestAlertsThatCannotWorkAreRefused(t *testing.T) {
	const from = "RELAIS_MAIL_FROM=relais@mail.example"
	for _, c := range []struct {
		want    string
		environ []string
	}{
		{"smtp_url: must start with smtp://", []string{"RELAIS_SMTP_URL=http://planted", from}},
		{"mail_from: it must be an address", []string{"RELAIS_SMTP_URL=smtp://planted:25"}},
		{"mail_from: it must be an address", []string{"RELAIS_SMTP_URL=smtp://planted:25", "RELAIS_MAIL_FROM=planted"}},
		{"mail_from: it must be an address", []string{"RELAIS_MAIL_FROM=planted"}},
		{"push_hosts[0]: must be a host", []string{"RELAIS_PUSH_HOSTS=push.planted.example."}},
		{"mail_after_minutes: must lie between", []string{"RELAIS_MAIL_AFTER_MINUTES=0"}},
		{"push_hosts[0]: must be a host", []string{"RELAIS_PUSH_HOSTS=*"}},
		{"push_hosts[0]: must be a host", []string{"RELAIS_PUSH_HOSTS=planted"}},
		{"push_hosts[0]: must be a host", []string{"RELAIS_PUSH_HOSTS=https://planted.example"}},
		{"push_hosts[0]: must be a host", []string{"RELAIS_PUSH_HOSTS=http://10.0.0.1:9001"}},
		{"push_hosts[0]: must be a host", []string{"RELAIS_PUSH_HOSTS=http://127.0.0.1"}},
		{"push_hosts[1]: must be a host", []string{"RELAIS_PUSH_HOSTS=a.example,127.0.0.1"}},
	} {
		_, err := config.Load(c.environ)
		if text := fmt.Sprint(err); !strings.Contains(text, c.want) || strings.Contains(text, "planted") {
			t.Errorf("%v: %v, want %q", c.environ, err, c.want)
		}
	}
}
