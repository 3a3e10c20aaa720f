"""Who else is at a draft, and which texts met there."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, lazyload

from commission_app.accounts.models import User
from commission_app.core import clock
from commission_app.core.db import db
from commission_app.core.errors import NotFoundError
from commission_app.core.prepared import Prepared
from commission_app.dossiers.states import Part
from commission_app.dossiers.writing.models import Clash, Hands, Presence

#: An open page says every ten seconds that it is there.
HERE_FOR = timedelta(seconds=25)
#: The page that one has just left is not another page of one's own: it has missed its turn.
OWN_FOR = timedelta(seconds=10.5)
_NAME_ALONE = (lazyload(User.memberships), lazyload(User.structure))


@dataclass(frozen=True)
class Other:
    """Somebody else at the same dossier: who, at which part, or the reader's own other page."""

    name: str
    part: Part
    is_self: bool


def others_at(dossier_id: uuid.UUID, *, reader: User, page: str = "", is_first: bool = False) -> list[Other]:
    """The other open pages on a dossier, each person once a part: one query. A page that is just opened does
    not count the reader's own others: one of them is the page that it came from."""
    own_from = clock.now() if is_first else clock.now() - OWN_FOR
    seen = db.session.scalars(
        select(Presence)
        .where(
            Presence.dossier_id == dossier_id,
            Presence.seen_at > clock.now() - HERE_FOR,
            Presence.page != page,
        )
        .options(joinedload(Presence.user).options(*_NAME_ALONE))
        .order_by(Presence.seen_at)
    )
    rows = (row for row in seen if row.user_id != reader.id or row.seen_at > own_from)
    found = (Other(row.user.full_name, row.part, row.user_id == reader.id) for row in rows)
    return list(dict.fromkeys(found))


def last_hands(dossier_id: uuid.UUID, part: Part) -> dict[str, str]:
    """Each field of a part that was written, with the page that wrote it last."""
    found = _LAST_HANDS(dossier_id=dossier_id, part=part).one_or_none()
    return dict(found.pages) if found else {}


def _last_hands(*, dossier_id: Any, part: Any) -> Select[dict[str, str]]:
    return select(Hands.pages).where(Hands.dossier_id == dossier_id, Hands.part == part)


def own_fields(hands: Mapping[str, str], page: str) -> set[str]:
    """The fields of a part that a page was the last to write."""
    return {name for name, hand in hands.items() if hand == page} if page else set()


def open_clashes(dossier_id: uuid.UUID, part: Part | None = None) -> Sequence[Clash]:
    """The texts that met and that nobody settled yet, the oldest first. Mostly there are none, as one types:
    a narrow question says so."""
    if _ANY_OPEN(dossier_id=dossier_id, part=part).first() is None:
        return []
    return _OPEN_CLASHES(dossier_id=dossier_id, part=part).scalars().all()


def _open_clashes(*, dossier_id: Any, part: Any) -> Select[Clash]:
    query = (
        select(Clash)
        .where(Clash.dossier_id == dossier_id, Clash.settled_at.is_(None))
        .options(joinedload(Clash.author).options(*_NAME_ALONE))
        .order_by(Clash.created_at)
    )
    return query if part is None else query.where(Clash.part == part)


def _any_open(*, dossier_id: Any, part: Any) -> Select[uuid.UUID]:
    query = select(Clash.id).where(Clash.dossier_id == dossier_id, Clash.settled_at.is_(None)).limit(1)
    return query if part is None else query.where(Clash.part == part)


_OPEN_CLASHES, _ANY_OPEN = Prepared(_open_clashes), Prepared(_any_open)
_LAST_HANDS = Prepared(_last_hands)


def open_clash(dossier_id: uuid.UUID, part: Part, clash_id: uuid.UUID) -> Clash:
    """One clash of a part; raises NotFoundError for one of elsewhere, or one settled already."""
    found = next((one for one in open_clashes(dossier_id, part) if one.id == clash_id), None)
    if found is None:
        raise NotFoundError()
    return found
