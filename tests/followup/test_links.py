"""Reminders, their mails, and answering without an account."""

import re
from datetime import datetime, time, timedelta

import pytest

from commission_app.core import clock
from commission_app.core.db import commit, db
from commission_app.core.errors import NotAllowedError
from commission_app.core.outbox import run_due
from commission_app.followup import services
from commission_app.followup.links.services import remind_action, remind_late, revoke_links
from commission_app.followup.models import Action
from commission_app.followup.states import ActionState

LINK = re.compile(r"http://localhost(/action/\S+)")


def day_at(day, hour=12):
    return clock.frozen(datetime.combine(day, time(hour), clock.PARIS))


@pytest.fixture
def reminded(place, make_action, mails):
    """An action of Hugo of which he was reminded, and the path of his link."""
    action = make_action("Prêter un scooter", due=-3, owner=place.hugo)
    remind_action(place.nora, action)
    commit()
    run_due()
    return action, link_in(mails[-1])


def link_in(mail):
    return LINK.search(mail.get_body(("plain",)).get_content())[1]


def test_reminders_leave_seven_days_and_one_day_before_and_one_day_after(place, mails):
    due_on = clock.today() + timedelta(days=20)
    services.create_action(
        place.nora, territory_id=place.here.id, structure_id=place.mobility.id, title="Prêter un scooter",
        due_on=due_on, owner_id=place.hugo.id,
    )  # fmt: skip
    commit()
    seen = {}
    for days in (-8, -7, -1, 0, 1, 2):
        with day_at(due_on + timedelta(days=days)):
            run_due()
        seen[days] = [mail["To"] for mail in mails]
        mails.clear()
    assert seen == {
        -8: [], -7: [place.hugo.email], -1: [place.hugo.email], 0: [],
        1: [place.hugo.email, place.nora.email], 2: [],
    }  # fmt: skip


def test_what_is_done_is_not_recalled(place, mails):
    action = services.create_action(
        place.nora, territory_id=place.here.id, structure_id=place.mobility.id, title="Prêter un scooter",
        due_on=clock.today() + timedelta(days=20), owner_id=place.hugo.id,
    )  # fmt: skip
    services.finish_action(place.nora, action, version=action.version)
    commit()
    with day_at(clock.today() + timedelta(days=30)):
        run_due()
    assert not mails


def test_a_mail_says_nothing_of_the_action_but_its_day(reminded, mails):
    for part in (
        str(mails[-1]["Subject"]),
        *(one.get_content() for one in mails[-1].walk() if one.get_content_maintype() == "text"),
    ):
        assert "scooter" not in part


def test_done_by_link_is_done_for_everyone(reminded, client):
    action, path = reminded
    assert "Prêter un scooter" in client.get(path).get_data(as_text=True)
    assert client.submit(path, {"reply": "done", "note": ""}, page=path).status_code == 303
    assert db.session.get(Action, action.id).state is ActionState.DONE
    assert "n’attend plus de réponse" in client.get(path).get_data(as_text=True)
    assert client.submit(path, {"reply": "done", "note": ""}).status_code == 409


def test_looking_changes_nothing(reminded, client):
    action, path = reminded
    client.get(path)
    assert db.session.get(Action, action.id).state is ActionState.TO_DO


def test_more_time_needs_a_word_and_starts_the_action(reminded, client):
    action, path = reminded
    assert client.submit(path, {"reply": "more_time", "note": ""}, page=path).status_code == 422
    assert client.submit(path, {"reply": "more_time", "note": "Prêt le 2"}, page=path).status_code == 303
    assert db.session.get(Action, action.id).state is ActionState.STARTED


def test_who_cannot_is_heard_by_the_coordination(reminded, client, place, mails):
    _, path = reminded
    client.submit(path, {"reply": "cannot", "note": "Plus de véhicule"}, page=path)
    run_due()
    assert mails[-1]["To"] == place.nora.email


def test_an_unknown_an_expired_and_a_withdrawn_link_answer_alike(reminded, client, place):
    action, path = reminded
    unknown = client.get("/action/inconnu")
    with clock.frozen(clock.now() + timedelta(days=31)):
        expired = client.get(path)
    revoke_links(place.nora, db.session.get(Action, action.id))
    commit()
    withdrawn = client.get(path)
    assert {unknown.status_code, expired.status_code, withdrawn.status_code} == {410}
    assert "n’est plus valable" in withdrawn.get_data(as_text=True)
    assert client.submit(path, {"reply": "done", "note": ""}, page="/connexion").status_code == 410


def test_all_late_actions_are_recalled_in_one_act_and_once_a_day(place, make_action, mails):
    make_action(due=-3, owner=place.hugo)
    make_action(due=-1, owner=place.hugo)
    make_action(due=4, owner=place.hugo)
    assert remind_late(place.nora, place.here) == 2
    commit()
    run_due()
    assert len(mails) == 2
    assert remind_late(place.nora, place.here) == 0
    with pytest.raises(NotAllowedError):
        remind_late(place.hugo, place.here)


def test_the_board_offers_to_recall(place, make_action, client_for):
    make_action(due=-3, owner=place.hugo)
    nora = client_for(place.nora)
    assert "Relancer l’action en retard" in nora.get("/actions").get_data(as_text=True)
    assert nora.submit(f"/actions/relancer?territoire={place.here.id}", {}).status_code == 303
    run_due()
    assert "Relancer l’action en retard" not in nora.get("/actions").get_data(as_text=True)
