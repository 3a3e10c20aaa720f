"""Rights on the days of commission: the calendar, the agenda, what is presented, guests."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from commission_app.accounts.states import Role
from commission_app.core import clock
from commission_app.core.db import db
from commission_app.dossiers.states import DossierState
from commission_app.sessions.agenda.policies import (
    can_compose_agenda,
    can_handle_proposal,
    can_postpone_item,
    can_propose_point,
    can_read_agenda,
    can_read_presentation,
    can_write_opinion,
    coordinated_territory_ids,
    invitation_of,
    presents,
    presents_on,
    proposing_territory_ids,
    reader_structure_ids,
)
from commission_app.sessions.calendar.feeds.policies import can_have_feed
from commission_app.sessions.convening.guests.policies import can_invite_guest, is_for_guests
from commission_app.sessions.convening.models import Invitation
from commission_app.sessions.convening.policies import (
    can_answer,
    can_convene,
    can_read_answers,
    can_read_diets,
)
from commission_app.sessions.policies import (
    acts_everywhere,
    can_prepare_session,
    can_prepare_territory,
    is_facilitator,
    shared_by,
    visible_sessions,
)
from commission_app.sessions.states import ItemKind, ItemState, SessionState
from tests.factories import make_dossier, make_item, make_session
from tests.security.rights_table import PEOPLE, fact, right, scope

COORDINATION = {"coordinator", "two_places", "all_here"}
#: The far day is held on the other territory: everybody of Arles comes by another reason than a role there.
PREPARE = {"coordinator_elsewhere", "both", "two_places"}
RUN = {"nobody", "facilitator"}
PRESENT = {"referent", "referent_other", "nobody"}
OF_ARLES = {
    "referent", "referent_other", "participant", "facilitator", "both", "moved", "closed", "pilot_here",
    *COORDINATION,
}  # fmt: skip
OF_AIX = {"referent_elsewhere", "participant_elsewhere", "pilot_elsewhere", "moved", *PREPARE}
EVERYWHERE = {"pilot", "administrator"}


def far_day(world, **values):
    """A day of Aix run by « nobody » and Hugo; Léonie is invited, « pilot_here » is no more."""
    day = make_session(world.aix, world["nobody"], world["facilitator"], **values)
    for name, removed_at in (("participant", None), ("pilot_here", clock.now())):
        db.session.add(
            Invitation(
                commission_session=day, user=world[name], structure=world.structure, removed_at=removed_at
            )
        )
    return day


def presented(world):
    """The points of the far day: a situation of Inès brought by « moved », two others."""
    day = world["far_day"]
    make_item(day, title="Nouvelles", presenter=world["referent_other"], position=2)
    make_item(day, title="Mot de la salle", presenter=world["nobody"], position=3)
    return make_item(day, dossier=world["retained"], presenter=world["moved"], position=1)


def point(**values):
    """A point of the far day."""
    return lambda world: make_item(world["far_day"], **values)


def point_of(who):
    """A point of the far day that somebody presents."""
    return lambda world: make_item(world["far_day"], title="Une offre", presenter=world[who])


def withdrawn_point(world):
    """A situation that was taken back, on a day of its own."""
    dossier = make_dossier(world["referent_elsewhere"], world.aix, DossierState.WITHDRAWN)
    return make_item(make_session(world.aix), dossier=dossier)


def agreement(*scope_of, holds=True):
    """What a person agreed to, for the structures named."""
    return lambda world: SimpleNamespace(holds_today=holds, scope=[str(world[name].id) for name in scope_of])


def shared_day(world):
    """A day of Arles that Aix shares."""
    day = make_session(world.arles)
    day.territories = [world.arles, world.aix]
    return day


def proposed_day(world):
    """A day of Arles that is not published, already with somebody to run it."""
    return make_session(world.arles, world["facilitator"], state=SessionState.PROPOSED)


def lone_day(world):
    """A day of Arles whose list of territories is empty."""
    day = make_session(world.arles)
    day.territories = []
    return day


def days_shared(world):
    """Which of some days Aix shares without holding them."""
    rows = set(db.session.scalars(shared_by([world.aix.id])).unique())
    return {name for name in ("shared_day", "lone_day", "day") if world[name] in rows}


def of_guests(item, agreed):
    """Whether a point is open to guests: the name of the point, of the agreement."""
    return lambda world: is_for_guests(world[item], world[agreed] if agreed else None)


OBJECTS: dict[str, Any] = {
    "far_day": far_day,
    "far_item": presented,
    "far_news": point_of("referent_other"),
    "withdrawn_point": withdrawn_point,
    "shared_day": shared_day,
    "lone_day": lone_day,
    "proposed_day": proposed_day,
    "far_day_over": lambda world: far_day(
        world, state=SessionState.CLOSED, starts_at=clock.now() - timedelta(days=40)
    ),
    "far_invitation": lambda world: invitation_of(world["participant"], world["far_day"]),
    "agreed": agreement(),
    "agreed_for_ours": agreement("structure"),
    "agreed_for_other": agreement("other_structure"),
    "ended_agreement": agreement(holds=False),
    "break": point(kind=ItemKind.BREAK, title="Pause"),
    "postponed": point(title="Plus tard", state=ItemState.POSTPONED),
}  # fmt: skip
CALENDAR = [
    right(is_facilitator, "far_day", yes=RUN),
    right(can_prepare_territory, "arles.id", yes=COORDINATION),
    right(can_prepare_session, "day", yes=COORDINATION),
    right(can_prepare_session, "shared_day", yes={*COORDINATION, *PREPARE}),
    right(can_prepare_session, "lone_day", yes=COORDINATION),
    right(acts_everywhere, yes=EVERYWHERE),
    scope(visible_sessions, "lone_day", yes={*OF_ARLES, *EVERYWHERE}),
    scope(visible_sessions, "shared_day", yes={*OF_ARLES, *OF_AIX, *EVERYWHERE}),
    scope(visible_sessions, "far_day", yes={*OF_AIX, *EVERYWHERE, *RUN, "participant"}),
    scope(visible_sessions, "proposed_day", yes=COORDINATION),
    fact(shared_by, lambda w: days_shared(w) == {"shared_day"}, note="one territory"),
    right(can_have_feed, None, yes=PEOPLE),
    right(can_have_feed, "arles", yes=COORDINATION),
]
CONVENING = [
    right(invitation_of, "far_day", yes={"participant"}),
    right(can_convene, "far_day", yes=PREPARE),
    right(can_read_answers, "far_day", yes={*PREPARE, *RUN}),
    right(can_read_diets, "far_day", yes=PREPARE),
    right(can_answer, "far_invitation", yes={"participant", *PREPARE}),
    right(can_invite_guest, "far_day", yes=PREPARE),
    fact(is_for_guests, of_guests("far_item", "agreed"), note="agreed with everybody"),
    fact(is_for_guests, of_guests("far_item", "agreed_for_ours"), answer=False, note="with one structure"),
    fact(
        is_for_guests, of_guests("far_item", "ended_agreement"), answer=False, note="an agreement that ended"
    ),
    fact(is_for_guests, of_guests("far_item", ""), answer=False, note="no agreement"),
    fact(is_for_guests, of_guests("far_news", ""), note="no situation"),
    fact(is_for_guests, of_guests("break", ""), answer=False, note="a break"),
    fact(is_for_guests, of_guests("postponed", ""), answer=False, note="postponed"),
]
AGENDA = [
    right(can_compose_agenda, "far_day", yes=PREPARE),
    right(can_postpone_item, "far_day", yes={*PREPARE, *RUN}),
    right(can_read_agenda, "far_day", yes={*PREPARE, *RUN, *PRESENT, "participant"}),
    right(presents_on, "far_day", yes=PRESENT),
    right(presents_on, "lone_day"),
    right(presents_on, "withdrawn_point.commission_session"),
    right(presents, "far_item", yes={"referent"}),
    right(presents, "far_news", yes={"referent_other"}),
    right(
        can_read_presentation, "far_item", "agreed", yes={*PREPARE, "referent", "participant", "facilitator"}
    ),
    right(can_read_presentation, "far_item", "agreed_for_ours", yes={*PREPARE, "referent", "participant"}),
    right(can_read_presentation, "far_item", "agreed_for_other", yes={*PREPARE, "referent", "facilitator"}),
    right(can_read_presentation, "far_item", "ended_agreement"),
    right(can_read_presentation, "far_item", None, note="no agreement"),
    right(can_read_presentation, "far_news", "agreed", note="no situation"),
    right(can_read_presentation, "withdrawn_point", "agreed"),
    right(reader_structure_ids, "far_day", yes={"participant", "facilitator"}),
    right(can_write_opinion, "far_day", yes={"participant"}),
    right(can_write_opinion, "far_day_over"),
    right(can_propose_point, "arles.id", yes=OF_ARLES - {"pilot_here"}),
    right(can_handle_proposal, "point_proposal", yes={"participant", *COORDINATION}),
    fact(
        coordinated_territory_ids,
        lambda w: coordinated_territory_ids(w["both"]) == {w.aix.id},
        note="not as a participant",
    ),
    fact(
        proposing_territory_ids,
        lambda w: (
            proposing_territory_ids(w["moved"]) == {w.aix.id, w.arles.id}
            and not proposing_territory_ids(w["pilot_here"])
        ),
        note=f"not as {Role.PILOT}",
    ),
]
RIGHTS = [*CALENDAR, *CONVENING, *AGENDA]
