"""An urgent request goes technicien, cadre, coordination by the clock, and one person has it at a time."""

import contextvars
import threading
from datetime import timedelta

import pytest
from sqlalchemy import select

from commission_app.accounts.states import Role
from commission_app.binomes.models import Absence, UrgentRequest
from commission_app.binomes.states import UrgentLevel, UrgentState
from commission_app.binomes.urgent.notifications import pass_on_what_waits
from commission_app.binomes.urgent.queries import get_request
from commission_app.binomes.urgent.relay import steps_of
from commission_app.binomes.urgent.services import (
    answer_request,
    ask_urgently,
    close_request,
    relay_overdue,
    take_request,
)
from commission_app.core import clock
from commission_app.core.db import commit, db
from commission_app.core.errors import DomainError, NotAllowedError, NotFoundError, WrongStateError
from commission_app.core.outbox import run_due
from tests.factories import make_dossier, make_user

TEXT = "Un adulte et deux enfants, hébergement qui s’arrête demain."


@pytest.fixture
def asked(crew):
    """Amina asks the Mas for help."""
    request = ask_urgently(crew.amina, crew.binome, title="Famille à reloger", text=TEXT, delay_minutes=60)
    commit()
    return request


def away(user, stand_in=None):
    """A person away today, and tomorrow, which may begin before the test ends."""
    today = clock.today()
    absence = Absence(user=user, stand_in=stand_in, starts_on=today, ends_on=today + timedelta(days=1))
    db.session.add(absence)
    db.session.flush()


def later(minutes):
    """The same moment, minutes on."""
    return clock.frozen(clock.now() + timedelta(minutes=minutes))


def test_the_technicien_is_asked_first(crew, asked):
    assert (asked.level, asked.asked) == (UrgentLevel.TECHNICIEN, crew.aubin)


def test_the_stand_in_of_an_absent_technicien_is_asked(crew):
    away(crew.aubin, crew.elia)
    request = ask_urgently(crew.amina, crew.binome, title="Aide", text=TEXT, delay_minutes=60)
    assert request.asked is crew.elia
    assert request.relays[0].absent_id == crew.aubin.id


def test_an_absent_technicien_without_stand_in_is_passed_over(crew):
    away(crew.aubin)
    request = ask_urgently(crew.amina, crew.binome, title="Aide", text=TEXT, delay_minutes=60)
    assert (request.level, request.asked) == (UrgentLevel.CADRE, crew.maud)


def test_a_cadre_who_stands_in_is_not_asked_twice(crew):
    away(crew.aubin, crew.maud)
    request = ask_urgently(crew.amina, crew.binome, title="Aide", text=TEXT, delay_minutes=60)
    with later(61):
        relay_overdue(None)
    assert request.level is UrgentLevel.COORDINATION


def test_a_technicien_who_asks_the_own_pair_is_not_called(crew):
    request = ask_urgently(crew.aubin, crew.binome, title="Aide", text=TEXT, delay_minutes=60)
    assert (request.level, request.asked) == (UrgentLevel.CADRE, crew.maud)


def test_a_cadre_who_asks_is_passed_over_by_the_clock(crew):
    request = ask_urgently(crew.maud, crew.binome, title="Aide", text=TEXT, delay_minutes=60)
    assert request.asked is crew.aubin
    assert [step.title for step in steps_of(request)] == ["Technicien, maintenant", "Coordination"]
    with later(61):
        relay_overdue(None)
    assert (request.level, request.asked) == (UrgentLevel.COORDINATION, None)


def test_who_asks_and_stands_in_for_the_technicien_is_not_called(crew):
    away(crew.aubin, crew.elia)
    request = ask_urgently(crew.elia, crew.binome, title="Aide", text=TEXT, delay_minutes=60)
    assert (request.level, request.asked) == (UrgentLevel.CADRE, crew.maud)


def test_the_stand_in_of_an_absent_cadre_is_asked_after_the_delay(crew, asked):
    away(crew.maud, crew.elia)
    with later(61):
        relay_overdue(None)
    assert (asked.level, asked.asked) == (UrgentLevel.CADRE, crew.elia)
    assert asked.relays[-1].absent_id == crew.maud.id


def test_a_closed_account_is_passed_over(crew):
    crew.aubin.closed_at = clock.now()
    request = ask_urgently(crew.amina, crew.binome, title="Aide", text=TEXT, delay_minutes=60)
    assert (request.level, request.asked) == (UrgentLevel.CADRE, crew.maud)


def test_the_coordination_that_asks_gets_no_mail_of_its_own_request(crew, mails):
    other = make_user("Sacha", Role.COORDINATOR, crew.arles, crew.ccas)
    away(crew.aubin)
    away(crew.maud)
    ask_urgently(crew.nora, crew.binome, title="Aide", text=TEXT, delay_minutes=60)
    commit()
    run_due()
    assert [mail["To"] for mail in mails] == [other.email]


def test_without_answer_it_goes_to_the_cadre_then_to_the_coordination(asked, crew):
    with later(59):
        pass_on_what_waits()
    assert asked.level is UrgentLevel.TECHNICIEN
    with later(61):
        pass_on_what_waits()
        assert (asked.level, asked.asked) == (UrgentLevel.CADRE, crew.maud)
        with later(61):
            pass_on_what_waits()
    assert (asked.level, asked.asked, asked.escalates_at) == (UrgentLevel.COORDINATION, None, None)
    with later(10_000):
        assert relay_overdue(None) == 0


