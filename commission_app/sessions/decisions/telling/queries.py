"""What a person is told, and which decisions of a day somebody still has to tell."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, lazyload

from commission_app.accounts.models import User
from commission_app.core import clock
from commission_app.core.db import db
from commission_app.core.errors import NotFoundError
from commission_app.dossiers.models import Dossier
from commission_app.sessions.decisions.models import Decision, Telling
from commission_app.sessions.decisions.policies import keeps_decision
from commission_app.sessions.decisions.queries import get_decision_to_tell, standing
from commission_app.sessions.decisions.telling.drafting import drafted, unexplained
from commission_app.sessions.decisions.telling.models import PlainWords
from commission_app.sessions.decisions.telling.policies import can_word_decision
from commission_app.sessions.models import CommissionSession


@dataclass(frozen=True)
class Told:
    """What the person is told of one decision, by whom, whether it was done. `version` is 0 while nobody
    worded it."""

    decision: Decision
    text: str
    version: int
    telling: Telling | None

    @property
    def paragraphs(self) -> list[str]:
        """The text as paragraphs."""
        return [line for line in self.text.split("\n") if line.strip()]

    @property
    def to_explain(self) -> Sequence[str]:
        """The abbreviations that the person may not know."""
        return unexplained(self.text)

    @property
    def is_late(self) -> bool:
        """Whether the day by which the person should know has passed."""
        by = self.decision.tell_on
        return self.telling is None and by is not None and by < clock.today()

    @property
    def referent(self) -> User:
        """Who accompanies the person today."""
        assert self.decision.dossier is not None
        return self.decision.dossier.referent


def get_told(actor: User, session_id: uuid.UUID, decision_id: uuid.UUID) -> Told:
    """What the person is told of a decision, for who tells; raises NotFoundError for everybody else, and for
    a decision that was replaced."""
    decision = get_decision_to_tell(actor, session_id, decision_id)
    replaced = db.session.scalar(select(Decision.id).where(Decision.replaces_id == decision.id))
    if replaced is not None or not can_word_decision(actor, decision):
        raise NotFoundError()
    words = db.session.get(PlainWords, decision.id)
    telling = db.session.get(Telling, decision.id)
    return _told(decision, words, telling)


def tellings_of(actor: User, day: CommissionSession) -> list[Told]:
    """The decisions of a day that the person tells, or sees told, in the order of the day; three queries."""
    referent = joinedload(Decision.dossier).joinedload(Dossier.referent)
    query = (
        select(Decision)
        .where(Decision.commission_session_id == day.id)
        .options(
            joinedload(Decision.agenda_item),
            joinedload(Decision.structure),
            joinedload(Decision.teller).options(*NAME_ALONE),
            referent.options(*NAME_ALONE),
        )
        .order_by(Decision.number)
    )
    decisions = [one for one in standing(list(db.session.scalars(query))) if _shows(actor, one)]
    ids = [decision.id for decision in decisions]
    words = {one.decision_id: one for one in db.session.scalars(_of(PlainWords, ids))}
    done = {one.decision_id: one for one in db.session.scalars(_of(Telling, ids))}
    return [_told(one, words.get(one.id), done.get(one.id)) for one in decisions]


def tells_any(actor: User, decisions: Iterable[Decision]) -> bool:
    """Whether the person tells one of these decisions, or sees it told."""
    return any(_shows(actor, decision) for decision in decisions)


NAME_ALONE = (lazyload(User.memberships), lazyload(User.structure))


def _shows(actor: User, decision: Decision) -> bool:
    return can_word_decision(actor, decision) and keeps_decision(actor, decision)


def _of(model: type[Any], ids: Sequence[uuid.UUID]) -> Select[Any]:
    return select(model).where(model.decision_id.in_(ids))


def _told(decision: Decision, words: PlainWords | None, telling: Telling | None) -> Told:
    text = words.text if words else drafted(decision)
    return Told(decision, text, words.version if words else 0, telling)
