"""Models of solved situations: by words, by freins, by likeness."""

import uuid
from collections.abc import Collection

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import joinedload

from commission_app.accounts.models import User
from commission_app.core.db import db
from commission_app.core.errors import NotFoundError
from commission_app.core.pages import Page, paginate
from commission_app.core.search import folded, pattern
from commission_app.library.models import SituationModel
from commission_app.library.situations.policies import visible_models

CANDIDATES = 200


def listed_models(actor: User, *, text: str = "", frein: str = "", number: int = 1) -> Page[SituationModel]:
    """The models that hold every word of a text, without regard to accents, and a frein; newest first."""
    query = visible_models(actor)
    for word in folded(text).split():
        query = query.where(SituationModel.search.like(pattern(word), escape="\\"))
    if frein:
        query = query.where(_has_frein(frein))
    ordered = query.order_by(SituationModel.created_at.desc(), SituationModel.id)
    return paginate(ordered.options(joinedload(SituationModel.territory)), number=number, size=10)


def similar_models(freins: Collection[str], *, limit: int = 3) -> list[SituationModel]:
    """The models that share most of these freins, for whoever writes about a situation; names nobody."""
    wanted = set(freins)
    if not wanted:
        return []
    query = select(SituationModel).where(or_(*(_has_frein(frein) for frein in sorted(wanted))))
    latest = query.order_by(SituationModel.created_at.desc()).limit(CANDIDATES)
    found = db.session.scalars(latest).all()
    return sorted(found, key=lambda model: -len(wanted & set(model.freins)))[:limit]


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


def _has_frein(frein: str) -> ColumnElement[bool]:
    return SituationModel.search.like(pattern(f"|{frein}|"), escape="\\")