def test_a_request_taken_up_goes_no_further(asked, crew):
    take_request(crew.aubin, asked)
    commit()
    with later(500):
        pass_on_what_waits()
    assert (asked.state, asked.level) == (UrgentState.TAKEN, UrgentLevel.TECHNICIEN)


def test_who_comes_second_is_told_who_has_it(asked, crew):
    take_request(crew.aubin, asked)
    with pytest.raises(WrongStateError, match="Aubin"):
        take_request(crew.maud, asked)


def test_two_people_take_it_in_the_same_instant_and_one_has_it(app, asked, crew):
    request_id, people = asked.id, [crew.aubin.id, crew.maud.id]
    commit()
    gate, outcomes = threading.Barrier(2), []

    def take(user_id):
        with app.app_context():
            user = db.session.get(type(crew.aubin), user_id)
            request = get_request(user, request_id)
            db.session.rollback()
            gate.wait(10)
            try:
                take_request(user, request)
                commit()
                outcomes.append("has it")
            except DomainError as refusal:
                db.session.rollback()
                outcomes.append(refusal.message)

    threads = [threading.Thread(target=contextvars.Context().run, args=(take, one)) for one in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert outcomes.count("has it") == 1
    assert any("a déjà pris cette demande" in outcome for outcome in outcomes)


def test_answer_and_close_are_timed(asked, crew):
    take_request(crew.aubin, asked)
    answer_request(crew.aubin, asked, answer="Trois nuits à Arles dès ce soir.")
    close_request(crew.amina, asked)
    assert asked.state is UrgentState.CLOSED
    assert None not in (asked.taken_at, asked.answered_at, asked.closed_at)


def test_only_who_took_it_up_answers(asked, crew):
    take_request(crew.aubin, asked)
    with pytest.raises(NotAllowedError):
        answer_request(crew.nora, asked, answer="Oui")


def test_an_author_does_not_take_the_own_request(asked, crew):
    with pytest.raises(NotAllowedError):
        take_request(crew.amina, asked)


def test_nobody_else_sees_it(asked, crew):
    for person in (crew.elia, crew.stranger):
        with pytest.raises(NotFoundError):
            get_request(person, asked.id)


def test_the_mail_to_the_technicien_says_nothing_of_the_situation(asked, crew, mails):
    run_due()
    (mail,) = mails
    assert mail["To"] == crew.aubin.email
    body = mail.as_string()
    assert f"/binomes/urgences/{asked.id}" in body
    assert "reloger" not in body
    assert "enfants" not in body


def test_each_level_gets_one_mail_and_the_author_learns_who_has_it(asked, crew, mails):
    with later(61):
        pass_on_what_waits()
        pass_on_what_waits()
        take_request(crew.maud, asked)
        commit()
        run_due()
    first, *others = [mail["To"] for mail in mails]
    assert first == crew.aubin.email
    assert sorted(others) == sorted([crew.maud.email, crew.amina.email])  # written in the same instant


def test_a_whole_request_on_screen(crew, client_for):
    dossier = make_dossier(crew.amina, crew.arles, last_name="Secretissime")
    commit()
    amina, aubin = client_for(crew.amina), client_for(crew.aubin)
    page = f"/binomes/{crew.binome.id}/urgence"
    data = {"title": "Famille à reloger", "text": TEXT, "delay_minutes": "60", "dossier_id": str(dossier.id)}
    answer = amina.submit(page, data, page=page)
    assert answer.status_code == 303
    url = answer.location
    html = aubin.get(url).get_data(as_text=True)
    assert "Famille à reloger" in html
    assert dossier.code in html
    assert "Secretissime" not in html
    aubin.submit(f"{url}/prendre", page=url)
    assert aubin.submit(f"{url}/repondre", {"answer": ""}, page=url).status_code == 422
    aubin.submit(f"{url}/repondre", {"answer": "Trois nuits à Arles."}, page=url)
    assert "Trois nuits à Arles." in amina.get(url).get_data(as_text=True)
    amina.submit(f"{url}/clore", page=url)
    assert db.session.scalars(select(UrgentRequest.state)).one() is UrgentState.CLOSED


def test_a_refused_form_keeps_what_was_typed(crew, client_for):
    page = f"/binomes/{crew.binome.id}/urgence"
    answer = client_for(crew.amina).submit(
        page, {"title": "", "text": TEXT, "delay_minutes": "60"}, page=page
    )
    assert answer.status_code == 422
    assert "deux enfants" in answer.get_data(as_text=True)


def test_somebody_elses_dossier_cannot_be_named(crew, client_for):
    foreign = make_dossier(crew.nora, crew.arles)
    commit()
    page = f"/binomes/{crew.binome.id}/urgence"
    data = {"title": "Aide", "text": TEXT, "delay_minutes": "60", "dossier_id": str(foreign.id)}
    assert client_for(crew.amina).submit(page, data, page=page).status_code == 422


def test_the_second_person_on_screen_is_told_who_has_it(asked, crew, client_for):
    aubin, maud = client_for(crew.aubin), client_for(crew.maud)
    url = f"/binomes/urgences/{asked.id}"
    maud.get(url)
    aubin.submit(f"{url}/prendre", page=url)
    refused = maud.submit(f"{url}/prendre")
    assert refused.status_code == 409
    assert "Aubin" in refused.get_data(as_text=True)
