"""A day held on paper: entered in one go, through the same register, all of it or nothing."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from commission_app.core import clock
from commission_app.core.db import db
from commission_app.core.errors import NotAllowedError, StaleError, WrongStateError
from commission_app.dossiers.states import DossierState
from commission_app.followup.models import Action, Remontee
from commission_app.sessions.agenda.queries import items_of
from commission_app.sessions.day.models import Attendance
from commission_app.sessions.decisions.models import Decision
from commission_app.sessions.decisions.paper.queries import open_items
from commission_app.sessions.decisions.paper.services import Sheet, SheetFault, enter_paper_day
from commission_app.sessions.decisions.paper.states import Outcome
from commission_app.sessions.decisions.register import verify
from commission_app.sessions.minutes.models import Minutes
from commission_app.sessions.models import CommissionSession
from commission_app.sessions.states import DecisionKind, ItemKind, ItemState, SessionState
from tests.factories import make_item, make_session
from tests.sessions.day.scene import make_scene, outsider

TEXT = "Un studio est réservé au foyer."


@pytest.fixture
def scene(app):
    """A day that began half an hour ago, on paper: nobody started it here."""
    scene = make_scene(started=False)
    make_item(scene.day, ItemKind.OFFER, title="Un atelier vélo")
    return scene


def sheets(scene, **first):
    """A sheet for each open point; the first says what the test is about."""
    items = open_items(scene.day, items_of(scene.day))
    told = {"outcome": Outcome.DECIDED, "text": TEXT, **first}
    return [
        Sheet(items[0].id, **told),
        *(Sheet(item.id, Outcome.NOT_SEEN) for item in items[1:]),
    ]


def enter(scene, actor=None, present=(), **first):
    enter_paper_day(actor or scene.ines, scene.day, sheets(scene, **first), present=present)
    db.session.flush()


def due():
    return clock.today() + timedelta(days=30)


def test_what_was_decided_enters_the_same_register(scene):
    there = [scene.ccas.id]
    enter(
        scene, present=there, structure_id=scene.ccas.id, due_on=due(), action_title="Appeler", agreed=4,
        reservations=[{"structure": "PLIE", "words": "Trop loin"}],
    )  # fmt: skip
    decision = db.session.scalars(select(Decision)).one()
    assert (decision.number, decision.text, decision.agreed_count) == (1, TEXT, 4)
    assert decision.present == [str(scene.ccas.id)]
    assert decision.decided_at <= clock.now()
    assert verify() is None
    action = db.session.scalars(select(Action)).one()
    assert (action.title, action.decision_id) == ("Appeler", decision.id)
    assert scene.first.dossier.state is DossierState.TREATED


def test_the_day_is_closed_and_its_minutes_begin(scene):
    enter(scene)
    assert scene.day.state is SessionState.CLOSED
    assert db.session.scalars(select(Minutes)).one().commission_session_id == scene.day.id
    assert scene.second.state is ItemState.POSTPONED
    assert scene.second.dossier.state is DossierState.POSTPONED


def test_presence_is_noted_for_each_structure(scene):
    enter(scene, present=[scene.ccas.id])
    rows = db.session.scalars(select(Attendance)).all()
    assert {row.structure_id for row in rows} == {scene.ccas.id}


@pytest.mark.parametrize("outcome", [Outcome.SEEN, Outcome.NOT_SEEN])
def test_a_situation_without_decision_waits_again(scene, outcome):
    enter(scene, outcome=outcome, text="")
    assert scene.first.dossier.state is DossierState.POSTPONED


def test_a_point_is_put_off_to_the_session_chosen(scene):
    later = make_session(scene.territory)
    enter(scene, outcome=Outcome.PUT_OFF, text="Le temps a manqué.", to_id=later.id)
    assert (scene.first.state, scene.first.postponed_to) == (ItemState.POSTPONED, later)
    assert scene.first.dossier.state is DossierState.POSTPONED


def test_a_remontee_goes_up(scene):
    enter(scene, kind=DecisionKind.REMONTEE, named="Mobilité")
    assert db.session.scalars(select(Remontee)).one().theme == "Mobilité"


@pytest.mark.parametrize(
    ("first", "field"),
    [
        ({"text": ""}, "text"),
        ({"kind": DecisionKind.NEW_OFFER}, "offer_name"),
        ({"due_on": due()}, "structure_id"),
        ({"outcome": Outcome.PUT_OFF, "text": ""}, "text"),
    ],
)
def test_a_sheet_that_lacks_something_stops_everything(scene, first, field):
    with pytest.raises(SheetFault) as caught:
        enter(scene, **first)
    assert (caught.value.item_id, caught.value.field) == (scene.first.id, field)


def test_only_who_ran_or_prepares_the_day_enters_it(scene):
    with pytest.raises(NotAllowedError):
        enter(scene, actor=scene.leonie)
    enter(scene, actor=scene.yves)


def test_a_day_to_come_or_closed_is_not_entered(scene):
    scene.day.starts_at = clock.now() + timedelta(hours=1)
    with pytest.raises(WrongStateError):
        enter(scene)
    scene.day.starts_at = clock.now() - timedelta(hours=1)
    written = sheets(scene)
    enter(scene)
    with pytest.raises(WrongStateError):
        enter_paper_day(scene.ines, scene.day, written, present=[])


def test_points_that_changed_meanwhile_are_refused(scene):
    written = sheets(scene)
    make_item(scene.day, title="Ajouté", position=9999)
    with pytest.raises(StaleError):
        enter_paper_day(scene.ines, scene.day, written, present=[])


def test_the_network_died_in_the_middle(app):
    scene = make_scene()
    enter(scene, text="La suite est écrite sur papier.")
    assert scene.first.state is ItemState.DONE
    assert scene.day.state is SessionState.CLOSED


def form_of(scene, **changes):
    """The page filled in: the first point decided, the others not seen."""
    items = open_items(scene.day, items_of(scene.day))
    data = {f"sheets-{place}-item_id": str(item.id) for place, item in enumerate(items)}
    data |= {f"sheets-{place}-outcome": "" for place in range(len(items))}
    data |= {"present": str(scene.ccas.id), "complete": "y"}
    data |= {"sheets-0-outcome": "solution", "sheets-0-text": TEXT}
    return {**data, **changes}


@pytest.fixture
def page(scene, client_for):
    ines = client_for(scene.ines)
    ines.url = f"{scene.url}/saisie-papier"
    html = ines.get(ines.url).text
    assert html.count("Ce qui est décidé") == 3
    return ines


def test_the_page_enters_the_whole_day(scene, page):
    changes = {
        "sheets-0-structure_id": str(scene.ccas.id),
        "sheets-0-due_on": due().isoformat(),
        "sheets-0-reservations": "PLIE : trop loin\n\nCCAS : trop cher",
        "sheets-2-outcome": "seen",
    }
    assert page.submit(page.url, form_of(scene, **changes)).status_code == 303
    assert db.session.get(CommissionSession, scene.day.id).state is SessionState.CLOSED
    said = db.session.scalars(select(Decision)).one().reservations
    assert [one["structure"] for one in said] == ["PLIE", "CCAS"]
    assert page.get(page.url).status_code == 404


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"sheets-0-text": ""}, "Écrivez ce qui est décidé."),
        ({"sheets-0-outcome": ""}, "Choisissez la nature de la décision"),
        ({"sheets-0-outcome": "new_offer"}, "Donnez un nom à la nouvelle offre."),
        ({"sheets-0-action_title": "Appeler"}, "Dites qui s’en charge."),
        ({"sheets-0-reservations": "trop loin"}, "Écrivez chaque réserve ainsi"),
        ({"sheets-1-outcome": "put_off"}, "Écrivez pourquoi le point est reporté."),
        ({"sheets-0-item_id": "rien"}, "points"),
        ({"complete": ""}, "Cochez cette case"),
        ({"present": ""}, "Cochez les structures"),
    ],
)
def test_an_error_stands_beside_its_field_and_nothing_is_written(scene, page, changes, sentence):
    data = {name: value for name, value in form_of(scene, **changes).items() if value or "outcome" in name}
    answer = page.submit(page.url, data)
    assert answer.status_code == 422
    assert sentence in answer.text
    if "sheets-0-text" not in changes and "sheets-0-item_id" not in changes:
        assert TEXT in answer.text
    assert db.session.scalars(select(Decision)).all() == []
    assert db.session.get(CommissionSession, scene.day.id).state is SessionState.CONVENED


def test_a_point_added_meanwhile_is_shown_and_nothing_typed_is_lost(scene, page):
    data = form_of(scene)
    make_item(scene.day, title="Ajouté entre-temps", position=9999)
    answer = page.submit(page.url, data)
    assert answer.status_code == 422
    assert "Ajouté entre-temps" in answer.text
    assert TEXT in answer.text


def test_others_do_not_find_the_page(scene, client_for):
    assert client_for(outsider()).get(f"{scene.url}/saisie-papier").status_code == 404
    assert client_for(scene.leonie).get(f"{scene.url}/saisie-papier").status_code == 404


def test_the_page_reads_few_rows_whatever_the_number_of_points(scene, client_for, count_queries):
    for number in range(8):
        make_item(scene.day, title=f"Point {number}")
    ines, url = client_for(scene.ines), f"{scene.url}/saisie-papier"
    ines.get("/mon-compte")
    with count_queries() as queries:
        assert ines.get(url).status_code == 200
    assert len(queries) <= 12, "\n".join(queries)
