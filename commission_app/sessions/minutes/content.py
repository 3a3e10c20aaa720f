"""The minutes as a tree of words, made once and shown three ways: page, PDF, Word."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from commission_app.core.french import hour, long_date, numeric_date, plural, short_date
from commission_app.dossiers.states import DossierState
from commission_app.followup.models import Action
from commission_app.sessions.agenda.models import AgendaItem
from commission_app.sessions.day.models import Attendance, ParkedIdea
from commission_app.sessions.decisions.models import Decision
from commission_app.sessions.minutes.queries import Facts
from commission_app.sessions.models import CommissionSession
from commission_app.sessions.states import FIXED_KINDS, ItemKind, ItemState


@dataclass(frozen=True)
class Section:
    """A heading with what stands under it, in this order: paragraphs, a table, bullets, sections."""

    heading: str
    paragraphs: list[str] = field(default_factory=list)
    columns: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    bullets: list[str] = field(default_factory=list)
    sections: list["Section"] = field(default_factory=list)

    @property
    def heads(self) -> list[tuple[str, str]]:
        """The columns as the component `data_table` takes them."""
        return [(column, "") for column in self.columns]


@dataclass(frozen=True)
class Document:
    """The whole minutes."""

    title: str
    subtitle: str
    sections: list[Section]


def minutes_content(day: CommissionSession, facts: Facts, introduction: str) -> Document:
    """The minutes of a day: who was there, what was decided, what was postponed, what follows."""
    seen = [item for item in facts.items if _is_told(item)]
    sections = [
        _attendance(facts.attendances),
        Section("Points de la journée", sections=[_item(item, facts) for item in seen]),
        _actions(facts.actions),
        _postponed(facts.items),
        _parked(facts.parked),
    ]
    if introduction:
        sections.insert(0, Section("En quelques mots", paragraphs=introduction.split("\n")))
    kept = [one for one in sections if one.paragraphs or one.rows or one.bullets or one.sections]
    return Document(f"Compte rendu du {long_date(day.starts_at)}", _subtitle(day), kept)


def extract_content(day: CommissionSession, facts: Facts, items: Sequence[AgendaItem]) -> Document:
    """What concerns some points alone: what a référent gets on the own dossiers."""
    chosen = {item.id for item in items}
    decided = {decision.id for item in items for decision in facts.decisions_on(item)}
    actions = [action for action in facts.actions if action.decision_id in decided]
    sections = [_item(item, facts) for item in items if item.id in chosen]
    if actions:
        sections.append(_actions(actions))
    return Document(f"Vos dossiers à la commission du {long_date(day.starts_at)}", _subtitle(day), sections)


def _subtitle(day: CommissionSession) -> str:
    names = ", ".join(territory.name for territory in day.territories) or day.territory.name
    led = " et ".join(facilitator.user.full_name for facilitator in day.facilitators)
    parts = [names, day.place, f"Animation : {led}" if led else ""]
    return " · ".join(part for part in parts if part)


def _is_told(item: AgendaItem) -> bool:
    return item.state is not ItemState.POSTPONED and _is_topic(item)


def _is_topic(item: AgendaItem) -> bool:
    """Breaks and the closing words are no topic, whether the day came to them or not."""
    return item.kind not in (*FIXED_KINDS, ItemKind.CLOSING)


def _attendance(attendances: Sequence[Attendance]) -> Section:
    rows = [[one.structure.name, _who(one), hour(one.arrived_at), _left(one)] for one in attendances]
    count = len({one.structure_id for one in attendances})
    told = [f"{plural(count, 'structure présente', 'structures présentes')}."] if rows else []
    return Section("Présences", told, ["Structure", "Personne", "Arrivée", "Départ"], rows)


def _who(attendance: Attendance) -> str:
    name = attendance.user.full_name
    return f"{attendance.stands_in}, à la place de {name}" if attendance.stands_in else name


def _left(attendance: Attendance) -> str:
    return hour(attendance.left_at) if attendance.left_at else "jusqu’à la fin"


def _item(item: AgendaItem, facts: Facts) -> Section:
    if item.dossier is not None and item.dossier.state is DossierState.WITHDRAWN:
        return Section(item.kind.label, ["L’accord de partage a pris fin : ce point n’est plus montré."])
    decisions = facts.decisions_on(item)
    spans = (
        [f"De {hour(item.started_at)} à {hour(item.ended_at)}."] if item.started_at and item.ended_at else []
    )
    notes = [line for line in item.notes.split("\n") if line.strip()]
    told = [*spans, *notes]
    if not decisions and item.dossier is not None:
        told.append("Aucune décision n’a été actée.")
    return Section(item.name, told, sections=[_decision(decision, facts) for decision in decisions])


def _decision(decision: Decision, facts: Facts) -> Section:
    replaced = facts.replacing(decision)
    if replaced is not None:
        told = f"Remplacée par la décision n° {replaced.number}."
        return Section(f"Décision n° {decision.number} : {decision.kind.label}", [told])
    return Section(
        f"Décision n° {decision.number} : {decision.kind.label}",
        paragraphs=[decision.text, *_agreed(decision), *_telling(decision)],
        bullets=[
            f"Réserve de {reservation.get('structure', '')} : {reservation.get('words', '')}"
            for reservation in decision.reservations
        ],
    )


def _agreed(decision: Decision) -> list[str]:
    return [f"{plural(decision.agreed_count, 'accord')}."] if decision.agreed_count else []


def _telling(decision: Decision) -> list[str]:
    if decision.teller is None:
        return []
    until = f" avant le {short_date(decision.tell_on)}" if decision.tell_on else ""
    return [f"{decision.teller.full_name} en informe la personne concernée{until}."]


def _actions(actions: Sequence[Action]) -> Section:
    rows = [
        [action.title, action.structure.name, numeric_date(action.due_on), action.state.label]
        for action in actions
    ]
    return Section("Actions décidées", [], ["Action", "Structure", "Échéance", "État"], rows)


def _postponed(items: Sequence[AgendaItem]) -> Section:
    return Section(
        "Points reportés",
        bullets=[
            _postponement(item) for item in items if item.state is ItemState.POSTPONED and _is_topic(item)
        ],
    )


def _postponement(item: AgendaItem) -> str:
    to = f" au {long_date(item.postponed_to.starts_at)}" if item.postponed_to else ""
    reason = f" : {item.postponed_reason}" if item.postponed_reason else ""
    is_withdrawn = item.dossier is not None and item.dossier.state is DossierState.WITHDRAWN
    name = item.kind.label if is_withdrawn else item.name
    return f"{name}, reporté{to}{reason}"


def _parked(ideas: Sequence[ParkedIdea]) -> Section:
    return Section(
        "Idées gardées pour plus tard", bullets=[f"{one.kind.label} : {one.text}" for one in ideas]
    )
