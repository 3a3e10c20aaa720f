"""Days of commission as iCalendar objects: what every calendar program reads alike.

Nothing personal stands in them but the addressee's own address: no title of a person, no point of an agenda.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from icalendar import Calendar, Event, Timezone, vCalAddress, vText, vUri

from commission_app.core import clock
from commission_app.sessions.models import CommissionSession
from commission_app.sessions.states import SessionState

PRODUCT = "-//Commission SPIE//FR"
#: Written by hand with yearly rules: every reader then finds the same hour in summer and in winter.
RULES = b"""BEGIN:VTIMEZONE
TZID:Europe/Paris
BEGIN:DAYLIGHT
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
DTSTART:19960331T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE
"""
EUROPE_PARIS = Timezone.from_ical(RULES.replace(b"\n", b"\r\n"))
CONFIRMED = frozenset({SessionState.CONVENED, SessionState.LIVE, SessionState.CLOSED})


@dataclass(frozen=True)
class Sender:
    """Who organises, as mails and calendars say it: the words of the product and the address of sending."""

    product: str
    address: str


def request_for(day: CommissionSession, *, sender: Sender, addressee: str, url: str) -> str:
    """The invitation of one person to a day, or its update: METHOD:REQUEST with the day's present number."""
    event = _event(day, sender, url)
    event.add("status", "CONFIRMED")
    return _calendar("REQUEST", [_between(event, sender, addressee, "NEEDS-ACTION")])


def cancellation_for(day: CommissionSession, *, sender: Sender, addressee: str, url: str) -> str:
    """What takes a day out of one person's calendar: METHOD:CANCEL with the day's present number."""
    event = _event(day, sender, url)
    event.add("status", "CANCELLED")
    return _calendar("CANCEL", [_between(event, sender, addressee, "")])


def feed_of(days: Iterable[tuple[CommissionSession, str]], *, sender: Sender, name: str) -> str:
    """A calendar to subscribe to: each day with the address of its page."""
    events = []
    for day, url in days:
        event = _event(day, sender, url)
        event.add("status", _status(day))
        events.append(event)
    return _calendar("PUBLISH", events, name)


def _calendar(method: str, events: list[Event], name: str = "") -> str:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    if name:
        calendar.add("name", name)
        calendar.add("x-wr-calname", name)
        calendar.add("x-published-ttl", "PT6H")
    calendar.add_component(EUROPE_PARIS)
    for event in events:
        calendar.add_component(event)
    text: bytes = calendar.to_ical()
    return text.decode()


def _event(day: CommissionSession, sender: Sender, url: str) -> Event:
    event = Event()
    event.add("uid", day.ics_uid)
    event.add("sequence", day.ics_sequence)
    event.add("dtstamp", clock.now())
    event.add("created", day.created_at)
    event.add("dtstart", clock.local(day.starts_at))
    event.add("dtend", clock.local(day.ends_at))
    event.add("summary", f"{sender.product} – {day.territory.name}")
    if day.place:
        event.add("location", day.place)
    event.add("description", f"Ordre du jour et réponses après connexion : {url}")
    event.add("url", vUri(url))
    event.add("transp", "OPAQUE")
    return event


def _between(event: Event, sender: Sender, addressee: str, participation: str) -> Event:
    organizer = vCalAddress(f"mailto:{sender.address}")
    organizer.params["cn"] = vText(sender.product)
    event.add("organizer", organizer)
    attendee = vCalAddress(f"mailto:{addressee}")
    attendee.params["role"] = vText("REQ-PARTICIPANT")
    attendee.params["rsvp"] = vText("FALSE")
    if participation:
        attendee.params["partstat"] = vText(participation)
    event.add("attendee", attendee)
    return event


def _status(day: CommissionSession) -> str:
    if day.state is SessionState.CANCELLED:
        return "CANCELLED"
    return "CONFIRMED" if day.state in CONFIRMED else "TENTATIVE"
