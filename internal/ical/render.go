package ical

import (
	"bytes"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"

	goical "github.com/emersion/go-ical"

	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/civil"
)

const (
	product = "-//Relais//Agenda SNP//FR"
	// refresh is how often a calendar program is asked to look; most take
	// hours all the same.
	refresh = "PT15M"
	color   = "teal" // a CSS name, as RFC 7986 asks
	local   = "20060102T150405"
	utc     = local + "Z"
)

// Render writes a calendar as iCalendar (RFC 5545 and 7986): CRLF, folded, the
// same bytes for the same calendar. A calendar without entries is a valid feed.
// link is the page of Relais that the calendar and its entries point to.
func Render(c agenda.Calendar, link *url.URL) ([]byte, error) {
	zone, described := zoneOf(c.Zone)
	cal := goical.NewCalendar()
	set(cal.Component, goical.PropVersion, "2.0")
	set(cal.Component, goical.PropProductID, product)
	set(cal.Component, goical.PropCalendarScale, "GREGORIAN")
	setText(cal.Component, goical.PropName, c.Name)
	setText(cal.Component, "X-WR-CALNAME", c.Name)
	set(cal.Component, "X-WR-TIMEZONE", zone.String())
	set(cal.Component, goical.PropRefreshInterval, refresh, goical.ParamValue, string(goical.ValueDuration))
	set(cal.Component, "X-PUBLISHED-TTL", refresh)
	set(cal.Component, goical.PropColor, color)
	set(cal.Component, goical.PropURL, link.String())
	cal.Children = append(cal.Children, described)
	for _, e := range c.Entries {
		cal.Children = append(cal.Children, event(e, zone, link.String()))
	}
	var text bytes.Buffer
	if err := goical.NewEncoder(&text).Encode(cal); err != nil {
		return nil, fmt.Errorf("ical: render feed %s: %w", c.Feed.ID, err)
	}
	return fold(text.Bytes()), nil
}

func event(e agenda.Entry, zone *time.Location, link string) *goical.Component {
	v := goical.NewComponent(goical.CompEvent)
	changed := e.ChangedAt.UTC().Format(utc)
	set(v, goical.PropUID, uid(e))
	set(v, goical.PropSequence, strconv.FormatInt(e.Revision, 10))
	set(v, goical.PropDateTimeStamp, changed)
	set(v, goical.PropLastModified, changed)
	setTimes(v, e.Start, e.End, zone)
	setText(v, goical.PropSummary, summary(e, zone))
	setText(v, goical.PropDescription, manner(e.Modality)+". Détails dans Relais : "+link)
	if place := where(e); place != "" {
		setText(v, goical.PropLocation, place)
	}
	set(v, goical.PropURL, link)
	set(v, goical.PropClass, "PRIVATE")
	setBusy(v, e.State)
	return v
}

// uid stays the same as long as the slot or the booking exists.
func uid(e agenda.Entry) string {
	if e.Booking != "" {
		return "booking-" + e.Booking + "@relais"
	}
	return "slot-" + e.Slot + "@relais"
}

func setBusy(v *goical.Component, state agenda.EntryState) {
	status, transparent, busy := "CONFIRMED", "TRANSPARENT", "FREE"
	switch state {
	case agenda.EntryBooked:
		transparent, busy = "OPAQUE", "BUSY"
	case agenda.EntryCancelled:
		status = "CANCELLED"
	}
	set(v, goical.PropStatus, status)
	set(v, goical.PropTransparency, transparent)
	set(v, "X-MICROSOFT-CDO-BUSYSTATUS", busy)
}

// setTimes writes start and end on the clock of the zone, or both in UTC when
// the clock shows one of them twice and could not tell them apart.
func setTimes(v *goical.Component, start, end time.Time, zone *time.Location) {
	if zone == time.UTC || twice(start, zone) || twice(end, zone) {
		set(v, goical.PropDateTimeStart, start.UTC().Format(utc))
		set(v, goical.PropDateTimeEnd, end.UTC().Format(utc))
		return
	}
	set(v, goical.PropDateTimeStart, start.In(zone).Format(local), goical.PropTimezoneID, zone.String())
	set(v, goical.PropDateTimeEnd, end.In(zone).Format(local), goical.PropTimezoneID, zone.String())
}

// twice reports whether the clock of the zone shows the time of t twice that night.
func twice(t time.Time, zone *time.Location) bool {
	clock := civil.ClockOf(t, zone)
	return civil.ClockOf(t.Add(time.Hour), zone) == clock || civil.ClockOf(t.Add(-time.Hour), zone) == clock
}

// set writes a value that needs no escaping, with parameters by pairs.
func set(c *goical.Component, name, value string, params ...string) {
	p := goical.NewProp(name)
	p.Value = value
	for i := 0; i+1 < len(params); i += 2 {
		p.Params.Set(params[i], params[i+1])
	}
	c.Props.Set(p)
}

var escape = strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`)

// setText writes text without naming its type, which calendar programs do not
// expect on names of their own (X-WR-CALNAME).
func setText(c *goical.Component, name, text string) {
	set(c, name, escape.Replace(plain(text)))
}
