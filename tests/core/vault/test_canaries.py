"""A word of its own in every sealed field; then everything that leaves the process is searched for them."""

import contextlib
import sqlite3

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import text

from commission_app.core.db import db
from commission_app.core.events import Event
from commission_app.dossiers.states import DossierState, Part
from tests.core.vault.rows import say_everywhere
from tests.databases import settle
from tests.dossiers.pages import OpenPage
from tests.dossiers.stories import make_complete


@pytest.fixture
def canaries(app, place):
    """Every sealed field of one dossier says a word that nothing else says."""
    dossier = make_complete(place, DossierState.TO_COMPLETE)
    said = say_everywhere(
        place, dossier, lambda kind, one: f"Canari{kind.__tablename__}{one.name}".replace("_", "")
    )
    settle()
    return dossier, said


def pages(client, dossier):
    """Read everything of the dossier that its référent may read."""
    base = f"/dossiers/{dossier.id}"
    parts = ("cadre", "personne", "blocage", "diagnostic", "parcours", "tentatives", "question")
    addresses = ["", "/presentation", "/verifier", *(f"/{part}" for part in parts)]
    answers = [client.get(base + address) for address in addresses]
    return "".join(answer.get_data(as_text=True) for answer in answers if answer.status_code == 200)


def everything_kept(app):
    """The files of the database and a dump of it, as bytes."""
    db.session.remove()
    if db.engine.dialect.name == "sqlite":
        path = app.extensions["commission_config"].data_dir / "tests.db"
        files = [one.read_bytes() for one in path.parent.iterdir() if one.is_file()]
        with contextlib.closing(sqlite3.connect(path)) as connection:
            dump = "\n".join(connection.iterdump()).encode()
        return b"".join([*files, dump])
    with db.engine.connect() as connection:
        tables = connection.execute(
            text("SELECT schemaname, tablename FROM pg_tables WHERE schemaname IN ('public', 'vault')")
        )
        cursor, found = connection.connection.cursor(), []
        for schema, table in tables.all():
            with cursor.copy(f'COPY "{schema}"."{table}" TO STDOUT') as copy:
                found += [bytes(block) for block in copy]
    return b"".join(found)


def test_no_sealed_word_is_found_outside_of_its_pages(app, place, canaries, client_for, capfd):
    dossier, said = canaries
    shown = pages(client_for(place.ines), dossier)
    assert sum(word in shown for word in said) > 20
    kept, logs = everything_kept(app), "".join(capfd.readouterr())
    assert dossier_code_is_there(kept)
    for word in said:
        assert word.encode() not in kept, word
        assert word.encode().hex().encode() not in kept, word
        assert word not in logs, word


TYPED, MET, NIR = "Canarimistral", "Canaritramontane", "Canarilevant 2 99 99 99 999 999 99"


@pytest.mark.parametrize("part", Part, ids=lambda part: part.value)
def test_no_typed_word_is_found_outside_of_its_pages(app, place, client_for, capfd, part):
    """Saved, met by another text, refused, sent by the button: it stays in the page."""
    dossier, client = make_complete(place), client_for(place.ines)
    url = f"/dossiers/{dossier.id}/{part.value}"
    texts = texts_on(client.get(url))
    mine, other = OpenPage(client, url), OpenPage(client.twin(), url)
    other.type(**dict.fromkeys(texts, TYPED))
    statuses = [mine.type(**dict.fromkeys(texts, word)).status_code for word in (MET, NIR)]
    assert (statuses, mine.press().status_code) == ([409, 422] if texts else [200, 200], 422)
    assert not texts or TYPED in client.get(url).text
    told = [str(event.data) for event in db.session.query(Event)]
    outside = "".join([*told, *capfd.readouterr()]).encode() + everything_kept(app)
    assert not [word for word in (TYPED, MET, NIR) if word.encode() in outside]


def texts_on(answer):
    """The fields of a page in which one writes freely, dates and addresses left alone."""
    soup = BeautifulSoup(answer.text, "html.parser")
    found = [field["name"] for field in soup.select("#partie textarea, #partie input[type=text]")]
    return [name for name in found if not name.endswith("_on")]


def dossier_code_is_there(kept):
    """The search would find a plain word: codes are kept in clear."""
    return b"ARL-2026-" in kept
