"""Wording what the person is told."""

from commission_app.accounts.models import User
from commission_app.core import clock
from commission_app.core.db import db
from commission_app.core.errors import InvalidInputError, StaleError
from commission_app.core.events import record
from commission_app.core.nir import refuse_nir
from commission_app.core.policies import require
from commission_app.sessions.decisions.models import Decision
from commission_app.sessions.decisions.telling.models import PlainWords
from commission_app.sessions.decisions.telling.policies import can_word_decision

SHORTEST = 20


def word_decision(actor: User, decision: Decision, *, text: str, version: int) -> PlainWords:
    """Word for the person what was decided on her situation; whoever tells her may.

    `version` is that of the text that was read, 0 for the one drafted from the decision: a stale one is
    refused. Refuses a text too short to be understood, and one with a social-security number.
    """
    require(can_word_decision(actor, decision))
    refuse_nir([("text", text)])
    if len(text) < SHORTEST:
        raise InvalidInputError(
            "Écrivez ce que la personne doit comprendre, en une phrase au moins.", field="text"
        )
    words = db.session.get(PlainWords, decision.id)
    if version != (words.version if words else 0):
        raise StaleError()
    if words is None:
        words = PlainWords(decision_id=decision.id)
        db.session.add(words)
    words.text, words.written_by_id, words.written_at = text, actor.id, clock.now()
    record(actor, "decision_worded", decision)
    return words
