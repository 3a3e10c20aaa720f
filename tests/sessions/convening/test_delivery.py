"""Convocations through a real SMTP server, read by what calendars are built on; and a server that fails."""

import json
import subprocess
from datetime import UTC, date, datetime, time, timedelta

import pytest
import vobject

from commission_app.accounts.states import Role
from commission_app.core import clock
from commission_app.core.config import ROOT
from commission_app.core.db import commit
from commission_app.core.outbox import run_due
from commission_app.sessions.convening.services import convene
from commission_app.sessions.hours import local_moment
from commission_app.sessions.services import cancel_session, move_session
from commission_app.sessions.states import SessionState
from tests import factories as make
from tests.sessions.people import make_team

NOVEMBER = datetime(2026, 11, 2, 9, tzinfo=UTC)
SUMMER, WINTER = date(2027, 7, 6), date(2027, 12, 14)


@pytest.fixture
def team(app):
    """Three who sit since last month, with addresses that any server takes."""
    with clock.frozen(NOVEMBER):
        made = make_team()
    made.lea.email = "lea@exemple.invalid"
    made.ines.email = "ines@exemple.invalid"
    return made


@pytest.fixture
def deliver(make_app, smtp_server):
    """Have a worker that knows this server do what is due at a moment; what arrived, by addressee."""
    worker = make_app(mail_backend="smtp", smtp_url=smtp_server.url)

    def do(at=NOVEMBER):
        commit()
        before = len(smtp_server.messages)
        with clock.frozen(at), worker.app_context():
            run_due()
        arrived = zip(smtp_server.recipients, smtp_server.messages, strict=True)
        return {to[0]: message for to, message in list(arrived)[before:]}

    return do


def day_on(team, on):
    return make.make_session(
        team.territory, team.hugo, team.lea, state=SessionState.PUBLISHED, starts_at=local_moment(on, time(9))
    )


def read(message):
    """The calendar part as ical.js understands it, vobject agreeing on the hour."""
    part = next(part for part in message.walk() if part.get_content_type() == "text/calendar")
    text = part.get_payload(decode=True).decode()
    program = ROOT / "tests" / "sessions" / "convening" / "read_ics.mjs"
    done = subprocess.run(["node", program], cwd=ROOT, input=text, capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)
    event = {
        **found["events"][0],
        "method": found["method"],
        "starts": datetime.fromisoformat(found["events"][0]["starts"]),
    }
    assert vobject.readOne(text).vevent.dtstart.value.astimezone(UTC) == event["starts"]
    assert part.get_param("method") == event["method"]
    return event


@pytest.mark.parametrize("on", [SUMMER, WINTER])
def test_a_day_enters_moves_in_and_leaves_the_calendars_of_those_invited(team, deliver, on):
    day, moved_to = day_on(team, on), on + timedelta(days=1)
    with clock.frozen(NOVEMBER):
        convene(team.nora, day)
    asked = deliver()
    with clock.frozen(NOVEMBER):
        move_session(team.nora, day, on=moved_to, version=day.version)
    moved = deliver()
    with clock.frozen(NOVEMBER):
        cancel_session(team.nora, day, reason="Salle inondée.", version=day.version)
    cancelled = deliver()
    assert set(asked) == set(moved) == set(cancelled) == {team.hugo.email, team.lea.email, team.ines.email}
    steps = [read(mails["lea@exemple.invalid"]) for mails in (asked, moved, cancelled)]
    assert [step["method"] for step in steps] == ["REQUEST", "REQUEST", "CANCEL"]
    assert [step["sequence"] for step in steps] == [0, 1, 2]
    assert {step["uid"] for step in steps} == {day.ics_uid}
    assert steps[0]["starts"] == local_moment(on, time(9))
    assert steps[1]["starts"] == steps[2]["starts"] == local_moment(moved_to, time(9))
    assert steps[2]["status"] == "CANCELLED"


def test_a_server_down_then_refusing_delays_each_mail_and_loses_none(team, deliver, smtp_server, client_for):
    odile = make.make_user("Odile", Role.ADMINISTRATOR)
    with clock.frozen(NOVEMBER):
        convene(team.nora, day_on(team, WINTER))
    smtp_server.stop()
    assert not deliver()
    assert "injoignable" in what_the_administrator_reads(client_for, odile)
    assert not deliver(), "a mail that failed a moment ago is not tried again at once"

    smtp_server.start()
    smtp_server.refusal = "451 4.3.0 Plus tard"
    assert not deliver(NOVEMBER + timedelta(minutes=1))
    page = what_the_administrator_reads(client_for, odile)
    assert "3 courriels ne sont pas partis" in page
    assert "Réponse 451 du serveur de courriel" in page

    smtp_server.refusal = ""
    arrived = deliver(NOVEMBER + timedelta(minutes=10))
    assert set(arrived) == {team.hugo.email, team.lea.email, team.ines.email}
    assert not deliver(NOVEMBER + timedelta(days=1)), "none twice"
    assert "Tous les courriels sont partis" in what_the_administrator_reads(client_for, odile)


def what_the_administrator_reads(client_for, odile):
    """The page of the mails, which names nobody."""
    client = client_for(odile)
    client.forbidden |= {"lea@exemple.invalid", "ines@exemple.invalid", "/reponse/"}
    return client.get("/administration/courriels").text.replace("\u00a0", " ")
