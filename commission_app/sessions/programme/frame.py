"""The frame of a day as partners hold it, and the rules of any frame. Nothing here reads the database."""

from dataclasses import dataclass
from datetime import date, time, timedelta

from commission_app.core.errors import InvalidInputError
from commission_app.sessions.states import ItemKind

STARTS = time(9)
ENDS = time(17)
AGENDA_DUE_DAYS = 8
FRAME = (
    ("09:00", 30, ItemKind.WELCOME, "Café d’accueil"),
    ("09:30", 90, ItemKind.DOSSIER, "Analyse de situations complexes"),
    ("11:00", 15, ItemKind.BREAK, "Pause"),
    ("11:15", 60, ItemKind.DOSSIER, "Analyse de situations complexes"),
    ("12:15", 75, ItemKind.LUNCH, "Déjeuner partagé"),
    ("13:30", 45, ItemKind.MODEL, "Modélisation"),
    ("14:15", 45, ItemKind.NEW_ACTION, "Réflexion sur une action nouvelle"),
    ("15:00", 15, ItemKind.BREAK, "Pause"),
    ("15:15", 40, ItemKind.OFFER, "Partage de l’offre d’insertion"),
    ("15:55", 35, ItemKind.FOLLOW_UP, "Bilan des actions précédentes"),
    ("16:30", 30, ItemKind.CLOSING, "Bilan de la journée"),
)
SEASONS = ("d’hiver", "de printemps", "d’été", "d’automne")

Programme = list[dict[str, object]]


@dataclass(frozen=True)
class Moment:
    """One line of a programme: the local hour, the length in minutes, what it is."""

    starts: time
    minutes: int
    kind: ItemKind
    title: str


def usual_programme() -> Programme:
    """The programme that a territory begins with."""
    return [
        {"starts": starts, "minutes": minutes, "kind": kind.value, "title": title}
        for starts, minutes, kind, title in FRAME
    ]


def programme_of(moments: list[Moment], *, starts: time, ends: time) -> Programme:
    """The lines in the order of their hours, as a day keeps them.

    Refuses a line before the day begins, one that ends after it, and two lines at once.
    """
    ordered = sorted(moments, key=lambda moment: moment.starts)
    reached = _minutes(starts)
    for moment in ordered:
        _check(moment, reached, _minutes(ends))
        reached = _minutes(moment.starts) + moment.minutes
    return [
        {"starts": f"{m.starts:%H:%M}", "minutes": m.minutes, "kind": m.kind.value, "title": m.title}
        for m in ordered
    ]


def season_title(on: date) -> str:
    """« Session d’hiver »: what a day is called unless somebody names it otherwise."""
    return f"Session {SEASONS[on.month % 12 // 3]}"


def agenda_due(on: date) -> date:
    """By when the agenda is to be published."""
    return on - timedelta(days=AGENDA_DUE_DAYS)


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute


def _check(moment: Moment, reached: int, end: int) -> None:
    begins = _minutes(moment.starts)
    name = moment.title or moment.kind.label
    if begins < reached:
        raise InvalidInputError(f"« {name} » commence avant la fin du moment précédent : changez son heure.")
    if begins + moment.minutes > end:
        raise InvalidInputError(f"« {name} » dépasse la fin de la journée : raccourcissez ou avancez.")
