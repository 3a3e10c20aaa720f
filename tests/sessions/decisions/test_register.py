"""The chain of hashes finds what was touched."""

from concurrent.futures import ThreadPoolExecutor

from flask import Flask
from sqlalchemy import delete, select, text

from commission_app.core.db import commit, db
from commission_app.sessions.decisions import services
from commission_app.sessions.decisions.models import Decision
from commission_app.sessions.decisions.register import verify
from commission_app.sessions.models import CommissionSession
from commission_app.sessions.states import DecisionKind
from tests.databases import settle
from tests.sessions.day.scene import make_scene


def fill(scene, count=3):
    """Some decisions on the first point."""
    for number in range(count):
        draft = services.write_draft(
            scene.salome, scene.first, kind=DecisionKind.SOLUTION, text=f"Décision {number}", version=0
        )
        services.read_back(scene.salome, draft, version=draft.version)
        services.record_decision(scene.salome, scene.first, draft_id=draft.id, version=draft.version)


def unguarded(app: Flask, statement):
    """Do what the database itself refuses, as somebody with its keys could."""
    settle()
    connection = db.session.connection()
    if connection.dialect.name == "sqlite":
        for act in ("update", "delete"):
            connection.exec_driver_sql(f"DROP TRIGGER decision_no_{act}")
    else:
        connection.execute(text("SET LOCAL session_replication_role = replica"))
    connection.execute(statement)
    settle()
    db.session.expire_all()


def test_an_untouched_register_holds(app):
    fill(make_scene())
    fill(make_scene(code="MAR"))
    assert verify() is None


def test_a_changed_text_is_named(app):
    fill(make_scene())
    unguarded(app, text("UPDATE decision SET text = 'Autre' WHERE number = 2"))
    broken = verify()
    assert broken.decision.number == 2
    assert "changé" in broken.reason


def test_a_missing_decision_is_named(app):
    fill(make_scene())
    unguarded(app, delete(Decision).where(Decision.number == 2))
    assert verify().reason == "la décision n° 2 manque"


def test_many_who_record_at_once_make_one_decision(app):
    scene = make_scene()
    draft = services.write_draft(
        scene.salome, scene.first, kind=DecisionKind.SOLUTION, text="Un logement relais.", version=0
    )
    services.read_back(scene.salome, draft, version=draft.version)
    ids = scene.salome.id, scene.first.id, draft.id, draft.version
    settle()

    def act(_number: int) -> int:
        with app.app_context():
            from commission_app.accounts.models import User
            from commission_app.sessions.agenda.models import AgendaItem

            actor, item = db.session.get(User, ids[0]), db.session.get(AgendaItem, ids[1])
            made = services.record_decision(actor, item, draft_id=ids[2], version=ids[3])
            number = made.number
            commit()
            return number

    with ThreadPoolExecutor(6) as pool:
        assert set(pool.map(act, range(6))) == {1}
    assert len(db.session.scalars(select(Decision)).all()) == 1
    assert db.session.scalar(select(CommissionSession.live_version)) > 0
    assert verify() is None
