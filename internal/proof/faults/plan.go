package main

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"time"
)

// act is one thing broken at a moment of a run.
type act struct {
	At   time.Duration // since the load began
	Kind string        // one of kinds
	For  time.Duration // until it is mended
	With int64         // what else was drawn; the kind says what it means
}

func (a act) String() string {
	return fmt.Sprintf("act at=%s kind=%s for=%s with=%d", a.At, a.Kind, a.For, a.With)
}

// plan is all that is drawn of a run.
type plan struct {
	World string
	Seed  uint64
	For   time.Duration // of load
	Crowd int           // consoles that only follow
	Pace  int           // regulators at work
	Acts  []act
}

func (p plan) String() string {
	lines := []string{fmt.Sprintf("plan world=%s seed=%d for=%s crowd=%d pace=%d", p.World, p.Seed, p.For, p.Crowd, p.Pace)}
	for _, a := range p.Acts {
		lines = append(lines, a.String())
	}
	return strings.Join(lines, "\n")
}

// herdSize is a crowd of which some runs cut every line at one moment. The load
// is light then: the crowd itself is the load.
const herdSize = 2000

// draw draws a run of a world. A kind that is named (only) comes at least once;
// others come beside it.
func draw(w world, seed uint64, length time.Duration, only string) plan {
	dice := rand.New(rand.NewPCG(seed, 1))
	p := plan{World: w.Name, Seed: seed, For: length, Pace: 8 + dice.IntN(10)}
	if dice.IntN(4) == 0 {
		p.Crowd = 50 + dice.IntN(150)
	}
	may := slices.DeleteFunc(slices.Clone(kinds), func(k kind) bool { return !k.in(w) })
	for range 2 + dice.IntN(4) {
		p.Acts = append(p.Acts, drawAct(dice, may[dice.IntN(len(may))], length))
	}
	if i := slices.IndexFunc(may, func(k kind) bool { return k.name == only }); i >= 0 {
		p.Acts = append(p.Acts[:1], drawAct(dice, may[i], length))
	}
	if slices.ContainsFunc(p.Acts, func(a act) bool { return a.Kind == "herd" }) && dice.IntN(6) == 0 {
		p.Crowd, p.Pace = herdSize, 2
	}
	slices.SortStableFunc(p.Acts, func(a, b act) int { return cmp.Compare(a.At, b.At) })
	return p
}

// drawAct leaves a moment of peace before it, and mends before the load ends.
func drawAct(dice *rand.Rand, k kind, length time.Duration) act {
	lasts := k.least
	if k.most > k.least {
		lasts += time.Duration(dice.Int64N(int64(k.most - k.least)))
	}
	lasts = min(lasts, length/2)
	at := length/10 + time.Duration(dice.Int64N(int64(max(length*8/10-lasts, time.Millisecond))))
	return act{At: at.Round(time.Millisecond), Kind: k.name, For: lasts.Round(time.Millisecond), With: dice.Int64N(1 << 20)}
}

// read finds the plan in a run's log.
func read(log io.Reader) (p plan, err error) {
	lines := bufio.NewScanner(log)
	for lines.Scan() {
		fields := map[string]string{}
		word, rest, _ := strings.Cut(lines.Text(), " ")
		for field := range strings.FieldsSeq(rest) {
			name, value, _ := strings.Cut(field, "=")
			fields[name] = value
		}
		switch word {
		case "plan":
			p.World = fields["world"]
			_, err = fmt.Sscan(fields["seed"]+" "+fields["crowd"]+" "+fields["pace"], &p.Seed, &p.Crowd, &p.Pace)
			if err == nil {
				p.For, err = time.ParseDuration(fields["for"])
			}
		case "act":
			var a act
			if a, err = readAct(fields); err == nil {
				p.Acts = append(p.Acts, a)
			}
		}
		if err != nil {
			return p, fmt.Errorf("%q is no line of a plan: %w", lines.Text(), err)
		}
	}
	if p.World == "" {
		return p, fmt.Errorf("there is no plan in it: %w", io.ErrUnexpectedEOF)
	}
	return p, lines.Err()
}

func readAct(fields map[string]string) (a act, err error) {
	a.Kind = fields["kind"]
	if a.At, err = time.ParseDuration(fields["at"]); err != nil {
		return a, err
	}
	if a.For, err = time.ParseDuration(fields["for"]); err != nil {
		return a, err
	}
	_, err = fmt.Sscan(fields["with"], &a.With)
	return a, err
}
