"""Experts from outside, a topic that comes back, and a decision worded for the person."""

from datetime import timedelta

from sqlalchemy import select

from commission_app.core.db import db
from commission_app.demo.world import World
from commission_app.sessions.agenda.queries import items_of
from commission_app.sessions.agenda.services import set_recurring
from commission_app.sessions.convening.guests.links import guest_url
from commission_app.sessions.convening.guests.queries import guest_behind, points_for_guests, presentation_for
from commission_app.sessions.convening.guests.services import invite_guest, read_point, revoke_guest
from commission_app.sessions.convening.models import Guest
from commission_app.sessions.decisions.models import Decision
from commission_app.sessions.decisions.telling.services import word_decision
from commission_app.sessions.models import CommissionSession
from commission_app.sessions.states import ItemKind

WINTER, LIVE = "winter", "live"
#: Who comes to the day being prepared, for how many situations; the last one declined since.
EXPERTS = (
    ("Apolline Lentisque", "apolline.lentisque@exemple.invalid", "Bailleur social Camargue Habitat", 2),
    ("Fabien Micocoulier", "fabien.micocoulier@exemple.invalid", "Zone d’activités de Saint-Martin", 1),
)
OF_TODAY = ("Garance Filaria", "garance.filaria@exemple.invalid", "Crèche Les Petits Pas de Berre")
TOPICS = frozenset({ItemKind.MODEL, ItemKind.NEW_ACTION, ItemKind.OFFER, ItemKind.NEWS})
WORDED = (
    "Une équipe de professionnels s’est réunie pour chercher avec vous une solution.\n"
    "Elle a trouvé une piste : une place vous est proposée, et quelqu’un vous aide pour les papiers.\n"
    "Votre référente vous appelle cette semaine pour fixer le premier rendez-vous.\n"
    "Vous pouvez dire non, ou demander du temps pour réfléchir."
)


def plan_guests(world: World) -> None:
    """Plan them up to now."""
    world.plan(world.at(-2, 15), _invite_for_winter, world)
    world.plan(world.now - timedelta(hours=3), _invite_for_today, world)
    world.plan(world.now - timedelta(minutes=30), _read_today, world)
    world.plan(world.at(-2, 17), _word_and_recur, world)


def _invite_for_winter(world: World) -> None:
    day, coordination = world.days[WINTER], world.coordinator("ARL")
    points = [item.id for item in points_for_guests(day) if item.dossier_id]
    for name, email, organisation, count in EXPERTS:
        guest = invite_guest(
            coordination, day, name=name, email=email, organisation=organisation, points=points[:count]
        )
    revoke_guest(coordination, guest)


def _invite_for_today(world: World) -> None:
    day = world.days[LIVE]
    name, email, organisation = OF_TODAY
    points = [item.id for item in points_for_guests(day) if item.dossier_id][2:4]
    invite_guest(
        world.coordinator("ETB"), day, name=name, email=email, organisation=organisation, points=points
    )


def _read_today(world: World) -> None:
    """She opened the first of her points half an hour ago."""
    guest = db.session.scalars(select(Guest).where(Guest.commission_session_id == world.days[LIVE].id)).one()
    page = guest_behind(guest_url(guest).rsplit("/", 1)[1])
    if page.points:
        passage, _presentation = presentation_for(page, page.points[0].item.id)
        read_point(page, passage)


def _word_and_recur(world: World) -> None:
    """The last day of Arles: its topic comes back at each session, a decision is put in plain words."""
    day = _last_of(world)
    topics = [item for item in items_of(day) if item.kind in TOPICS]
    for item in topics[:1]:
        set_recurring(world.coordinator("ARL"), item, is_recurring=True)
    decision = db.session.scalars(
        select(Decision)
        .where(Decision.commission_session_id == day.id, Decision.dossier_id.is_not(None))
        .order_by(Decision.number)
    ).first()
    if decision is not None and decision.dossier is not None:
        word_decision(decision.dossier.referent, decision, text=WORDED, version=0)


def _last_of(world: World) -> CommissionSession:
    past = [day for key, day in world.days.items() if key.startswith("ARL-")]
    return max(past, key=lambda day: day.starts_at)
