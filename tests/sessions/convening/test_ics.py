"""Calendar objects, read by the parsers that calendar programs are built on, in summer and in winter."""

import json
import subprocess
from datetime import UTC, date, datetime, time, timedelta

import icalendar
import pytest
import vobject

from commission_app.core.config import ROOT
from commission_app.sessions.convening.ics import Sender, cancellation_for, feed_of, request_for
from commission_app.sessions.hours import local_moment
from commission_app.sessions.states import SessionState
from tests import factories as make

SENDER = Sender("Commission SPIE", "commission@exemple.invalid")
URL = "https://exemple.invalid/sessions/1"
#: Both sides of both changes of hour, midsummer and midwinter.
SPRING = (date(2027, 3, 26), date(2027, 3, 29))
AUTUMN = (date(2027, 10, 29), date(2027, 11, 2))
DAYS = [*SPRING, date(2027, 7, 6), *AUTUMN, date(2027, 12, 14)]


def day_on(on):
    """A day from 9 to 17 in metropolitan France."""
    return make.make_session(
        make.make_territory(),
        starts_at=local_moment(on, time(9)),
        created_at=datetime(2026, 1, 1, tzinfo=UTC),
    )


def read_by_ical_js(text):
    """What ical.js understands; needs the npm packages, as the pages do."""
    program = ROOT / "tests" / "sessions" / "convening" / "read_ics.mjs"
    done = subprocess.run(["node", program], cwd=ROOT, input=text, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


@pytest.mark.parametrize("on", DAYS)
def test_every_reader_finds_nine_o_clock_in_paris(app, on):
    text = request_for(day_on(on), sender=SENDER, addressee="lea@exemple.invalid", url=URL)
    expected = local_moment(on, time(9))
    assert datetime.fromisoformat(read_by_ical_js(text)["events"][0]["starts"]) == expected
    assert vobject.readOne(text).vevent.dtstart.value.astimezone(UTC) == expected
    event = next(iter(icalendar.Calendar.from_ical(text).walk("VEVENT")))
    assert event.start.astimezone(UTC) == expected
    assert read_by_ical_js(text)["events"][0]["zone"] == "Europe/Paris"


def test_a_request_names_the_addressee_alone_and_nothing_personal(app):
    day = day_on(DAYS[0])
    text = request_for(day, sender=SENDER, addressee="lea@exemple.invalid", url=URL)
    calendar = icalendar.Calendar.from_ical(text)
    event = next(iter(calendar.walk("VEVENT")))
    assert calendar["METHOD"] == "REQUEST"
    assert event["SUMMARY"] == "Commission SPIE – Pays d’Arles"
    assert str(event["ATTENDEE"]) == "mailto:lea@exemple.invalid"
    assert str(event["ORGANIZER"]) == "mailto:commission@exemple.invalid"
    assert event["UID"] == day.ics_uid
    assert event["SEQUENCE"] == 0
    assert event["DTSTAMP"]
    assert len(calendar.walk("VTIMEZONE")) == 1
    assert "RRULE" not in event
    assert text.count("BEGIN:VEVENT") == 1


def test_a_cancellation_says_so_twice(app):
    day = day_on(DAYS[0])
    day.ics_sequence = 3
    text = cancellation_for(day, sender=SENDER, addressee="lea@exemple.invalid", url=URL)
    read = read_by_ical_js(text)
    assert read["method"] == "CANCEL"
    assert read["events"][0]["status"] == "CANCELLED"
    assert read["events"][0]["sequence"] == 3


def test_lines_are_folded_as_the_standard_asks(app):
    day = day_on(DAYS[0])
    day.place = (
        "Salle des Alyscamps, Pôle d’insertion d’Arles, deuxième étage, à gauche ; entrée par la cour" * 2
    )
    text = request_for(day, sender=SENDER, addressee="lea@exemple.invalid", url=URL)
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert vobject.readOne(text).vevent.location.value == day.place


def test_a_feed_shows_what_stands_and_what_was_cancelled(app):
    days = [day_on(DAYS[0])]
    other = make.make_session(
        days[0].territory, state=SessionState.CANCELLED, starts_at=days[0].starts_at + timedelta(days=90)
    )
    text = feed_of([(day, URL) for day in (*days, other)], sender=SENDER, name="Commissions")
    read = read_by_ical_js(text)
    assert read["method"] == "PUBLISH"
    assert [event["status"] for event in read["events"]] == ["CONFIRMED", "CANCELLED"]
    assert "ATTENDEE" not in text
