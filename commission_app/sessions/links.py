"""Where the page of a day leads each reader, and the facts it states."""

from dataclasses import dataclass
from datetime import time

from flask import url_for

from commission_app.core.french import duration, hour, listed, long_date
from commission_app.sessions import doors
from commission_app.sessions.convening.models import Invitation
from commission_app.sessions.hours import day_of
from commission_app.sessions.models import CommissionSession
from commission_app.sessions.page import SessionPage
from commission_app.sessions.states import ItemKind, SessionState

S = SessionState
Row = tuple[str, str, str, str]


@dataclass(frozen=True)
class Page:
    """A page of the day: its name, what it holds, the endpoint, and in which states it is of use."""

    label: str
    detail: str
    endpoint: str
    icon_name: str
    states: frozenset[SessionState]


PREPARING = frozenset({S.PUBLISHED, S.CONVENED})
HELD = frozenset({S.LIVE, S.CLOSED})
CONVENING = Page(
    "Convocations et réponses",
    "Qui vient, qui n’a pas répondu, les repas",
    "convening.show",
    icon_name="send",
    states=PREPARING | HELD,
)
COMPOSING = Page(
    "Composer l’ordre du jour",
    "Les situations retenues et les propositions",
    "agenda.compose",
    icon_name="layout-split",
    states=PREPARING,
)
AGENDA = Page(
    "Ordre du jour",
    "Les points, les heures et les situations sans identité",
    doors.AGENDA,
    icon_name="file-text",
    states=PREPARING | HELD,
)
DESK = Page(
    "Pupitre",
    "Conduire la journée : points, parole, décisions",
    "day.desk",
    icon_name="broadcast",
    states=PREPARING | frozenset({S.LIVE}),
)
LIVE = Page(
    "En direct", "Suivre la journée de son téléphone", doors.LIVE, icon_name="eye", states=frozenset({S.LIVE})
)
PAPER = Page(
    "Saisir la journée tenue sur papier",
    "Recopier les feuilles en une fois, puis clore",
    "paper.show",
    icon_name="pencil-square",
    states=PREPARING | frozenset({S.LIVE}),
)
MINUTES = Page(
    "Compte rendu",
    "Les décisions et les actions de la journée",
    doors.MINUTES,
    icon_name="file-text",
    states=frozenset({S.CLOSED}),
)
EXTRACT = Page(
    "Vos situations",
    "Ce qui a été décidé pour les personnes que vous accompagnez",
    doors.EXTRACT,
    icon_name="file-text",
    states=frozenset({S.CLOSED}),
)


def pages_of(page: SessionPage) -> list[Row]:
    """The pages of the day that this reader may open in its present state."""
    found = [CONVENING] if page.can_prepare or page.is_facilitator else []
    found += [COMPOSING] if page.can_prepare else []
    found += [AGENDA] if AGENDA.endpoint in page.doors and (page.agenda_version or page.can_prepare) else []
    found += [DESK] if page.is_facilitator else []
    found += [PAPER] if page.can_enter_paper else []
    found += [entry for entry in (LIVE, MINUTES, EXTRACT) if entry.endpoint in page.doors]
    here = [entry for entry in found if page.day.state in entry.states]
    return [
        (entry.label, entry.detail, url_for(entry.endpoint, session_id=page.day.id), entry.icon_name)
        for entry in here
    ]


def step_url(page: SessionPage) -> str:
    """Where the next step leads; '' without one."""
    step = page.next_step
    if step is None:
        return ""
    if step.endpoint == "year.review":
        year = day_of(page.day).year
        return url_for(step.endpoint, year=year, territoire=page.day.territory_id)
    return url_for(step.endpoint, session_id=page.day.id)


def where_and_when(page: SessionPage) -> list[tuple[str, str]]:
    """The facts that everybody asks for first."""
    day = page.day
    facts = [
        ("Date", long_date(day.starts_at)),
        ("Heures", f"{hour(day.starts_at)} – {hour(day.ends_at)}"),
        ("Lieu", day.place or "à préciser"),
        ("Venir sur place", day.access),
        ("Déjeuner", "partagé, sur inscription" if day.has_lunch else "non prévu"),
        ("Territoires", listed([territory.name for territory in day.territories])),
    ]
    if page.people:
        facts.append(("Convoqués", f"{page.people} personnes de {page.structures} structures"))
    return [(name, value) for name, value in facts if value]


def programme_lines(day: CommissionSession) -> list[tuple[str, str, str]]:
    """The programme as people say it: the hour, what, how long."""
    return [
        (
            at_words(time.fromisoformat(str(line["starts"]))),
            str(line["title"]) or ItemKind(str(line["kind"])).label,
            duration(int(str(line["minutes"]))),
        )
        for line in day.programme
    ]


def at_words(at: time) -> str:
    """« 9 h », « 12 h 15 »."""
    return f"{at.hour}\u00a0h\u00a0{at:%M}" if at.minute else f"{at.hour}\u00a0h"


def answer_words(invitation: Invitation | None) -> str:
    """What goes with an answer: the hours of a partial presence, or who comes instead."""
    if invitation is None:
        return ""
    if invitation.replaced_by:
        return f"par {invitation.replaced_by}"
    hours = [
        f"{word} {at_words(at)}"
        for word, at in (("à partir de", invitation.from_time), ("jusqu’à", invitation.until_time))
        if at is not None
    ]
    return " ".join(hours)
