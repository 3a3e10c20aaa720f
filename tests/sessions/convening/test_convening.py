"""Convening, answering, reminding, cancelling: what each act sends, and to whom."""

import re
from datetime import UTC, date, datetime, time, timedelta

import icalendar
import pytest
from sqlalchemy import select

from commission_app.core import clock
from commission_app.core.db import commit, db
from commission_app.core.errors import InvalidInputError, NotAllowedError, WrongStateError
from commission_app.core.outbox import Job, run_due
from commission_app.dossiers.states import DossierState
from commission_app.sessions.convening.models import Invitation
from commission_app.sessions.convening.queries import answers_to
from commission_app.sessions.convening.services import (
    answer_invitation,
    ask_again,
    convene,
    remove_invitation,
)
from commission_app.sessions.hours import local_moment
from commission_app.sessions.models import CommissionSession
from commission_app.sessions.services import cancel_session, edit_session, move_session
from commission_app.sessions.states import Answer, ItemState, SessionState
from tests import factories as make
from tests.sessions.people import Team, make_team

NOVEMBER = datetime(2026, 11, 2, 9, tzinfo=UTC)
LINK = re.compile(r"http://localhost(/reponse/\S+)")


@pytest.fixture(autouse=True)
def november():
    """Five weeks before the session."""
    with clock.frozen(NOVEMBER):
        yield


@pytest.fixture
def team(app) -> Team:
    """A territory with its coordination and three binômes."""
    return make_team()


@pytest.fixture
def day(team) -> CommissionSession:
    """A published day of December, run by two."""
    return make.make_session(
        team.territory, team.hugo, team.lea, state=SessionState.PUBLISHED,
        starts_at=local_moment(date(2026, 12, 8), time(9)),
    )  # fmt: skip


@pytest.fixture
def convened(team, day, mails) -> CommissionSession:
    """The day once convened, its mails delivered and forgotten."""
    convene(team.nora, day)
    sent(mails)
    mails.clear()
    return day


def sent(mails):
    """Deliver what waits; the messages by first name of the addressee."""
    commit()
    run_due()
    return {message["To"].partition(".")[0]: message for message in mails}


def calendar_of(message):
    """The calendar part of a message, its MIME type checked on the way."""
    part = next(part for part in message.walk() if part.get_content_type() == "text/calendar")
    calendar = icalendar.Calendar.from_ical(part.get_payload(decode=True))
    assert part.get_param("method") == calendar["METHOD"]
    assert part["Content-Transfer-Encoding"] == "base64"
    return calendar, next(iter(calendar.walk("VEVENT")))


def text_of(message):
    """What a person without HTML reads."""
    return message.get_body(("plain",)).get_content()


def link_of(message):
    """The address to answer at."""
    return LINK.search(text_of(message))[1]


def invitation_of(user):
    """The only invitation of a person."""
    return db.session.scalars(select(Invitation).where(Invitation.user_id == user.id)).one()


def test_each_member_receives_one_mail_with_the_own_calendar_object(team, day, mails):
    plan = convene(team.nora, day)
    letters = sent(mails)
    assert (len(plan.new), plan.structures, len(mails)) == (3, 3, 3)
    for user in (team.hugo, team.lea, team.ines):
        calendar, event = calendar_of(letters[user.first_name.lower()])
        assert calendar["METHOD"] == "REQUEST"
        assert event["SEQUENCE"] == 0
        assert str(event["ATTENDEE"]) == f"mailto:{user.email}"
    assert len({link_of(letter) for letter in mails}) == 3
    assert db.session.get_one(CommissionSession, day.id).state is SessionState.CONVENED


def test_a_second_convening_writes_only_to_who_is_new(team, convened, mails):
    newcomer = make.make_user("Sami", structure=team.mobility)
    make.make_binome(team.territory, team.mobility, technicien=newcomer)
    convene(team.nora, convened)
    assert list(sent(mails)) == ["sami"]


def test_nothing_secret_nor_personal_leaves_in_a_mail(team, day, mails):
    dossier = make.make_dossier(team.hugo, team.territory, last_name="Canari-Tournesol")
    make.make_item(day, dossier=dossier)
    convene(team.nora, day)
    sent(mails)
    for message in mails:
        everything = message.as_string() + calendar_of(message)[0].to_ical().decode()
        assert "Canari" not in everything
        assert dossier.code not in everything
    stored = db.session.scalars(select(Invitation.token_hash)).all()
    assert all(hash_ and hash_ not in text_of(message) for hash_ in stored for message in mails)
    assert not [job for job in db.session.scalars(select(Job)) if job.kind == "send_mail" and job.payload]


