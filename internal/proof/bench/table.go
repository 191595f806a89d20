package main

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
)

// table collects rows of texts, the head first.
type table struct {
	markdown bool
	rows     [][]string
}

// add writes a line's row; false when it could not be measured.
func (t *table) add(l line, b *bench) bool {
	if l.elsewhere != "" {
		t.rows = append(t.rows, []string{l.what, l.elsewhere, "", "", ""})
		return true
	}
	row := []string{l.what, "", "–", "–", l.wanted()}
	ours, measured := b.found[l.part+" "+l.ours+" "+l.metric]
	if row[1] = l.text(ours); !measured {
		row[1] = b.failed.why(l.part, l.ours)
	}
	if l.twin != "" {
		twin, ok := b.found[l.twinKey()]
		if row[2] = l.text(twin); !ok {
			row[2] = b.failed.why(l.part, l.twin)
		}
		if measured = measured && ok; measured {
			row[3] = fmt.Sprintf("%.3g", ours/twin)
		}
	}
	if measured && l.short(ours, b) {
		row[4] += " SHORT"
	}
	t.rows = append(t.rows, row)
	return measured
}

// twinKey is where the twin's figure is: a benchmark of its own, or, of
// benchmarks that take turns with their twin, another metric of the same.
func (l line) twinKey() string {
	if l.twin == "bare/s" {
		return l.part + " " + l.ours + " " + l.twin
	}
	return l.part + " " + l.twin + " " + l.metric
}

func (l line) short(ours float64, b *bench) bool {
	ratio := ours / b.found[l.twinKey()]
	if less[l.metric] {
		return l.bound > 0 && ours > l.bound || l.ratio > 0 && ratio > l.ratio
	}
	return l.bound > 0 && ours < l.bound || l.ratio > 0 && ratio < l.ratio
}

func (l line) wanted() string {
	sign := "≥ "
	if less[l.metric] {
		sign = "≤ "
	}
	switch {
	case l.bound > 0:
		return sign + l.text(l.bound)
	case l.ratio > 0:
		return sign + fmt.Sprint(l.ratio)
	}
	return "–"
}

func (l line) text(v float64) string {
	switch l.metric {
	case "ns/op":
		return fmt.Sprintf("%.3f ms", v/1e6)
	case "ms", "p50-ms", "p99-ms":
		return fmt.Sprintf("%.3g ms", v)
	case "B/console":
		return fmt.Sprintf("%.1f KB", v/1024)
	case "B":
		return fmt.Sprintf("%.0f MB", v/(1<<20))
	}
	if v >= 1e6 {
		return fmt.Sprintf("%.2f M %s", v/1e6, l.metric)
	}
	return fmt.Sprintf("%.0f %s", v, l.metric)
}

func (t *table) print(out io.Writer) {
	if t.markdown {
		for i, row := range t.rows {
			fmt.Fprintln(out, "| "+strings.Join(row, " | ")+" |")
			if i == 0 {
				fmt.Fprintln(out, "|"+strings.Repeat(" --- |", len(row)))
			}
		}
		return
	}
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	for _, row := range t.rows {
		fmt.Fprintln(w, strings.Join(row, "\t")+"\t")
	}
	_ = w.Flush() // of a terminal
}
