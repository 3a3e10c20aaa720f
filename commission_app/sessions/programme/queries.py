"""The template of a territory."""

from sqlalchemy import select

from commission_app.core.db import db
from commission_app.sessions.models import DayTemplate
from commission_app.territories.models import Territory


def template_of(territory: Territory) -> DayTemplate | None:
    """The territory's own template; None until somebody wrote one."""
    return db.session.scalar(select(DayTemplate).where(DayTemplate.territory_id == territory.id))
