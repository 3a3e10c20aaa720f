"""Sending again what did not leave."""

from sqlalchemy import or_, select, update

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


def retry_jobs(actor: User | None) -> int:
    """Who holds the machine has stuck jobs done now, without an account; returns how many."""
    stuck = or_(Job.state == JobState.FAILED, Job.tries > 0)
    open_ones = Job.state.in_((JobState.DUE, JobState.FAILED))
    again = {"state": JobState.DUE, "tries": 0, "run_at": clock.now(), "lease": None}
    changed = update(Job).where(open_ones, stuck).values(again).returning(Job.id)
    return len(db.session.execute(changed.execution_options(synchronize_session=False)).all())
