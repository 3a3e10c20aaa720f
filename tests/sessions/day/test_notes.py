"""Notes that several people write at once: every letter of everybody is kept, and all read the same."""

import random

import pytest
from pycrdt import Doc, Text

from commission_app.core.db import commit, db
from commission_app.core.errors import InvalidInputError, NotAllowedError, StaleError, WrongStateError
from commission_app.core.events import Event
from commission_app.sessions.day.notes.document import edit, merged, text_of
from commission_app.sessions.day.notes.models import NoteUpdate
from commission_app.sessions.day.notes.queries import print_of, state_of
from commission_app.sessions.day.notes.services import (
    LONGEST,
    MERGED_FROM,
    open_notes,
    save_notes,
    write_update,
)
from commission_app.sessions.day.notes.written import take_written
from commission_app.sessions.states import SessionState
from tests.sessions.day.scene import make_scene

LETTERS = ["é", "à", "œ", "😀", "👩‍💻", "n", " ", "ï", "\n", "𝔸"]


class Editor:
    """Somebody's editor: a document of its own, and what it typed that the server has not seen."""

    def __init__(self, state=b""):
        self.doc = Doc()
        self.text = self.doc.get("notes", type=Text)
        if state:
            self.doc.apply_update(state)

    def type(self, letters, at=None):
        """Type letters at a place (in letters); gives the update."""
        known = self.doc.get_state()
        before = str(self.text)[: len(str(self.text)) if at is None else at]
        self.text.insert(len(before.encode()), letters)
        return bytes(self.doc.get_update(known))

    def erase(self, start, end):
        """Erase letters from a place to another; gives the update."""
        known, text = self.doc.get_state(), str(self.text)
        del self.text[len(text[:start].encode()) : len(text[:end].encode())]
        return bytes(self.doc.get_update(known))


def test_two_who_type_in_the_same_place_lose_nothing(app):
    scene = make_scene()
    one, other = Editor(), Editor()
    write_update(scene.salome, scene.day, scene.first, one.type("Le foyer reçoit.\n"))
    write_update(scene.yves, scene.day, scene.first, other.type("Une place lundi.\n"))
    db.session.refresh(scene.first)
    assert sorted(scene.first.notes.splitlines()) == ["Le foyer reçoit.", "Une place lundi."]
    assert text_of(open_notes(scene.salome, scene.day, scene.first)) == scene.first.notes


@pytest.mark.parametrize("seed", range(6))
def test_random_writers_a_late_joiner_and_a_cold_restore_read_the_same(app, seed):
    scene, chance = make_scene(), random.Random(seed)
    people = [scene.salome, scene.yves]
    editors = [Editor(), Editor()]
    inbox: list[list[bytes]] = [[], []]
    for _ in range(120):
        who = chance.randrange(2)
        update = _random_act(editors[who], chance)
        write_update(people[who], scene.day, scene.first, update)
        inbox[1 - who].append(update)
        if chance.random() < 0.4:  # what the other typed arrives late, in order
            for late in inbox[who]:
                editors[who].doc.apply_update(late)
            inbox[who].clear()
    for editor, late in zip(editors, inbox, strict=True):
        for update in late:
            editor.doc.apply_update(update)
    db.session.refresh(scene.first)
    joiner = Editor(open_notes(scene.salome, scene.day, scene.first))
    assert len({str(joiner.text), scene.first.notes, *(str(editor.text) for editor in editors)}) == 1
    assert text_of(state_of(scene.first.id)) == scene.first.notes


def _random_act(editor, chance):
    length = len(str(editor.text))
    if length > 6 and chance.random() < 0.3:
        start = chance.randrange(length - 3)
        return editor.erase(start, start + chance.randrange(1, 3))
    return editor.type(chance.choice(LETTERS) * chance.randrange(1, 3), chance.randrange(length + 1))


def test_the_same_update_twice_changes_nothing(app):
    scene = make_scene()
    update = Editor().type("Une fois")
    for _ in range(3):
        write_update(scene.salome, scene.day, scene.first, update)
    db.session.refresh(scene.first)
    assert scene.first.notes == "Une fois"


