"""Writing the frame of a day: the territory's template, or one session's own."""

from datetime import time

from commission_app.accounts.models import User
from commission_app.core.db import db
from commission_app.core.events import record
from commission_app.core.policies import require
from commission_app.core.states import expect
from commission_app.sessions.models import CommissionSession, DayTemplate
from commission_app.sessions.policies import can_prepare_session, can_prepare_territory
from commission_app.sessions.programme.frame import Moment, programme_of
from commission_app.sessions.programme.queries import template_of
from commission_app.sessions.services import NOT_ANY_MORE, PREPARED
from commission_app.territories.models import Territory


def save_template(
    actor: User, territory: Territory, *, starts: time, ends: time, moments: list[Moment], version: int
) -> DayTemplate:
    """Write the programme that the territory's next drafted days begin with; its coordination alone."""
    require(can_prepare_territory(actor, territory.id))
    programme = programme_of(moments, starts=starts, ends=ends)
    template = template_of(territory)
    if template is None:
        template = DayTemplate(territory_id=territory.id, starts=starts, ends=ends)
        db.session.add(template)
    else:
        template.expect_version(version)
    template.starts, template.ends, template.programme = starts, ends, programme
    record(actor, "day_template_changed", template)
    return template


def save_programme(
    actor: User, day: CommissionSession, *, starts: time, ends: time, moments: list[Moment], version: int
) -> None:
    """Write the frame of one day within its hours; the coordination alone, before the day begins."""
    require(can_prepare_session(actor, day))
    expect(day.state, PREPARED, NOT_ANY_MORE)
    day.expect_version(version)
    day.programme = programme_of(moments, starts=starts, ends=ends)
    record(actor, "session_programme_changed", day)
