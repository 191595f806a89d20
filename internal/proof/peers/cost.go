package peers

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// tick is the unit of processor time in /proc, the same on every Linux that Go
// runs on.
const tick = time.Second / 100

// processor is the time that a server and its children have had of the machine,
// in the kernel too.
func processor(pid int) (spent time.Duration, err error) {
	all, err := group(pid)
	for _, p := range all {
		user, _ := strconv.Atoi(p.fields[11])
		system, _ := strconv.Atoi(p.fields[12])
		spent += time.Duration(user+system) * tick
	}
	return spent, err
}

// resident is the memory that a server and its children have in use: their
// resident pages, those they share counted once (Pss), in bytes.
func resident(pid int) (sum int64, err error) {
	all, err := group(pid)
	for _, p := range all {
		text, err := os.ReadFile(fmt.Sprintf("/proc/%d/smaps_rollup", p.pid))
		if err != nil {
			return 0, err
		}
		for line := range bytes.Lines(text) {
			words := bytes.Fields(line)
			if len(words) > 1 && string(words[0]) == "Pss:" {
				kilobytes, _ := strconv.ParseInt(string(words[1]), 10, 64)
				sum += kilobytes << 10
			}
		}
	}
	return sum, err
}

// Settled is the memory (resident) of a server in bytes, once it has stood still
// for a second, or after six: what a runtime gives back at once is given back.
func Settled(ctx context.Context, pid int) (int64, error) {
	every := time.NewTicker(200 * time.Millisecond)
	defer every.Stop()
	before, err := resident(pid)
	for still, looks := 0, 0; still < 5 && looks < 30 && err == nil; looks++ {
		select {
		case <-every.C:
		case <-ctx.Done():
			return 0, ctx.Err()
		}
		var now int64
		if now, err = resident(pid); max(now, before)-min(now, before) < 256<<10 {
			still++
		} else {
			still = 0
		}
		before = now
	}
	return before, err
}

// member is one process; fields are those of its /proc/pid/stat from the state on.
type member struct {
	pid    int
	fields []string
}

// group is the processes of the group that a server leads.
func group(leader int) (all []member, err error) {
	files, err := filepath.Glob("/proc/[0-9]*/stat")
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			continue // it has just ended
		}
		_, rest, _ := strings.Cut(string(text), ") ") // the name before may hold spaces
		fields := strings.Fields(rest)
		if len(fields) > 12 && fields[2] == strconv.Itoa(leader) {
			pid, _ := strconv.Atoi(filepath.Base(filepath.Dir(file)))
			all = append(all, member{pid, fields})
		}
	}
	if len(all) == 0 && err == nil {
		err = fmt.Errorf("process %d is gone", leader)
	}
	return all, err
}
