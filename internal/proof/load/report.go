package load

import (
	"fmt"
	"io"
	"text/tabwriter"
	"time"
)

// Report is what a run found. Durations are seconds unless their name says
// otherwise.
type Report struct {
	Machine     string      `json:"machine"`
	At          time.Time   `json:"at"`
	Plan        Plan        `json:"plan"`
	Territories int         `json:"territories"`
	Consoles    int         `json:"consoles"`
	GPs         int         `json:"gps"`
	OpenedIn    float64     `json:"consolesOpenedIn"`
	Elapsed     float64     `json:"elapsed"`
	Operations  []Operation `json:"operations"`
	Usage       []Usage     `json:"usage"` // servers, this program ("load"), the whole machine

	Idle []Usage `json:"idle,omitempty"` // the same before the first arrival

	Deliveries Deliveries `json:"deliveries"`
	Booked     int        `json:"acknowledgedBookings"`
	// Unseen are acknowledged changes that no console was seen to show: the next
	// change of the slot overtook them inside the hub's 20 ms.
	Unseen     int      `json:"unseen"`
	Violations []string `json:"violations"`
}

// Deliveries is what consoles received.
type Deliveries struct {
	Frames, Deltas, Snapshots, Away, Gaps, Opened, Lost int64
}

func (r *run) report(elapsed time.Duration, before, after []Usage) Report {
	l := &r.line
	report := Report{Machine: machine(), At: r.began.UTC().Truncate(time.Second), Plan: r.Plan,
		Territories: len(r.Territories), Consoles: len(r.desks), GPs: len(r.gps), Elapsed: elapsed.Seconds(),
		Operations: r.meters.read(elapsed), Usage: since(before, after, elapsed),
		Deliveries: Deliveries{l.Frames.Load(), l.Deltas.Load(), l.Snapshots.Load(), l.Away.Load(), l.Gaps.Load(), l.Opened.Load(), l.Lost.Load()}}
	for _, g := range r.grounds {
		report.Booked += g.checks.Acknowledged()
	}
	return report
}

// Operation finds one by its name; the zero Operation when it never happened.
func (r Report) Operation(name string) Operation {
	for _, o := range r.Operations {
		if o.Name == name {
			return o
		}
	}
	return Operation{}
}

// Used finds what a server used by its name.
func (r Report) Used(name string) Usage {
	for _, u := range r.Usage {
		if u.Name == name {
			return u
		}
	}
	return Usage{}
}

// Servers is the processor time that the servers took together, in seconds.
func (r Report) Servers() (cpu float64) {
	for _, u := range r.Usage {
		if u.Name != "load" && u.Name != "machine" {
			cpu += u.CPU
		}
	}
	return cpu
}

// Errors counts what was not answered, or not as it should be.
func (r Report) Errors() (n int) {
	for _, o := range r.Operations {
		for _, times := range o.Errors {
			n += times
		}
	}
	return n
}

// WorstP99 is the highest p99 of the requests people wait for, in milliseconds,
// and of which operation. Signing in is left out: hashing is meant to be slow.
func (r Report) WorstP99() (ms float64, of string) {
	for _, o := range r.Operations {
		if o.Name != opSignIn && o.P99 > ms {
			ms, of = o.P99, o.Name
		}
	}
	return ms, of
}

// Print writes the report for people.
func (r Report) Print(out io.Writer) error {
	fmt.Fprintf(out, "%s · %s\n%d territories, %d consoles (open in %.1f s), %d GPs · %d calls, %d openings of %d slots in %.0f s · seed %d\n\n",
		r.At.Format("2006-01-02 15:04 MST"), r.Machine, r.Territories, r.Consoles, r.OpenedIn, r.GPs,
		r.Plan.Calls, r.Plan.Openings, r.Plan.Slots, r.Elapsed, r.Plan.Seed)
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(table, "operation\tcount\tper s\tp50 ms\tp99 ms\tmax ms\trefused\terrors\t")
	for _, o := range r.Operations {
		fmt.Fprintf(table, "%s\t%d\t%.1f\t%.1f\t%.1f\t%.1f\t%d\t%d\t\n", o.Name, o.Count, o.PerSecond, o.P50, o.P99, o.Max, sum(o.Refusals), sum(o.Errors))
	}
	fmt.Fprintln(table, "\t\t\t\t\t\t\t\t\nprocess\tcpu s\tcpu share\tRSS MB\tpeak MB\t\t\t\t")
	for _, u := range r.Usage {
		fmt.Fprintf(table, "%s\t%.1f\t%.2f\t%.0f\t%.0f\t\t\t\t\n", u.Name, u.CPU, u.Share, u.RSS, u.PeakRSS)
	}
	if err := table.Flush(); err != nil {
		return err
	}
	r.printRest(out)
	return nil
}

func (r Report) printRest(out io.Writer) {
	d := r.Deliveries
	fmt.Fprintf(out, "\nlines: %d frames, %d deltas (%.0f a second), %d snapshots, %d opened, %d lost, %d gaps, %d away\n",
		d.Frames, d.Deltas, float64(d.Deltas)/r.Elapsed, d.Snapshots, d.Opened, d.Lost, d.Gaps, d.Away)
	for _, o := range r.Operations {
		if len(o.Refusals) > 0 {
			fmt.Fprintf(out, "refused %s: %s\n", o.Name, counted(o.Refusals))
		}
		if len(o.Errors) > 0 {
			fmt.Fprintf(out, "errors of %s: %s\n", o.Name, counted(o.Errors))
		}
	}
	fmt.Fprintf(out, "%d bookings acknowledged, all checked: %d violations; %d changes overtaken before they were seen\n", r.Booked, len(r.Violations), r.Unseen)
	for _, v := range r.Violations[:min(len(r.Violations), 12)] {
		fmt.Fprintln(out, "  "+v)
	}
}

func sum(counts map[string]int) (n int) {
	for _, c := range counts {
		n += c
	}
	return n
}
