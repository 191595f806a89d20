package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// results is the file that keeps what became of every run, so that a long
// series can go on where it was left.
type results struct {
	path string
	past map[string]bool // plans that passed
}

// line is one run in the file: the whole plan, so that a run drawn otherwise
// since is another one.
type line struct {
	Plan  string   `json:"plan"`
	Wrong []string `json:"wrong,omitempty"`
	Took  string   `json:"took"`
}

// openResults reads what earlier series have left in a folder; with forget it
// begins anew.
func openResults(folder string, forget bool) (*results, error) {
	r := &results{path: filepath.Join(folder, "results.jsonl"), past: map[string]bool{}}
	if forget {
		if err := os.Remove(r.path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
	}
	file, err := os.Open(r.path)
	if errors.Is(err, fs.ErrNotExist) {
		return r, nil
	}
	if err != nil {
		return nil, err
	}
	defer file.Close()
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		var l line
		if err := json.Unmarshal(lines.Bytes(), &l); err != nil {
			continue // the line that an interruption cut
		}
		r.past[l.Plan] = len(l.Wrong) == 0
	}
	return r, lines.Err()
}

func (r *results) passed(p plan) bool { return r.past[p.String()] }

func (r *results) add(one result) error {
	raw, err := json.Marshal(line{one.Plan.String(), one.Wrong, one.Took.String()})
	if err != nil {
		return err
	}
	file, err := os.OpenFile(r.path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(file, "%s\n", raw)
	return errors.Join(err, file.Close())
}
