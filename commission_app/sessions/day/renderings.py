"""What was rendered for everybody after an act is what the act answers too: a day is rendered once."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from commission_app.core.db import db
from commission_app.sessions.day.fragments import Audience
from commission_app.sessions.day.view import LiveView

_KEY = "day_renderings"  # in Session.info


@dataclass(frozen=True)
class Rendering:
    """A day at one instant, completed for the desk, and the fragments of each audience."""

    view: LiveView
    fragments: Mapping[Audience, Mapping[str, str]]


def keep_rendering(day_id: uuid.UUID, rendering: Rendering | None) -> None:
    """Keep what was rendered of a day after the transaction just committed, for the rest of this request;
    nothing, where another thread or nobody rendered it."""
    db.session().info.setdefault(_KEY, {})[day_id] = rendering


def rendering_of(day_id: uuid.UUID) -> Rendering | None:
    """The day as the last act of this request left it, if it was rendered here."""
    found: Rendering | None = db.session().info.get(_KEY, {}).get(day_id)
    return found
