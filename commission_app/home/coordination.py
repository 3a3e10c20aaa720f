"""What the coordination of one or several territories reads first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ScalarSelect, Select, and_, func, not_, select

from commission_app.core import clock, french
from commission_app.dossiers.agreement.models import SharingAgreement
from commission_app.dossiers.models import Dossier
from commission_app.dossiers.states import DossierState
from commission_app.followup.models import Action
from commission_app.followup.queries import is_late
from commission_app.home.counts import Count, counted, firsts
from commission_app.home.tasks import Task
from commission_app.sessions.agenda.models import AgendaItem
from commission_app.sessions.convening.models import Invitation
from commission_app.sessions.models import CommissionSession
from commission_app.sessions.states import Answer, ItemState
from commission_app.territories.models import Structure

S = DossierState
SHOWN = (S.SUBMITTED, S.TO_COMPLETE, S.EXCHANGE, S.RETAINED, S.SCHEDULED, S.FOLLOWED)
NAMES_SHOWN = 3
PLURALS = {S.RETAINED: "Retenus", S.SCHEDULED: "Inscrits"}


@dataclass(frozen=True)
class StateCount:
    """How many dossiers stand in a state, and what that means, in two or three words."""

    state: DossierState
    count: Count
    detail: str

    @property
    def label(self) -> str:
        """The state in words, agreeing with the number."""
        return PLURALS.get(self.state, self.state.label) if self.count.value > 1 else self.state.label


def figures(territory_ids: Sequence[Any], day_id: Any, day_on: Any) -> dict[str, ScalarSelect[Any]]:
    """The counts and oldest moments of these territories, and of the day to come where there is one, to be
    read in one statement."""
    ours = select(Dossier).where(Dossier.territory_id.in_(territory_ids))
    parts: dict[str, ScalarSelect[Any]] = {
        f"dossiers_{state.value}": counted(ours.where(Dossier.state == state)) for state in SHOWN
    }
    late = select(Action).where(Action.territory_id.in_(territory_ids), is_late())
    on_dossiers = late.where(Action.dossier_id.is_not(None))
    parts["oldest_submitted"] = _oldest_submitted(territory_ids)
    parts["late_actions"] = counted(late)
    parts["late_dossiers"] = counted(on_dossiers, distinct=Action.dossier_id)
    if day_id is not None:
        parts |= _of_the_day(day_id, day_on)
    return parts


def states_of(read: dict[str, object], day: CommissionSession | None) -> list[StateCount]:
    """The dossiers by state, in the order of their way."""
    late = Count(_number(read, "late_dossiers"))
    details = {
        S.SUBMITTED: "à lire",
        S.TO_COMPLETE: "chez le référent",
        S.EXCHANGE: "avec le référent",
        S.RETAINED: "à placer",
        S.SCHEDULED: f"le {french.short_date(day.starts_at)}" if day else "à l’ordre du jour",
        S.FOLLOWED: f"dont {late.words} en retard" if late else "rien en retard",
    }
    return [
        StateCount(state, Count(_number(read, f"dossiers_{state.value}")), details[state]) for state in SHOWN
    ]


def tasks_of(read: dict[str, object], day: CommissionSession | None, oldest_late: int) -> list[Task]:
    """What the coordination has to look at now; a kind with nothing in it is left out."""
    tasks = [_submitted(read), *(_of_day_tasks(read, day) if day else []), _late(read, oldest_late)]
    expiring = _expiring(read, day) if day else None
    return [task for task in (*tasks, expiring) if task is not None and task.count]


def _number(read: dict[str, object], name: str) -> int:
    value = read.get(name)
    return value if isinstance(value, int) else 0


def _submitted(read: dict[str, object]) -> Task:
    oldest = read.get("oldest_submitted")
    detail = ""
    if isinstance(oldest, datetime):
        days = (clock.today() - clock.local(oldest).date()).days
        detail = (
            f"Le plus ancien attend depuis {french.plural(days, 'jour')}" if days else "Reçus aujourd’hui"
        )
    values = (("etat", S.SUBMITTED.value), ("tri", "ancien"))
    return Task(
        Count(_number(read, "dossiers_submitted")), "Dossiers soumis à lire", detail, "dossiers.index", values
    )


def _of_day_tasks(read: dict[str, object], day: CommissionSession) -> list[Task]:
    names = read.get("silent_names")
    detail = str(names) if names else ""
    values = (("session_id", str(day.id)),)
    count = Count(_number(read, "silent"))
    return [Task(count, "Structures sans réponse à la convocation", detail, "convening.show", values)]


def _late(read: dict[str, object], oldest_late: int) -> Task:
    detail = f"La plus ancienne a {french.plural(oldest_late, 'jour')} de retard" if oldest_late else ""
    values = (("vue", "liste"), ("retard", "1"))
    return Task(Count(_number(read, "late_actions")), "Actions en retard", detail, "followup.board", values)


def _expiring(read: dict[str, object], day: CommissionSession) -> Task:
    code = read.get("expiring_code")
    detail = f"{code} · sans renouvellement, le dossier quitte l’ordre du jour" if code else ""
    values = (("session_id", str(day.id)),)
    title = "Accord de partage qui expire avant la session"
    return Task(Count(_number(read, "expiring")), title, detail, "agenda.compose", values)


def _oldest_submitted(territory_ids: Sequence[Any]) -> ScalarSelect[Any]:
    waiting = select(Dossier.state_since).where(Dossier.state == S.SUBMITTED).order_by(Dossier.state_since)
    each = firsts(waiting, Dossier.territory_id, territory_ids, limit=1)
    assert each is not None
    oldest = each.subquery()
    return select(func.min(oldest.c[0])).scalar_subquery()


def _of_the_day(day_id: Any, day_on: Any) -> dict[str, ScalarSelect[Any]]:
    silent = _silent(day_id)
    names = silent.order_by(Structure.name).limit(NAMES_SHOWN).subquery()
    expiring = _expiring_dossiers(day_id, day_on)
    first = expiring.order_by(Dossier.code).limit(1)
    return {
        "silent": counted(silent),
        "silent_names": select(func.aggregate_strings(names.c.name, ", ")).scalar_subquery(),
        "expiring": counted(expiring),
        "expiring_code": first.scalar_subquery(),
    }


def _silent(day_id: Any) -> Select[str]:
    """The structures of which nobody answered."""
    invited = and_(Invitation.commission_session_id == day_id, Invitation.removed_at.is_(None))
    answered = select(Invitation.structure_id).where(invited, Invitation.answer != Answer.NONE)
    asked = select(Invitation.structure_id).where(invited)
    return select(Structure.name).where(Structure.id.in_(asked), Structure.id.not_in(answered))


def _expiring_dossiers(day_id: Any, day_on: Any) -> Select[str]:
    """The dossiers of the day's agenda whose agreement does not last until then."""
    on_agenda = select(AgendaItem.dossier_id).where(
        AgendaItem.commission_session_id == day_id,
        AgendaItem.dossier_id.is_not(None),
        AgendaItem.state != ItemState.POSTPONED,
    )
    lasting = (
        select(SharingAgreement.id)
        .where(
            SharingAgreement.dossier_id == Dossier.id,
            SharingAgreement.withdrawn_at.is_(None),
            SharingAgreement.expires_on >= day_on,
        )
        .correlate(Dossier)
        .exists()
    )
    return select(Dossier.code).where(Dossier.id.in_(on_agenda), not_(lasting))
