"""The minutes as PDF and as Word, from the same tree as the page."""

from dataclasses import asdict
from io import BytesIO

from docx import Document as new_document
from docx.document import Document as WordDocument
from docx.shared import Cm
from flask import current_app

from commission_app.core.pdf import render_pdf
from commission_app.sessions.minutes.content import Document, Section


def minutes_pdf(document: Document, state: str) -> bytes:
    """The minutes as PDF; `state` says who validated."""
    return render_pdf("minutes", {**asdict(document), "state": state})


def minutes_docx(document: Document, state: str) -> bytes:
    """The minutes as a Word document with real headings and tables."""
    word = new_document()
    page = word.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2)
    word.core_properties.title = document.title
    word.core_properties.language = "fr-FR"
    word.core_properties.author = current_app.extensions["commission_words"].product
    word.add_heading(document.title, 0)
    word.add_paragraph(document.subtitle)
    word.add_paragraph(state)
    for section in document.sections:
        _write(word, section, 1)
    made = BytesIO()
    word.save(made)
    return made.getvalue()


def _write(word: WordDocument, section: Section, level: int) -> None:
    word.add_heading(section.heading, level)
    for text in section.paragraphs:
        word.add_paragraph(text)
    if section.rows:
        _table(word, section)
    for text in section.bullets:
        word.add_paragraph(text, style="List Bullet")
    for inner in section.sections:
        _write(word, inner, level + 1)


def _table(word: WordDocument, section: Section) -> None:
    table = word.add_table(rows=1, cols=len(section.columns), style="Table Grid")
    for cell, text in zip(table.rows[0].cells, section.columns, strict=True):
        cell.paragraphs[0].add_run(text).bold = True
    for row in section.rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
