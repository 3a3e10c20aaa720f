"""The home of one person: the union of what each of the roles held today has to see, in a steady order."""

import uuid
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Select

from commission_app.accounts.models import User
from commission_app.accounts.queries import territories_for
from commission_app.accounts.states import Role
from commission_app.binomes.urgent.queries import UrgentLine
from commission_app.core import clock, french
from commission_app.core.prepared import Prepared
from commission_app.dossiers.fiche_relais.models import FicheRelais
from commission_app.dossiers.fiche_relais.queries import waiting_fiches
from commission_app.dossiers.states import DossierState
from commission_app.home import administration, coordination, pilotage
from commission_app.home.counts import Count, together
from commission_app.home.days import Coming, Passage, coming_of, passages_of
from commission_app.home.founding import figures as founding_figures
from commission_app.home.founding import founding_step
from commission_app.home.lists import HomeAction, OwnDossier, actions_for, own_dossiers_of
from commission_app.home.policies import held_roles, title_of
from commission_app.home.recent import Line, recent_for
from commission_app.home.steps import NextStep, next_step_of
from commission_app.home.tasks import Task
from commission_app.home.urgencies import urgencies_for, urgent_task
from commission_app.sessions.models import CommissionSession
from commission_app.sessions.states import SessionState
from commission_app.territories.models import Territory


@dataclass
class HomePage:
    """What the home shows; a part that the roles do not ask for stays empty."""

    title: str
    roles: list[Role]
    coming: Coming
    tasks: list[Task] = field(default_factory=list)
    states: list[coordination.StateCount] = field(default_factory=list)
    late: list[HomeAction] = field(default_factory=list)
    own_actions: list[HomeAction] = field(default_factory=list)
    own_dossiers: list[OwnDossier] = field(default_factory=list)
    relays: list[FicheRelais] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    territories: list[pilotage.TerritoryLine] = field(default_factory=list)
    urgencies: list[UrgentLine] = field(default_factory=list)
    recent: list[Line] = field(default_factory=list)
    founding: NextStep | None = None

    @property
    def day(self) -> CommissionSession | None:
        """The first day to come."""
        return self.coming.days[0] if self.coming.days else None

    @property
    def next_step(self) -> NextStep | None:
        """The one next thing to do."""
        return self.founding or next_step_of(self.coming, self.roles, self.own_dossiers)

    @property
    def is_coordination(self) -> bool:
        """Whether the person coordinates a territory."""
        return self.holds(Role.COORDINATOR)

    @property
    def is_referent(self) -> bool:
        """Whether the person writes dossiers."""
        return self.holds(Role.REFERENT)

    @property
    def is_member(self) -> bool:
        """Whether the person sits in a commission or presents to one."""
        return self.holds(Role.PARTICIPANT, Role.REFERENT)

    def holds(self, *roles: Role) -> bool:
        """Whether the person holds one of these roles somewhere."""
        return any(role in self.roles for role in roles)


def home_of(actor: User) -> HomePage:
    """Everything that the home shows, in at most twelve queries with those of the sign-in."""
    page = HomePage(title_of(actor), held_roles(actor), coming_of(actor))
    observed = territories_for(actor, Role.PILOT) if page.holds(Role.PILOT) else []
    coordinated = actor.territory_ids(Role.COORDINATOR)
    _read_lists(page, actor, coordinated)
    read = _read_figures(page, coordinated, observed)
    page.tasks = _tasks(page, read)
    page.founding = founding_step(read) if page.holds(Role.ADMINISTRATOR) else None
    page.states = coordination.states_of(read, page.day) if coordinated else []
    page.territories = pilotage.lines_of(observed, read)
    page.recent = recent_for(
        actor,
        coordinated=coordinated,
        observed={territory.id for territory in observed} - coordinated,
        is_referent=page.holds(Role.REFERENT),
        commission_session_id=page.day.id if page.day else None,
    )
    return page


def _read_lists(page: HomePage, actor: User, coordinated: set[Any]) -> None:
    calls = page.holds(Role.COORDINATOR, Role.REFERENT, Role.PARTICIPANT)
    page.urgencies = urgencies_for(actor) if calls else []
    actions = actions_for(actor, coordinated, own=page.holds(Role.PARTICIPANT, Role.REFERENT))
    page.late, page.own_actions = actions.late, actions.own
    page.own_dossiers = own_dossiers_of(actor, actor.territory_ids(Role.REFERENT))
    page.relays = waiting_fiches(actor) if page.holds(Role.REFERENT) else []
    if (
        page.day is not None
        and page.holds(Role.REFERENT)
        and page.coming.page
        and page.coming.page.agenda_version
    ):
        page.passages = passages_of(actor, page.day)


