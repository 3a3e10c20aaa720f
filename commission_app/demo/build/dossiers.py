"""A situation's way from the first draft to the wait for a commission: acts of its référent and of the
coordination."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from commission_app.accounts.models import User
from commission_app.core import clock
from commission_app.core.db import db
from commission_app.demo.build.writing import name_person, name_same_person, write_parts
from commission_app.demo.stories.template import Story
from commission_app.demo.world import World
from commission_app.dossiers import services
from commission_app.dossiers.agreement.services import record_agreement, record_information
from commission_app.dossiers.models import Dossier
from commission_app.dossiers.states import AgreementForm, Level, Part, VersionKind
from commission_app.dossiers.versions.contents import content_of
from commission_app.dossiers.versions.models import DossierVersion

#: How far a dossier goes by itself; what follows is the commission's.
DRAFT, SUBMITTED, TO_COMPLETE, EXCHANGE, SOLVED, RETAINED = range(6)
#: A draft about somebody whom a colleague has presented already: the coordination is to notice.
TWICE = ("ARL", "ines", DRAFT)
PRECISION = (
    "Depuis quand cette démarche est-elle sans réponse, et qui l’a faite ? La commission le demandera."
)
ANSWER = "Depuis quatre mois ; faite avec la personne, relancée deux fois par téléphone."
ADDED = "Relancée deux fois par téléphone, sans réponse depuis quatre mois."
TALK = "Les pistes locales sont épuisées : la situation a sa place en commission."
SOLUTION = (
    "Une place s’est libérée pendant l’échange : la personne y entre lundi. La commission n’est plus utile."
)

Step = Callable[[User, Dossier], object]


@dataclass(frozen=True)
class Way:
    """One situation: whose, where, submitted when (days from today), how far it goes."""

    story: Story
    code: str
    referent: str
    submitted: int
    until: int = RETAINED
    agreed_until: int = 365

    @property
    def key(self) -> str:
        """What other acts call the dossier by."""
        return f"{self.code}:{self.story.key}"


def plan_way(world: World, way: Way) -> None:
    """Plan the acts of a dossier: opened, agreed, submitted, exchanged about, retained."""
    referent, coordination = world.people[way.referent], world.coordinator(way.code)
    world.plan(world.at(way.submitted - 8, 9, 30), _open, world, way)
    steps: list[tuple[int, int, User, Step, int]] = [
        (SUBMITTED, 0, referent, services.submit_dossier, 10),
        (TO_COMPLETE, 1, coordination, _ask_precision, 11),
    ]
    if way.until > TO_COMPLETE:
        steps = [steps[0], *_onward(way, referent, coordination)]
    for reached, days, actor, step, hour in steps:
        if reached <= way.until:
            world.plan(world.at(way.submitted + days, hour), _do, world, way, actor, step)


def _onward(way: Way, referent: User, coordination: User) -> list[tuple[int, int, User, Step, int]]:
    """One dossier in three was sent back for a precision before the exchange. The hours grow: two days may
    fall on the same Friday."""
    asked: list[tuple[int, int, User, Step, int]] = [
        (TO_COMPLETE, 1, coordination, _ask_precision, 11),
        (TO_COMPLETE, 2, referent, _answer_and_submit, 12),
    ]
    talked: list[tuple[int, int, User, Step, int]] = [
        (EXCHANGE, 3, coordination, services.open_exchange, 14),
        (SOLVED, 5, coordination, _talk_solution if way.until == SOLVED else _talk, 15),
        (SOLVED, 6, coordination, services.solve_before_commission, 16),
    ]
    if way.until == RETAINED:
        talked[-1] = (RETAINED, 6, coordination, services.retain_dossier, 16)
    return [*(asked if len(way.story.question) % 3 == 0 else []), *talked]


def _do(world: World, way: Way, actor: User, step: Step) -> None:
    step(actor, world.dossiers[way.key])


def _open(world: World, way: Way) -> None:
    referent, territory = world.people[way.referent], world.territories[way.code]
    dossier = services.create_dossier(referent, territory_id=territory.id)
    parts = (Part.FRAME, Part.BLOCK) if way.until == DRAFT else tuple(Part)
    around = world.at(way.submitted).date()
    write_parts(dossier, way.story, around, parts)
    world.dossiers[way.key] = dossier
    name_person(dossier, len(world.dossiers))
    if (way.code, way.referent, way.until) == TWICE and "ARL:handicap" in world.dossiers:
        name_same_person(dossier, world.dossiers["ARL:handicap"])
    if way.until != DRAFT:
        _agree(referent, dossier, way)
        _remember_diagnosis(referent, dossier, around)


def _agree(referent: User, dossier: Dossier, way: Way) -> None:
    form = AgreementForm.WRITTEN if dossier.number % 3 else AgreementForm.ORAL
    record_information(referent, dossier, given_on=clock.today() - timedelta(days=2), form=form)
    record_agreement(referent, dossier, given_on=clock.today(), form=form, expires_on=_end(way))


def _remember_diagnosis(referent: User, dossier: Dossier, around: date) -> None:
    """Half a year before, what is lifted today was still a frein, and one strength was not seen yet."""
    today = {line: (line.level, line.note) for line in dossier.diagnosis}
    lifted = [line for line in today if line.level is Level.LIFTED]
    strengths = [line for line in today if line.level is Level.STRENGTH]
    for line in lifted:
        line.level = Level.FREIN
    for line in strengths[:1]:
        line.level, line.note = Level.NEUTRAL, ""
    content = content_of(dossier)
    for line, (level, note) in today.items():
        line.level, line.note = level, note
    db.session.add(
        DossierVersion(
            dossier_id=dossier.id,
            number=1,
            kind=VersionKind.DIAGNOSIS,
            made_on=(dossier.diagnosed_on or around) - timedelta(days=182),
            author_id=referent.id,
            content=json.dumps(content, ensure_ascii=False),
        )
    )


def _end(way: Way) -> date:
    return clock.today() + timedelta(days=way.agreed_until)


def _ask_precision(coordination: User, dossier: Dossier) -> None:
    services.ask_precision(coordination, dossier, remarks={Part.ATTEMPTS: PRECISION})


def _answer_and_submit(referent: User, dossier: Dossier) -> None:
    for remark in dossier.remarks:
        services.answer_remark(referent, dossier, remark_id=remark.id, answer=ANSWER)
    if dossier.attempts:
        dossier.attempts[0].result = f"{dossier.attempts[0].result} {ADDED}".strip()
    services.submit_dossier(referent, dossier)


def _talk(coordination: User, dossier: Dossier, outcome: str = TALK) -> None:
    services.hold_exchange(
        coordination,
        dossier,
        held_on=clock.today(),
        participants=f"{dossier.referent.full_name}, {coordination.full_name}",
        tried="Appel commun à deux structures ; dossier relu ensemble, partie par partie.",
        outcome=outcome,
    )


def _talk_solution(coordination: User, dossier: Dossier) -> None:
    _talk(coordination, dossier, SOLUTION)
