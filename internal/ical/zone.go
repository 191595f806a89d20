package ical

import (
	"fmt"
	"time"

	goical "github.com/emersion/go-ical"
)

// observance is a standard or daylight time with the rule of its return.
type observance struct {
	kind     string // STANDARD or DAYLIGHT
	start    string // local, of its first onset
	from, to string // offsets
	name     string
	rule     string // "" when it never ends
}

// changing are the French zones that change hours: Paris as the European Union
// does (directive 2000/84/CE), Saint-Pierre-et-Miquelon as Canada does.
var changing = map[string][]observance{
	"Europe/Paris": {
		{goical.CompTimezoneDaylight, "19810329T020000", "+0100", "+0200", "CEST", "FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU"},
		{goical.CompTimezoneStandard, "19961027T030000", "+0200", "+0100", "CET", "FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU"},
	},
	"America/Miquelon": {
		{goical.CompTimezoneDaylight, "20070311T020000", "-0300", "-0200", "-02", "FREQ=YEARLY;BYMONTH=3;BYDAY=2SU"},
		{goical.CompTimezoneStandard, "20071104T020000", "-0200", "-0300", "-03", "FREQ=YEARLY;BYMONTH=11;BYDAY=1SU"},
	},
}

// fixed are the French zones that keep one offset.
var fixed = map[string]bool{
	"America/Guadeloupe": true, "America/Martinique": true, "America/Cayenne": true, "Indian/Reunion": true,
	"Indian/Mayotte": true, "America/St_Barthelemy": true, "America/Marigot": true, "Indian/Kerguelen": true,
	"Pacific/Wallis": true, "Pacific/Tahiti": true, "Pacific/Marquesas": true, "Pacific/Gambier": true,
	"Pacific/Noumea": true,
}

// zoneOf returns the zone that times are written in, and its VTIMEZONE. A zone
// that is not French is written in UTC.
func zoneOf(zone *time.Location) (*time.Location, *goical.Component) {
	if rules, ok := changing[zone.String()]; ok {
		return zone, timezone(zone.String(), rules...)
	}
	if !fixed[zone.String()] {
		zone = time.UTC
	}
	name, seconds := time.Date(2000, 1, 1, 0, 0, 0, 0, zone).Zone()
	offset := offsetText(seconds)
	return zone, timezone(zone.String(), observance{goical.CompTimezoneStandard, "19700101T000000", offset, offset, name, ""})
}

func timezone(name string, rules ...observance) *goical.Component {
	c := goical.NewComponent(goical.CompTimezone)
	set(c, goical.PropTimezoneID, name)
	for _, o := range rules {
		part := goical.NewComponent(o.kind)
		set(part, goical.PropDateTimeStart, o.start)
		set(part, goical.PropTimezoneOffsetFrom, o.from)
		set(part, goical.PropTimezoneOffsetTo, o.to)
		set(part, goical.PropTimezoneName, o.name)
		if o.rule != "" {
			set(part, goical.PropRecurrenceRule, o.rule)
		}
		c.Children = append(c.Children, part)
	}
	return c
}

func offsetText(seconds int) string {
	sign := '+'
	if seconds < 0 {
		sign, seconds = '-', -seconds
	}
	return fmt.Sprintf("%c%02d%02d", sign, seconds/3600, seconds/60%60)
}
