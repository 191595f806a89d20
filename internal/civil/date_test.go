package civil_test

import (
	"encoding/json"
	"errors"
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/relais-snp/relais/internal/civil"
)

func TestParseDateAcceptsOnlyRealDays(t *testing.T) {
	for _, text := range []string{"2026-11-23", "2024-02-29", "0001-01-01", "9999-12-31"} {
		d, err := civil.ParseDate(text)
		if err != nil || d.String() != text {
			t.Errorf("ParseDate(%q) = %v, %v", text, d, err)
		}
	}
	for _, text := range []string{"", "2026-2-3", "2026-02-29", "23/11/2026", "2026-13-01", "2026-11-23T00:00", " 2026-11-23"} {
		if d, err := civil.ParseDate(text); !errors.Is(err, civil.ErrDate) {
			t.Errorf("ParseDate(%q) = %v, %v; want ErrDate", text, d, err)
		}
	}
}

func TestNewDateRefusesDaysThatDoNotExist(t *testing.T) {
	if _, err := civil.NewDate(2026, time.February, 30); !errors.Is(err, civil.ErrDate) {
		t.Errorf("30 February: %v", err)
	}
	if d, err := civil.NewDate(2026, time.March, 1); err != nil || d != civil.MustDate("2026-03-01") {
		t.Errorf("1 March: %v, %v", d, err)
	}
}

func TestDateArithmetic(t *testing.T) {
	tests := []struct {
		from string
		days int
		want string
	}{
		{"2026-12-31", 1, "2027-01-01"},
		{"2027-01-01", -1, "2026-12-31"},
		{"2024-02-28", 1, "2024-02-29"},
		{"2026-03-28", 2, "2026-03-30"},
		{"2026-10-24", 7, "2026-10-31"},
		{"2026-01-01", 365, "2027-01-01"},
	}
	for _, tt := range tests {
		from, want := civil.MustDate(tt.from), civil.MustDate(tt.want)
		if got := from.AddDays(tt.days); got != want {
			t.Errorf("%s + %d = %s, want %s", from, tt.days, got, want)
		}
		if got := want.DaysSince(from); got != tt.days {
			t.Errorf("%s - %s = %d, want %d", want, from, got, tt.days)
		}
		if want.After(from) != (tt.days > 0) || want.Before(from) != (tt.days < 0) {
			t.Errorf("%s and %s are in the wrong order", from, want)
		}
	}
}

func TestWeeksStartOnMonday(t *testing.T) {
	tests := []struct {
		date, monday string
		weekday      int
		year, week   int
	}{
		{"2026-11-23", "2026-11-23", 1, 2026, 48},
		{"2026-11-29", "2026-11-23", 7, 2026, 48},
		{"2027-01-01", "2026-12-28", 5, 2026, 53},
		{"2024-12-31", "2024-12-30", 2, 2025, 1},
	}
	for _, tt := range tests {
		d := civil.MustDate(tt.date)
		year, week := d.ISOWeek()
		if d.Weekday() != tt.weekday || d.WeekStart().String() != tt.monday || year != tt.year || week != tt.week {
			t.Errorf("%s: weekday %d, monday %s, week %d-%d", d, d.Weekday(), d.WeekStart(), year, week)
		}
	}
}

func TestMonthBounds(t *testing.T) {
	d := civil.MustDate("2026-12-31")
	if d.MonthStart().String() != "2026-12-01" || d.NextMonth().String() != "2027-01-01" {
		t.Errorf("month of %s: %s to %s", d, d.MonthStart(), d.NextMonth())
	}
}

func TestDateAndClockTravelAsText(t *testing.T) {
	type shift struct {
		Day  civil.Date  `json:"day"`
		From civil.Clock `json:"from"`
	}
	given := shift{civil.MustDate("2026-11-23"), civil.MustClock("08:05")}
	text, err := json.Marshal(given)
	if err != nil || string(text) != `{"day":"2026-11-23","from":"08:05"}` {
		t.Fatalf("Marshal = %s, %v", text, err)
	}
	var back shift
	if err := json.Unmarshal(text, &back); err != nil || back != given {
		t.Errorf("Unmarshal = %v, %v", back, err)
	}
	for _, bad := range []string{`{"day":"2026-02-30"}`, `{"from":"8:05"}`, `{"from":""}`} {
		if err := json.Unmarshal([]byte(bad), &back); err == nil {
			t.Errorf("%s was accepted", bad)
		}
	}
}

func TestParseClock(t *testing.T) {
	for _, text := range []string{"00:00", "08:05", "23:59"} {
		if c, err := civil.ParseClock(text); err != nil || c.String() != text || !c.Valid() {
			t.Errorf("ParseClock(%q) = %v, %v", text, c, err)
		}
	}
	for _, text := range []string{"", "8:05", "24:00", "12:60", "12:5", "12:05:00", "-1:00"} {
		if c, err := civil.ParseClock(text); !errors.Is(err, civil.ErrClock) {
			t.Errorf("ParseClock(%q) = %v, %v; want ErrClock", text, c, err)
		}
	}
}

func TestFrenchWording(t *testing.T) {
	tests := []struct{ got, want string }{
		{civil.MustClock("14:05").French(), "14\u00a0h\u00a005"},
		{civil.MustClock("08:00").French(), "8\u00a0h"},
		{civil.MustClock("00:30").French(), "0\u00a0h\u00a030"},
		{civil.MustDate("2026-11-23").French(), "lundi 23 novembre 2026"},
		{civil.MustDate("2026-03-01").FrenchDay(), "dimanche 1er mars"},
		{civil.Date{}.French(), ""},
		{civil.Date{}.FrenchDay(), ""},
	}
	for _, tt := range tests {
		if tt.got != tt.want {
			t.Errorf("got %q, want %q", tt.got, tt.want)
		}
	}
}
