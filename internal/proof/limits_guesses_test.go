package proof_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/relais-snp/relais/internal/proof"
)

// guesses tries passwords of one account from one address a thousand times a
// second, then from forty addresses at once; the account's owner signs in
// meanwhile from their own.
func (s *stage) guesses(t *testing.T) {
	const email = "regulator6@essai.example"
	one := s.guesser(flooder)
	tally := s.flood(1500, time.Millisecond, func(int) *http.Client { return one }, email)
	t.Logf("a thousand guesses a second from one address: %v", tally)
	if tally[http.StatusTooManyRequests] < 1400 || tally[http.StatusUnauthorized] > 40 || tally.other() > 0 {
		t.Errorf("answers %v", tally)
	}
	if _, err := s.SignIn(s.Context(), email); err != nil {
		t.Errorf("the owner of the account, from elsewhere: %v", err)
	}
	crowd := make([]*http.Client, 40)
	for i := range crowd {
		crowd[i] = s.guesser(fmt.Sprintf("127.0.1.%d", i+1))
	}
	entered := make(chan error, 1)
	go func() { entered <- s.signInSoon("regulator7@essai.example") }()
	tally = s.flood(600, time.Millisecond, func(i int) *http.Client { return crowd[i%len(crowd)] }, "")
	t.Logf("six hundred guesses from forty addresses: %v", tally)
	if tally.other() > 0 {
		t.Errorf("answers %v", tally)
	}
	if err := <-entered; err != nil {
		t.Errorf("somebody else signs in meanwhile: %v", err)
	}
}

func (s *stage) guesser(source string) *http.Client {
	transport := &http.Transport{DialContext: from(source).DialContext, MaxIdleConnsPerHost: 64, MaxConnsPerHost: 64}
	s.Cleanup(transport.CloseIdleConnections)
	return &http.Client{Transport: transport, Timeout: 20 * time.Second}
}

// answers counts statuses; 0 is none.
type answers map[int]int

// other counts what is neither a refusal of the password nor one of the pace
// that says when to come back.
func (a answers) other() int {
	n := 0
	for status, count := range a {
		if status != http.StatusUnauthorized && status != http.StatusTooManyRequests {
			n += count
		}
	}
	return n
}

// flood sends guesses at a pace that no answer slows down; email "" is another
// account each time.
func (s *stage) flood(count int, pace time.Duration, by func(int) *http.Client, email string) answers {
	var all sync.WaitGroup
	var mu sync.Mutex
	tally := answers{}
	every := time.NewTicker(pace)
	defer every.Stop()
	for i := range count {
		<-every.C
		all.Go(func() {
			status := s.guess(by(i), email, i)
			mu.Lock()
			defer mu.Unlock()
			tally[status]++
		})
	}
	all.Wait()
	return tally
}

func (s *stage) guess(by *http.Client, email string, i int) int {
	if email == "" {
		email = fmt.Sprintf("inconnu%d@essai.example", i)
	}
	resp, err := by.Post(s.URL+"/api/v1/session", "application/json", strings.NewReader(fmt.Sprintf(`{"email":%q,"password":"pas-le-bon-mot-%d"}`, email, i)))
	if err != nil {
		return 0
	}
	defer resp.Body.Close()
	if resp.StatusCode == http.StatusTooManyRequests && resp.Header.Get("Retry-After") == "" {
		return -1
	}
	return resp.StatusCode
}

// signInSoon signs in as a person does who is told to come back.
func (s *stage) signInSoon(email string) error {
	ctx, cancel := context.WithTimeout(s.Context(), 30*time.Second)
	defer cancel()
	again := time.NewTicker(500 * time.Millisecond)
	defer again.Stop()
	for {
		_, err := s.SignIn(ctx, email)
		if err == nil || proof.Reason(err) != "account.busy" {
			return err
		}
		select {
		case <-again.C:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}
