"""Loading the demonstration into an empty database, once."""

from flask import Flask
from sqlalchemy import select

from commission_app.core import clock
from commission_app.core.config import Config
from commission_app.core.db import db, set_read_only
from commission_app.demo.build.between import plan_between
from commission_app.demo.build.followed import plan_tasks
from commission_app.demo.build.guests import plan_guests
from commission_app.demo.build.library import plan_library
from commission_app.demo.build.live import plan_live
from commission_app.demo.build.mails import keep_a_few
from commission_app.demo.build.offers import plan_offers
from commission_app.demo.build.places import settle
from commission_app.demo.build.situations import plan_situations
from commission_app.demo.build.winter import plan_winter
from commission_app.demo.build.year import plan_year
from commission_app.demo.world import World
from commission_app.territories.models import Territory

PLANS = (
    plan_situations,
    plan_year,
    plan_library,
    plan_offers,
    plan_tasks,
    plan_between,
    plan_winter,
    plan_live,
    plan_guests,
)


def load(app: Flask) -> None:
    """Put the demonstration into a database that holds no territory yet; otherwise leave it as it is.

    All of it or nothing: one transaction. Refused outside of demo mode.
    """
    config: Config = app.extensions["commission_config"]
    if not config.demo_mode:
        raise ValueError("The demonstration is loaded in demo mode alone.")
    with app.app_context():
        set_read_only(False)
        if db.session.scalar(select(Territory.id).limit(1)) is None:
            _live_through()
        db.session.remove()


def _live_through() -> None:
    world = World(now=clock.now())
    settle(world)
    for plan in PLANS:
        plan(world)
    world.live_through()
    keep_a_few(world)
    db.session.info.pop("events", None)  # nobody is connected yet: there is nothing to broadcast
    db.session.commit()
