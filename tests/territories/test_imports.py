"""Lists from a spreadsheet: seen before they are taken, taken whole or not at all."""

import io
from pathlib import Path

import pytest
from sqlalchemy import select

from commission_app.accounts.states import Role
from commission_app.core.db import db
from commission_app.core.typography import spaced
from commission_app.territories.models import Structure, Territory
from tests.factories import make_commune, make_structure, make_territory, make_user

URL = "/structures/importer"
GOOD = """Nom;Type;Territoires;SIRET;Commune;Téléphone;Courriel;Label
CCAS d’Arles;CCAS;ARL;12345678901234;13004;04 90 00 00 00;accueil@ccas.fr;08/12/2026
Mission locale du Delta;mission_locale;ARL AIX;;;;;
"""
BAD = """nom,type,territoires,siret,commune,téléphone,courriel,label
,CCAS,,,,,,
Une,Château,ZZZ,12,99999,08,arobase,demain
Deux,CCAS,,,,,,
deux,CCAS,,,,,,
"""


@pytest.fixture
def admin(client_for):
    """The administrator's browser, two territories and a commune there."""
    odile = make_user("Odile", Role.ADMINISTRATOR)
    make_territory()
    make_territory("Pays d’Aix", "AIX")
    make_commune()
    return client_for(odile)


def names():
    """The structures there are."""
    return set(db.session.scalars(select(Structure.name)))


def test_a_list_is_shown_then_taken(admin):
    seen = admin.submit(URL, {"text": GOOD}, page=URL)
    assert seen.status_code == 200
    assert "2 structures seront ajoutées" in seen.text.replace("\u00a0", " ")
    assert names() == set()
    assert admin.submit(URL, {"text": GOOD, "confirm": "1"}).status_code == 303
    assert names() == {"CCAS d’Arles", "Mission locale du Delta"}
    ccas = db.session.scalars(select(Structure).where(Structure.siret.is_not(None))).one()
    assert (ccas.commune.name, [one.code for one in ccas.territories]) == ("Arles", ["ARL"])
    assert ccas.label_on.isoformat() == "2026-12-08"


def test_a_list_taken_twice_changes_nothing_more(admin):
    for _ in range(2):
        admin.submit(URL, {"text": GOOD, "confirm": "1"}, page=URL)
    assert len(names()) == 2
    seen = admin.submit(URL, {"text": GOOD}).text.replace("\u00a0", " ")
    assert "2 structures déjà connues seront complétées" in seen


def test_each_error_is_told_with_its_line_and_nothing_is_taken(admin):
    for form in ({"text": BAD}, {"text": BAD, "confirm": "1"}):
        answer = admin.submit(URL, form, page=URL)
        assert answer.status_code == 422
    seen = admin.submit(URL, {"text": BAD}).text
    for said in (
        "Ligne 2 : Le nom manque",
        "Ligne 3 : Le type « Château »",
        "Ligne 3 : Le SIRET",
        "Ligne 3 : Le téléphone",
        "Ligne 3 : L’adresse électronique",
        "Ligne 3 : La date « demain »",
        "Ligne 3 : Aucun territoire n’a le code « ZZZ »",
        "Ligne 3 : Aucune commune connue n’a le code « 99999 »",
        "Ligne 5 : « deux » figure deux fois",
    ):
        assert spaced(said) in seen
    assert "Une,Château" in seen
    assert names() == set()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Choisissez un fichier ou collez une liste"),
        ("une phrase sans colonne", "Il manque : nom, type"),
        ("nom;type", "aucune ligne"),
        ("nom;type\n" + "a;ccas\n" * 5001, "5000 lignes"),
        ("nom;type\n" + "x" * 200_000, "pas une liste"),
    ],
)
def test_what_is_no_list_is_refused_in_words(admin, text, said):
    answer = admin.submit(URL, {"text": text}, page=URL)
    assert answer.status_code == 422
    assert spaced(said) in answer.text


def test_a_file_of_an_older_excel_is_read(admin):
    admin.get(URL)
    file = (io.BytesIO(GOOD.encode("cp1252")), "liste.csv")
    answer = admin.post(URL, data={"csrf_token": admin.csrf_token, "file": file})
    assert answer.status_code == 200
    assert "Téléphone" in answer.text


def test_a_file_never_touches_the_disk(admin, monkeypatch):
    def refuse(*_args, **_named):
        raise AssertionError("a file was opened")

    admin.get(URL)
    monkeypatch.setattr("tempfile.SpooledTemporaryFile", refuse)
    monkeypatch.setattr("werkzeug.formparser.SpooledTemporaryFile", refuse)
    before = set(Path("/tmp").iterdir())
    content = b"nom;type\n" + b"Nom;ccas\n" * 80_000
    answer = admin.post(URL, data={"csrf_token": admin.csrf_token, "file": (io.BytesIO(content), "l.csv")})
    assert answer.status_code == 422
    assert {path for path in set(Path("/tmp").iterdir()) - before if path.name.startswith("tmp")} == set()


def test_a_body_beyond_a_megabyte_is_refused(admin):
    admin.get(URL)
    content = io.BytesIO(b"x" * 1_100_000)
    answer = admin.post(URL, data={"csrf_token": admin.csrf_token, "file": (content, "l.csv")})
    assert answer.status_code == 413


def test_communes_join_their_territories(admin):
    url = "/territoires/importer"
    list_ = "territoire;code insee\nARL;13004\n"
    assert "1 commune sera ajoutée" in admin.submit(url, {"text": list_}, page=url).text.replace(
        "\u00a0", " "
    )
    admin.submit(url, {"text": list_, "confirm": "1"})
    arles = db.session.scalars(select(Territory).where(Territory.code == "ARL")).one()
    assert [one.insee for one in arles.communes] == ["13004"]
    wrong = admin.submit(url, {"text": list_ + "XXX;13004\nARL;00000\n", "confirm": "1"})
    assert wrong.status_code == 422


def test_two_siret_of_one_are_refused(admin):
    make_structure("Autre").siret = "12345678901234"
    make_structure("CCAS d’Arles")
    seen = admin.submit(URL, {"text": GOOD}, page=URL)
    assert "celui d’une autre structure" in seen.text
