"""The page of the figures and its files."""

import io
from datetime import timedelta

import openpyxl
import pytest
from sqlalchemy import select

from commission_app.accounts.states import Role
from commission_app.core import clock
from commission_app.core.db import db
from commission_app.core.events import Event
from commission_app.dossiers.models import DiagnosisLine
from commission_app.dossiers.states import DiagnosisItem, DossierState, Level
from commission_app.followup.models import Action
from commission_app.followup.states import ActionState
from commission_app.indicators.report import report_of
from commission_app.sessions.day.models import Attendance
from commission_app.sessions.decisions.models import Decision
from commission_app.sessions.states import DecisionKind, ItemState, SessionState
from tests.factories import make_dossier, make_item, make_session, make_structure, make_territory, make_user


@pytest.fixture
def here(app):
    return make_territory()


@pytest.fixture
def ccas(here):
    return make_structure("CCAS", here)


@pytest.fixture
def nora(here, ccas):
    return make_user("Nora", Role.COORDINATOR, here, ccas)


@pytest.fixture
def hold(nora):
    """A session held a month ago that decided so many situations of each kind."""

    def held(territory, decisions, days_ago=30):
        starts_at = clock.now() - timedelta(days=days_ago)
        day = make_session(territory, nora, state=SessionState.CLOSED, starts_at=starts_at)
        number = 0
        for kind, count in decisions.items():
            for _ in range(count):
                number += 1
                dossier = make_dossier(nora, territory, DossierState.TREATED)
                dossier.submitted_at = starts_at - timedelta(days=40)
                item = make_item(day, dossier=dossier, state=ItemState.DONE)
                decide(day, item, dossier, kind, nora, number)
        return day

    return held


def decide(day, item, dossier, kind, author, number, **values):
    decision = Decision(
        commission_session_id=day.id, agenda_item_id=item.id, dossier_id=dossier.id, number=number,
        kind=kind, text="…", decided_at=day.starts_at, decided_by_id=author.id, previous_digest="0" * 64,
        digest=f"{number:064d}", **values,
    )  # fmt: skip
    db.session.add(decision)
    db.session.flush()
    return decision


def test_situations_are_counted_by_their_best_decision(here, nora, hold):
    day = hold(here, {DecisionKind.SOLUTION: 8, DecisionKind.OFFER_USED: 6, DecisionKind.NO_SOLUTION: 5})
    dossier = make_dossier(nora, here, DossierState.TREATED, submitted_at=day.starts_at - timedelta(days=40))
    item = make_item(day, dossier=dossier, state=ItemState.DONE)
    decide(day, item, dossier, DecisionKind.NEW_OFFER, nora, 90)
    decide(day, item, dossier, DecisionKind.SOLUTION, nora, 91)
    report = report_of([here], here, "")
    assert (report.treated, report.solved) == (20, 15)
    assert [value for _, value in report.by_outcome] == [9, 6, 5]
    assert (report.days_to_decision, report.days_to_solution) == (40, 40)


def test_a_corrected_decision_and_a_postponement_count_nothing(here, nora, hold):
    day = hold(here, {DecisionKind.SOLUTION: 9, DecisionKind.POSTPONED: 6, DecisionKind.NO_SOLUTION: 5})
    wrong = db.session.query(Decision).filter_by(kind=DecisionKind.NO_SOLUTION).first()
    item = wrong.agenda_item
    decide(day, item, item.dossier, DecisionKind.SOLUTION, nora, 99, replaces_id=wrong.id)
    report = report_of([here], here, "")
    assert report.treated == 14


def test_small_figures_are_masked_on_the_page_and_in_the_files(here, nora, hold, client_for):
    hold(here, {DecisionKind.SOLUTION: 11, DecisionKind.NO_SOLUTION: 3, DecisionKind.ORIENTATION: 7})
    report = report_of([here], here, "")
    assert [value for _, value in report.by_outcome] == [11, None, None]
    client = client_for(nora)
    assert "&lt; 5" in client.get("/indicateurs").get_data(as_text=True)
    text = client.submit("/indicateurs/export/csv").get_data(as_text=True)
    assert "Pas encore de solution;< 5" in text
    book = openpyxl.load_workbook(io.BytesIO(client.submit("/indicateurs/export/xlsx").get_data()))
    assert "Séries" in book.sheetnames
    assert ("Situations traitées par issue", "Pas encore de solution", "< 5") in list(book["Séries"].values)


