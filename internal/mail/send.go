package mail

import (
	"context"
	"errors"
	"fmt"
	"net/textproto"
	"strconv"
	"strings"
	"unicode"

	gomail "github.com/wneessen/go-mail"

	"github.com/relais-snp/relais/internal/notice"
)

var _ notice.Mailer = (*Server)(nil)

var errControl = errors.New("a control character stands in a header of the mail")

// Mail sends a mail; see notice.Mailer.
func (s *Server) Mail(ctx context.Context, m notice.Mail) error {
	message, err := s.message(m)
	if err != nil {
		return err
	}
	line := &line{server: s, over: ctx.Done()}
	defer line.hangUp()
	client, err := s.client(line)
	if err != nil {
		return err
	}
	if err := client.DialAndSendWithContext(ctx, message); err != nil && !message.IsDelivered() {
		return sorted(err)
	}
	return nil
}

func (s *Server) message(m notice.Mail) (*gomail.Msg, error) {
	if strings.ContainsFunc(m.To+m.Subject+m.ID, unicode.IsControl) {
		return nil, errControl
	}
	message := gomail.NewMsg()
	message.FromMailAddress(s.from)
	if err := message.To(m.To); err != nil {
		return nil, errors.New("the receiver's address is none")
	}
	message.Subject(m.Subject)
	message.SetDateWithValue(m.At)
	message.SetMessageIDWithValue(m.ID + ".notice@" + s.domain())
	message.SetGenHeader("Auto-Submitted", "auto-generated")
	message.SetBodyString(gomail.TypeTextPlain, m.Text)
	return message, nil
}

func (s *Server) domain() string {
	_, domain, _ := strings.Cut(s.from.Address, "@")
	return domain
}

// sorted is a failure without the addresses that the library puts into it.
func sorted(err error) error {
	var sending *gomail.SendError
	var answer *textproto.Error
	switch {
	case errors.As(err, &sending) && sending.ErrorCode() > 0:
		if !sending.IsTemp() {
			return fmt.Errorf("the server refused the mail with code %d", sending.ErrorCode())
		}
		return &notice.Deferred{Why: "code " + strconv.Itoa(sending.ErrorCode())}
	case errors.As(err, &answer):
		return &notice.Deferred{Why: "code " + strconv.Itoa(answer.Code)}
	case errors.Is(err, context.DeadlineExceeded):
		return &notice.Deferred{Why: "timeout"}
	default:
		return &notice.Deferred{Why: "no conversation with the server"}
	}
}
