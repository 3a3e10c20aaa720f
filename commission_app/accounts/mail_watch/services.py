"""Sending again what did not leave."""

from sqlalchemy import select

from commission_app.accounts.mail_watch.queries import KIND
from commission_app.accounts.models import User
from commission_app.accounts.policies import can_manage_accounts
from commission_app.core import clock
from commission_app.core.db import db
from commission_app.core.events import record
from commission_app.core.outbox import Job, JobState
from commission_app.core.policies import require


def retry_mail(actor: User, job: Job) -> None:
    """Have a late or abandoned mail sent now, with its tries counted anew; the administration alone may."""
    require(can_manage_accounts(actor))
    job.state, job.tries, job.run_at, job.lease = JobState.DUE, 0, clock.now(), None
    record(actor, "mail_retried", job)


def retry_mails(actor: User) -> int:
    """Have every late or abandoned mail sent now; returns how many. The administration alone may."""
    require(can_manage_accounts(actor))
    stuck = select(Job).where(Job.kind == KIND, Job.state.in_((JobState.DUE, JobState.FAILED)))
    jobs = [job for job in db.session.scalars(stuck) if job.tries or job.state is JobState.FAILED]
    for job in jobs:
        retry_mail(actor, job)
    return len(jobs)
