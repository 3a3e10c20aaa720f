"""The version that live pages follow: it grows by one for each act on a live day, in the act's own
transaction."""

import uuid

from sqlalchemy.orm import Session

from commission_app.core.db import db
from commission_app.sessions.models import CommissionSession

_KEY = "grown_versions"


def grow(day: CommissionSession) -> None:
    """Count one act on the day, once a transaction however many events it writes."""
    session: Session = db.session()
    transaction, grown = session.info.get(_KEY, (None, {}))
    if transaction is not session.get_transaction():
        grown = {}
    if day.id in grown:
        return
    day.live_version += 1
    session.info[_KEY] = (session.get_transaction(), {**grown, day.id: day.live_version})


def take_grown() -> dict[uuid.UUID, int]:
    """The days whose version grew in the transaction just committed, with their new versions; asked once."""
    _transaction, grown = db.session().info.pop(_KEY, (None, {}))
    return dict(grown)
