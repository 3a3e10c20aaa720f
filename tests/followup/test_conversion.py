"""The migration that seals what follows a decision: the rows, and all that hangs on an action, stay."""

import pytest
from sqlalchemy import inspect, text
from sqlalchemy.exc import IntegrityError

from commission_app.core import clock
from commission_app.core.db import db, downgrade, upgrade
from commission_app.core.vault.store import key_store
from commission_app.dossiers.states import DossierState
from commission_app.followup import services
from commission_app.followup.links.services import make_link
from commission_app.followup.models import Action, ActionFollower, ActionNote, Remontee
from commission_app.followup.states import ActionState
from tests.databases import settle
from tests.factories import make_dossier, make_user
from tests.sessions.day.scene import make_scene
from tests.sessions.decisions.test_decisions import record, write

BEFORE = "0012"
WORDS = "L’hôtel « ferme » – œuvre"
HANGING = ("action_note", "action_follower", "action_link")


@pytest.fixture
def head(app):
    """The schema comes back to its newest state whatever happens."""
    yield
    db.session.remove()
    upgrade(app)


@pytest.fixture
def dossier(place):
    return make_dossier(make_user("Rita", None, None, place.ccas), place.here, DossierState.CLOSED)


@pytest.fixture
def actions(place, make_action, dossier):
    """One that was given up about the dossier, one about none; a note, a follower and a link on each."""
    found = []
    for about in (dossier, None):
        action = make_action(dossier=about, followers=[ActionFollower(user_id=place.lina.id)])
        services.note_progress(place.hugo, action, text=WORDS)
        services.drop_action(place.hugo, action, reason=WORDS, version=action.version)
        make_link(action)
        found.append(action.id)
    settle()
    return found


def plain(statement):
    """Rows as the database holds them."""
    return db.session.execute(text(statement)).all()


def move(app, step, revision):
    db.session.remove()
    step(app, revision)


def counts():
    return [plain(f"SELECT count(*) FROM {name}")[0][0] for name in ("action", *HANGING)]


def shape():
    """The columns, the keys, the checks and the indexes of the actions."""
    found = inspect(db.session.connection())
    columns = {(one["name"], str(one["type"])) for one in found.get_columns("action")}
    checks = {one["name"] for one in found.get_check_constraints("action")}
    indexes = {(one["name"], tuple(one["column_names"])) for one in found.get_indexes("action")}
    keys = {one["name"] for one in found.get_foreign_keys("action")}
    db.session.remove()
    return columns, checks, indexes, keys


def test_the_words_go_down_and_up_again_with_all_that_hangs_on_them(app, actions, dossier, head):
    dossier_id, before, newest = dossier.id, counts(), shape()
    move(app, downgrade, BEFORE)
    assert set(plain("SELECT drop_reason FROM action")) == {(WORDS,)}
    assert set(plain("SELECT text FROM action_note")) == {(WORDS,)}
    assert counts() == before
    older = shape()
    assert older[1] - newest[1] == {"ck_action_drop_reason"}
    move(app, upgrade, "head")
    assert (counts(), shape()) == (before, newest)
    for action_id, about in zip(actions, (dossier_id, None), strict=True):
        action = db.session.get_one(Action, action_id)
        assert (action.drop_reason, [note.text for note in action.notes]) == (WORDS, [WORDS])
        assert [note.dossier_id for note in action.notes] == [about]
        assert len(action.followers) == 1
    assert all(bytes(row[0])[:1] == b"\x01" for row in plain("SELECT drop_reason FROM action"))
    move(app, downgrade, BEFORE)
    assert shape() == older


def test_the_older_schema_still_refuses_to_give_up_without_a_reason(app, actions, head):
    move(app, downgrade, BEFORE)
    with pytest.raises(IntegrityError):
        db.session.execute(text("UPDATE action SET drop_reason = ''"))
    db.session.rollback()


def test_what_hangs_on_an_action_still_leaves_with_it(app, actions, head):
    move(app, downgrade, BEFORE)
    move(app, upgrade, "head")
    db.session.execute(text("DELETE FROM action"))
    db.session.commit()
    assert counts() == [0, 0, 0, 0]


def test_what_was_erased_stays_away_and_the_older_schema_takes_its_actions(app, actions, dossier, head):
    key_store().destroy([dossier.id])
    move(app, downgrade, BEFORE)
    assert set(plain("SELECT drop_reason FROM action")) == {(WORDS,), ("Effacé avec le dossier.",)}
    assert sorted(plain("SELECT text FROM action_note")) == [("",), (WORDS,)]
    move(app, upgrade, "head")
    assert [db.session.get_one(Action, one).drop_reason for one in actions] == ["", WORDS]
    assert db.session.get_one(Action, actions[0]).state is ActionState.DROPPED


def test_a_problem_sent_up_finds_the_dossier_of_its_decision(app, head):
    scene = make_scene()
    decision = record(scene, write(scene))
    for decision_id in (decision.id, None):
        db.session.add(
            Remontee(
                territory_id=scene.first.dossier.territory_id, theme="Mobilité", text=WORDS, answer="Oui",
                answered_at=clock.now(), decision_id=decision_id,
            )
        )  # fmt: skip
    dossier_id = scene.first.dossier_id
    settle()
    move(app, downgrade, BEFORE)
    assert set(plain("SELECT text, answer FROM remontee")) == {(WORDS, "Oui")}
    move(app, upgrade, "head")
    rows = db.session.query(Remontee).all()
    assert {(one.text, one.answer, one.dossier_id) for one in rows} == {
        (WORDS, "Oui", dossier_id),
        (WORDS, "Oui", None),
    }


def test_the_files_keep_no_word_of_before(app, actions, head):
    if db.engine.dialect.name != "sqlite":
        pytest.skip("The files of PostgreSQL are emptied by VACUUM FULL.")
    move(app, downgrade, BEFORE)
    move(app, upgrade, "head")
    files = app.extensions["commission_config"].data_dir.glob("tests.db*")
    assert not any(b"ferme" in path.read_bytes() for path in files)
    assert db.session.query(ActionNote).count() == len(actions)
