"""What the commission decided, on the page of the person concerned: once it was worded or told."""

import uuid

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from commission_app.core.clock import local
from commission_app.core.db import db
from commission_app.dossiers.personal.decided import Decided, tells_decisions
from commission_app.sessions.decisions.models import Decision, Telling
from commission_app.sessions.decisions.queries import standing
from commission_app.sessions.decisions.telling.drafting import drafted
from commission_app.sessions.decisions.telling.models import PlainWords


@tells_decisions
def told_to_person(dossier_id: uuid.UUID) -> list[Decided]:
    """The decisions that stand on a dossier and that somebody worded for the person, or told already."""
    query = (
        select(Decision, PlainWords)
        .outerjoin(PlainWords, PlainWords.decision_id == Decision.id)
        .outerjoin(Telling, Telling.decision_id == Decision.id)
        .where(
            Decision.dossier_id == dossier_id,
            PlainWords.decision_id.is_not(None) | Telling.decision_id.is_not(None),
        )
        .options(joinedload(Decision.commission_session), joinedload(Decision.structure))
        .order_by(Decision.number)
    )
    rows = {decision.id: (decision, words) for decision, words in db.session.execute(query).unique()}
    kept = standing([decision for decision, _words in rows.values()])
    return [_decided(*rows[decision.id]) for decision in kept]


def _decided(decision: Decision, words: PlainWords | None) -> Decided:
    text = words.text if words else ""
    paragraphs = [line for line in (text or drafted(decision)).split("\n") if line.strip()]
    return Decided(local(decision.commission_session.starts_at).date(), paragraphs)
