"""What people do in a day, act by act: who posts which form, and the event that it leaves."""

from collections import Counter
from collections.abc import Iterator
from uuid import UUID

from sqlalchemy import func, select

from commission_app.core.db import db
from commission_app.core.events import Event
from tests.bench.live_day import Acting, House, LiveDay

#: One turn of ten acts: mostly hands, then the course, then a decision.
TURN = (
    ("member", "main-levee", "hand_raised"),
    ("member", "main-baissee", "hand_lowered"),
    ("leader", "pause", "session_paused"),
    ("leader", "reprendre", "session_resumed"),
    ("member", "main-levee", "hand_raised"),
    ("member", "main-baissee", "hand_lowered"),
    ("leader", "propose", "draft_read_back"),
    ("member", "main-levee", "hand_raised"),
    ("leader", "decide", "decision_recorded"),
    ("member", "main-baissee", "hand_lowered"),
)


def acts(house: House, leader: Acting, member: Acting, count: int) -> Iterator[str]:
    """So many acts; each is acknowledged when the name of its event comes out."""
    for number in range(count):
        who, path, event = TURN[number % len(TURN)]
        if path == "propose":
            leader.propose(number)
        elif path == "decide":
            leader.decide(house.draft(leader.day))
        else:
            (leader if who == "leader" else member).post(path)
        yield event


def lost(house: House, day: LiveDay, acknowledged: Counter[str]) -> int:
    """How many acknowledged acts the database does not have."""
    with house.app.app_context():
        query = select(Event.name, func.count()).where(Event.commission_session_id == UUID(day.id))
        found = dict(map(tuple, db.session.execute(query.group_by(Event.name))))
        db.session.remove()
    return sum(max(0, count - found.get(name, 0)) for name, count in acknowledged.items())
