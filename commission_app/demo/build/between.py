"""Between the sessions: an absence, two urgent requests, remontées, next year's calendars."""

from datetime import timedelta

from sqlalchemy import select

from commission_app.binomes.absences.services import record_absence
from commission_app.binomes.models import UrgentRequest
from commission_app.binomes.urgent.services import answer_request, ask_urgently, relay_overdue, take_request
from commission_app.core.db import db
from commission_app.demo.world import World
from commission_app.followup.models import Remontee
from commission_app.followup.remontees.services import answer_remontee, study_remontee
from commission_app.followup.services import create_remontee
from commission_app.sessions.calendar.services import lay_out_year, publish_year

URGENT = "Famille à reloger avant vendredi soir"
URGENT_TEXT = (
    "Un adulte et deux enfants, hébergement qui s’arrête demain soir. "
    "Besoin : trois nuits à Arles ou à Tarascon."
)
EARLIER = "Un dépannage de trois jours pour aller à l’examen"
EARLIER_TEXT = "L’examen est à 35 km, lundi à 8 h. Un véhicule ou un trajet, de dimanche soir à mardi."
EARLIER_ANSWER = "Un scooter est prêt dès samedi matin à Saint-Martin-de-Crau, avec deux casques."
THEMES = {
    "Apprentissage du français": "Deux groupes de premier palier ouvrent au printemps, à Arles et Tarascon. "
    "La liste des lieux vous parvient dans le mois.",
}
SENT_UP = (
    (
        "ETB",
        "Transport avant 7 h",
        "Aucun transport collectif avant 6 h 50 vers les zones d’activité de l’étang.",
    ),
    ("AIX", "Places d’accueil de jour", "Trois personnes aidantes refusent un emploi faute de relais."),
)
DELAY_MINUTES = 60


def plan_between(world: World) -> None:
    """Plan what happens outside of any session."""
    world.plan(world.at(-3, 8, 40), _away, world)
    world.plan(world.at(-6, 10, 5), _ask_earlier, world)
    world.plan(world.now - timedelta(minutes=82), _ask_now, world)
    world.plan(world.now - timedelta(minutes=22), relay_overdue, None)
    for number, (code, theme, text) in enumerate(SENT_UP):
        world.plan(world.at(-40 + number, 16), _send_up, world, code, theme, text)
    world.plan(world.at(-200, 9), _answer_remontees, world)
    world.plan(world.at(-30, 9), _study_remontees, world)
    for code, publishes in (("ETB", True), ("AIX", False)):
        world.plan(world.at(-20, 14), _lay_out, world, code, publishes)


def _away(world: World) -> None:
    away = world.people["aubin"]
    record_absence(
        world.people["maud"],
        user_id=away.id,
        starts_on=world.today - timedelta(days=2),
        ends_on=world.today + timedelta(days=7),
        stand_in_id=world.people["elia"].id,
    )


def _ask_earlier(world: World) -> None:
    author, helper = world.people["judith"], world.people["hugo"]
    request = ask_urgently(
        author, world.binomes["ARL", "mob"], title=EARLIER, text=EARLIER_TEXT, delay_minutes=DELAY_MINUTES
    )
    world.plan(world.at(-6, 10, 24), take_request, helper, request)
    world.plan(world.at(-6, 11, 50), _answer, world, request)


def _answer(world: World, request: UrgentRequest) -> None:
    answer_request(world.people["hugo"], request, answer=EARLIER_ANSWER)


def _ask_now(world: World) -> None:
    ask_urgently(
        world.people["ines"],
        world.binomes["ARL", "mas"],
        title=URGENT,
        text=URGENT_TEXT,
        delay_minutes=DELAY_MINUTES,
    )


def _send_up(world: World, code: str, theme: str, text: str) -> None:
    territory = world.territories[code]
    create_remontee(world.coordinator(code), territory_id=territory.id, theme=theme, text=text)


def _answer_remontees(world: World) -> None:
    for remontee in db.session.scalars(select(Remontee).where(Remontee.theme.in_(THEMES))).all():
        answer_remontee(
            world.people["anselme"], remontee, answer=THEMES[remontee.theme], version=remontee.version
        )


def _study_remontees(world: World) -> None:
    found = select(Remontee).where(Remontee.theme == SENT_UP[0][1])
    for remontee in db.session.scalars(found).all():
        study_remontee(world.people["anselme"], remontee, version=remontee.version)


def _lay_out(world: World, code: str, publishes: bool) -> None:
    coordination, territory, year = world.coordinator(code), world.territories[code], world.today.year + 1
    lay_out_year(coordination, territory, year=year)
    if publishes:
        publish_year(coordination, territory, year=year)
