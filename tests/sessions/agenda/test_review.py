"""Revoir, and topics that go on: at a session chosen, at each, as long as an action is open."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from commission_app.accounts.states import Role
from commission_app.core import clock
from commission_app.core.db import db
from commission_app.core.errors import NotAllowedError, WrongStateError
from commission_app.dossiers.services import end_sharing
from commission_app.dossiers.states import DossierState
from commission_app.followup.models import Action
from commission_app.followup.states import ActionState
from commission_app.sessions.agenda.models import AgendaItem
from commission_app.sessions.agenda.services import (
    continue_topic,
    place_dossier,
    review_item,
    set_recurring,
)
from commission_app.sessions.agenda.waiting.queries import continuing_topics
from commission_app.sessions.decisions.models import Decision
from commission_app.sessions.decisions.register import digest_of, first_digest
from commission_app.sessions.states import DecisionKind, ItemKind, ItemState, SessionState
from tests.factories import grant, make_dossier, make_item, make_session, make_territory, make_user

RECURRING = {"recurring": "y"}


@pytest.fixture
def past(stage):
    """A session that was held three months ago."""
    earlier = clock.now() - timedelta(days=90)
    return make_session(
        stage.territory, stage.amina, stage.bruno, state=SessionState.CLOSED, starts_at=earlier
    )


@pytest.fixture
def topic(past):
    """What was talked about there."""
    return make_item(past, ItemKind.MODEL, title="Un guichet commun", state=ItemState.DONE)


@pytest.fixture
def treated(stage, past):
    """A situation that was treated there, presented by Claire."""
    dossier = make_dossier(stage.claire, stage.territory, DossierState.TREATED)
    return make_item(past, dossier=dossier, presenter=stage.claire, state=ItemState.DONE)


def decide(item, author):
    """A decision on a point, with an action."""
    day = item.commission_session
    made = Decision(
        commission_session_id=day.id,
        agenda_item_id=item.id,
        number=1,
        kind=DecisionKind.SOLUTION,
        text="Oui.",
        decided_by_id=author.id,
        present=[],
        agreed_count=0,
        reservations=[],
        previous_digest=first_digest(day.id),
    )
    made.digest = digest_of(made)
    db.session.add(made)
    db.session.flush()
    return made


def act_on(decision, stage):
    """What a structure has to do of it."""
    action = Action(
        territory=stage.territory,
        structure=stage.health,
        title="Appeler",
        due_on=clock.today(),
        search="appeler",
        decision_id=decision.id,
    )
    db.session.add(action)
    db.session.flush()
    return action


def test_a_topic_that_was_discussed_goes_on_no_more(stage, topic):
    assert continuing_topics(stage.day) == []


def test_a_recurring_topic_comes_back_at_each_session(stage, topic):
    set_recurring(stage.nora, topic, is_recurring=True)
    assert continuing_topics(stage.day) == [topic]
    again = continue_topic(stage.nora, stage.day, topic.id)
    assert (again.followed_item, again.is_recurring) == (topic, True)
    assert continuing_topics(stage.day) == []


def test_a_topic_with_an_open_action_goes_on_until_it_is_done(stage, topic):
    action = act_on(decide(topic, stage.amina), stage)
    assert continuing_topics(stage.day) == [topic]
    action.state, action.done_at = ActionState.DONE, clock.now()
    assert continuing_topics(stage.day) == []


@pytest.mark.parametrize("kind", [ItemKind.FOLLOW_UP, ItemKind.CLOSING, ItemKind.LUNCH])
def test_the_frame_of_a_day_is_no_topic(stage, past, kind):
    item = make_item(past, kind, title="Cadre", state=ItemState.POSTPONED)
    assert continuing_topics(stage.day) == []
    with pytest.raises(WrongStateError):
        set_recurring(stage.nora, item, is_recurring=True)


def test_a_situation_treated_is_seen_again_and_stays_treated(stage, treated):
    again = review_item(stage.nora, treated, to=stage.day)
    assert (again.followed_item, again.presenter_id) == (treated, stage.claire.id)
    assert treated.dossier.state is DossierState.TREATED
    with pytest.raises(WrongStateError, match="déjà inscrit"):
        review_item(stage.nora, treated, to=stage.day)


def test_a_situation_put_off_is_placed_by_seeing_it_again(stage, treated):
    treated.state, treated.dossier.state = ItemState.POSTPONED, DossierState.POSTPONED
    review_item(stage.amina, treated, to=stage.day)
    assert treated.dossier.state is DossierState.SCHEDULED


def test_a_situation_withdrawn_is_not_seen_again(stage, treated):
    end_sharing(None, treated.dossier, reason="withdrawn")
    with pytest.raises(WrongStateError):
        review_item(stage.nora, treated, to=stage.day)


def test_who_prepares_neither_day_sees_nothing_again(stage, treated):
    with pytest.raises(NotAllowedError):
        review_item(stage.claire, treated, to=stage.day)


def test_nora_chooses_the_session_on_a_page(stage, past, treated, client_for):
    nora, url = client_for(stage.nora), f"/sessions/{past.id}/points/{treated.id}/revoir"
    assert "Revoir à cette session" in nora.get(url).text
    assert nora.submit(url, {"to": ""}).status_code == 422
    assert nora.submit(url, {"to": str(stage.day.id)}).status_code == 303
    placed = select(AgendaItem).where(AgendaItem.commission_session_id == stage.day.id)
    assert db.session.scalars(placed).one().followed_item_id == treated.id


def test_a_topic_is_made_recurring_where_it_was_seen(stage, past, topic, client_for):
    nora, base = client_for(stage.nora), f"/sessions/{past.id}/points/{topic.id}"
    assert nora.submit(f"{base}/revient", RECURRING, page=f"{base}/revoir").status_code == 303
    page = nora.get(f"{stage.base}/ordre-du-jour/composer").text
    assert "revient à chaque session" in page
    nora.submit(f"{base}/revient", {})
    assert "revient à chaque session" not in nora.get(f"{stage.base}/ordre-du-jour/composer").text


def test_a_topic_is_made_recurring_in_the_composer(stage, client_for):
    item = make_item(stage.day, title="Veille", planned_minutes=30)
    nora, page = client_for(stage.nora), f"{stage.base}/ordre-du-jour/composer?point={item.id}"
    assert "Faire revenir à chaque session" in nora.get(page).text
    answer = nora.submit(f"{stage.base}/points/{item.id}/recurrence", {"recurring": "1"}, page=page)
    assert answer.status_code == 303
    assert db.session.get(AgendaItem, item.id).is_recurring
    assert "Ne plus faire revenir" in nora.get(page).text


@pytest.fixture
def neighbour(stage):
    """Solal coordinates another territory, which shares the session and has a situation put off."""
    other = make_territory("Étang de Berre", "ETB")
    stage.day.territories = [stage.territory, other]
    referent = make_user("Zoé", Role.REFERENT, other, stage.health)
    solal = make_user("Solal", Role.COORDINATOR, other)
    dossier = make_dossier(referent, other, DossierState.POSTPONED)
    db.session.flush()
    return solal, dossier


def test_a_situation_put_off_of_a_territory_that_shares_the_day_is_placed_again(stage, neighbour, client_for):
    _solal, dossier = neighbour
    nora = client_for(stage.nora)
    compose = f"{stage.base}/ordre-du-jour/composer"
    assert dossier.code in nora.get(compose).text
    url = f"{stage.base}/ordre-du-jour/dossiers/{dossier.id}"
    assert nora.submit(url, page=compose).status_code == 303
    assert db.session.get(type(dossier), dossier.id).state is DossierState.SCHEDULED
    assert nora.submit(url).status_code == 409


def test_one_of_a_territory_that_does_not_share_it_does_not_exist(stage, neighbour, client_for):
    _solal, dossier = neighbour
    stage.day.territories = [stage.territory]
    grant(stage.nora, Role.COORDINATOR, make_territory("Ailleurs", "AIL"))
    url = f"{stage.base}/ordre-du-jour/dossiers/{dossier.id}"
    page = f"{stage.base}/ordre-du-jour/composer"
    assert client_for(stage.nora).submit(url, page=page).status_code == 404


def test_the_other_coordination_places_it_too(stage, neighbour):
    solal, dossier = neighbour
    assert place_dossier(solal, stage.day, dossier).dossier is dossier
