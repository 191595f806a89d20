# Reads a feed from standard input with icalendar and tells what it understood, as JSON:
# the events, and the offsets that the VTIMEZONE gives, beside those of the machine's zone.
import datetime
import json
import sys

import icalendar
import pytz

calendar = icalendar.Calendar.from_ical(sys.stdin.buffer.read())
events = []
for event in calendar.walk("VEVENT"):
    start, end = event["DTSTART"].dt, event["DTEND"].dt
    events.append({
        "uid": str(event["UID"]),
        "sequence": int(event["SEQUENCE"]),
        "start": int(start.timestamp()),
        "end": int(end.timestamp()),
        "summary": str(event["SUMMARY"]),
        "location": str(event.get("LOCATION", "")),
        "status": str(event["STATUS"]),
        "transparency": str(event["TRANSP"]),
    })

wrong = []
for zone in calendar.walk("VTIMEZONE"):
    described, known = zone.to_tz(), pytz.timezone(str(zone["TZID"]))
    moment = datetime.datetime(2026, 1, 1, tzinfo=pytz.utc)
    while moment.year < 2031:
        if moment.astimezone(described).utcoffset() != moment.astimezone(known).utcoffset():
            wrong.append(moment.isoformat())
        moment += datetime.timedelta(hours=1)

json.dump({"name": str(calendar["X-WR-CALNAME"]), "events": events, "wrongOffsets": wrong[:3]}, sys.stdout)
