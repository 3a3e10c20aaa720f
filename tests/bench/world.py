"""What the measured pages show: a territory, its structures, its next day, and as many dossiers as asked."""

import uuid
from datetime import timedelta
from pathlib import Path

from flask import Flask
from sqlalchemy import insert

from commission_app import create_app
from commission_app.accounts.models import User
from commission_app.accounts.states import Role
from commission_app.binomes.states import Competence
from commission_app.core import clock
from commission_app.core.config import Config
from commission_app.core.db import commit, db, upgrade
from commission_app.dossiers.models import Dossier
from commission_app.dossiers.states import AgeBand, DossierState
from commission_app.followup.models import Action
from commission_app.followup.states import ActionState
from commission_app.sessions.models import CommissionSession
from commission_app.sessions.states import Answer, ItemKind, SessionState
from commission_app.territories.models import Structure, Territory
from tests.factories import (
    make_binome,
    make_commune,
    make_dossier,
    make_invitation,
    make_item,
    make_session,
    make_structure,
    make_territory,
    make_user,
)

STRUCTURES = 12
REFERENTS = 6
SITUATIONS = 8
AT_ONCE = 5_000
STATES = tuple(DossierState)
ACTION_STATES = tuple(ActionState)
COMPETENCES = tuple(Competence)


def empty_app(folder: Path) -> Flask:
    """An application of this process, on a migrated database with nothing in it."""
    app = create_app(
        Config(
            database_url=f"sqlite:///{folder}/bench.db",
            secret_key="bench-only-" + "k" * 40,
            data_dir=folder,
            mail_backend="memory",
            testing=True,
        )
    )
    upgrade(app)
    return app


def fill(count: int) -> tuple[User, CommissionSession]:
    """Make it all and commit; the coordinator, and the day to come with its agenda."""
    territory = make_territory()
    structures = [make_structure(f"Structure {number:02d}", territory) for number in range(STRUCTURES)]
    nora = make_user("Nora", Role.COORDINATOR, territory, structures[0])
    referents = [
        make_user(f"Rémi{place}", Role.REFERENT, territory, structures[place]) for place in range(REFERENTS)
    ]
    insee = make_commune().insee
    for start in range(0, count, AT_ONCE):
        _add_rows(territory, structures, referents, insee, range(start, min(start + AT_ONCE, count)))
    day = _day(territory, structures, referents)
    commit()
    return nora, day


def _day(territory: Territory, structures: list[Structure], referents: list[User]) -> CommissionSession:
    """Eight situations, a break and lunch; two people of each structure are invited, most have answered."""
    people = [
        make_user(f"Membre{place}", Role.PARTICIPANT, territory, structures[place % STRUCTURES])
        for place in range(2 * STRUCTURES)
    ]
    for place, structure in enumerate(structures):
        cadre, technicien = people[place], people[place + STRUCTURES]
        brought = (COMPETENCES[place % len(COMPETENCES)].value,)
        make_binome(territory, structure, cadre, technicien, competences=brought)
    day = make_session(territory, people[0], people[1], state=SessionState.CONVENED)
    for place, person in enumerate(people):
        make_invitation(day, person, answer=Answer.PRESENT if place % 4 else Answer.NONE)
    for place in range(SITUATIONS):
        referent = referents[place % REFERENTS]
        dossier = make_dossier(referent, territory, DossierState.SCHEDULED)
        make_item(day, dossier=dossier, presenter=referent, planned_minutes=40)
        if place == SITUATIONS // 2:
            make_item(day, ItemKind.BREAK, planned_minutes=15)
    return day


def _add_rows(
    territory: Territory, structures: list[Structure], referents: list[User], insee: str, numbers: range
) -> None:
    """A lot of dossiers in every state with an action each, spread over two years."""
    today, now = clock.today(), clock.now()
    ids = {number: uuid.uuid4() for number in numbers}
    dossiers = [
        {
            "id": ids[number], "code": f"ARL-2025-{number}", "year": 2025, "number": number,
            "territory_id": territory.id, "insee": insee, "age_band": AgeBand.FROM_35,
            "referent_id": referents[number % REFERENTS].id,
            "structure_id": structures[number % REFERENTS].id,
            "state": STATES[number % len(STATES)], "submitted_at": now,
            "state_since": now - timedelta(minutes=10 * number % 1_000_000),
        }
        for number in numbers
    ]  # fmt: skip
    actions = [
        {
            "territory_id": territory.id, "structure_id": structures[number % STRUCTURES].id,
            "title": f"Action {number}", "search": f"action {number}", "dossier_id": ids[number],
            "due_on": today + timedelta(days=number % 700 - 350),
            "state": ACTION_STATES[number % 4],
            "done_at": now - timedelta(days=number % 300) if number % 4 > 1 else None,
        }
        for number in numbers
    ]  # fmt: skip
    db.session.execute(insert(Dossier), dossiers)
    db.session.execute(insert(Action), actions)
