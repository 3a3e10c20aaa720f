"""A word of its own in every sealed field; then everything that leaves the process is searched for them."""

import contextlib
import sqlite3

import pytest
from sqlalchemy import text

from commission_app.core.db import db
from commission_app.dossiers.states import DossierState
from tests.core.vault.rows import say_everywhere
from tests.databases import settle
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


def dossier_code_is_there(kept):
    """The search would find a plain word: codes are kept in clear."""
    return b"ARL-2026-" in kept
