package load

import (
	"fmt"
	"os"
	"runtime"
	"strconv"
	"strings"
	"time"
)

// Usage is what a process, with those it started, has had of the machine.
type Usage struct {
	Name    string  `json:"name"`
	CPU     float64 `json:"cpuSeconds"`
	Share   float64 `json:"cpuShare"` // of one processor
	RSS     float64 `json:"rssMB"`    // of the process alone, at the end
	PeakRSS float64 `json:"peakRssMB"`
}

// tick is the unit of /proc/*/stat on every Linux that Go runs on.
const tick = 10 * time.Millisecond

// measure reads every server and this process.
func (r *run) measure() []Usage {
	var all []Usage
	for _, s := range append(r.Servers[:len(r.Servers):len(r.Servers)], Server{"load", os.Getpid()}) {
		u := Usage{Name: s.Name, CPU: processor(s.PID, s.PID != os.Getpid()).Seconds()}
		status, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.PID)) // nothing where the system does not say
		u.RSS, u.PeakRSS = megabytes(string(status), "VmRSS:"), megabytes(string(status), "VmHWM:")
		all = append(all, u)
	}
	return append(all, Usage{Name: "machine", CPU: busy().Seconds()})
}

// since is what was used between two measures.
func since(before, after []Usage, elapsed time.Duration) []Usage {
	for i := range after {
		after[i].CPU -= before[i].CPU
		after[i].Share = after[i].CPU / elapsed.Seconds()
	}
	return after
}

// processor is the time that a process and, with its children, those it started
// have had.
func processor(pid int, children bool) time.Duration {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0
	}
	_, after, _ := strings.Cut(string(stat), ") ")
	fields := strings.Fields(after) // from the third of proc(5) on
	if len(fields) < 15 {
		return 0
	}
	last := 13 // utime, stime
	if children {
		last = 15 // and those of children that have ended
	}
	sum := 0
	for _, f := range fields[11:last] {
		n, _ := strconv.Atoi(f)
		sum += n
	}
	total := time.Duration(sum) * tick
	if children {
		list, _ := os.ReadFile(fmt.Sprintf("/proc/%d/task/%d/children", pid, pid))
		for word := range strings.FieldsSeq(string(list)) {
			if child, err := strconv.Atoi(word); err == nil {
				total += processor(child, true)
			}
		}
	}
	return total
}

// busy is the time that all processors together were not idle, whoever they
// worked for.
func busy() time.Duration {
	stat, _ := os.ReadFile("/proc/stat")
	line, _, _ := strings.Cut(string(stat), "\n")
	sum := 0
	for i, f := range strings.Fields(line) {
		if n, err := strconv.Atoi(f); err == nil && i != 4 && i != 5 && i < 9 { // idle, iowait; guests are in user
			sum += n
		}
	}
	return time.Duration(sum) * tick
}

func megabytes(status, field string) float64 {
	_, after, _ := strings.Cut(status, field)
	words := strings.Fields(after)
	if len(words) == 0 {
		return 0
	}
	kb, _ := strconv.ParseFloat(words[0], 64)
	return kb / 1024
}

// machine says what the run had.
func machine() string {
	model := runtime.GOARCH
	info, _ := os.ReadFile("/proc/cpuinfo")
	if _, after, ok := strings.Cut(string(info), "model name"); ok {
		line, _, _ := strings.Cut(after, "\n")
		model = strings.Trim(line, "\t :")
	}
	memory, _ := os.ReadFile("/proc/meminfo")
	return fmt.Sprintf("%d × %s, %.0f GB, %s", runtime.NumCPU(), model, megabytes(string(memory), "MemTotal:")/1024, runtime.GOOS)
}
