"""Shared notes over the line: who is heard, who is not, and what a client cannot make of it."""

import base64
import contextlib
import time
from threading import Event

import pytest
from socketio.exceptions import BadNamespaceError
from sqlalchemy import text

from commission_app.core import db as database
from commission_app.core.db import db
from commission_app.core.nir import REFUSAL
from commission_app.realtime.guard import MESSAGES_A_MINUTE, REFUSALS_BORNE
from commission_app.realtime.lines import Lines
from commission_app.realtime.notes.handlers import _answered
from commission_app.sessions.day.notes.queries import state_of
from commission_app.sessions.day.queries import hold
from commission_app.sessions.day.room import services as room
from tests.databases import settle
from tests.servers import until
from tests.sessions.day.scene import make_scene
from tests.sessions.day.test_notes import Editor


def sent(update):
    """An update as it goes over the line."""
    return base64.b64encode(update).decode()


def ask(one, event, *words):
    """Say something and wait for the server's word, with no transaction of the test in its way."""
    settle()
    return one.socket.call(event, tuple(words) if len(words) > 1 else words[0], timeout=60)


def stored(scene):
    """The notes of the point, as the database has them."""
    settle()
    db.session.refresh(scene.first)
    return scene.first.notes


def test_two_facilitators_write_and_hear_each_other(follower, scene):
    salome, yves = follower(scene.salome).join(), follower(scene.yves).join()
    item = str(scene.first.id)
    for one in (salome, yves):
        assert ask(one, "notes:open", item) == {"state": ""}
    mine, theirs = Editor(), Editor()
    assert ask(salome, "notes:write", item, sent(mine.type("Élan "))) == {"kept": True}
    assert ask(yves, "notes:write", item, sent(theirs.type("à deux 😀"))) == {"kept": True}
    until(lambda: len(yves.received["notes:update"]) == len(salome.received["notes:update"]) == 2, "both")
    for one, editor in ((salome, mine), (yves, theirs)):
        for update in one.received["notes:update"]:
            assert update["item"] == item
            editor.doc.apply_update(base64.b64decode(update["body"]))
    assert str(mine.text) == str(theirs.text) == stored(scene)
    late = follower(scene.yves).join()
    assert str(Editor(base64.b64decode(ask(late, "notes:open", item)["state"])).text) == str(mine.text)


def test_a_form_is_heard_by_the_editors(follower, scene):
    salome, yves = follower(scene.salome).join(), follower(scene.yves).join()
    ask(salome, "notes:open", str(scene.first.id))
    answer = yves.act(
        f"{scene.url}/points/{scene.first.id}/notes",
        {"text": "Au formulaire.", "seen": "e3b0c44298fc1c14"},
        page="pupitre",
    )
    assert answer.status_code == 200
    until(lambda: salome.received["notes:update"], "the update")
    editor = Editor(base64.b64decode(salome.last("notes:update")["body"]))
    assert str(editor.text) == "Au formulaire."


def test_where_somebody_writes_is_told_to_the_others(follower, scene):
    salome, yves = follower(scene.salome).join(), follower(scene.yves).join()
    item = str(scene.first.id)
    for one in (salome, yves):
        ask(one, "notes:open", item)
    ask(salome, "notes:look", item, '{"assoc":0}')
    until(lambda: yves.received["notes:place"], "the place")
    assert yves.last("notes:place")["name"].startswith("Salomé")
    assert not salome.received["notes:place"]


def test_nobody_else_opens_writes_or_hears(follower, scene):
    secret = room.create_screen_link(scene.salome, scene.day)
    other = make_scene(code="MAR")
    settle()
    item = str(scene.first.id)
    salome = follower(scene.salome).join()
    ask(salome, "notes:open", item)
    elsewhere = follower(other.salome, session_id=other.day.id)
    outside = [follower(scene.leonie), follower(scene.ines), follower(screen=secret), elsewhere]
    for one in outside:
        one.join()
        for event, words in (
            ("notes:open", (item,)),
            ("notes:write", (item, sent(Editor().type("non")))),
            ("notes:look", (item, "{}")),
        ):
            assert "refused" in ask(one, event, *words)
    ask(salome, "notes:write", item, sent(Editor().type("oui")))
    until(lambda: salome.received["notes:update"], "the own update")
    assert stored(scene) == "oui"
    assert not any(one.received["notes:update"] or one.received["notes:place"] for one in outside)


