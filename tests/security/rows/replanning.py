"""What is left of a live day: the facilitator who holds the floor rearranges it."""

from datetime import timedelta

from commission_app.core import clock
from commission_app.core.db import db
from commission_app.sessions.day.replanning.models import CourseChange
from commission_app.sessions.states import ItemKind
from tests.factories import make_item
from tests.security.live import ACTS, DAY, FLOORLESS, NEXT, POINT_OF_ANOTHER, RUNS, seen, without_floor
from tests.security.matrix import row

UP = {"to": "up"}
LENGTH = {"minutes": "20"}
WAY = {"key": "raccourcir"}


def late(world):
    """The last point would end after the day."""
    day = world["live_day"]
    day.starts_at, day.ends_at = clock.now() - timedelta(hours=1), clock.now() + timedelta(minutes=30)
    world["next_point"].planned_minutes = 60


def late_without_floor(world):
    """The same, while the other facilitator leads."""
    late(world)
    without_floor(world)


def one_more(world):
    """Another point follows the next one."""
    make_item(world["live_day"], ItemKind.OFFER, title="Une autre offre", position=4)


def one_more_without_floor(world):
    """The same, while the other facilitator leads."""
    one_more(world)
    without_floor(world)


def live_change(world):
    """A change that changed nothing, to be taken back."""
    change = CourseChange(
        commission_session_id=world["live_day"].id,
        actor_id=world.actors["facilitator"].id,
        words="Déplacer un point",
        before=[],
        made=[],
    )
    db.session.add(change)
    return change


def changed(world):
    """The change to take back."""
    return {"change": str(world["live_change"].id)}


def made_change(world):
    """A change was made."""
    assert world["live_change"]


def made_change_without_floor(world):
    """The same, while the other facilitator leads."""
    made_change(world)
    without_floor(world)


OBJECTS = {"live_change": live_change}

ACTS_ON_THE_REST = (
    ("day.replanning.catch_up", DAY, WAY, late, late_without_floor),
    ("day.replanning.move", NEXT, UP, None, without_floor),
    ("day.replanning.resize", NEXT, LENGTH, None, without_floor),
    ("day.replanning.merge", NEXT, {}, one_more, one_more_without_floor),
    ("day.replanning.split", DAY, seen, None, without_floor),
    ("day.replanning.undo", DAY, changed, made_change, made_change_without_floor),
)

ROWS = [
    row("GET", "day.replanning.show", DAY, allows=RUNS),
    *[
        row("POST", endpoint, args, data=data, allows=ACTS, state=state)
        for endpoint, args, data, state, _other in ACTS_ON_THE_REST
    ],
    *[
        row("POST", endpoint, args, data=data, refuses=FLOORLESS, state=other, note="without the floor")
        for endpoint, args, data, _state, other in ACTS_ON_THE_REST
    ],
    *[
        row("POST", endpoint, POINT_OF_ANOTHER, data=data, note="of another day")
        for endpoint, data in (
            ("day.replanning.move", UP),
            ("day.replanning.resize", LENGTH),
            ("day.replanning.merge", {}),
        )
    ],
]
