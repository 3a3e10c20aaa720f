"""The situation as a picture: the grid of the three spheres and the radar, from the lines of a diagnosis."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from commission_app.dossiers.lines import Diagnosed
from commission_app.dossiers.models import DiagnosisLine
from commission_app.dossiers.states import DiagnosisItem, Level, Sphere, sphere_of

POSITIONS = {
    Level.FREIN: "frein",
    Level.NEUTRAL: "neutre",
    Level.STRENGTH: "atout",
    Level.LIFTED: "frein_leve",
    Level.NOT_DISCUSSED: "non_aborde",
}
#: The six axes of the radar, clockwise from the top.
RADAR = (
    ("Logement", DiagnosisItem.HOUSING),
    ("Garde", DiagnosisItem.CHILD_CARE),
    ("Mobilité", DiagnosisItem.MOBILITY),
    ("Expérience", DiagnosisItem.EXPERIENCE),
    ("Démarches", DiagnosisItem.ADMINISTRATIVE),
    ("Projection", DiagnosisItem.ASPIRATIONS),
)
_HEIGHT: dict[Level, float | None] = {
    Level.FREIN: 0.0,
    Level.NEUTRAL: 0.5,
    Level.NOT_DISCUSSED: None,
    Level.LIFTED: 0.75,
    Level.STRENGTH: 1.0,
}

Sphered = tuple[str, list[tuple[str, str, str]], bool]
Radar = tuple[tuple[str, float | None], ...]


@dataclass(frozen=True)
class Picture:
    """How many items stand at each position, the grid, the radar with its words, and what is a brake."""

    counts: dict[str, int]
    spheres: tuple[Sphered, ...]
    radar: Radar
    radar_words: str
    freins: tuple[str, ...]


def picture_of(diagnosis: Iterable[Diagnosed | DiagnosisLine]) -> Picture:
    """The picture of a diagnosis; an item without a line was not discussed."""
    lines = {line.item: (line.level, line.note) for line in diagnosis}
    levels = {item: level for item, (level, _note) in lines.items()}
    return Picture(
        counts=Counter(POSITIONS[levels.get(item, Level.NOT_DISCUSSED)] for item in DiagnosisItem),
        spheres=_spheres(lines),
        radar=radar_of({item.value: (level.value, "") for item, level in levels.items()}),
        radar_words=_radar_words(levels),
        freins=tuple(item.value for item in DiagnosisItem if levels.get(item) is Level.FREIN),
    )


def radar_of(levels: Mapping[str, Sequence[str]]) -> Radar:
    """The six axes of the radar for (level, note) values by item; a subject not discussed has no height."""
    nothing = (Level.NOT_DISCUSSED.value, "")
    return tuple((label, _HEIGHT[Level(levels.get(item.value, nothing)[0])]) for label, item in RADAR)


def _spheres(lines: Mapping[DiagnosisItem, tuple[Level, str]]) -> tuple[Sphered, ...]:
    """The three spheres with each item's position and note."""

    def row(item: DiagnosisItem) -> tuple[str, str, str]:
        level, note = lines.get(item, (Level.NOT_DISCUSSED, ""))
        return (item.label, POSITIONS[level], note)

    return tuple(
        (
            sphere.label,
            [row(item) for item in DiagnosisItem if sphere_of(item) is sphere],
            sphere is Sphere.PERSONAL,
        )
        for sphere in Sphere
    )


def _radar_words(levels: Mapping[DiagnosisItem, Level]) -> str:
    said = [f"{label} : {levels.get(item, Level.NOT_DISCUSSED).label.lower()}" for label, item in RADAR]
    return "Vue d’ensemble par domaine, du frein au centre au point d’appui au bord. " + ", ".join(said)