def test_many_updates_become_one_and_the_text_stays(app):
    scene, editor = make_scene(), Editor()
    for number in range(MERGED_FROM + 5):
        write_update(scene.salome, scene.day, scene.first, editor.type(str(number % 10)))
    rows = db.session.query(NoteUpdate).filter_by(agenda_item_id=scene.first.id).count()
    assert rows <= 7
    assert text_of(state_of(scene.first.id)) == str(editor.text)


def test_plain_notes_become_the_beginning_of_the_shared_ones(app):
    scene = make_scene()
    scene.first.notes = "Écrit avant 😀"
    db.session.flush()
    editor = Editor(open_notes(scene.salome, scene.day, scene.first))
    write_update(scene.salome, scene.day, scene.first, editor.type(" puis après"))
    db.session.refresh(scene.first)
    assert scene.first.notes == "Écrit avant 😀 puis après"
    assert text_of(open_notes(scene.yves, scene.day, scene.first)) == scene.first.notes


@pytest.mark.parametrize(
    ("before", "after"),
    [("", "é"), ("été 😀 fin", "été 😀😀 fin"), ("abcabc", "abc"), ("aaa", "aa"), ("éàü", ""), ("x", "x")],
)
def test_a_text_typed_as_a_whole_changes_what_differs(before, after):
    state = edit(b"", before)
    assert text_of(merged([body for body in (state, edit(state, after)) if body])) == after


def test_a_plain_form_keeps_what_an_editor_types_elsewhere(app):
    scene = make_scene()
    save_notes(scene.salome, scene.day, scene.first, text="Début. Fin.", seen=print_of(""))
    editor = Editor(open_notes(scene.yves, scene.day, scene.first))
    typed = editor.type(" Suite.")  # not sent yet
    save_notes(scene.salome, scene.day, scene.first, text="Le début. Fin.", seen=print_of("Début. Fin."))
    write_update(scene.yves, scene.day, scene.first, typed)
    db.session.refresh(scene.first)
    assert scene.first.notes == "Le début. Fin. Suite."
    with pytest.raises(StaleError):
        save_notes(scene.salome, scene.day, scene.first, text="Autre", seen=print_of("Début. Fin."))


def test_only_the_two_facilitators_write_and_only_on_the_day(app):
    scene = make_scene()
    update = Editor().type("non")
    for person in (scene.leonie, scene.ines, scene.referent):
        with pytest.raises(NotAllowedError):
            write_update(person, scene.day, scene.first, update)
        with pytest.raises(NotAllowedError):
            open_notes(person, scene.day, scene.first)
    scene.day.state = SessionState.CLOSED
    with pytest.raises(WrongStateError):
        write_update(scene.salome, scene.day, scene.first, update)


@pytest.mark.parametrize("body", [b"", b"\x01\x02garbage", b"\xff" * 40, b"x" * 40_000])
def test_bytes_that_are_no_update_are_refused(app, body):
    scene = make_scene()
    with pytest.raises(InvalidInputError):
        write_update(scene.salome, scene.day, scene.first, body)
    assert state_of(scene.first.id) == b""


def test_notes_do_not_grow_without_end(app):
    scene = make_scene()
    editor = Editor()
    write_update(scene.salome, scene.day, scene.first, editor.type("a" * (LONGEST - 1)))
    with pytest.raises(InvalidInputError, match="20 000"):
        write_update(scene.salome, scene.day, scene.first, editor.type("bb"))


def test_a_spell_of_writing_is_told_once_and_never_makes_an_act_stale(app):
    scene, editor = make_scene(), Editor()
    seen = scene.first.version
    for letter in "abcdef":
        write_update(scene.salome, scene.day, scene.first, editor.type(letter))
    commit()
    assert db.session.query(Event).filter_by(name="notes_written").count() == 1
    assert scene.first.version == seen
    assert [item for item, _body in take_written()] == []
