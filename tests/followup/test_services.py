"""What happens to an action: who may, when, and what is refused."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from commission_app.core import clock
from commission_app.core.db import db
from commission_app.core.errors import InvalidInputError, NotAllowedError, StaleError, WrongStateError
from commission_app.core.events import Event
from commission_app.followup import services
from commission_app.followup.models import Action, ActionFollower
from commission_app.followup.policies import can_follow_action, followed, hands_of
from commission_app.followup.states import ActionState


def create(actor, place, **values):
    given = {
        "territory_id": place.here.id,
        "structure_id": place.mobility.id,
        "title": "Prêter un scooter",
        "due_on": clock.today() + timedelta(days=5),
    }
    return services.create_action(actor, **(given | values))


def test_the_coordination_writes_an_action_down(place):
    action = create(place.nora, place, owner_id=place.hugo.id)
    assert action.state is ActionState.TO_DO
    assert db.session.scalar(select(Event.name).where(Event.subject_id == action.id)) == "action_created"


@pytest.mark.parametrize("who", ["hugo", "lina", "paul", "omar"])
def test_nobody_else_writes_one_without_a_decision(place, who):
    with pytest.raises(NotAllowedError):
        create(getattr(place, who), place)


def test_an_action_goes_to_a_structure_of_the_territory_and_to_one_of_its_people(place):
    with pytest.raises(InvalidInputError):
        create(place.omar, place, territory_id=place.elsewhere.id)
    with pytest.raises(InvalidInputError):
        create(place.nora, place, owner_id=place.lina.id)


def test_the_structure_starts_and_finishes_its_action(place, make_action):
    action = make_action()
    services.start_action(place.hugo, action, version=action.version)
    db.session.flush()
    services.finish_action(place.hugo, action, version=action.version)
    assert action.state is ActionState.DONE
    assert action.done_in_time


@pytest.mark.parametrize("who", ["lina", "paul", "omar"])
def test_another_structure_a_pilot_and_another_territory_do_not_move_it(place, make_action, who):
    action = make_action()
    with pytest.raises(NotAllowedError):
        services.finish_action(getattr(place, who), action, version=action.version)
    assert action.state is ActionState.TO_DO


def test_giving_up_asks_for_a_reason(place, make_action):
    action = make_action()
    with pytest.raises(InvalidInputError):
        services.drop_action(place.hugo, action, reason="  ", version=action.version)
    services.drop_action(place.hugo, action, reason="Le chantier est annulé", version=action.version)
    assert action.state is ActionState.DROPPED


def test_what_is_done_is_not_started_but_taken_up_again(place, make_action):
    action = make_action(state=ActionState.DONE, done_at=clock.now())
    with pytest.raises(WrongStateError):
        services.start_action(place.hugo, action, version=action.version)
    services.reopen_action(place.nora, action, version=action.version)
    assert (action.state, action.done_at) == (ActionState.STARTED, None)


def test_a_stale_page_moves_nothing(place, make_action):
    action = make_action()
    with pytest.raises(StaleError):
        services.finish_action(place.hugo, action, version=action.version - 1)


def test_a_remontee_comes_from_a_decision_or_from_the_coordination(place):
    with pytest.raises(NotAllowedError):
        services.create_remontee(place.hugo, territory_id=place.here.id, theme="Mobilité", text="Rien à 7 h")
    sent = services.create_remontee(
        place.nora, territory_id=place.here.id, theme="Mobilité", text="Rien à 7 h"
    )
    assert sent.state == "sent"


def test_the_line_of_a_list_knows_who_follows_as_the_act_does(place, make_action):
    """The criterion that opens the codes in lists says of each action what the rule of the act says."""
    owned = make_action("Possédée", owner=place.lina)
    watched = make_action("Suivie")
    watched.followers.append(ActionFollower(user_id=place.lina.id))
    written = make_action("Écrite", author_id=place.lina.id)
    actions = [owned, watched, written, make_action("Portée"), make_action("Du CCAS", structure=place.ccas)]
    for person in (place.nora, place.hugo, place.lina, place.paul, place.omar):
        found = set(db.session.scalars(select(Action.id).where(followed(**hands_of(person)))))
        assert found == {action.id for action in actions if can_follow_action(person, action)}, person
