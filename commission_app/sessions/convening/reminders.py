"""When silent structures are reminded: in the morning, 15 and 3 days before, of the date as it then is."""

import uuid
from datetime import time, timedelta
from typing import Any

from commission_app.core import clock
from commission_app.core.db import db
from commission_app.core.outbox import enqueue, job
from commission_app.sessions.convening.letters import send_reminder
from commission_app.sessions.convening.queries import invitations_of
from commission_app.sessions.hours import day_of, local_moment
from commission_app.sessions.models import CommissionSession
from commission_app.sessions.states import Answer, SessionState

DAYS_BEFORE = (15, 3)
AT = time(8)


def plan_reminders(day: CommissionSession) -> None:
    """Ask the outbox for the reminders of a day at its present date; those already past are left out."""
    on = day_of(day)
    for days in DAYS_BEFORE:
        run_at = local_moment(on - timedelta(days=days), AT)
        if run_at > clock.now():
            payload = {"session": str(day.id), "on": on.isoformat(), "days": days}
            enqueue("remind_session", payload, key=f"remind:{day.id}:{on}:{days}", run_at=run_at)


@job("remind_session")
def _remind(payload: dict[str, Any]) -> None:
    """A day cancelled, begun or moved meanwhile reminds of nothing; nor does who answered."""
    day = db.session.get(CommissionSession, uuid.UUID(payload["session"]))
    if day is None or day.state is not SessionState.CONVENED:
        return
    if day_of(day).isoformat() != payload["on"]:
        return
    for invitation in invitations_of(day):
        if invitation.answer is Answer.NONE:
            send_reminder(day, invitation, days=int(payload["days"]))
