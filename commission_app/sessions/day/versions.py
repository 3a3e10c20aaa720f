"""The version that live pages follow: it grows by one for each act on a live day, in the act's own
transaction."""

import uuid

from sqlalchemy import update
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from commission_app.core.db import db
from commission_app.core.prepared import Prepared
from commission_app.sessions.models import CommissionSession

_KEY = "grown_versions"


def grow(day: CommissionSession) -> None:
    """Count one act on the day, once a transaction however many events it writes.

    The database counts: an act that did not take the day's lock first is neither lost nor refused as stale.
    """
    session: Session = db.session()
    transaction, grown = session.info.get(_KEY, (None, {}))
    if transaction is not session.get_transaction():
        grown = {}
    if day.id in grown:
        return
    version = _GROW(day_id=day.id).scalar_one()
    set_committed_value(day, "live_version", version)
    session.info[_KEY] = (session.get_transaction(), {**grown, day.id: version})


_GROW = Prepared(
    lambda *, day_id: (
        update(CommissionSession)
        .where(CommissionSession.id == day_id)
        .values(live_version=CommissionSession.live_version + 1)
        .returning(CommissionSession.live_version)
        .execution_options(synchronize_session=False)
    )
)


def take_grown() -> dict[uuid.UUID, int]:
    """The days whose version grew in the transaction just committed, with their new versions; asked once."""
    _transaction, grown = db.session().info.pop(_KEY, (None, {}))
    return dict(grown)
