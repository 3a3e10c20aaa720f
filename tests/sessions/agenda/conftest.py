"""One day being prepared: a coordinator, two facilitators, a référent, structures with competences."""

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

import pytest
from flask import Flask

from commission_app.accounts.models import User
from commission_app.accounts.states import Role
from commission_app.core import clock
from commission_app.dossiers.models import Dossier
from commission_app.dossiers.states import DossierState
from commission_app.sessions.models import CommissionSession
from commission_app.sessions.states import Answer
from commission_app.territories.models import Structure, Territory
from tests.factories import (
    make_binome,
    make_dossier,
    make_invitation,
    make_session,
    make_structure,
    make_territory,
    make_user,
)

PROGRAMME = [
    {"kind": "welcome", "title": "Café d’accueil", "starts": "09:00", "minutes": 20},
    {"kind": "break", "title": "Pause", "starts": "10:55", "minutes": 15},
    {"kind": "lunch", "title": "Déjeuner partagé", "starts": "12:30", "minutes": 75},
    {"kind": "closing", "title": "Bilan du jour", "starts": "16:40", "minutes": 20},
]


@dataclass
class Stage:
    """The people and things of a day in two weeks, from 9 to 17 h."""

    territory: Territory
    day: CommissionSession
    nora: User
    amina: User
    bruno: User
    claire: User
    health: Structure
    dossiers: list[Dossier] = field(default_factory=list)

    @property
    def base(self) -> str:
        """The address of the day."""
        return f"/sessions/{self.day.id}"


def nine_o_clock() -> datetime:
    """Nine in the morning, Paris time, in two weeks."""
    morning = clock.local(clock.now()).replace(hour=9, minute=0, second=0, microsecond=0)
    return morning + timedelta(days=14)


@pytest.fixture
def stage(app: Flask) -> Stage:
    """Nora coordinates, Amina and Bruno facilitate and are invited, Claire has two dossiers."""
    territory = make_territory()
    jobs, health = make_structure("Mission locale", territory), make_structure("Caisse de santé", territory)
    nora = make_user("Nora", Role.COORDINATOR, territory, jobs)
    amina = make_user("Amina", Role.PARTICIPANT, territory, jobs)
    bruno = make_user("Bruno", Role.PARTICIPANT, territory, health)
    claire = make_user("Claire", Role.REFERENT, territory, make_structure("Centre social", territory))
    make_binome(territory, jobs, technicien=amina, competences=("formation",))
    make_binome(territory, health, technicien=bruno, competences=("sante",))
    start = nine_o_clock()
    day = make_session(territory, amina, bruno, starts_at=start, programme=PROGRAMME)
    day.ends_at = start + timedelta(hours=8)
    make_invitation(day, amina, answer=Answer.PRESENT)
    make_invitation(day, bruno, answer=Answer.PRESENT, until_time=time(15, 0))
    dossiers = [
        make_dossier(claire, territory, DossierState.RETAINED, needed=["formation"], minutes_needed=40),
        make_dossier(
            claire, territory, DossierState.RETAINED, needed=["sante", "logement"], minutes_needed=40
        ),
    ]
    return Stage(territory, day, nora, amina, bruno, claire, health, dossiers)
