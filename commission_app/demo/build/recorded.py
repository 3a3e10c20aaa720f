"""The minutes of the days held, validated by the two who ran them."""

from sqlalchemy import select

from commission_app.core.db import db
from commission_app.demo.world import World
from commission_app.sessions.minutes.models import Minutes
from commission_app.sessions.minutes.services import validate_minutes, write_introduction

INTRODUCTION = "Journée dense et bienveillante. Merci aux structures venues pour une partie de la journée."


def record_minutes(world: World, key: str) -> None:
    """The first facilitator words the introduction and validates, the second validates after."""
    day = world.days[key]
    minutes = db.session.scalars(select(Minutes).where(Minutes.commission_session_id == day.id)).one()
    first, second = (facilitator.user for facilitator in day.facilitators)
    write_introduction(first, minutes, introduction=INTRODUCTION, version=minutes.version)
    for person in (first, second):
        db.session.flush()
        validate_minutes(person, minutes, version=minutes.version)
