package redistest

import (
	"context"
	"net"
	"strconv"
	"strings"
	"testing"
	"time"

	goredis "github.com/redis/go-redis/v9"
)

// slots is how many hash slots a Redis Cluster has.
const slots = 16384

// Cluster is a Redis Cluster of the test's own: three masters without replicas,
// each with a third of the slots. A third goes on when another is down.
type Cluster struct {
	Nodes []*Server
	URL   string // redis://127.0.0.1:p1?addr=127.0.0.1:p2&addr=127.0.0.1:p3
}

// StartCluster runs a cluster on free ports until the test ends, and waits until
// every node takes it for whole.
func StartCluster(t testing.TB) *Cluster {
	t.Helper()
	c := &Cluster{}
	var buses []string
	for range 3 {
		bus := freePort(t)
		buses = append(buses, bus)
		c.Nodes = append(c.Nodes, start(t, "--cluster-enabled", "yes", "--cluster-port", bus,
			"--cluster-node-timeout", "1000", "--cluster-require-full-coverage", "no"))
	}
	c.URL = "redis://" + c.Nodes[0].Addr + "?addr=" + c.Nodes[1].Addr + "&addr=" + c.Nodes[2].Addr
	for i, n := range c.Nodes {
		n.Do(t, "CLUSTER", "SET-CONFIG-EPOCH", i+1)
		n.Do(t, "CLUSTER", "ADDSLOTSRANGE", i*slots/3, (i+1)*slots/3-1)
		if i > 0 {
			host, port, _ := net.SplitHostPort(c.Nodes[0].Addr)
			n.Do(t, "CLUSTER", "MEET", host, port, buses[0])
		}
	}
	c.Whole(t)
	return c
}

// Whole waits until every node knows every node and every slot, and answers.
func (c *Cluster) Whole(t testing.TB) {
	t.Helper()
	for _, n := range c.Nodes {
		until(t, func() bool {
			info, _ := n.Do(t, "CLUSTER", "INFO").(string)
			nodes, _ := n.Do(t, "CLUSTER", "NODES").(string)
			return strings.Contains(info, "cluster_state:ok") && strings.Contains(info, "cluster_slots_ok:16384") &&
				strings.Count(nodes, " connected") == len(c.Nodes) && !strings.Contains(nodes, "fail")
		})
	}
}

// Owner is the node that answers for a key, and Other one that does not.
func (c *Cluster) Owner(t testing.TB, key string) *Server {
	t.Helper()
	slot := c.slot(t, key)
	for _, n := range c.Nodes {
		if _, err := n.do(t.Context(), "GET", "x{"+key+"}"); err == nil || !strings.HasPrefix(err.Error(), "MOVED") {
			return n
		}
	}
	t.Fatalf("nobody answers for slot %s", slot)
	return nil
}

// Other is a node that does not answer for a key.
func (c *Cluster) Other(t testing.TB, key string) *Server {
	t.Helper()
	owner := c.Owner(t, key)
	for _, n := range c.Nodes {
		if n != owner {
			return n
		}
	}
	return nil
}

// Move brings the slot of a key, with everything in it, to another node, in the
// steps that redis-cli --cluster reshard takes. between, when given, is called
// while half of it has moved.
func (c *Cluster) Move(t testing.TB, key string, to *Server, between func()) {
	t.Helper()
	slot, from := c.slot(t, key), c.Owner(t, key)
	to.Do(t, "CLUSTER", "SETSLOT", slot, "IMPORTING", from.Do(t, "CLUSTER", "MYID"))
	from.Do(t, "CLUSTER", "SETSLOT", slot, "MIGRATING", to.Do(t, "CLUSTER", "MYID"))
	keys, _ := from.Do(t, "CLUSTER", "GETKEYSINSLOT", slot, 10_000).([]any)
	host, port, _ := net.SplitHostPort(to.Addr)
	for i, k := range keys {
		if between != nil && i == len(keys)/2 {
			between()
		}
		from.Do(t, "MIGRATE", host, port, k, 0, 5000)
	}
	for _, n := range []*Server{to, from, c.third(from, to)} {
		n.Do(t, "CLUSTER", "SETSLOT", slot, "NODE", to.Do(t, "CLUSTER", "MYID"))
	}
}

func (c *Cluster) third(a, b *Server) *Server {
	for _, n := range c.Nodes {
		if n != a && n != b {
			return n
		}
	}
	return a
}

func (c *Cluster) slot(t testing.TB, key string) string {
	t.Helper()
	n, _ := c.Nodes[0].Do(t, "CLUSTER", "KEYSLOT", "x{"+key+"}").(int64)
	return strconv.FormatInt(n, 10)
}

// Do asks the server something, which must succeed.
func (s *Server) Do(t testing.TB, args ...any) any {
	t.Helper()
	answer, err := s.do(t.Context(), args...)
	if err != nil {
		t.Fatalf("%v: %v", args[:min(2, len(args))], err)
	}
	return answer
}

func (s *Server) do(ctx context.Context, args ...any) (any, error) {
	client := goredis.NewClient(&goredis.Options{Addr: s.Addr, Protocol: 2, MaxRetries: -1})
	defer client.Close()
	answer, err := client.Do(ctx, args...).Result()
	if err == goredis.Nil {
		err = nil
	}
	return answer, err
}

// until waits for something that must come soon.
func until(t testing.TB, come func() bool) {
	t.Helper()
	deadline := time.After(patience)
	again := time.NewTicker(10 * time.Millisecond)
	defer again.Stop()
	for !come() {
		select {
		case <-again.C:
		case <-deadline:
			t.Fatal("it did not come")
		}
	}
}
