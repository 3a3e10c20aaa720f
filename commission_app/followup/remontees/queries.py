"""The list of remontées by theme, and who answers them."""

import uuid
from itertools import groupby

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from commission_app.accounts.models import User
from commission_app.core.db import db
from commission_app.core.errors import NotFoundError
from commission_app.followup.models import Remontee
from commission_app.followup.remontees.policies import piloting, visible_remontees
from commission_app.followup.states import RemonteeState


def listed(
    actor: User, *, territory_id: uuid.UUID | None = None, state: RemonteeState | None = None
) -> Select[Remontee]:
    """What the actor may read, by theme, the newest first inside each."""
    query = visible_remontees(actor).options(joinedload(Remontee.territory))
    if territory_id is not None:
        query = query.where(Remontee.territory_id == territory_id)
    if state is not None:
        query = query.where(Remontee.state == state)
    return query.order_by(Remontee.theme, Remontee.created_at.desc(), Remontee.id)


def by_theme(remontees: list[Remontee]) -> list[tuple[str, list[Remontee]]]:
    """A page of the list as (theme, its remontées)."""
    return [(theme, list(group)) for theme, group in groupby(remontees, key=lambda one: one.theme)]


def get_remontee(actor: User, remontee_id: uuid.UUID) -> Remontee:
    """One remontée; raises NotFoundError when the actor may not read it."""
    query = visible_remontees(actor).where(Remontee.id == remontee_id)
    query = query.options(joinedload(Remontee.territory), joinedload(Remontee.answered_by))
    remontee = db.session.scalars(query).unique().one_or_none()
    if remontee is None:
        raise NotFoundError()
    return remontee


def remontees_of_session(commission_session_id: uuid.UUID) -> list[Remontee]:
    """What a session sent up, with the answers that came back."""
    query = select(Remontee).where(Remontee.commission_session_id == commission_session_id)
    return list(db.session.scalars(query.order_by(Remontee.created_at).limit(100)))


def pilots_of(territory_id: uuid.UUID) -> list[User]:
    """Who is told of a problem that this territory sends up."""
    return list(db.session.scalars(piloting(territory_id)).unique())
