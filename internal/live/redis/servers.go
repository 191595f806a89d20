package redis

import (
	"context"
	"errors"
	"net/url"
	"sync"
	"sync/atomic"
	"time"

	goredis "github.com/redis/go-redis/v9"
	"github.com/redis/go-redis/v9/maintnotifications"
)

// Connect returns a client of the server or cluster of a URL. Nobody is asked
// yet. "redis://[user:password@]host:port/db" is one server;
// "redis://host:port?addr=host2:port2&addr=host3:port3", one addr at least, is a
// cluster, and its addresses are where to ask for its nodes. The error may show
// the password.
func Connect(address string) (goredis.UniversalClient, error) {
	if !clustered(address) {
		options, err := goredis.ParseURL(address)
		if err != nil {
			return nil, err
		}
		bound(options)
		return goredis.NewClient(options), nil
	}
	options, err := goredis.ParseClusterURL(address)
	if err != nil {
		return nil, err
	}
	options.MaxRedirects = 3
	boundCluster(options)
	return goredis.NewClusterClient(options), nil
}

func clustered(address string) bool {
	u, err := url.Parse(address)
	return err == nil && u.Query().Has("addr")
}

// bound keeps a server that does not answer from being waited for.
func bound(o *goredis.Options) {
	o.DialTimeout, o.ReadTimeout, o.WriteTimeout, o.PoolTimeout = time.Second, time.Second, time.Second, time.Second
	o.DialerRetries = 1
	o.MaxRetries, o.MinRetryBackoff, o.MaxRetryBackoff = 3, 8*time.Millisecond, 100*time.Millisecond
	o.ContextTimeoutEnabled = true
	o.Protocol = 2
	o.DisableIdentity = true
	o.MaintNotificationsConfig = &maintnotifications.Config{Mode: maintnotifications.ModeDisabled}
}

// boundCluster bounds each node as a server alone. The nodes' clients repeat
// calls themselves, as the engine asks them without the cluster's client.
func boundCluster(o *goredis.ClusterOptions) {
	o.DialTimeout, o.ReadTimeout, o.WriteTimeout, o.PoolTimeout = time.Second, time.Second, time.Second, time.Second
	o.DialerRetries = 1
	o.ContextTimeoutEnabled = true
	o.Protocol = 2
	o.DisableIdentity = true
	o.MaintNotificationsConfig = &maintnotifications.Config{Mode: maintnotifications.ModeDisabled}
	o.NewClient = func(node *goredis.Options) *goredis.Client {
		bound(node)
		return goredis.NewClient(node)
	}
}

// node is a server that answers for some keys, and what is loaded there.
type node struct {
	client  *goredis.Client
	loaded  atomic.Pointer[loaded]
	loading sync.Mutex
}

// servers are the one server there is, or the masters of a cluster.
type servers struct {
	client goredis.UniversalClient
	many   *goredis.ClusterClient // nil when there is one
	one    *node                  // nil in a cluster

	mu    sync.RWMutex
	nodes map[*goredis.Client]*node
}

func newServers(client goredis.UniversalClient) *servers {
	s := &servers{client: client, nodes: map[*goredis.Client]*node{}}
	switch c := client.(type) {
	case *goredis.ClusterClient:
		s.many = c
	case *goredis.Client:
		s.one = &node{client: c}
	}
	return s
}

// of finds the node that answers for a key, as far as known.
func (s *servers) of(ctx context.Context, key string) (*node, error) {
	if s.one != nil {
		return s.one, nil
	}
	client, err := s.many.MasterForKey(ctx, key)
	if err != nil {
		return nil, err
	}
	s.mu.RLock()
	n := s.nodes[client]
	s.mu.RUnlock()
	if n == nil {
		n = s.add(client)
	}
	return n, nil
}

// add takes a node in. The cluster's client makes a new client for a node that
// left and came back, so there are only as many as there were changes.
func (s *servers) add(client *goredis.Client) *node {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := s.nodes[client]
	if n == nil {
		n = &node{client: client}
		s.nodes[client] = n
	}
	return n
}

// group sorts territories by the node that answers for them. Those without a
// node are left out, with an error.
func (s *servers) group(ctx context.Context, territories []string, key func(string) string) (map[*node][]string, error) {
	groups, first := map[*node][]string{}, error(nil)
	for _, t := range territories {
		n, err := s.of(ctx, key(t))
		if err != nil {
			first = err
			continue
		}
		groups[n] = append(groups[n], t)
	}
	return groups, first
}

// ping asks the server, or every master of the cluster; one that answers is
// enough, as it goes on for its territories.
func (s *servers) ping(ctx context.Context) error {
	if s.one != nil {
		return s.one.client.Ping(ctx).Err()
	}
	var answered atomic.Bool
	err := s.many.ForEachMaster(ctx, func(ctx context.Context, c *goredis.Client) error {
		err := c.Ping(ctx).Err()
		if err == nil {
			answered.Store(true)
		}
		return err
	})
	if answered.Load() {
		return nil
	}
	return errors.Join(err, errNobody)
}

var errNobody = errors.New("redis: no node of the cluster answers")

// examine loads the scripts everywhere and counts the servers.
func (s *servers) examine(ctx context.Context) (int, error) {
	if s.one != nil {
		_, err := s.one.load(ctx, s.one.loaded.Load(), true)
		return 1, err
	}
	var found atomic.Int32
	err := s.many.ForEachMaster(ctx, func(ctx context.Context, c *goredis.Client) error {
		n := s.add(c)
		_, err := n.load(ctx, n.loaded.Load(), false)
		found.Add(1)
		return err
	})
	return int(found.Load()), err
}
