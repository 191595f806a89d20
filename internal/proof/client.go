package proof

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
)

const api = "/api/v1"

// Client is one signed-in person over HTTP. It is safe for concurrent use:
// many consoles may share one person's session.
type Client struct {
	Me Me

	base   string // "http://127.0.0.1:8080"
	cookie string
	http   *http.Client
	// Heard receives every body that answered, before it is read; may be nil.
	Heard func(body []byte)
}

// patience bounds one call; the server itself gives up after 15 seconds.
const patience = 20 * time.Second

// NewClient returns a client of the service at base that is nobody yet.
func NewClient(base string) *Client {
	transport := &http.Transport{MaxIdleConnsPerHost: 64, DisableCompression: true}
	return &Client{base: base, http: &http.Client{Transport: transport, Timeout: patience}}
}

// SignIn signs a person in and asks who they are.
func SignIn(ctx context.Context, base, email, password string) (*Client, error) {
	c := NewClient(base)
	body := map[string]string{"email": email, "password": password}
	resp, err := c.send(ctx, http.MethodPost, "/session", body, nil)
	if err != nil {
		return nil, fmt.Errorf("sign in %s: %w", email, err)
	}
	defer resp.Body.Close()
	if err := c.refusal(resp); err != nil {
		return nil, fmt.Errorf("sign in %s: %w", email, err)
	}
	for _, cookie := range resp.Cookies() {
		if strings.HasSuffix(cookie.Name, "relais_session") {
			c.cookie = cookie.Name + "=" + cookie.Value
		}
	}
	c.Me, err = call[Me](ctx, c, http.MethodGet, "/me", nil)
	return c, err
}

// Through is the same person, in the same session, by another address of the
// service and over connections of its own.
func (c *Client) Through(base string) *Client {
	other := NewClient(base)
	other.Me, other.cookie, other.Heard = c.Me, c.cookie, c.Heard
	return other
}

// Cookie is the session, for who speaks to the service without this client.
func (c *Client) Cookie() string { return c.cookie }

// Close gives up the idle connections.
func (c *Client) Close() { c.http.CloseIdleConnections() }

// call makes a call and decodes its answer. Its error is a *Problem when the
// service refused.
func call[T any](ctx context.Context, c *Client, method, path string, body any, headers ...string) (answer T, err error) {
	resp, err := c.send(ctx, method, path, body, headers)
	if err != nil {
		return answer, err
	}
	defer resp.Body.Close()
	if err := c.refusal(resp); err != nil {
		return answer, err
	}
	raw, err := c.read(resp)
	if err != nil || len(raw) == 0 {
		return answer, err
	}
	return answer, json.Unmarshal(raw, &answer)
}

// send sends a request; a body that is a string goes out as it is.
func (c *Client) send(ctx context.Context, method, path string, body any, headers []string) (*http.Response, error) {
	var raw []byte
	switch b := body.(type) {
	case nil:
	case string:
		raw = []byte(b)
	default:
		var err error
		if raw, err = json.Marshal(b); err != nil {
			return nil, err
		}
	}
	req, err := http.NewRequestWithContext(ctx, method, c.base+api+path, bytes.NewReader(raw))
	if err != nil {
		return nil, err
	}
	req.GetBody = nil // never sent twice behind our back: asking again is the caller's decision
	if raw != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	if c.cookie != "" {
		req.Header.Set("Cookie", c.cookie)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	return c.http.Do(req)
}

// Raw sends a body as it is and returns the whole answer, whatever it is; 0
// when there was none.
func (c *Client) Raw(ctx context.Context, method, path, body string, headers ...string) (status int, kind string, answer []byte) {
	resp, err := c.send(ctx, method, path, body, headers)
	if err != nil {
		return 0, "", []byte(err.Error())
	}
	defer resp.Body.Close()
	answer, _ = c.read(resp) // what came is what the caller judges
	return resp.StatusCode, resp.Header.Get("Content-Type"), answer
}

var errNoProblem = errors.New("the refusal is no problem+json")

// refusal reads the problem of an answer that is no success, nil for one.
func (c *Client) refusal(resp *http.Response) error {
	if resp.StatusCode < 300 {
		return nil
	}
	raw, err := c.read(resp)
	if err != nil {
		return err
	}
	p := &Problem{}
	kind := resp.Header.Get("Content-Type")
	if !strings.HasPrefix(kind, "application/problem+json") || json.Unmarshal(raw, p) != nil || p.Reason == "" {
		return fmt.Errorf("%w: %d %s", errNoProblem, resp.StatusCode, kind)
	}
	return p
}

func (c *Client) read(resp *http.Response) ([]byte, error) {
	raw, err := io.ReadAll(resp.Body)
	if c.Heard != nil && len(raw) > 0 {
		c.Heard(raw)
	}
	return raw, err
}

// query writes the parameters of a GET; empty values are left out.
func query(pairs ...string) string {
	q := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			q.Set(pairs[i], pairs[i+1])
		}
	}
	return "?" + q.Encode()
}

func moment(t time.Time) string { return t.UTC().Format(time.RFC3339) }
