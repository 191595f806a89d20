package web

import (
	"context"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// metrics are the figures of this room. Labels are route patterns, methods and statuses: few, and never anyone's data.
type metrics struct {
	requests *prometheus.HistogramVec
	panics   prometheus.Counter
	sockets  prometheus.Gauge
	commands *prometheus.CounterVec
	slow     prometheus.Counter
}

// newMetrics registers the figures. lively is asked whenever they are read, for a second at most.
func newMetrics(r prometheus.Registerer, lively func(context.Context) error) *metrics {
	m := &metrics{
		requests: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name:    "relais_http_request_duration_seconds",
			Help:    "Time to answer, by route pattern.",
			Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 10},
		}, []string{"route", "method", "status"}),
		panics:   prometheus.NewCounter(prometheus.CounterOpts{Name: "relais_http_panics_total", Help: "Panics turned into internal problems."}),
		sockets:  prometheus.NewGauge(prometheus.GaugeOpts{Name: "relais_live_sockets", Help: "Live lines open now."}),
		commands: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "relais_live_commands_total", Help: "Commands received on live lines."}, []string{"op", "reason"}),
		slow:     prometheus.NewCounter(prometheus.CounterOpts{Name: "relais_live_slow_total", Help: "Live lines closed because they could not follow."}),
	}
	up := prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "relais_live_engine_up", Help: "1 while the live engine answers, 0 while it is away."}, func() float64 {
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		if lively(ctx) != nil {
			return 0
		}
		return 1
	})
	r.MustRegister(m.requests, m.panics, m.sockets, m.commands, m.slow, up)
	return m
}

func (m *metrics) request(route, method string, status int, took time.Duration) {
	m.requests.WithLabelValues(route, knownMethod(method), strconv.Itoa(status)).Observe(took.Seconds())
}

// knownMethod bounds the label: a method is the caller's text.
func knownMethod(method string) string {
	switch method {
	case "GET", "HEAD", "POST", "PATCH", "DELETE", "PUT", "OPTIONS":
		return method
	}
	return "other"
}