def test_a_file_of_figures_that_leaves_is_noted(here, nora, client_for):
    csv = client_for(nora).submit("/indicateurs/export/csv", page="/indicateurs").get_data(as_text=True)
    trace = db.session.scalars(select(Event).where(Event.name == "indicators_exported")).one()
    assert (trace.actor_id, trace.subject_id) == (nora.id, here.id)
    assert trace.data == {"format": "csv", "rows": csv.strip().count("\n")}


def test_looking_at_one_territory_after_the_other_gives_nothing_more(here, hold):
    other, third = make_territory("Marseille", "MRS"), make_territory("Martigues", "MAR")
    hold(here, {DecisionKind.SOLUTION: 9})
    hold(other, {DecisionKind.SOLUTION: 8})
    hold(third, {DecisionKind.SOLUTION: 2})
    readable = [here, other, third]
    treated = [report_of(readable, one, "").treated for one in (*readable, None)]
    assert treated[2] is None
    assert treated[1] is None
    assert treated[3] == 19


def test_actions_offers_and_presence(here, ccas, nora, hold):
    day = hold(here, {DecisionKind.SOLUTION: 6})
    due = clock.today() - timedelta(days=5)
    for late in (-1, 3):
        done_at = clock.now() - timedelta(days=5 - late)
        db.session.add(
            Action(
                territory=here, structure=ccas, title="x", due_on=due, state=ActionState.DONE, done_at=done_at
            )
        )
    db.session.add(Action(territory=here, structure=ccas, title="x", due_on=due))
    db.session.add(Attendance(commission_session_id=day.id, user_id=nora.id, structure_id=ccas.id))
    db.session.flush()
    report = report_of([here], here, "")
    assert (report.actions, report.actions_in_time) == (3, 1)
    assert [(one.name, one.sessions, one.people) for one in report.presence] == [("CCAS", 1, 1)]
    assert report.incomplete == [("CCAS", here.name)]


def test_freins_without_an_open_offer_are_on_the_map(here, nora):
    for _ in range(6):
        dossier = make_dossier(nora, here, DossierState.SUBMITTED, submitted_at=clock.now())
        db.session.add(DiagnosisLine(dossier_id=dossier.id, item=DiagnosisItem.MOBILITY, level=Level.FREIN))
    db.session.add(DiagnosisLine(dossier_id=dossier.id, item=DiagnosisItem.HOUSING, level=Level.FREIN))
    db.session.flush()
    assert report_of([here], here, "").freins == [("Logement", [None]), ("Mobilité", [6])]


def test_an_empty_territory_has_a_page(nora, client_for):
    page = client_for(nora).get("/indicateurs?periode=2025").get_data(as_text=True)
    assert "Aucune session tenue sur cette période" in page


def test_it_is_for_the_coordination_and_the_pilots(here, ccas, nora, client_for):
    other = make_territory("Marseille", "MRS")
    hugo = make_user("Hugo", Role.PARTICIPANT, here, ccas)
    assert client_for(hugo).get("/indicateurs").status_code == 404
    assert client_for(nora).get(f"/indicateurs?territoire={other.id}").status_code == 404
    paul = client_for(make_user("Paul", Role.PILOT))
    assert "Tous les territoires" in paul.get("/indicateurs?territoire=tous").get_data(as_text=True)
    assert paul.submit("/indicateurs/export/pdf").status_code == 404


def test_the_number_of_queries_does_not_grow(here, nora, hold, client_for, count_queries):
    paul = client_for(make_user("Paul", Role.PILOT))

    def measured():
        with count_queries() as queries:
            assert paul.get("/indicateurs?territoire=tous").status_code == 200
        return len([one for one in queries if one.lstrip().upper().startswith("SELECT")])

    few = measured()
    for code in ("AAA", "BBB", "CCC"):
        hold(make_territory(f"Territoire {code}", code), {DecisionKind.SOLUTION: 6})
    assert few <= 12
    assert measured() == few