def test_a_moved_day_keeps_its_name_and_grows_its_number(team, convened, mails):
    answer_invitation(team.hugo, invitation_of(team.hugo), answer=Answer.PRESENT)
    move_session(team.nora, convened, on=date(2026, 12, 10), version=convened.version)
    letters = sent(mails)
    _, event = calendar_of(letters["léa"])
    assert len(mails) == 3
    assert event["SEQUENCE"] == 1
    assert event["UID"] == convened.ics_uid
    assert event.start.date() == date(2026, 12, 10)
    assert invitation_of(team.hugo).answer is Answer.NONE


def test_what_calendars_need_not_know_is_not_mailed(team, convened, mails):
    edit_session(
        team.nora, convened, version=convened.version, starts_at=convened.starts_at, ends_at=convened.ends_at,
        access="Entrée par la cour",
    )  # fmt: skip
    assert not sent(mails)
    assert db.session.get_one(CommissionSession, convened.id).ics_sequence == 0


def test_a_cancelled_day_leaves_every_calendar(team, convened, mails):
    cancel_session(team.nora, convened, reason="Salle inondée.", version=convened.version)
    letters = sent(mails)
    calendar, event = calendar_of(letters["hugo"])
    assert len(mails) == 3
    assert calendar["METHOD"] == "CANCEL"
    assert event["STATUS"] == "CANCELLED"
    assert event["SEQUENCE"] == 1
    assert "Salle inondée." in text_of(letters["hugo"])


def test_the_situations_of_a_cancelled_day_wait_for_another(team, convened):
    dossier = make.make_dossier(team.hugo, team.territory, DossierState.SCHEDULED)
    item = make.make_item(convened, dossier=dossier)
    cancel_session(team.nora, convened, reason="Grève.", version=convened.version)
    assert dossier.state is DossierState.RETAINED
    assert item.state is ItemState.POSTPONED


def test_a_convened_day_is_not_cancelled_without_a_reason(team, convened):
    with pytest.raises(InvalidInputError):
        cancel_session(team.nora, convened, reason="", version=convened.version)


def test_who_is_removed_alone_receives_a_cancellation_and_may_come_back(team, convened, mails):
    remove_invitation(team.nora, invitation_of(team.ines))
    letters = sent(mails)
    assert list(letters) == ["inès"]
    assert calendar_of(letters["inès"])[1]["SEQUENCE"] == 1
    mails.clear()
    convene(team.nora, db.session.get_one(CommissionSession, convened.id))
    again = sent(mails)
    assert list(again) == ["inès"]
    assert calendar_of(again["inès"])[1]["SEQUENCE"] == 2


def test_only_the_coordination_convenes_and_only_a_published_day(team, day):
    with pytest.raises(NotAllowedError):
        convene(team.hugo, day)
    day.state = SessionState.PROPOSED
    with pytest.raises(WrongStateError):
        convene(team.nora, day)


def test_nobody_to_invite_is_said(app):
    empty = make.make_territory("Istres – Martigues", "IST")
    nora = make.make_user("Nora")
    make.grant(nora, make.Role.COORDINATOR, empty)
    with pytest.raises(WrongStateError, match="Aucun binôme"):
        convene(nora, make.make_session(empty, state=SessionState.PUBLISHED))


def test_reminders_go_to_the_silent_fifteen_and_three_days_before(team, convened, mails):
    answer_invitation(team.hugo, invitation_of(team.hugo), answer=Answer.PRESENT)
    commit()
    received = {}
    for day_number in range(1, 40):
        with clock.frozen(NOVEMBER + timedelta(days=day_number)):
            if letters := sent(mails):
                received[clock.today()] = sorted(letters)
            mails.clear()
    assert received == {date(2026, 11, 23): ["inès", "léa"], date(2026, 12, 5): ["inès", "léa"]}


def test_reminders_follow_the_date_and_stop_with_a_cancellation(team, convened, mails):
    move_session(team.nora, convened, on=date(2026, 12, 15), version=convened.version)
    sent(mails)
    mails.clear()
    with clock.frozen(datetime(2026, 11, 24, 9, tzinfo=UTC)):
        assert not sent(mails)
    with clock.frozen(datetime(2026, 11, 30, 9, tzinfo=UTC)):
        assert len(sent(mails)) == 3
    mails.clear()
    moved = db.session.get_one(CommissionSession, convened.id)
    cancel_session(team.nora, moved, reason="Grève.", version=moved.version)
    sent(mails)
    mails.clear()
    with clock.frozen(datetime(2026, 12, 12, 9, tzinfo=UTC)):
        assert not sent(mails)


