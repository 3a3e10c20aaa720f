"""The mailbox after the loading: a dozen letters that show what the platform writes, never hundreds."""

from collections import defaultdict

from sqlalchemy import delete, select

from commission_app.core.db import db
from commission_app.core.outbox import Job, JobState
from commission_app.demo.world import World

MAIL = "send_mail"
A_KIND = 1
MANY = {"convocation": 3, "urgent": 2}
MOST = 14


def keep_a_few(world: World) -> None:
    """Of what waits to be sent, keep the latest letters of each kind; what the year's reminders would have
    said is left out."""
    due = list(
        db.session.scalars(
            select(Job).where(Job.state == JobState.DUE, Job.run_at <= world.now).order_by(Job.run_at.desc())
        )
    )
    kept = _kept([job for job in due if job.kind == MAIL]) | _last_reminder(due)
    gone = [job.id for job in due if job.id not in kept]
    db.session.execute(delete(Job).where(Job.id.in_(gone)))


def _kept(mails: list[Job]) -> set[object]:
    kinds: dict[str, list[Job]] = defaultdict(list)
    for mail in mails:
        kind = mail.key.split(":")[1]
        if len(kinds[kind]) < MANY.get(kind, A_KIND):
            kinds[kind].append(mail)
    newest = sorted((mail for found in kinds.values() for mail in found), key=lambda one: one.run_at)
    return {mail.id for mail in newest[-MOST:]}


def _last_reminder(jobs: list[Job]) -> set[object]:
    """One reminder of a late action, with its link to answer without an account."""
    late = (job.id for job in jobs if job.kind == "remind_action" and job.payload["kind"] == "late")
    return set(list(late)[:1])
