package main

import (
	"fmt"
	"os"
	"sync"
	"time"
)

// journal is a run's log: its plan, then one line for everything that was done,
// with its moment.
type journal struct {
	mu    sync.Mutex
	file  *os.File
	began time.Time
}

func openJournal(path string, p plan) (*journal, error) {
	file, err := os.Create(path)
	if err != nil {
		return nil, err
	}
	_, err = fmt.Fprintln(file, p)
	return &journal{file: file, began: time.Now()}, err
}

// begin sets the moment that moments are counted from.
func (j *journal) begin() {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.began = time.Now()
}

// note writes a line. A journal that cannot be written loses lines, not the run.
func (j *journal) note(format string, args ...any) {
	j.mu.Lock()
	defer j.mu.Unlock()
	fmt.Fprintf(j.file, "%+9.3fs "+format+"\n", append([]any{time.Since(j.began).Seconds()}, args...)...)
}

func (j *journal) close() error { return j.file.Close() }
