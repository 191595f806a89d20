package load

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"time"
)

// arrival is something that begins at its time, whatever else goes on.
type arrival struct {
	at   time.Duration // from the beginning
	what string        // opCase, opPublish or opSignIn
	n    int           // the how-manieth of its kind
}

// arrivals draws the whole run: Poisson processes, conditioned on how many come.
func (p Plan) arrivals() []arrival {
	random := rand.New(rand.NewPCG(p.Seed, 1))
	all := slices.Concat(
		p.draw(random, opCase, p.Calls, p.Day.Calls),
		p.draw(random, opPublish, p.Openings, p.Day.Openings),
		p.draw(random, opSignIn, p.SignIns, [24]float64{}))
	slices.SortStableFunc(all, func(a, b arrival) int { return cmp.Compare(a.at, b.at) })
	return all
}

func (p Plan) draw(random *rand.Rand, what string, n int, hours [24]float64) []arrival {
	times := make([]float64, n)
	for i := range times {
		times[i] = moment(hours, random.Float64())
	}
	slices.Sort(times)
	all := make([]arrival, n)
	for i, t := range times {
		all[i] = arrival{at: time.Duration(t * float64(p.Length)), what: what, n: i}
	}
	return all
}

// moment is the part of the day by which a share of everything has come.
func moment(hours [24]float64, share float64) float64 {
	total := 0.0
	for _, w := range hours {
		total += w
	}
	if total == 0 {
		return share
	}
	left := share * total
	for h, w := range hours {
		if left < w {
			return (float64(h) + left/w) / 24
		}
		left -= w
	}
	return 1
}
