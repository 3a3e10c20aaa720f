"""Writing a situation into the seven parts of a dossier, and an invented person behind it."""

from collections.abc import Collection
from datetime import date, timedelta
from itertools import product

from commission_app.core.db import db
from commission_app.core.search import folded
from commission_app.demo.cast.places import PLACES
from commission_app.demo.stories.template import Step, Story
from commission_app.dossiers.models import (
    Attempt,
    BlockCriterion,
    DiagnosisLine,
    Dossier,
    ParcoursStep,
    Person,
)
from commission_app.dossiers.person.twins import mark_person
from commission_app.dossiers.states import Part

FIRST_NAMES = (
    "Camille", "Dominique", "Sacha", "Alix", "Claude", "Morgan", "Andréa", "Charlie", "Eden", "Ange", "Yaël",
)  # fmt: skip
TREES = (
    "Olivier", "Platane", "Mûrier", "Laurier", "Tilleul", "Érable", "Noisetier", "Amandier", "Saule",
    "Bouleau", "Frêne", "Peuplier", "Charme", "Orme", "Hêtre", "Cèdre", "Sureau", "Houx", "Merisier",
)  # fmt: skip
LAST_NAMES = [f"{word}-{tree}" for word, tree in product(("Exemple", "Fictif", "Imaginé", "Inventé"), TREES)]
MONTH_DAYS = 30.4
SMALL_PLACES = 6  # the communes in which most people of a territory live come first


def name_person(dossier: Dossier, number: int) -> None:
    """Give the empty person of a new dossier a name that nobody bears."""
    person = db.session.get_one(Person, dossier.id)
    person.first_name = FIRST_NAMES[number % len(FIRST_NAMES)]
    person.last_name = LAST_NAMES[number % len(LAST_NAMES)]
    person.phone = f"06 39 98 09 {number % 100:02d}"
    person.email = f"{folded(person.last_name)}@personnes.example.org"
    mark_person(person, dossier.territory_id)


def name_same_person(dossier: Dossier, other: Dossier) -> None:
    """Write down the person of another dossier again, as a colleague would: without the telephone."""
    person, known = db.session.get_one(Person, dossier.id), db.session.get_one(Person, other.id)
    person.first_name, person.last_name, person.phone = known.first_name, known.last_name.upper(), ""
    person.email = ""
    mark_person(person, dossier.territory_id)


def write_parts(dossier: Dossier, story: Story, around: date, parts: Collection[Part]) -> None:
    """Write these parts as the référent would; months are counted back from the day of the submission."""
    for part, write in _WRITERS.items():
        if part in parts:
            write(dossier, story, around)
    dossier.part_versions = dict.fromkeys((part.value for part in parts), 1)


def _frame(dossier: Dossier, story: Story, around: date) -> None:
    dossier.previous_referent = story.previous
    dossier.contract = story.contract
    dossier.entered_on = _before(around, story.months + 3)
    dossier.step = story.step
    dossier.step_started_on = _before(around, story.months)
    dossier.step_expected_months = story.expected


def _person(dossier: Dossier, story: Story, _around: date) -> None:
    place = next(place for place in PLACES if place.code == dossier.territory.code)
    dossier.age_band, dossier.household = story.age, story.household
    dossier.children_count, dossier.wishes_presence = story.children, story.wishes_presence
    is_here = story.insee in place.communes
    dossier.insee = story.insee if is_here else place.communes[dossier.number % SMALL_PLACES]


def _block(dossier: Dossier, story: Story, _around: date) -> None:
    dossier.criteria = [BlockCriterion(criterion=why, fact=fact) for why, fact in story.criteria.items()]


def _diagnosis(dossier: Dossier, story: Story, around: date) -> None:
    dossier.diagnosed_on = around - timedelta(days=9)
    dossier.diagnosis = [
        DiagnosisLine(item=item, level=level, note=note) for item, (level, note) in story.levels.items()
    ]


def _parcours(dossier: Dossier, story: Story, around: date) -> None:
    dossier.origin_who, dossier.origin_how, dossier.origin_why = story.origin
    dossier.parcours = [
        ParcoursStep(
            starts_on=_before(around, start),
            ends_on=_end_of(step, story.steps, around),
            structure_name=structure or dossier.referent.structure_name,
            action=action,
            outcome=outcome,
            result=result,
        )
        for step in story.steps
        for start, _end, structure, action, outcome, result in [step]
    ]


def _end_of(step: Step, steps: Collection[Step], around: date) -> date | None:
    """Some weeks into its last month, and before the next step begins."""
    start, end = step[:2]
    if end is None:
        return None
    later = (_before(around, other[0]) - timedelta(days=1) for other in steps if other[0] < start)
    return min([_before(around, end) + timedelta(days=20), *later])


def _attempts(dossier: Dossier, story: Story, around: date) -> None:
    dossier.attempts = [
        Attempt(
            scope=scope,
            tried_on=_before(around, months),
            what=what,
            with_whom=whom,
            result=result,
            helped=helped,
        )
        for scope, months, what, whom, result, helped in story.tried
    ]


def _question(dossier: Dossier, story: Story, _around: date) -> None:
    dossier.question = story.question
    dossier.needed = [competence.value for competence in story.needed]
    dossier.urgency, dossier.urgency_reason = story.urgency, story.urgency_reason
    dossier.minutes_needed = story.minutes


_WRITERS = {
    Part.FRAME: _frame,
    Part.PERSON: _person,
    Part.BLOCK: _block,
    Part.DIAGNOSIS: _diagnosis,
    Part.PARCOURS: _parcours,
    Part.ATTEMPTS: _attempts,
    Part.QUESTION: _question,
}


def _before(around: date, months: int) -> date:
    return around - timedelta(days=round(months * MONTH_DAYS))
