# Reads feeds with icalendar, from an object of texts in JSON on standard input, and tells what it
# understood of each: its events and, with the argument "offsets", the first hours of two years at
# which its VTIMEZONE gives another offset than the zone of that name.
import datetime
import json
import sys

import icalendar
import pytz


def understood(text):
    calendar = icalendar.Calendar.from_ical(text.encode())
    events = [
        {
            "uid": str(event["UID"]),
            "sequence": int(event["SEQUENCE"]),
            "start": int(event["DTSTART"].dt.timestamp()),
            "end": int(event["DTEND"].dt.timestamp()),
            "summary": str(event["SUMMARY"]),
            "location": str(event.get("LOCATION", "")),
            "status": str(event["STATUS"]),
            "transparency": str(event["TRANSP"]),
        }
        for event in calendar.walk("VEVENT")
    ]
    zones = calendar.walk("VTIMEZONE") if "offsets" in sys.argv else []
    wrong = [moment for zone in zones for moment in wrong_offsets(zone)]
    return {"name": str(calendar["X-WR-CALNAME"]), "events": events, "wrongOffsets": wrong[:3]}


def wrong_offsets(zone):
    described, known = zone.to_tz(), pytz.timezone(str(zone["TZID"]))
    moment = datetime.datetime(2026, 1, 1, tzinfo=pytz.utc)
    while moment.year < 2028:
        if moment.astimezone(described).utcoffset() != moment.astimezone(known).utcoffset():
            yield moment.isoformat()
        moment += datetime.timedelta(hours=1)


json.dump({name: understood(text) for name, text in json.load(sys.stdin).items()}, sys.stdout)
