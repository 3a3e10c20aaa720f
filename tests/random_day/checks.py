"""What a random day must have left: pages as if opened now, decisions and notes as they were acknowledged."""

import re
from collections.abc import Sequence

from sqlalchemy import select

from commission_app.core.db import db
from commission_app.sessions.agenda.models import AgendaItem
from commission_app.sessions.decisions.models import Decision
from tests.clients import TOKEN
from tests.random_day.ledger import Ledger
from tests.random_day.live_page import LivePage
from tests.random_day.wire import parts_of

#: The moment is another with each page; the form of the notes stands behind an editor, compared by its text.
APART = frozenset({"instant", "notes"})
HIDDEN = re.compile(r"\s+hidden\b")


def faults_of_page(page: LivePage) -> list[str]:
    """The fragments that say something else than on a page opened now."""
    fresh, shown = parts_of(page.fresh()), page.fragments
    named = [name for name in fresh if _seen(name, fresh[name]) != _seen(name, shown.get(name, ""))]
    who = f"{page.audience} {page.who}"
    return [f"{who} {name}:\n{shown.get(name)}\n=== fresh\n{fresh[name]}" for name in named]


def faults_of_decisions(ledger: Ledger) -> list[str]:
    """The decisions that were acknowledged and are not there."""
    made = set(map(str, db.session.scalars(select(Decision.draft_id))))
    return [f"acknowledged, not there: the decision of draft {lost}" for lost in ledger.records - made]


def faults_of_notes(ledger: Ledger, pages: Sequence[LivePage]) -> list[str]:
    """What was typed stands in the notes once; every page that has them open reads the same."""
    kept = {str(item.id): item.notes for item in db.session.scalars(select(AgendaItem))}
    counted = [
        f"{kept[item].count(piece)} times in the notes: {piece}"
        for item, pieces in ledger.pieces.items()
        for piece in pieces
        if item in kept and kept[item].count(piece) != 1
    ]
    texts = [(page, item) for page in pages for item in page.notes if item in kept]
    return counted + [
        f"{page.who} reads other notes of {item}" for page, item in texts if page.text(item) != kept[item]
    ]


def _seen(name: str, html: str) -> str:
    """What there is to see: a page hides one of the buttons of the own hand itself, a form has its token."""
    if name in APART:
        return ""
    return HIDDEN.sub("", html) if name == "participer" else TOKEN.sub("", html)
