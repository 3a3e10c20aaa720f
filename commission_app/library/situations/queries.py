"""Models of solved situations: by words, by freins, by likeness."""

import uuid
from collections.abc import Collection

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from commission_app.accounts.models import User
from commission_app.core.db import db
from commission_app.core.errors import NotFoundError
from commission_app.core.finding.queries import matching, sharing
from commission_app.core.pages import Page, paginate
from commission_app.core.search import folded, stems
from commission_app.library.models import SituationModel
from commission_app.library.situations.policies import visible_models

CANDIDATES = 200
KIND = "model"
#: Longer words say more of a situation; so many of them are looked for.
TELLING, TELLING_LENGTH = 12, 6


def listed_models(actor: User, *, text: str = "", frein: str = "", number: int = 1) -> Page[SituationModel]:
    """The models that hold every word of a text, without regard to accents, and a frein; newest first."""
    query = visible_models(actor)
    if stems(text) or frein:
        query = query.where(SituationModel.id.in_(matching(KIND, text, [frein] if frein else [])))
    ordered = query.order_by(SituationModel.created_at.desc(), SituationModel.id)
    return paginate(ordered.options(joinedload(SituationModel.territory)), number=number, size=10)


def similar_models(freins: Collection[str], *, text: str = "", limit: int = 3) -> list[SituationModel]:
    """The models that share most of these freins, then most words of a text, for whoever writes about a
    situation; names nobody. Among equals the latest comes first."""
    wanted = set(freins)
    words = {word for word in stems(text) if len(word) >= TELLING_LENGTH}
    if not wanted and not words:
        return []
    telling = sorted(words, key=lambda word: (-len(word), word))[:TELLING]
    ids = list(db.session.scalars(sharing(KIND, telling, sorted(wanted), limit=CANDIDATES)))
    rows = {model.id: model for model in db.session.scalars(_with_ids(ids))}
    found = [rows[one] for one in ids if one in rows]
    return sorted(found, key=lambda model: -_nearness(model, wanted, words))[:limit]


def _with_ids(ids: Collection[uuid.UUID]) -> Select[SituationModel]:
    return (
        select(SituationModel).where(SituationModel.id.in_(ids)).options(joinedload(SituationModel.territory))
    )


def _nearness(model: SituationModel, freins: set[str], words: set[str]) -> int:
    """A frein in common says more than three words."""
    said = set(stems(f"{model.title} {model.pattern}"))
    return 4 * len(freins & set(model.freins)) + len(words & said)


def get_model(actor: User, model_id: uuid.UUID) -> SituationModel:
    """One model; raises NotFoundError when the actor may not read it."""
    query = visible_models(actor).where(SituationModel.id == model_id)
    model = db.session.scalars(query.options(joinedload(SituationModel.territory))).one_or_none()
    if model is None:
        raise NotFoundError()
    return model


def search_words(title: str, situation: str, what_worked: str, freins: Collection[str]) -> str:
    """What the column `search` holds: the words folded, then each frein between bars."""
    return f"{folded(f'{title} {situation} {what_worked}')} |{'|'.join(freins)}|"