@pytest.mark.parametrize("named", [None, 7, "", "x" * 36, ["a"], {"item": "b"}])
def test_a_point_named_otherwise_is_refused(follower, scene, named):
    salome = follower(scene.salome).join()
    assert "refused" in ask(salome, "notes:open", named)


@pytest.mark.parametrize("body", [None, 7, "é", "====", sent(b"no update"), "A" * 60_000])
def test_what_is_no_update_is_refused_and_nothing_is_kept(follower, scene, body):
    salome = follower(scene.salome).join()
    assert "refused" in ask(salome, "notes:write", str(scene.first.id), body)
    settle()
    assert state_of(scene.first.id) == b""


def test_who_types_fast_is_not_taken_for_a_flood_and_who_forges_is_cut(follower, scene):
    salome, leonie = follower(scene.salome).join(), follower(scene.leonie).join()
    item, editor = str(scene.first.id), Editor()
    settle()
    for number in range(MESSAGES_A_MINUTE + 20):
        salome.socket.emit("notes:write", (item, sent(editor.type(str(number % 10)))))
    assert ask(salome, "notes:write", item, sent(editor.type("."))) == {"kept": True}
    assert stored(scene) == str(editor.text)
    deadline = time.monotonic() + 20
    with contextlib.suppress(BadNamespaceError):  # cut between the look and the word
        while not leonie.cut.is_set() and time.monotonic() < deadline:
            leonie.socket.emit("notes:write", (item, "AAAA"))
    assert leonie.cut.wait(5)
    assert salome.socket.connected


def test_a_line_writes_though_its_thread_answered_a_page_before(app):
    seen = []

    def handler():
        seen.append(database._reading.get())
        return {}

    database.set_read_only(True)
    try:
        with app.app_context():
            assert _answered(app, Lines(), handler)() == {}
    finally:
        database.set_read_only(False)
    assert seen == [False]


def waits_for_a_lock():
    """Whether somebody waits for a row (PostgreSQL)."""
    with db.engine.connect() as connection:
        return connection.scalar(text("SELECT count(*) FROM pg_locks WHERE NOT granted"))


def test_an_act_and_the_first_letter_of_a_spell_do_not_wait_for_each_other(follower, scene):
    yves = follower(scene.yves).join()
    item, kept = str(scene.first.id), Event()
    hold(scene.day)  # an act is under way
    yves.socket.emit("notes:write", (item, sent(Editor().type("pendant"))), callback=lambda _word: kept.set())
    if db.engine.dialect.name == "postgresql":
        until(waits_for_a_lock, "the writer")
    scene.first.title = "Un point"
    settle()
    assert kept.wait(20)
    assert stored(scene) == "pendant"


def test_a_social_security_number_is_kept_nowhere_and_costs_nobody_the_line(follower, scene):
    salome, item, editor = follower(scene.salome).join(), str(scene.first.id), Editor()
    assert ask(salome, "notes:write", item, sent(editor.type("Son numéro : "))) == {"kept": True}
    editor.type("2850578006084")
    for _ in range(REFUSALS_BORNE + 2):  # what waits is sent again with each letter
        assert ask(salome, "notes:write", item, sent(editor.doc.get_update())) == {"refused": REFUSAL}
    assert stored(scene) == "Son numéro : "
    editor.erase(0, len(str(editor.text)))
    editor.type("Sans numéro.")
    assert ask(salome, "notes:write", item, sent(editor.doc.get_update())) == {"kept": True}
    assert stored(scene) == "Sans numéro."
