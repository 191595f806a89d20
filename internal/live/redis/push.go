package redis

import (
	"context"
	"encoding/json"
	"slices"
	"sync"
	"time"

	goredis "github.com/redis/go-redis/v9"

	"github.com/relais-snp/relais/internal/live"
)

// push brings published events to sinks, over one connection for all
// territories of the process.
type push struct {
	client goredis.UniversalClient
	start  sync.Once
	pubsub *goredis.PubSub
	order  sync.Mutex // one change of subscriptions at a time

	mu    sync.Mutex
	sinks map[string][]*follower // by channel
}

type follower struct {
	territory string
	live.Sink
}

func newPush(client goredis.UniversalClient) *push {
	return &push{client: client, sinks: map[string][]*follower{}}
}

// Subscribe adds a sink. The server confirms every subscription, the first one
// and those after a lost connection, and each confirmation is told as Broken:
// so nothing can be missed between two of them. Positions that are told count as
// seen.
func (e *Engine) Subscribe(territory string, sink live.Sink) (cancel func()) {
	if tell := sink.Event; tell != nil {
		sight := e.sight(territory)
		sink.Event = func(event live.Event) {
			sight.learn(event.Position)
			tell(event)
		}
	}
	f := &follower{territory: territory, Sink: sink}
	e.push.add(channelOf(territory), f)
	return func() { e.push.remove(channelOf(territory), f) }
}

// Signal publishes the signal, best effort.
func (e *Engine) Signal(ctx context.Context, s live.Signal) {
	text, err := json.Marshal(s)
	if err != nil {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	n, err := e.servers.of(ctx, channelOf(s.Territory))
	if err != nil {
		return
	}
	_ = n.client.Publish(ctx, channelOf(s.Territory), "s"+string(text)).Err()
}

func (p *push) add(channel string, f *follower) {
	p.order.Lock()
	defer p.order.Unlock()
	p.start.Do(p.listen)
	p.mu.Lock()
	p.sinks[channel] = append(p.sinks[channel], f)
	p.mu.Unlock()
	// An error is not lost: the connection is made again, with this channel.
	_ = p.pubsub.Subscribe(context.Background(), channel)
}

func (p *push) remove(channel string, f *follower) {
	p.order.Lock()
	defer p.order.Unlock()
	p.mu.Lock()
	p.sinks[channel] = slices.DeleteFunc(p.sinks[channel], func(other *follower) bool { return other == f })
	last := len(p.sinks[channel]) == 0
	if last {
		delete(p.sinks, channel)
	}
	p.mu.Unlock()
	if last {
		_ = p.pubsub.Unsubscribe(context.Background(), channel)
	}
}

// listen starts the one reader; it ends when the connection is closed for good.
func (p *push) listen() {
	p.pubsub = p.client.Subscribe(context.Background())
	messages := p.pubsub.ChannelWithSubscriptions(
		goredis.WithChannelSize(1024), goredis.WithChannelHealthCheckInterval(time.Second),
		goredis.WithChannelPingTimeout(time.Second), goredis.WithChannelReconnectTimeout(time.Second))
	go func() {
		for m := range messages {
			p.deliver(m)
		}
	}()
}

func (p *push) deliver(message any) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch m := message.(type) {
	case *goredis.Subscription:
		if m.Kind == "subscribe" {
			p.broken(m.Channel)
		}
	case *goredis.Message:
		p.told(m.Channel, m.Payload)
	}
}

// told reads a published message: its first letter says what it is.
func (p *push) told(channel, text string) {
	sinks := p.sinks[channel]
	if len(sinks) == 0 || text == "" {
		return
	}
	switch kind, body := text[0], text[1:]; kind {
	case 'e':
		event, err := eventOf(sinks[0].territory, body)
		if err != nil {
			p.broken(channel)
			return
		}
		for _, f := range sinks {
			if f.Event != nil {
				f.Event(event)
			}
		}
	case 's':
		p.signal(sinks, body)
	case 'b':
		p.broken(channel)
	}
}

func (p *push) signal(sinks []*follower, body string) {
	var s live.Signal
	if json.Unmarshal([]byte(body), &s) != nil {
		return // ephemeral: nothing is lost with it
	}
	for _, f := range sinks {
		if f.Signal != nil {
			f.Signal(s)
		}
	}
}

func (p *push) broken(channel string) {
	for _, f := range p.sinks[channel] {
		if f.Broken != nil {
			f.Broken()
		}
	}
}

func (p *push) close() {
	p.order.Lock()
	defer p.order.Unlock()
	if p.pubsub != nil {
		_ = p.pubsub.Close()
	}
}
