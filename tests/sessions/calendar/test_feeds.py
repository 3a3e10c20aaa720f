"""Secret addresses that calendar programs read."""

import re
from datetime import timedelta

import icalendar
import pytest
from sqlalchemy import select

from commission_app.core import clock
from commission_app.core.db import commit, db
from commission_app.core.errors import NotAllowedError
from commission_app.sessions.calendar.feeds.services import renew_feed, revoke_feed
from commission_app.sessions.calendar.models import CalendarFeed
from commission_app.sessions.states import SessionState
from tests import factories as make
from tests.sessions.people import Team, make_team

ADDRESS = re.compile(r"http://localhost(/agenda/[\w-]+\.ics)")


@pytest.fixture
def team(app) -> Team:
    """A territory with its coordination and three binômes."""
    return make_team()


def events_of(answer):
    """What a calendar program understands of an answer."""
    assert answer.status_code == 200
    assert answer.mimetype == "text/calendar"
    assert answer.headers["Cache-Control"] == "no-store"
    return icalendar.Calendar.from_ical(answer.get_data()).walk("VEVENT")


def test_a_person_makes_the_own_address_and_reads_it_without_signing_in(team, client_for, client):
    day = make.make_session(team.territory, state=SessionState.PUBLISHED)
    make.make_session(team.territory, state=SessionState.PROPOSED)
    commit()
    hugo = client_for(team.hugo)
    assert hugo.submit("/mon-calendrier", page="/mon-calendrier").status_code == 303
    url = ADDRESS.search(hugo.get("/mon-calendrier").get_data(as_text=True))[1]
    assert not ADDRESS.search(hugo.get("/mon-calendrier").get_data(as_text=True))
    events = events_of(client.get(url))
    assert [str(event["UID"]) for event in events] == [day.ics_uid]


def test_nothing_personal_stands_in_a_feed(team, client):
    day = make.make_session(team.territory, team.hugo, team.lea)
    dossier = make.make_dossier(team.hugo, team.territory, last_name="Canari-Mimosa")
    make.make_item(day, dossier=dossier)
    token = renew_feed(team.nora, team.territory)
    commit()
    client.forbidden |= {"Canari", dossier.code, team.hugo.last_name, team.hugo.email, "ATTENDEE"}
    assert events_of(client.get(f"/agenda/{token}.ics"))


def test_a_new_address_ends_the_former_and_only_a_hash_is_kept(team, client):
    first, second = renew_feed(team.hugo), renew_feed(team.hugo)
    commit()
    assert client.get(f"/agenda/{first}.ics").status_code == 404
    assert client.get(f"/agenda/{second}.ics").status_code == 200
    assert second not in set(db.session.scalars(select(CalendarFeed.token_hash)))


def test_a_withdrawn_address_and_that_of_a_closed_account_say_nothing(team, client):
    withdrawn, closed = renew_feed(team.hugo), renew_feed(team.lea)
    revoke_feed(team.hugo)
    team.lea.closed_at = clock.now() - timedelta(minutes=1)
    commit()
    for token in (withdrawn, closed, "inconnu"):
        assert client.get(f"/agenda/{token}.ics").status_code == 404


def test_a_member_has_no_feed_of_the_territory(team, client_for):
    with pytest.raises(NotAllowedError):
        renew_feed(team.hugo, team.territory)
    commit()
    answer = client_for(team.hugo).submit(
        "/mon-calendrier", {"territory": str(team.territory.id)}, page="/mon-calendrier"
    )
    assert answer.status_code == 404


def test_a_cancelled_day_stays_in_the_feed_as_cancelled(team, client):
    make.make_session(team.territory, state=SessionState.CANCELLED)
    token = renew_feed(team.nora, team.territory)
    commit()
    assert [str(event["STATUS"]) for event in events_of(client.get(f"/agenda/{token}.ics"))] == ["CANCELLED"]
