"""What the commission wrote about a situation leaves with the dossier, and the figures do not move."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from commission_app.binomes.models import UrgentRequest
from commission_app.core import clock
from commission_app.core.db import db
from commission_app.dossiers.models import Dossier
from commission_app.dossiers.retention.services import erase_dossier
from commission_app.dossiers.states import DossierState
from commission_app.followup.models import Action, ActionNote, Remontee
from commission_app.followup.states import ActionState
from commission_app.indicators.report import report_of
from commission_app.sessions.agenda.models import AgendaItem, WrittenOpinion
from commission_app.sessions.decisions.models import Decision
from commission_app.sessions.decisions.register import digest_of, first_digest, verify
from commission_app.sessions.decisions.telling.models import PlainWords
from commission_app.sessions.states import DecisionKind, ItemState, SessionState
from tests.databases import settle
from tests.dossiers.stories import make_complete, make_place
from tests.factories import make_binome, make_item, make_session

SAID = "Canariautan"
SITUATIONS = 6


@pytest.fixture
def place(app):
    return make_place()


@pytest.fixture
def day(place):
    """A day held a month ago: six situations decided, with what was written about them."""
    starts_at = clock.now() - timedelta(days=30)
    day = make_session(place.territory, place.ines, state=SessionState.CLOSED, starts_at=starts_at)
    binome = make_binome(place.territory, place.ines.structure, place.ines, place.karim)
    digest = first_digest(day.id)
    for number in range(1, SITUATIONS + 1):
        dossier = make_complete(place, DossierState.CLOSED)
        dossier.submitted_at = starts_at - timedelta(days=40)
        item = make_item(
            day, dossier=dossier, state=ItemState.DONE, text=SAID, notes=SAID, postponed_reason=SAID
        )
        decision = decide(place, day, item, number, digest)
        digest = decision.digest
        db.session.add_all(
            [
                WrittenOpinion(
                    agenda_item_id=item.id, structure_id=place.karim.structure_id, author_id=place.karim.id,
                    text=SAID,
                ),
                PlainWords(decision_id=decision.id, text=SAID, written_by_id=place.ines.id),
                Remontee(
                    territory_id=place.territory.id, theme="Mobilité", text=SAID, answer=SAID,
                    decision_id=decision.id,
                ),
                UrgentRequest(
                    territory_id=place.territory.id, binome_id=binome.id, dossier_id=dossier.id,
                    author_id=place.ines.id, title=SAID, text=SAID, answer=SAID, delay_minutes=60,
                ),
            ]
        )  # fmt: skip
        db.session.add(
            Action(
                territory_id=place.territory.id, structure_id=place.ines.structure_id, title="Appeler",
                due_on=clock.today(), dossier_id=dossier.id, notes=[ActionNote(text=SAID)],
                state=ActionState.DROPPED, done_at=clock.now(), drop_reason=SAID,
            )
        )  # fmt: skip
    settle()
    return day


def decide(place, day, item, number, previous):
    decision = Decision(
        commission_session_id=day.id, agenda_item_id=item.id, dossier_id=item.dossier.id, number=number,
        kind=DecisionKind.SOLUTION, text="Une place est trouvée.", decided_at=day.starts_at,
        decided_by_id=place.ines.id, present=[], reservations=[], agreed_count=0, previous_digest=previous,
    )  # fmt: skip
    db.session.add(decision)
    with db.session.no_autoflush:
        decision.id = item.id
        decision.digest = digest_of(decision)
    db.session.flush()
    return decision


def texts():
    """Everything that was written about the situations of the day."""
    kinds = (AgendaItem, WrittenOpinion, PlainWords, UrgentRequest, Action, ActionNote, Remontee)
    rows = [row for kind in kinds for row in db.session.scalars(select(kind))]
    return {getattr(row, one.name) for row in rows for one in row.sealed_columns}


def erase_all():
    for dossier in db.session.scalars(select(Dossier)).all():
        erase_dossier(None, dossier)
    settle()


def test_what_was_written_in_the_room_and_around_it_is_emptied(day):
    assert texts() == {SAID}
    erase_all()
    assert texts() == {""}


def test_nobody_is_asked_to_tell_a_person_who_was_erased(place, day, client_for):
    client, page = client_for(place.ines), f"/sessions/{day.id}/annonces"
    ones = [f"/sessions/{day.id}/decisions/{one}/annonce" for one in db.session.scalars(select(Decision.id))]
    assert {client.get(url).status_code for url in (page, *ones)} == {200}
    erase_all()
    assert {client.get(url).status_code for url in (page, *ones)} == {404}


def test_the_register_still_holds(day):
    assert verify() is None
    erase_all()
    assert verify() is None
    assert len(db.session.scalars(select(Decision.id)).all()) == SITUATIONS


def test_the_figures_do_not_move(place, day):
    before = report_of([place.territory], place.territory, "")
    erase_all()
    after = report_of([place.territory], place.territory, "")
    assert before.treated == SITUATIONS
    assert after == before
