"""The door of a personal link, and when an action was last reminded of."""

import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import joinedload

from commission_app.core import clock
from commission_app.core.db import db
from commission_app.core.errors import ExpiredLinkError
from commission_app.core.pages import COUNT_LIMIT
from commission_app.core.prepared import TODAY, Prepared
from commission_app.core.tokens import hashed
from commission_app.followup.models import Action, ActionLink
from commission_app.followup.states import OPEN_STATES

#: A late action is not offered for another reminder before that.
QUIET = timedelta(days=3)


def get_link(token: str) -> ActionLink:
    """The link behind a token with its action; raises ExpiredLinkError when it opens nothing any more."""
    query = (
        select(ActionLink)
        .where(ActionLink.token_hash == hashed(token))
        .options(
            joinedload(ActionLink.action).joinedload(Action.structure),
            joinedload(ActionLink.action).joinedload(Action.territory),
            joinedload(ActionLink.user),
        )
    )
    link = db.session.scalars(query).unique().one_or_none()
    if link is None or not _opens(link):
        raise ExpiredLinkError()
    return link


def reminders_of(action_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, datetime]:
    """When each action was last reminded of, where it was."""
    query = (
        select(ActionLink.action_id, func.max(ActionLink.created_at))
        .where(ActionLink.action_id.in_(list(action_ids)))
        .group_by(ActionLink.action_id)
    )
    return dict(db.session.execute(query).all())


def has_open_links(action_id: uuid.UUID) -> bool:
    """Whether a link about this action could still be answered."""
    query = select(ActionLink.id).where(
        ActionLink.action_id == action_id,
        ActionLink.revoked_at.is_(None),
        ActionLink.expires_at > clock.now(),
    )
    return db.session.scalar(query.limit(1)) is not None


def to_remind(territory_id: uuid.UUID) -> Select[Action]:
    """The late actions of a territory of which nobody was reminded these last days."""
    return _unreminded(territory_id, clock.now() - QUIET)


def _unreminded(territory_id: Any, since: Any) -> Select[Action]:
    lately = exists().where(ActionLink.action_id == Action.id, ActionLink.created_at > since)
    return select(Action).where(
        Action.territory_id == territory_id, Action.state.in_(OPEN_STATES), Action.due_on < TODAY, ~lately
    )


def _count(*, territory_id: Any, since: Any) -> Select[int]:
    few = _unreminded(territory_id, since).with_only_columns(Action.id).limit(COUNT_LIMIT + 1)
    return select(func.count()).select_from(few.subquery())


_COUNT = Prepared(_count)


def count_to_remind(territory_id: uuid.UUID) -> int:
    """How many late actions of a territory wait for a reminder; stops at COUNT_LIMIT + 1."""
    return _COUNT(territory_id=territory_id, since=clock.now() - QUIET).scalar() or 0


def open_action(action_id: uuid.UUID) -> Action | None:
    """The action if it still has to be done, for the worker."""
    action = db.session.get(Action, action_id)
    return action if action is not None and action.is_open else None


def _opens(link: ActionLink) -> bool:
    is_closed_account = link.user is not None and not link.user.is_active
    return link.revoked_at is None and link.expires_at > clock.now() and not is_closed_account
