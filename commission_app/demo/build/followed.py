"""What becomes of the actions: done in time or not, under way, late, given up."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select

from commission_app.accounts.models import User
from commission_app.core import clock
from commission_app.core.db import db
from commission_app.demo.world import World
from commission_app.followup.models import Action
from commission_app.followup.services import (
    create_action,
    drop_action,
    finish_action,
    note_progress,
    start_action,
)
from commission_app.sessions.models import CommissionSession

#: Days after which no action of a session is left open.
OLD = 60
NOTES = (
    "Premier contact pris, rendez-vous fixé.",
    "Il manque encore l’accord du financeur, relancé hier.",
    "Une structure de plus veut participer.",
)
DROPPED = "Une autre solution a été trouvée avant la date."


@dataclass(frozen=True)
class Task:
    """An action that the coordination wrote down: what, by whom, how long ago, for when, how far."""

    code: str
    title: str
    house: str
    ago: int
    due: int
    state: str
    note: str = ""


TASKS = (
    Task("ARL", "Réserver un minibus pour la visite du chantier", "mob", 48, -15, "dropped"),
    Task("ETB", "Ouvrir une permanence le samedi matin", "ccas-etb", 58, -22, "dropped"),
    Task("ARL", "Proposer trois places de garde dès 6 h 30 à Arles", "ccas-arl", 70, -21, "to_do"),
    Task("ARL", "Inviter l’équipe mobile santé à la prochaine session", "pole-arl", 40, -9, "to_do"),
    Task(
        "ARL",
        "Prêter un scooter pour la durée du chantier",
        "mob",
        60,
        -6,
        "started",
        "Scooter en réparation, prêt dans une dizaine de jours.",
    ),
    Task(
        "ARL", "Organiser l’entretien à trois avec le nouveau référent d’étape", "ft-arl", 30, -2, "started"
    ),
    Task("ARL", "Écrire le parcours type « sortie d’hébergement et chantier »", "plie-arl", 25, 22, "to_do"),
    Task(
        "ARL",
        "Étudier une navette de nuit pour la zone de Saint-Martin-de-Crau",
        "mob",
        50,
        12,
        "started",
        "Deux entreprises prêtes à cofinancer.",
    ),
    Task("ARL", "Mettre à jour la fiche de l’atelier français", "plie-arl", 45, -18, "done"),
    Task("ARL", "Réserver une place au chantier Terre de Crau", "crau", 35, -8, "done"),
    Task(
        "ETB",
        "Recenser les logements relais libres autour de l’étang",
        "toits",
        60,
        -5,
        "started",
        "Onze logements comptés sur neuf communes.",
    ),
    Task("ETB", "Préparer une visite du chantier pour les référents d’étape", "sel", 40, 18, "to_do"),
    Task("ETB", "Rencontrer les employeurs de la zone aéroportuaire", "ft-etb", 55, -14, "to_do"),
    Task("ETB", "Partager la liste des permanences de soins", "soins", 45, -20, "done"),
    Task("AIX", "Écrire la convention de colocation solidaire", "bastide", 50, 15, "started"),
    Task("AIX", "Relancer les auto-écoles du pays d’Aix", "ml-aix", 45, -10, "to_do"),
    Task("AIX", "Présenter le transport à la demande aux accueils", "pole-aix", 40, -12, "done"),
)


def plan_tasks(world: World) -> None:
    """Plan the actions that come from no decision."""
    for task in TASKS:
        world.plan(world.at(-task.ago, 10, 15), _write, world, task)


def follow_up(world: World, code: str, day: CommissionSession) -> None:
    """Plan how the actions of a day go on: most are done, some late; of the recent ones, some stay open."""
    found = select(Action).where(Action.commission_session_id == day.id).order_by(Action.due_on)
    for number, action in enumerate(db.session.scalars(found).all()):
        action.owner = _person_of(world, code, action)
        days = (action.due_on - world.today).days
        doer = action.owner or world.coordinator(code)
        db.session.flush()
        world.plan(world.at(min(days - 6, -1), 9, 40), _begin, doer, action, NOTES[number % len(NOTES)])
        is_open = number % 3 == 2 and days > -OLD
        if not is_open and days < -1:
            late = 5 if number % 3 == 1 and days < -10 else -1
            world.plan(world.at(days + late, 17), _finish, doer, action)


def _write(world: World, task: Task) -> None:
    coordination, house = world.coordinator(task.code), world.houses[task.house]
    due_on = world.today + timedelta(days=task.due)
    seat = world.binomes[task.code, task.house]
    owner = seat.technicien or seat.cadre
    action = create_action(
        coordination,
        territory_id=world.territories[task.code].id,
        structure_id=house.id,
        title=task.title,
        due_on=due_on,
        owner_id=owner.id if owner else None,
    )
    doer = owner or coordination
    if task.state != "to_do":
        world.plan(world.at(-task.ago + 9, 9, 20), _begin, doer, action, task.note or NOTES[0])
    if task.state == "dropped":
        world.plan(world.at(task.due - 3, 16), _drop, doer, action)
    if task.state == "done":
        world.plan(world.at(task.due - 2, 16, 45), _finish, doer, action)


def _person_of(world: World, code: str, action: Action) -> User | None:
    seats = (seat for (place, _), seat in world.binomes.items() if place == code)
    seat = next((seat for seat in seats if seat.structure is action.structure), None)
    return (seat.technicien or seat.cadre) if seat else None


def _begin(actor: User, action: Action, note: str) -> None:
    if action.is_open and clock.today() <= action.due_on + timedelta(days=30):
        start_action(actor, action, version=action.version)
        note_progress(actor, action, text=note)


def _finish(actor: User, action: Action) -> None:
    if action.is_open:
        finish_action(actor, action, version=action.version)


def _drop(actor: User, action: Action) -> None:
    if action.is_open:
        drop_action(actor, action, reason=DROPPED, version=action.version)
