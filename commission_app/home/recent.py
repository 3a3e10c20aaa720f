"""What happened lately, in words. Codes and structures may be named; a person concerned never is."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, func, select, union_all

from commission_app.accounts.models import User
from commission_app.core import clock, french
from commission_app.core.events import Event
from commission_app.core.prepared import Prepared
from commission_app.dossiers.models import Dossier
from commission_app.dossiers.states import DossierState
from commission_app.home.counts import firsts
from commission_app.library.models import SharedDocument
from commission_app.sessions.convening.models import Invitation
from commission_app.sessions.states import DecisionKind
from commission_app.territories.models import Structure

SHOWN = 6
OWN_DOSSIERS = 20


@dataclass(frozen=True)
class Line:
    """One thing that happened: when in words, what, and the state it led to where there is one."""

    moment: str
    sentence: str
    state: DossierState | None = None


@dataclass(frozen=True)
class Facts:
    """What a sentence may say of an event."""

    code: str
    structure: str
    document: str
    data: Mapping[str, Any]


Sentence = Callable[[Facts], str]

DOSSIER_STATES = {
    "dossier_submitted": DossierState.SUBMITTED,
    "dossier_solved_before": DossierState.SOLVED_BEFORE,
    "dossier_retained": DossierState.RETAINED,
    "dossier_treated": DossierState.TREATED,
    "dossier_postponed": DossierState.POSTPONED,
    "dossier_closed": DossierState.CLOSED,
    "dossier_withdrawn": DossierState.WITHDRAWN,
    "precision_asked": DossierState.TO_COMPLETE,
}
ANSWERS = {"present": "sera présente", "absent": "sera absente", "replaced": "sera remplacée"}

#: Each sentence follows « Aujourd’hui, 9 h 48 : ».
SENTENCES: dict[str, Sentence] = {
    **dict.fromkeys(DOSSIER_STATES, lambda facts: f"dossier {facts.code}"),
    "remark_answered": lambda facts: f"dossier {facts.code}, une précision est apportée.",
    "invitation_answered": lambda facts: (
        f"{facts.structure or 'une structure'} {ANSWERS.get(facts.data.get('answer', ''), 'a répondu')}"
        " à la prochaine session."
    ),
    "session_published": lambda _: "une session est au calendrier.",
    "session_convened": lambda _: "la session est convoquée.",
    "session_cancelled": lambda _: "une session est annulée.",
    "session_closed": lambda _: "la session est tenue ; le compte rendu est à valider.",
    "agenda_published": lambda facts: f"version {facts.data.get('number', 1)} de l’ordre du jour publiée.",
    "minutes_validated": lambda _: "le compte rendu de la session est validé.",
    "decision_recorded": lambda facts: f"décision : {_decision(facts)}.",
    "action_finished": lambda facts: f"une action est faite{_by(facts)}.",
    "offer_opened": lambda _: "une offre d’insertion est ouverte.",
    "remontee_answered": lambda _: "le Département a répondu à une remontée.",
    "document_published": lambda facts: f"{facts.document}, version {facts.data.get('version', 1)} publiée.",
    "document_signed": lambda facts: (
        f"{facts.document}, version {facts.data.get('version', 1)} signée{_by(facts)}."
    ),
    "urgent_request_taken": lambda facts: f"une demande urgente est prise en charge{_by(facts)}.",
}
#: What a pilot reads: nothing that belongs to one dossier.
WITHOUT_DOSSIERS = tuple(name for name in SENTENCES if name not in (*DOSSIER_STATES, "remark_answered"))
OF_A_DOSSIER = (*DOSSIER_STATES, "remark_answered")


def recent_for(
    actor: User,
    *,
    coordinated: set[uuid.UUID],
    observed: set[uuid.UUID],
    is_referent: bool,
    commission_session_id: uuid.UUID | None,
) -> list[Line]:
    """The latest things on the territories coordinated, on those observed without their dossiers, on the own
    dossiers, and about the next session: one query."""
    if not (coordinated or observed or is_referent):
        return []
    rows = _RECENT(
        coordinated=tuple(sorted(coordinated)),
        observed=tuple(sorted(observed)),
        referent_id=actor.id if is_referent else None,
        day_id=commission_session_id if coordinated or observed else None,
    )
    return [_line(row) for row in rows]


def _recent(*, coordinated: list[Any], observed: list[Any], referent_id: Any, day_id: Any) -> Select[Any]:
    newest = select(Event.number).order_by(Event.number.desc())
    parts = [
        firsts(newest.where(Event.name.in_(SENTENCES)), Event.territory_id, coordinated, limit=SHOWN),
        firsts(newest.where(Event.name.in_(WITHOUT_DOSSIERS)), Event.territory_id, observed, limit=SHOWN),
    ]
    if referent_id is not None:
        parts.append(newest.where(*_own(referent_id)).limit(SHOWN))
    if day_id is not None:
        of_day = newest.where(Event.commission_session_id == day_id, Event.name.in_(WITHOUT_DOSSIERS))
        parts.append(of_day.limit(SHOWN))
    wanted = [part.subquery() for part in parts if part is not None]
    return _with_names().where(Event.number.in_(union_all(*(select(part.c[0]) for part in wanted))))


_RECENT = Prepared(_recent)


def _own(referent_id: Any) -> tuple[Any, ...]:
    latest = (
        select(Dossier.id)
        .where(Dossier.referent_id == referent_id)
        .order_by(Dossier.state_since.desc())
        .limit(OWN_DOSSIERS)
    )
    return (Event.subject_type == "Dossier", Event.subject_id.in_(latest), Event.name.in_(OF_A_DOSSIER))


def _with_names() -> Select[Any]:
    invited = and_(Event.subject_type == "Invitation", Invitation.id == Event.subject_id)
    by_structure = Structure.id == func.coalesce(Invitation.structure_id, User.structure_id)
    return (
        select(Event.at, Event.name, Event.data, Dossier.code, Structure.name, SharedDocument.title)
        .outerjoin(Dossier, and_(Event.subject_type == "Dossier", Dossier.id == Event.subject_id))
        .outerjoin(Invitation, invited)
        .outerjoin(User, User.id == Event.actor_id)
        .outerjoin(Structure, by_structure)
        .outerjoin(
            SharedDocument,
            and_(Event.subject_type == "SharedDocument", SharedDocument.id == Event.subject_id),
        )
        .order_by(Event.number.desc())
        .limit(SHOWN)
    )


def _line(row: Any) -> Line:
    at, name, data, code, structure, document = row
    facts = Facts(code or "", structure or "", document or "un document", data)
    return Line(moment_words(at), SENTENCES[name](facts), DOSSIER_STATES.get(name))


def moment_words(at: datetime) -> str:
    """« Aujourd’hui, 9 h 48 », « Hier, 16 h 20 », « Mardi 24 novembre »."""
    days = (clock.today() - clock.local(at).date()).days
    if days in (0, 1):
        return f"{'Hier' if days else 'Aujourd’hui'}, {french.hour(at)}"
    words = french.week_date(at)
    return words[0].upper() + words[1:]


def _by(facts: Facts) -> str:
    return f" par {facts.structure}" if facts.structure else ""


def _decision(facts: Facts) -> str:
    known = dict(DecisionKind.choices())
    return known.get(facts.data.get("kind", ""), "prise").lower()
