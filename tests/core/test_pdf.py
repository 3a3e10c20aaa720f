"""The PDF kernel: accessible, French, and deaf to markup in the data."""

from io import BytesIO

import pytest
import typst
from flask import Flask
from pypdf import PdfReader

from commission_app.core.pdf import render_pdf


def _text(pdf: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


@pytest.fixture
def tricky() -> dict[str, object]:
    """Content that would be markup if it were pasted."""
    text = '*étoile* #read("/etc/passwd") $x$'
    return {
        "title": "Ordre du jour du 8 décembre",
        "subtitle": "Pays d’Arles",
        "sections": [{"heading": "#panic()", "paragraphs": [text], "bullets": ["= a"]}],
    }


def test_a_document_says_its_title_and_its_language(app: Flask, tricky: dict[str, object]) -> None:
    with app.app_context():
        reader = PdfReader(BytesIO(render_pdf("plain", tricky)))
    assert reader.metadata is not None
    assert reader.metadata.title == "Ordre du jour du 8 décembre"
    assert reader.trailer["/Root"]["/Lang"] == "fr-FR"
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_data_are_never_read_as_markup(app: Flask, tricky: dict[str, object]) -> None:
    with app.app_context():
        text = _text(render_pdf("plain", tricky))
    assert "#panic()" in text
    assert '#read("/etc/passwd")' in text
    assert "*étoile*" in text
    assert "root:" not in text


def test_a_document_without_a_title_is_refused(app: Flask) -> None:
    with app.app_context(), pytest.raises(typst.TypstError):
        render_pdf("plain", {"sections": []})


def test_the_marks_of_french_hold_to_their_word(app: Flask) -> None:
    sections = [{"heading": "Qui ?", "paragraphs": ["Il manque : « logement » ; 12 % !"], "bullets": []}]
    with app.app_context():
        text = _text(render_pdf("plain", {"title": "Essai", "sections": sections}))
    assert "Qui\u00a0?" in text
    assert "Il manque\u00a0: «\u00a0logement\u00a0»\u00a0; 12\u00a0%\u00a0!" in text


def test_a_word_longer_than_a_line_stays_on_the_sheet(app: Flask) -> None:
    word, address = "Anticonstitutionnellement" * 12, "prenom.nom-tres-compose@structure.example.org"
    rows = [["Analyse", f"Avant {word} après"], ["Adresse", address]]
    with app.app_context():
        text = _text(
            render_pdf("access", {"title": "T", "made_on": "", "sections": [{"title": "S", "rows": rows}]})
        )
    lines = [line.replace("\u200b", "") for line in text.splitlines()]
    assert max(map(len, lines)) < 110
    assert word in "".join(lines)
    assert address in text
