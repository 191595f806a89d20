//go:build skewedclock

package app

import (
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"
)

// A limit on the size of files stands for a full disk where none can be made: it
// should be an error of the write, as there, and no end of the process.
func init() { signal.Ignore(syscall.SIGXFSZ) }

// now is the clock of a service whose clock somebody plays with: the machine's,
// ahead by what the file named in RELAIS_TEST_CLOCK says now ("-3h", "90s"), and
// by a second duration after it, which keeps processes that share the file
// apart. Only programs built with the tag skewedclock have it.
func now() time.Time { return time.Now().Add(skew()).UTC().Truncate(time.Microsecond) }

var skewFile = os.Getenv("RELAIS_TEST_CLOCK")

var apart, _ = time.ParseDuration(os.Getenv("RELAIS_TEST_CLOCK_APART")) // 0 when not given

// skew reads the file every time, so that all processes jump at one moment. A
// file that says nothing readable means a clock that is right.
func skew() time.Duration {
	text, err := os.ReadFile(skewFile)
	if err != nil {
		return apart
	}
	ahead, err := time.ParseDuration(strings.TrimSpace(string(text)))
	if err != nil {
		return apart
	}
	return ahead + apart
}