def test_the_silent_are_asked_again_at_most_once_a_day(team, convened, mails):
    answer_invitation(team.hugo, invitation_of(team.hugo), answer=Answer.ABSENT)
    assert ask_again(team.nora, convened) == 2
    ask_again(team.nora, convened)
    assert sorted(sent(mails)) == ["inès", "léa"]
    assert len(mails) == 2


def test_a_link_shows_on_get_and_records_on_post(team, day, mails, client):
    convene(team.nora, day)
    url = link_of(sent(mails)["léa"])
    page = client.get(url)
    assert page.status_code == 200
    assert page.headers["Cache-Control"] == "no-store"
    assert invitation_of(team.lea).answered_at is None
    answer = client.submit(
        url, {"answer": "partly", "until_time": "12:00", "takes_lunch": "y", "diet": "Végétarien"}
    )
    assert answer.status_code == 303
    db.session.expire_all()
    invitation = invitation_of(team.lea)
    assert (invitation.answer, invitation.until_time) == (Answer.PRESENT, time(12))
    assert (invitation.takes_lunch, invitation.diet) == (True, "Végétarien")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({}, "Dites si vous venez."),
        ({"answer": "replaced"}, "Écrivez le nom"),
        ({"answer": "partly"}, "heure d’arrivée ou de départ"),
        ({"answer": "partly", "from_time": "15:00", "until_time": "10:00"}, "doit venir après"),
    ],
)
def test_an_incomplete_answer_is_refused_and_kept(team, day, mails, client, typed, said):
    convene(team.nora, day)
    url = link_of(sent(mails)["léa"])
    answer = client.submit(url, typed | {"diet": "sans gluten"}, page=url)
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert said in text
    assert "sans gluten" in text
    assert invitation_of(team.lea).answered_at is None


def test_a_link_ends_with_the_invitation_the_day_and_the_account(team, day, mails, client):
    convene(team.nora, day)
    letters = sent(mails)
    remove_invitation(team.nora, invitation_of(team.ines))
    db.session.merge(team.hugo).closed_at = clock.now()
    commit()
    assert client.get(link_of(letters["inès"])).status_code == 410
    assert client.get(link_of(letters["hugo"])).status_code == 410
    assert client.get("/reponse/inconnu").status_code == 410
    with clock.frozen(datetime(2026, 12, 9, tzinfo=UTC)):
        assert client.get(link_of(letters["léa"])).status_code == 410


def test_the_table_says_who_is_silent_at_risk_and_eats(team, convened):
    team.hugo.structure.label_on = team.mobility.label_on = date(2025, 1, 1)
    answer_invitation(team.hugo, invitation_of(team.hugo), answer=Answer.ABSENT, takes_lunch=True)
    answer_invitation(
        team.lea, invitation_of(team.lea), answer=Answer.PRESENT, takes_lunch=True, diet="Végétarien"
    )
    table = answers_to(convened)
    assert [row.structure.name for row in table.silent] == ["Mobilité Sud"]
    assert [row.structure.name for row in table.at_risk] == ["CCAS d’Arles"]
    assert (table.lunch_count, table.diets) == (1, [("végétarien", 1)])
    with clock.frozen(datetime(2026, 11, 30, tzinfo=UTC)):
        assert len(answers_to(convened).at_risk) == 2


def test_the_coordination_notes_an_answer_given_by_phone_and_others_do_not(team, convened, client_for):
    invitation = invitation_of(team.ines)
    url = f"/sessions/{convened.id}/convocations/{invitation.id}/reponse"
    commit()
    assert client_for(team.hugo).get(url).status_code == 404
    assert (
        client_for(team.nora).submit(url, {"answer": "replaced", "replaced_by": "Paul"}, page=url).status_code
        == 303
    )
    db.session.expire_all()
    assert invitation_of(team.ines).replaced_by == "Paul"


def test_the_coordination_convenes_on_screen(team, day, client_for, mails):
    commit()
    nora = client_for(team.nora)
    page = nora.get(f"/sessions/{day.id}/convocations/relire").get_data(as_text=True)
    assert "3\u00a0personnes" in page
    assert "3\u00a0structures" in page
    assert nora.submit(f"/sessions/{day.id}/convocations").status_code == 303
    assert len(sent(mails)) == 3
