"""A live day for tests: two facilitators, members, a coordination, two situations and a break."""

import uuid
from dataclasses import dataclass
from datetime import timedelta

from commission_app.accounts.models import User
from commission_app.accounts.states import Role
from commission_app.core import clock
from commission_app.core.db import db
from commission_app.dossiers.states import DossierState
from commission_app.sessions.agenda.models import AgendaItem
from commission_app.sessions.day import services
from commission_app.sessions.decisions import services as deciding
from commission_app.sessions.decisions.models import Decision
from commission_app.sessions.models import CommissionSession
from commission_app.sessions.states import DecisionKind, ItemKind, SessionState
from commission_app.territories.models import Structure, Territory
from tests.factories import (
    make_dossier,
    make_invitation,
    make_item,
    make_session,
    make_structure,
    make_territory,
    make_user,
)


@dataclass
class Scene:
    """The people and the points of one day."""

    territory: Territory
    ccas: Structure
    salome: User
    yves: User
    leonie: User
    hugo: User
    ines: User
    referent: User
    day: CommissionSession
    first: AgendaItem
    pause: AgendaItem
    second: AgendaItem

    @property
    def url(self) -> str:
        """The beginning of the day's addresses."""
        return f"/sessions/{self.day.id}"


def make_scene(*, started: bool = True, code: str = "ARL") -> Scene:
    """The day of a territory, in its first point unless it has not started."""
    territory = make_territory(name=f"Territoire {code}", code=code)
    ccas, plie = make_structure("", territory), make_structure("", territory)
    salome = make_user("Salomé", Role.PARTICIPANT, territory, ccas)
    yves = make_user("Yves", Role.PARTICIPANT, territory, plie)
    leonie = make_user("Léonie", Role.PARTICIPANT, territory, ccas)
    hugo = make_user("Hugo", Role.PARTICIPANT, territory, plie)
    ines = make_user("Inès", Role.COORDINATOR, territory, ccas)
    referent = make_user("Rémi", Role.REFERENT, territory, plie)
    now = clock.now()
    day = make_session(
        territory, salome, yves, state=SessionState.CONVENED, starts_at=now - timedelta(minutes=30)
    )
    for person in (salome, yves, leonie, hugo):
        make_invitation(day, person)
    one = make_dossier(referent, territory, DossierState.SCHEDULED, question="Quel hébergement stable ?")
    two = make_dossier(referent, territory, DossierState.SCHEDULED, question="Quelle garde dès 6 h 30 ?")
    first = make_item(day, dossier=one, planned_minutes=40, presenter=referent)
    pause = make_item(day, ItemKind.BREAK, planned_minutes=15)
    second = make_item(day, dossier=two, planned_minutes=30, presenter=referent)
    scene = Scene(territory, ccas, salome, yves, leonie, hugo, ines, referent, day, first, pause, second)
    if started:
        services.start_day(salome, day)
    db.session.flush()
    return scene


def outsider(code: str = "MAR") -> User:
    """A participant of another territory."""
    elsewhere = make_territory(name=f"Ailleurs {code}", code=code)
    return make_user("Zoé", Role.PARTICIPANT, elsewhere, make_structure("", elsewhere))


def nobody() -> uuid.UUID:
    """An identifier that nobody has."""
    return uuid.uuid4()


def decide(scene: Scene, item: AgendaItem, kind: DecisionKind = DecisionKind.SOLUTION) -> Decision:
    """A decision recorded on a point."""
    draft = deciding.write_draft(scene.salome, item, kind=kind, text="Un logement relais.", version=0)
    deciding.read_back(scene.salome, draft, version=draft.version)
    return deciding.record_decision(scene.salome, item, draft_id=draft.id, version=draft.version)
