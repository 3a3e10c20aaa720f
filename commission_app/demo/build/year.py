"""The year behind: four days of commission a territory, each with its situations, and what follows them."""

from dataclasses import dataclass

from sqlalchemy import Select, select

from commission_app.core.db import db
from commission_app.demo.build.agenda import announce, answer_for, invite_all, lay_agenda, put_in_order
from commission_app.demo.build.followed import follow_up
from commission_app.demo.build.held import Held, hold_day
from commission_app.demo.build.recorded import record_minutes
from commission_app.demo.stories.outcomes import Outcome, outcome_of
from commission_app.demo.world import World
from commission_app.dossiers.models import Dossier
from commission_app.dossiers.services import begin_follow_up, close_dossier
from commission_app.dossiers.states import DossierState
from commission_app.sessions.agenda.services import add_point
from commission_app.sessions.convening.models import Invitation
from commission_app.sessions.decisions.models import Decision
from commission_app.sessions.decisions.services import tell_person
from commission_app.sessions.models import CommissionSession
from commission_app.sessions.states import ItemKind

HOURS = 8


@dataclass(frozen=True)
class PastDay:
    """A day that was held so many days ago: who ran it, which situations, what else."""

    code: str
    ago: int
    pair: tuple[str, str]
    stories: tuple[str, ...]
    put_off: tuple[str, ...] = ()
    afternoon: tuple[tuple[ItemKind, str], ...] = ()

    @property
    def key(self) -> str:
        """What other acts call the day by."""
        return f"{self.code}-{self.ago}"

    @property
    def dossiers(self) -> list[str]:
        """The situations by key, those put off included."""
        return [f"{self.code}:{story}" for story in (*self.stories, *self.put_off)]


MODEL, NEW_ACTION, OFFER = ItemKind.MODEL, ItemKind.NEW_ACTION, ItemKind.OFFER
PAST = (
    PastDay(
        "ARL",
        347,
        ("clarisse", "octave"),
        ("saison", "isole", "permis"),
        (),
        ((MODEL, "Modélisation : emploi saisonnier et logement"), (OFFER, "Auto-école solidaire")),
    ),
    PastDay(
        "AIX",
        340,
        ("apolline", "paola"),
        ("depart", "ligne"),
        (),
        ((NEW_ACTION, "Permanence juridique mobile"),),
    ),
    PastDay(
        "ETB", 330, ("victor", "lucien"), ("couple", "vigne"), (), ((OFFER, "Prêt de véhicules à Miramas"),)
    ),
    PastDay(
        "ARL",
        256,
        ("gaspard", "hugo"),
        ("nuitees", "agricole", "lecture"),
        (),
        ((NEW_ACTION, "Premier palier de lecture"),),
    ),
    PastDay(
        "AIX",
        250,
        ("sixtine", "colette"),
        ("jeunemere",),
        (),
        ((MODEL, "Modélisation : formation et garde d’enfants"),),
    ),
    PastDay(
        "ETB",
        239,
        ("agathe", "marius"),
        ("preretraite", "etudiant"),
        (),
        ((MODEL, "Modélisation : logement des étudiants"),),
    ),
    PastDay(
        "ARL",
        165,
        ("solal", "maud"),
        ("jeunemere", "ligne", "aidant"),
        (),
        ((NEW_ACTION, "Ateliers numériques de proximité"), (OFFER, "Relais petite enfance")),
    ),
    PastDay("AIX", 160, ("irene", "lazare"), ("nuitees", "permis"), (), ((OFFER, "Colocation solidaire"),)),
    PastDay(
        "ETB",
        150,
        ("helene", "jeanne"),
        ("logiciel", "papa"),
        (),
        ((NEW_ACTION, "Accueil de jeunes en alternance"),),
    ),
    PastDay(
        "ARL",
        72,
        ("bastien", "leonie"),
        ("decroche", "cuisine", "abri", "rural"),
        ("creation",),
        ((NEW_ACTION, "Navette de nuit pour la zone de Saint-Martin-de-Crau"),),
    ),
    PastDay(
        "ETB",
        70,
        ("odile", "ilan"),
        ("retour", "signes"),
        ("agricole",),
        ((MODEL, "Modélisation : reprise progressive"),),
    ),
    PastDay("AIX", 66, ("ferdinand", "oriane"), ("rural",), (), ((OFFER, "Transport à la demande"),)),
)


def plan_year(world: World) -> None:
    """Plan each past day: on the calendar, convened, answered, composed, held, recorded."""
    for past in PAST:
        before = -past.ago
        world.plan(world.at(before - 70), _announce, world, past)
        world.plan(world.at(before - 26), _convene, world, past)
        world.plan(world.at(before - 12), _compose, world, past)
        world.plan(world.at(before, 9), _hold, world, past)
        world.plan(world.at(before + 3, 11), record_minutes, world, past.key)
        world.plan(world.at(before + 4, 15), _after, world, past)
        if past.ago > 200:
            world.plan(world.at(before + 120, 10), _close, world, past)


def _announce(world: World, past: PastDay) -> None:
    announce(world, past.key, past.code, world.at(-past.ago, 9), HOURS, past.pair)


def _convene(world: World, past: PastDay) -> None:
    day = world.days[past.key]
    invite_all(world, past.code, day)
    running = {world.people[key].id for key in past.pair}
    found = select(Invitation).where(Invitation.commission_session_id == day.id)
    for number, invitation in enumerate(db.session.scalars(found).all()):
        answer_for(invitation, 0 if invitation.user_id in running else number + past.ago)


def _compose(world: World, past: PastDay) -> None:
    day = world.days[past.key]
    lay_agenda(world, past.code, day, past.dossiers)
    for kind, title in past.afternoon:
        add_point(world.coordinator(past.code), day, kind=kind, title=title, minutes=40)
    put_in_order(day)


def _hold(world: World, past: PastDay) -> None:
    day = world.days[past.key]
    decided: dict[object, Outcome] = {
        world.dossiers[f"{past.code}:{story}"].id: outcome_of(story) for story in past.stories
    }
    put_off = frozenset(world.dossiers[f"{past.code}:{story}"].id for story in past.put_off)
    hold_day(Held(world, past.code, day, world.people[past.pair[0]], decided, put_off))


def _after(world: World, past: PastDay) -> None:
    """The person is told, the follow-up of most situations begins, the actions go on."""
    day, coordination = world.days[past.key], world.coordinator(past.code)
    for decision in db.session.scalars(_decisions(day)).all():
        if decision.teller is not None:
            tell_person(decision.teller, decision)
    for dossier in _dossiers(world, past)[: len(past.stories) - (past.ago < 80)]:
        begin_follow_up(coordination, dossier)
    follow_up(world, past.code, day)


def _close(world: World, past: PastDay) -> None:
    for dossier in _dossiers(world, past):
        if dossier.state is DossierState.FOLLOWED:
            close_dossier(world.coordinator(past.code), dossier)


def _dossiers(world: World, past: PastDay) -> list[Dossier]:
    return [world.dossiers[f"{past.code}:{story}"] for story in past.stories]


def _decisions(day: CommissionSession) -> Select[Decision]:
    return select(Decision).where(Decision.commission_session_id == day.id)