def _read_figures(page: HomePage, coordinated: set[uuid.UUID], observed: list[Territory]) -> dict[str, Any]:
    administers = page.holds(Role.ADMINISTRATOR)
    if not (coordinated or observed or administers):
        return {}
    day = _prepared(page)
    is_ahead = day is not None and day.state is not SessionState.LIVE
    row = _FIGURES(
        coordinated=tuple(sorted(coordinated)),
        observed=tuple(territory.id for territory in observed),
        administers=administers,
        day_id=day.id if day and is_ahead else None,
        day_on=clock.local(day.starts_at).date() if day and is_ahead else None,
    ).one()
    return dict(row._mapping)


def _figures(
    *, coordinated: list[Any], observed: list[Any], administers: bool, day_id: Any, day_on: Any
) -> Select[Any]:
    """The figures of every role that the person holds, in one statement."""
    return together(
        (coordination.figures(coordinated, day_id, day_on) if coordinated else {})
        | (pilotage.figures(observed) if observed else {})
        | (administration.figures() | founding_figures() if administers else {})
    )


_FIGURES = Prepared(_figures)


def _prepared(page: HomePage) -> CommissionSession | None:
    """The day to come, for those who prepare it."""
    return page.day if page.coming.page is not None and page.coming.page.can_prepare else None


def _tasks(page: HomePage, read: dict[str, Any]) -> list[Task]:
    tasks = urgent_task(page.urgencies)
    if page.holds(Role.COORDINATOR):
        oldest = (clock.today() - page.late[0].due_on).days if page.late else 0
        tasks += coordination.tasks_of(read, _prepared(page), oldest)
    if page.holds(Role.REFERENT):
        tasks += _relay_tasks(page.relays) + _own_tasks(page.own_dossiers)
    if page.holds(Role.PARTICIPANT, Role.REFERENT):
        tasks += _action_tasks(page.own_actions)
    if page.holds(Role.PILOT):
        tasks += pilotage.tasks_of(read)
    if page.holds(Role.ADMINISTRATOR):
        tasks += administration.tasks_of(read)
    return tasks


def _relay_tasks(relays: list[FicheRelais]) -> list[Task]:
    """The dossiers that another référent hands over and that wait for a yes."""
    if not relays:
        return []
    first = relays[0]
    detail = f"{first.dossier.code} · transmis le {french.short_date(first.sent_at)}" if first.sent_at else ""
    if len(relays) > 1:
        return [Task(Count(len(relays)), "Relais à accepter", detail, "dossiers.index")]
    where = (("fiche_id", str(first.id)),)
    return [Task(Count(1), "Relais à accepter", detail, "dossiers.fiche_relais.show", where)]


def _own_tasks(dossiers: list[OwnDossier]) -> list[Task]:
    to_complete = [dossier for dossier in dossiers if dossier.state is DossierState.TO_COMPLETE]
    drafts = [dossier for dossier in dossiers if dossier.state is DossierState.DRAFT]
    remarks = sum(dossier.remarks for dossier in to_complete)
    tasks = []
    if to_complete:
        detail = f"{to_complete[0].code} · {french.plural(remarks, 'précision')} à apporter"
        tasks.append(_dossiers_task(to_complete, "Dossiers à compléter", detail))
    if drafts:
        tasks.append(_dossiers_task(drafts, "Dossiers à terminer et à soumettre", drafts[0].code))
    return tasks


def _dossiers_task(dossiers: list[OwnDossier], title: str, detail: str) -> Task:
    values = (("vue", "mes-dossiers"), ("etat", dossiers[0].state.value))
    return Task(Count(len(dossiers)), title, detail, "dossiers.index", values)


def _action_tasks(actions: list[HomeAction]) -> list[Task]:
    if not actions:
        return []
    first = actions[0]
    words = french.late_days(first.due_on) if first.is_late else f"pour le {french.short_date(first.due_on)}"
    title = "Actions de votre structure"
    return [Task(Count(len(actions)), title, f"{first.title} · {words}", "followup.board")]
