"""What an action keeps of the decision from which it came, and who follows it."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from commission_app.core import clock
from commission_app.core.db import db
from commission_app.dossiers.agreement.models import SharingAgreement
from commission_app.followup.models import Action
from commission_app.followup.origins import origin_of
from commission_app.followup.policies import can_follow_action
from commission_app.sessions.decisions import services
from commission_app.sessions.states import DecisionKind
from tests.factories import make_user
from tests.sessions.day.scene import make_scene

TEXT = "Un studio est réservé au foyer."


@pytest.fixture
def scene(app):
    return make_scene()


@pytest.fixture
def action(scene):
    """Salomé records a decision that another structure than hers carries out."""
    draft = services.write_draft(
        scene.salome,
        scene.first,
        kind=DecisionKind.SOLUTION,
        text=TEXT,
        version=0,
        structure_id=scene.hugo.structure_id,
        due_on=clock.today() + timedelta(days=20),
        action_title="Réserver le studio",
    )
    services.read_back(scene.salome, draft, version=draft.version)
    services.record_decision(scene.salome, scene.first, draft_id=draft.id, version=draft.version)
    db.session.flush()
    return db.session.scalars(select(Action)).one()


def test_both_facilitators_follow_what_their_day_decided(scene, action):
    assert can_follow_action(scene.salome, action)
    assert can_follow_action(scene.yves, action)
    assert not can_follow_action(scene.leonie, action)


def test_the_other_facilitator_moves_it_from_its_page(scene, action, client_for):
    yves = client_for(scene.yves)
    page = yves.get(f"/actions/{action.id}")
    assert TEXT in page.text
    answer = yves.submit(f"/actions/{action.id}/commencer", {"version": action.version})
    assert answer.status_code == 303


def test_the_words_of_the_decision_go_with_the_agreement(scene, action):
    assert origin_of(scene.leonie, action).text == TEXT
    agreement = db.session.scalars(
        select(SharingAgreement).where(SharingAgreement.dossier_id == action.dossier_id)
    ).one()
    agreement.scope = [str(scene.yves.structure_id)]
    assert origin_of(scene.leonie, action) is None
    assert origin_of(scene.yves, action).text == TEXT
    agreement.withdrawn_at = clock.now()
    assert origin_of(scene.yves, action) is None


def test_who_does_not_follow_the_day_reads_no_word_of_it(scene, action):
    stranger = make_user("Zoé", structure=scene.ccas)
    assert origin_of(stranger, action) is None
