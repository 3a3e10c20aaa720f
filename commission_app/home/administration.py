"""What the administration reads first: mails that wait, accounts not opened, pairs to name."""

from typing import Any

from sqlalchemy import ScalarSelect, exists, or_, select

from commission_app.accounts.models import Membership, User
from commission_app.accounts.states import Role
from commission_app.binomes.models import Binome
from commission_app.core.outbox import Job, JobState
from commission_app.home.counts import Count, counted
from commission_app.home.tasks import Task
from commission_app.territories.models import Territory


def figures() -> dict[str, ScalarSelect[Any]]:
    """Counts to be read in one statement."""
    coordinated = exists().where(
        Membership.territory_id == Territory.id, Membership.held_today(Role.COORDINATOR)
    )
    orphans = select(Territory).where(Territory.archived_on.is_(None), ~coordinated)
    unopened = select(User).where(User.closed_at.is_(None), User.password_hash == "", User.is_demo.is_(False))
    open_place = or_(Binome.cadre_id.is_(None), Binome.technicien_id.is_(None))
    troubled = select(Job).where(Job.kind == "send_mail", Job.state != JobState.DONE, Job.last_error != "")
    return {
        "troubled_mails": counted(troubled),
        "orphan_territories": counted(orphans),
        "unopened_accounts": counted(unopened),
        "open_places": counted(select(Binome).where(Binome.current(), open_place)),
    }


def tasks_of(read: dict[str, object]) -> list[Task]:
    """What the administration has to look at; a kind with nothing in it is left out."""
    lines = (
        ("troubled_mails", "Courriels retardés", "Le serveur de courriel les refuse ou ne répond pas",
         "mail_watch.index", "stop"),
        ("orphan_territories", "Territoires sans coordination", "Personne n’y convoque de session",
         "territories.index", ""),
        ("unopened_accounts", "Comptes jamais ouverts", "L’invitation attend, ou son lien a expiré",
         "accounts.index", ""),
        ("open_places", "Binômes incomplets", "La coordination de chaque territoire les désigne",
         "structures.index", ""),
    )  # fmt: skip
    tasks = [
        Task(Count(int(str(read.get(name) or 0))), title, detail, endpoint, tone=tone)
        for name, title, detail, endpoint, tone in lines
    ]
    return [task for task in tasks if task.count]
