package push

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"time"

	"github.com/SherClockHolmes/webpush-go"

	"github.com/relais-snp/relais/internal/notice"
)

// answerWithin bounds one post to a push service.
const answerWithin = 10 * time.Second

// Service posts to push services. It is safe for use by many goroutines.
type Service struct {
	hosts      notice.Hosts
	key        pair
	subscriber string
	client     *http.Client
	now        func() time.Time
}

var _ notice.Pusher = (*Service)(nil)

// Options are what a Service needs. All are required.
type Options struct {
	Hosts notice.Hosts
	// Key is a private key that DraftKey made.
	Key []byte
	// Subscriber is whom a push service turns to when something is wrong with our messages: an https address or an e-mail address.
	Subscriber string
	Now        func() time.Time
}

// New returns a service, or an error about the key.
func New(o Options) (*Service, error) {
	key, err := pairOf(o.Key)
	if err != nil {
		return nil, err
	}
	return &Service{hosts: o.Hosts, key: key, subscriber: o.Subscriber, client: newClient(o.Hosts.Locals(), answerWithin), now: o.Now}, nil
}

// Key is the public key that browsers subscribe with, base64url.
func (s *Service) Key() string { return s.key.public }

// Push sends a message to a device; see notice.Pusher.
func (s *Service) Push(ctx context.Context, d notice.Device, m notice.Message) error {
	if _, problem := s.hosts.Check(d.Endpoint); problem != nil {
		return fmt.Errorf("%w: its address is not (or no longer) on the list", notice.ErrRefused)
	}
	payload, err := json.Marshal(m)
	if err != nil {
		return err
	}
	urgency := webpush.UrgencyNormal
	if m.Urgent {
		urgency = webpush.UrgencyHigh
	}
	answer, err := webpush.SendNotificationWithContext(ctx, payload,
		&webpush.Subscription{Endpoint: d.Endpoint, Keys: webpush.Keys{Auth: d.Auth, P256dh: d.P256dh}},
		&webpush.Options{
			HTTPClient: s.client, Subscriber: s.subscriber, Topic: topic(m.Tag), TTL: int(m.Worth.Seconds()), Urgency: urgency,
			VAPIDPublicKey: s.key.public, VAPIDPrivateKey: s.key.private,
		})
	if err != nil {
		return failed(err)
	}
	defer answer.Body.Close()
	_, _ = io.Copy(io.Discard, io.LimitReader(answer.Body, 4<<10)) // so that the connection can be used again
	return s.meaning(answer)
}

// topic is the tag of a message when a push service may have it as Topic (RFC 8030, 5.4): 32 characters at most.
func topic(tag string) string {
	if len(tag) == 32 {
		return tag
	}
	return ""
}

// meaning is what a status says (RFC 8030, 5 and 7.3; RFC 8292, 4.2).
func (s *Service) meaning(answer *http.Response) error {
	switch code := answer.StatusCode; {
	case code >= 200 && code < 300:
		return nil
	case code == http.StatusNotFound, code == http.StatusGone:
		return notice.ErrGone
	case code == http.StatusTooManyRequests, code == http.StatusRequestTimeout, code >= 500:
		return &notice.Deferred{After: s.retryAfter(answer.Header.Get("Retry-After")), Why: "status " + strconv.Itoa(code)}
	default:
		return fmt.Errorf("%w: status %d", notice.ErrRefused, code)
	}
}

// retryAfter reads seconds or a date (RFC 9110, 10.2.3), 0 for neither.
func (s *Service) retryAfter(text string) time.Duration {
	if seconds, err := strconv.Atoi(text); err == nil && seconds > 0 && seconds < 1_000_000 {
		return time.Duration(seconds) * time.Second
	}
	if at, err := http.ParseTime(text); err == nil {
		return max(0, at.Sub(s.now()))
	}
	return 0
}

// failed sorts what went wrong before there was an answer. The error of the library holds the endpoint, so it ends here.
func failed(err error) error {
	var network net.Error
	switch {
	case errors.Is(err, errAddress):
		return fmt.Errorf("%w: %w", notice.ErrRefused, errAddress)
	case errors.Is(err, context.Canceled):
		return &notice.Deferred{Why: "stopped"}
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &network) && network.Timeout():
		return &notice.Deferred{Why: "timeout"}
	case errors.As(err, &network):
		return &notice.Deferred{Why: "no connection"}
	default:
		return fmt.Errorf("%w: it could not be sent", notice.ErrRefused)
	}
}
