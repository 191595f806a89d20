package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"time"
)

var version = regexp.MustCompile(`\d+\.\d+(\.\d+)?`)

// machine says in one line what this ran on.
func machine(ctx context.Context) string {
	words := []string{time.Now().Format(time.DateOnly), fmt.Sprintf("%d cores", runtime.NumCPU())}
	if text, err := os.ReadFile("/proc/meminfo"); err == nil {
		if f := strings.Fields(string(text)); len(f) > 1 {
			kilobytes, _ := strconv.Atoi(f[1])
			words = append(words, fmt.Sprintf("%d GiB", (kilobytes+1<<19)>>20))
		}
	}
	if text, err := os.ReadFile("/proc/sys/kernel/osrelease"); err == nil {
		words = append(words, "Linux "+version.FindString(string(text)))
	}
	words = append(words, "Go "+strings.TrimPrefix(runtime.Version(), "go"))
	postgres := "postgres"
	if found, err := filepath.Glob("/usr/lib/postgresql/*/bin/postgres"); err == nil && len(found) > 0 {
		postgres = found[len(found)-1]
	}
	for _, p := range [][3]string{{"Redis", "redis-server", "--version"}, {"PostgreSQL", postgres, "--version"}, {"Node", "node", "--version"}, {"nginx", "nginx", "-v"}} {
		if text, err := exec.CommandContext(ctx, p[1], p[2]).CombinedOutput(); err == nil {
			words = append(words, p[0]+" "+version.FindString(string(text)))
		}
	}
	if text, err := os.ReadFile("/proc/loadavg"); err == nil {
		load, _, _ := strings.Cut(string(text), " ")
		words = append(words, "load at the end "+load)
	}
	return strings.Join(words, ", ")
}
