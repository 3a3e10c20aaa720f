"""Which situations there are on which territory, whose they are and how far they have gone."""

from commission_app.demo.build.dossiers import (
    DRAFT,
    EXCHANGE,
    RETAINED,
    SOLVED,
    SUBMITTED,
    TO_COMPLETE,
    Way,
    plan_way,
)
from commission_app.demo.build.year import PAST
from commission_app.demo.stories.reading import stories
from commission_app.demo.stories.template import Story
from commission_app.demo.world import World
from commission_app.dossiers.agreement.services import withdraw_agreement

REFERENTS = {
    "ARL": ("ines", "bastien", "leonie", "judith", "salome", "edmond"),
    "ETB": ("capucine", "malo", "nina", "ilan"),
    "AIX": ("remi", "ferdinand", "elzear"),
}
#: Situations that no session has seen yet: story, référent, days since the submission, how far.
WAITING: dict[str, tuple[tuple[str, str, int, int], ...]] = {
    "ARL": (
        ("etudiant", "leonie", 120, SOLVED),
        ("papa", "bastien", 60, SOLVED),
        ("musique", "judith", 80, RETAINED),
        ("jeune", "salome", 33, RETAINED),
        ("couple", "bastien", 28, RETAINED),
        ("preretraite", "judith", 26, RETAINED),
        ("signes", "ines", 12, EXCHANGE),
        ("papiers", "edmond", 9, EXCHANGE),
        ("dettes", "salome", 14, EXCHANGE),
        ("vigne", "ines", 5, TO_COMPLETE),
        ("logiciel", "salome", 7, TO_COMPLETE),
        ("retour", "bastien", 6, SUBMITTED),
        ("depart", "leonie", 3, SUBMITTED),
        ("handicap", "judith", 1, SUBMITTED),
        ("reconversion", "ines", 0, DRAFT),
        ("relogement", "leonie", 0, DRAFT),
    ),
    "ETB": (
        ("saison", "nina", 90, SOLVED),
        ("musique", "capucine", 24, RETAINED),
        ("isole", "malo", 11, EXCHANGE),
        ("decroche", "nina", 5, TO_COMPLETE),
        ("ligne", "ilan", 4, SUBMITTED),
        ("rural", "capucine", 2, SUBMITTED),
        ("permis", "capucine", 0, DRAFT),
    ),
    "AIX": (
        ("decroche", "elzear", 75, SOLVED),
        ("cuisine", "remi", 30, RETAINED),
        ("vigne", "ferdinand", 22, RETAINED),
        ("lecture", "remi", 10, EXCHANGE),
        ("aidant", "ferdinand", 4, SUBMITTED),
        ("saison", "remi", 0, DRAFT),
    ),
}
#: Situations on the agenda of the day being prepared, and of the day under way.
PREPARED = ("creation", "chantier", "soin", "nuit", "francais", "sortie")
LIVE = ("relogement", "dettes", "garde", "papiers", "reconversion", "handicap")
#: Days before the session on which its situations were submitted.
AHEAD = 42
SHORT_AGREEMENT = {"sortie": 57}


def plan_situations(world: World) -> None:
    """Plan every dossier."""
    known = {story.key: story for name in ("arles", "berre", "others") for story in stories(name)}
    for past in PAST:
        for number, story in enumerate((*past.stories, *past.put_off)):
            referent = _turn(past.code, number + past.ago)
            plan_way(world, Way(known[story], past.code, referent, -past.ago - AHEAD))
    for code, rows in WAITING.items():
        for story, referent, ago, until in rows:
            plan_way(world, Way(known[story], code, referent, -ago, until))
    _plan_shared(world, known)
    world.plan(world.at(-40, 15), _withdraw, world, "ARL:musique")


def _plan_shared(world: World, known: dict[str, Story]) -> None:
    """Those of the next day of Arles and of the day under way around the étang."""
    for number, story in enumerate(PREPARED[1:]):
        agreed = SHORT_AGREEMENT.get(story, 300)
        plan_way(world, Way(known[story], "ARL", _turn("ARL", number), -AHEAD - number, RETAINED, agreed))
    for number, story in enumerate(LIVE):
        referent = "capucine" if story == "garde" else _turn("ETB", number + 1)
        plan_way(world, Way(known[story], "ETB", referent, -AHEAD - 8 - number, RETAINED, 300))


def _turn(code: str, number: int) -> str:
    return REFERENTS[code][number % len(REFERENTS[code])]


def _withdraw(world: World, key: str) -> None:
    dossier = world.dossiers[key]
    withdraw_agreement(dossier.referent, dossier)
