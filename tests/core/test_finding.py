"""Full-text search: accents, plurals, the same answers on both databases."""

import uuid

import pytest

from commission_app.core.db import db
from commission_app.core.finding.keeping import Findable, entry_of
from commission_app.core.finding.models import SearchEntry
from commission_app.core.finding.queries import matching, sharing
from commission_app.core.search import stems

TEXTS = {
    "Hébergements d’urgence près des hôpitaux": ["logement"],
    "Un hébergement et une garde d’enfants": ["logement", "garde_enfants"],
    "Travaux de nuit, sans permis de conduire": ["mobilite"],
    "L’AND de la NEAR OR, « guillemets » * et % de signes": [],
}


@pytest.fixture
def entries(app):
    """Four things that can be found, by their number."""
    ids = {uuid.uuid4(): number for number in range(len(TEXTS))}
    for subject_id, (text, marks) in zip(ids, TEXTS.items(), strict=True):
        db.session.add(SearchEntry(**entry_of("essai", subject_id, Findable((text,), marks))))
        db.session.add(SearchEntry(**entry_of("autre", uuid.uuid4(), Findable((text,), marks))))
    db.session.flush()
    return ids


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("hébergement", {0, 1}), ("HEBERGEMENTS", {0, 1}), ("héber", {0, 1}), ("hôpital", {0}),
        ("travail", {2}), ("enfant garde", {1}), ("hébergement permis", set()), ("des permis", {2}),
        ("and or near", {3}), ("'); --", {0, 1, 2, 3}), ("\"*%", {0, 1, 2, 3}), ("guillemet", {3}),
    ],
)  # fmt: skip
def test_what_is_typed_is_found(entries, typed, found):
    assert {entries[one] for one in db.session.scalars(matching("essai", typed))} == found


def test_a_code_narrows_and_no_text_holds_it(entries):
    assert {entries[one] for one in db.session.scalars(matching("essai", "", ["logement"]))} == {0, 1}
    assert {entries[one] for one in db.session.scalars(matching("essai", "zzmobilite garde"))} == {1}


def test_what_shares_a_word_or_a_code_comes_latest_first(entries):
    found = db.session.scalars(sharing("essai", stems("permis"), ["logement"], limit=2))
    assert [entries[one] for one in found] == [2, 1]


def test_a_changed_text_is_found_by_its_new_words_alone(entries):
    entry = db.session.query(SearchEntry).filter_by(kind="essai").first()
    entry.words = "nouveau zzkindessai"
    db.session.flush()
    assert list(db.session.scalars(matching("essai", "nouveau"))) == [entry.subject_id]
    db.session.delete(entry)
    db.session.flush()
    assert not list(db.session.scalars(matching("essai", "nouveau")))


def test_stems_are_what_people_mean():
    assert stems("Les hébergements près des hôpitaux, travaux et tuyaux ; cœurs") == [
        "hebergement", "pre", "hopital", "traval", "tuyal", "coeur",
    ]  # fmt: skip
