"""The day of the Étang de Berre under way: begun 100 minutes ago, a decision being read."""

from datetime import datetime, timedelta

from sqlalchemy import select

from commission_app.core import clock
from commission_app.core.db import db
from commission_app.demo.build.agenda import announce, answer_for, invite_all, lay_agenda, put_in_order
from commission_app.demo.build.held import Held, begin, go_through, propose
from commission_app.demo.build.situations import LIVE
from commission_app.demo.stories.outcomes import Outcome, outcome_of
from commission_app.demo.world import World
from commission_app.sessions.agenda.models import AgendaItem
from commission_app.sessions.agenda.publication.services import publish_agenda
from commission_app.sessions.agenda.queries import items_of
from commission_app.sessions.agenda.services import add_point
from commission_app.sessions.convening.models import Invitation
from commission_app.sessions.day.notes.queries import print_of
from commission_app.sessions.day.notes.services import save_notes
from commission_app.sessions.day.queries import current_item
from commission_app.sessions.day.room.services import check_out, park_idea, raise_hand
from commission_app.sessions.decisions.models import DecisionDraft
from commission_app.sessions.decisions.services import take_stance
from commission_app.sessions.models import CommissionSession
from commission_app.sessions.states import Answer, ItemKind, ParkedKind, Stance

KEY, CODE = "live", "ETB"
PAIR = ("rose", "theodore")
AGO = timedelta(minutes=100)
POINTS_SEEN = 4
LENGTHS = {ItemKind.WELCOME: 15, ItemKind.FOLLOW_UP: 15, ItemKind.DOSSIER: 30}
BREAKS = {ItemKind.WELCOME: (0,), ItemKind.BREAK: (120, 370), ItemKind.LUNCH: (210,)}
ABSENT = {"gabin", "helene"}
LEFT = "agathe"
HANDS = ("sarah", "nina", "faustine")
AGREED = ("marius", "odile", "malo", "ilan", "jeanne", "ismael", "denis", "irene", "hugo", "aurore", "samir")
RESERVED = ("lucien", "sous réserve du reste à charge pour les familles")
NOTES = (
    "La Ruche des Petits ouvrirait deux matins dès maintenant, quatre avec un second professionnel.\n"
    "Trois familles sont connues de la Maison des solidarités, une seule à Marignane.\n"
    "Transport des enfants vers l’école à 8 h 15 : la commune doit répondre."
)
IDEA = "Horaires décalés et garde, quatre situations cette année"


def plan_live(world: World) -> None:
    """Plan the day from its announcement to this very minute."""
    starts_at = _five_minutes(world.now - AGO)
    world.plan(world.at(-60), announce, world, KEY, CODE, starts_at, 8, PAIR)
    world.plan(world.at(-26), _convene, world)
    world.plan(world.at(-11), _compose, world)
    world.plan(world.at(-9), _publish, world)
    world.plan(starts_at, _run, world)


def _five_minutes(moment: datetime) -> datetime:
    return moment.replace(minute=moment.minute // 5 * 5, second=0, microsecond=0)


def _convene(world: World) -> None:
    day = world.days[KEY]
    invite_all(world, CODE, day)
    absent = {world.people[key].id for key in ABSENT}
    found = select(Invitation).where(Invitation.commission_session_id == day.id)
    for number, invitation in enumerate(db.session.scalars(found).all()):
        answer_for(invitation, 0)
        invitation.takes_lunch = number % 4 != 3
        if invitation.user_id in absent:
            invitation.answer, invitation.takes_lunch, invitation.diet = Answer.ABSENT, False, ""


def _compose(world: World) -> None:
    day, coordination = world.days[KEY], world.coordinator(CODE)
    lay_agenda(world, CODE, day, [f"{CODE}:{story}" for story in LIVE])
    title = "Action nouvelle : un guichet commun du logement relais"
    add_point(coordination, day, kind=ItemKind.NEW_ACTION, title=title, minutes=40)
    add_point(coordination, day, kind=ItemKind.OFFER, title="Prêt d’ordinateurs", minutes=20)
    places = {kind: iter(minutes) for kind, minutes in BREAKS.items()}
    for item in items_of(day):
        item.planned_minutes = LENGTHS.get(item.kind, item.planned_minutes)
        if item.kind in places:
            item.fixed_at = day.starts_at + timedelta(minutes=next(places[item.kind]))
    db.session.flush()
    put_in_order(day)


def _publish(world: World) -> None:
    publish_agenda(world.coordinator(CODE), world.days[KEY], after=0)


def _run(world: World) -> None:
    day, lead = world.days[KEY], world.people[PAIR[0]]
    outcomes: dict[object, Outcome] = {
        world.dossiers[f"{CODE}:{story}"].id: outcome_of(story) for story in LIVE[:2]
    }
    held = Held(world, CODE, day, lead, outcomes)
    moment = begin(held)
    for _ in range(POINTS_SEEN):
        item = current_item(day)
        assert item is not None
        moment = go_through(held, item, moment)
    _now(world, held, day)


def _now(world: World, held: Held, day: CommissionSession) -> None:
    """Somebody has left, the point is being discussed, its decision read back, three people wait to speak."""
    item = current_item(day)
    assert item is not None
    with clock.frozen(world.now - timedelta(minutes=8)):
        check_out(held.lead, day, user_id=world.people[LEFT].id)
        save_notes(world.people[PAIR[1]], day, item, text=NOTES, seen=print_of(item.notes))
    with clock.frozen(world.now - timedelta(minutes=4)):
        park_idea(held.lead, day, kind=ParkedKind.TO_MODEL, text=IDEA)
        _read(world, held, item)
    for number, key in enumerate(HANDS):
        with clock.frozen(world.now - timedelta(minutes=3 - number)):
            raise_hand(world.people[key], day)


def _read(world: World, held: Held, item: AgendaItem) -> DecisionDraft:
    draft = propose(held, item, outcome_of("garde"))
    for key in AGREED:
        take_stance(world.people[key], draft, stance=Stance.AGREED)
    person, words = RESERVED
    take_stance(world.people[person], draft, stance=Stance.RESERVED, words=words)
    return draft
