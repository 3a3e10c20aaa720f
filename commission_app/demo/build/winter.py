"""The next day of Arles – Crau – Camargue, being prepared: convened, half answered, composed too long, not
published."""

from datetime import time

from sqlalchemy import select

from commission_app.core.db import db
from commission_app.demo.build.agenda import announce, lay_agenda
from commission_app.demo.build.situations import PREPARED
from commission_app.demo.world import World
from commission_app.sessions.agenda.models import AgendaProposal
from commission_app.sessions.agenda.proposals.services import propose_point
from commission_app.sessions.agenda.queries import items_of
from commission_app.sessions.agenda.services import place_proposal
from commission_app.sessions.convening.models import Invitation
from commission_app.sessions.convening.services import answer_invitation, convene
from commission_app.sessions.hours import day_of, local_moment
from commission_app.sessions.models import CommissionSession
from commission_app.sessions.states import Answer, ItemKind

KEY, CODE = "winter", "ARL"
IN_DAYS = 15
PAIR = ("salome", "yves")
HOURS: tuple[tuple[ItemKind, int, time | None], ...] = (
    (ItemKind.WELCOME, 20, time(9)),
    (ItemKind.FOLLOW_UP, 15, None),
    (ItemKind.DOSSIER, 40, None),
    (ItemKind.DOSSIER, 40, None),
    (ItemKind.BREAK, 15, time(10, 55)),
    (ItemKind.DOSSIER, 40, None),
    (ItemKind.DOSSIER, 40, None),
    (ItemKind.LUNCH, 75, time(12, 30)),
    (ItemKind.DOSSIER, 30, None),
    (ItemKind.MODEL, 45, None),
    (ItemKind.BREAK, 15, time(15)),
    (ItemKind.NEW_ACTION, 45, None),
    (ItemKind.DOSSIER, 40, None),
    (ItemKind.OFFER, 30, None),
    (ItemKind.CLOSING, 20, None),
)
#: Who has not answered: two structures, and the one that brings housing cannot come.
SILENT = {"ccas-arl", "plie-arl"}
ABSENT = {"mas"}
UNTIL = {"sante": time(15), "savoirs": time(12, 30)}
PLACED = (
    ("manon", ItemKind.MODEL, "Modélisation : logement et garde d’enfants",
     "À partir de trois situations traitées cette année.", 45),
    ("hugo", ItemKind.NEW_ACTION, "Action nouvelle : navette de nuit", "Zone de Saint-Martin-de-Crau.", 45),
    ("aurore", ItemKind.OFFER, "Offre : auto-école solidaire", "Quinze heures de conduite, huit places.", 30),
)  # fmt: skip
WAITING = (
    ("yves", ItemKind.NEW_ACTION, "Café des employeurs à Saint-Martin-de-Crau",
     "Un matin par trimestre, chez un employeur.", 20),
    ("solal", ItemKind.OFFER, "Atelier français du bâtiment", "Deux matinées par semaine, dès janvier.", 15),
)  # fmt: skip


def plan_winter(world: World) -> None:
    """Plan the preparation of the day, up to this morning."""
    world.plan(world.at(-60), announce, world, KEY, CODE, world.at(IN_DAYS, 9), 8, PAIR)
    world.plan(world.at(-14, 9, 5), _convene, world)
    for number, key in enumerate(world.people):
        world.plan(world.at(-13 + number % 11, 8 + number % 9, 20), _answer, world, key)
    world.plan(world.at(-4, 9, 40), _propose, world)
    world.plan(world.at(-3, 10, 31), _compose, world)


def _convene(world: World) -> None:
    convene(world.coordinator(CODE), world.days[KEY])


def _answer(world: World, key: str) -> None:
    person = world.people[key]
    house = next((name for name, row in world.houses.items() if row is person.structure), "")
    found = select(Invitation).where(
        Invitation.commission_session_id == world.days[KEY].id, Invitation.user_id == person.id
    )
    invitation = db.session.scalar(found)
    if invitation is None or house in SILENT:
        return
    if house in ABSENT:
        answer_invitation(person, invitation, answer=Answer.ABSENT)
        return
    diet = "végétarien" if key in ("noe", "judith") else ""
    answer_invitation(
        person, invitation, answer=Answer.PRESENT, until_time=UNTIL.get(house), takes_lunch=True, diet=diet
    )


def _propose(world: World) -> None:
    territory = world.territories[CODE]
    for author, kind, title, text, minutes in (*PLACED, *WAITING):
        actor = world.people[author]
        propose_point(actor, territory.id, kind=kind, title=title, text=text, minutes=minutes)


def _compose(world: World) -> None:
    day, coordination = world.days[KEY], world.coordinator(CODE)
    lay_agenda(world, CODE, day, [f"{CODE}:{story}" for story in PREPARED])
    for proposal in _proposals(world):
        place_proposal(coordination, day, proposal)
    _set_hours(day)


def _proposals(world: World) -> list[AgendaProposal]:
    titles = [title for _, _, title, _, _ in PLACED]
    found = select(AgendaProposal).where(
        AgendaProposal.territory_id == world.territories[CODE].id, AgendaProposal.title.in_(titles)
    )
    return list(db.session.scalars(found))


def _set_hours(day: CommissionSession) -> None:
    """Give the points their order and lengths: half an hour more than the day has."""
    by_kind = {kind: iter([item for item in items_of(day) if item.kind is kind]) for kind in ItemKind}
    for position, (kind, minutes, starts) in enumerate(HOURS):
        item = next(by_kind[kind])
        item.position, item.planned_minutes = position, minutes
        item.fixed_at = local_moment(day_of(day), starts) if starts else None
    db.session.flush()
