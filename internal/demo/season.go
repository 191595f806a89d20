package demo

import (
	"math"

	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/civil"
)

// The season of the trial.
const (
	PastDays   = 60
	FutureDays = 14
	fullDays   = 5    // at the end of the season everything is taken
	firstRate  = 0.40 // of the first day; rises evenly
	lastRate   = 0.707
	mood       = 0.07 // days differ from the trend by so much at most
)

// rate is the share of slots taken on day d of the season, 0 the first. Its
// mean over PastDays is 59%.
func rate(d int) float64 {
	if d >= PastDays-fullDays {
		return 1
	}
	return firstRate + (lastRate-firstRate)*float64(d)/float64(PastDays-fullDays-1) + mood*math.Sin(float64(d)*2.3)
}

// taken is how many of a day's slots are booked when the days before left a
// remainder; the remainder goes on to the next day so that the mean holds.
func taken(d, slots int, remainder float64) (booked int, rest float64) {
	want := rate(d)*float64(slots) + remainder
	booked = min(slots, int(math.Round(want)))
	if rate(d) == 1 {
		return slots, 0
	}
	return booked, want - float64(booked)
}

// shift is a range that one GP gives on one day.
type shift struct {
	gp       int
	from, to civil.Clock
	minutes  int // of a slot; 0 for one range with seats
	seats    int
	audience agenda.Audience
	modality agenda.Modality
}

// regulars work from Monday to Friday, at the shift that they stand beside: they
// come near the weekly cap of SNP acts.
var regulars = map[int]int{0: 2, 3: 6}

// shifts returns who works on a day: five GPs, on Saturdays four and on Sundays
// three, in turn through the whole cast but for the regulars.
func shifts(day civil.Date) []shift {
	ordinal := day.DaysSince(civil.MustDate("2026-01-01"))
	starts := []string{"08:40", "10:40", "13:20", "16:00", "18:20"}
	n := len(starts)
	switch day.Weekday() {
	case 6:
		n = 4
	case 7:
		n = 3
	}
	var list []shift
	for i := range n {
		from := civil.MustClock(starts[i])
		gp := ((ordinal*5+i)%Size + Size) % Size
		if regular, ok := regulars[i]; ok && day.Weekday() <= 5 {
			gp = regular
		}
		list = append(list, shift{
			gp: gp, from: from, to: later(from, slotsOn(n, ordinal+2*i)*20), minutes: 20,
			audience: audienceOf(i), modality: modalityOf(ordinal + i),
		})
	}
	return list
}

// ahead is a day's shifts as far as they are published: the two GPs whom visitors
// sign in as have weekly shifts of their own instead, and on the morning of the
// next Saturday somebody is missing.
func ahead(day, today civil.Date) []shift {
	var list []shift
	for _, sh := range shifts(day) {
		if day == nextSaturday(today) && sh.to.Hour < 13 {
			continue
		}
		if sh.gp < 2 {
			sh.gp += 10
		}
		list = append(list, sh)
	}
	return list
}

func nextSaturday(today civil.Date) civil.Date {
	return today.AddDays((12-today.Weekday())%7 + 1)
}

// weekly is a range that one GP gives every week.
type weekly struct {
	gp       int
	weekdays []int
	from, to civil.Clock
}

// weeklies are those of the two GPs whom visitors sign in as.
func weeklies() []weekly {
	return []weekly{
		{0, []int{1, 4}, civil.MustClock("09:00"), civil.MustClock("11:00")},
		{1, []int{2, 5}, civil.MustClock("14:00"), civil.MustClock("16:00")},
	}
}

// slotsOn is what one of so many GPs gives: about 20 slots a day in all, one
// more or one less in turn.
func slotsOn(gps, turn int) int { return 20/gps + (turn%3+3)%3 - 1 }

func later(c civil.Clock, minutes int) civil.Clock {
	m := c.Minutes() + minutes
	return civil.Clock{Hour: m / 60, Minute: m % 60}
}

func audienceOf(i int) agenda.Audience {
	if i%3 == 2 {
		return agenda.ForCPTS
	}
	return agenda.ForRegulation
}

func modalityOf(i int) agenda.Modality {
	if i%11 == 10 {
		return agenda.Teleconsultation
	}
	return agenda.Cabinet
}
