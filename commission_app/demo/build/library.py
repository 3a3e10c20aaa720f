"""The lexique, documents and their signatures, models, and the commissions that exist."""

import json
from pathlib import Path
from typing import Any

from commission_app.core.db import db
from commission_app.demo import stories
from commission_app.demo.cast.places import HOUSES
from commission_app.demo.world import World
from commission_app.library.documents.queries import latest_version
from commission_app.library.documents.services import create_document, publish_version, sign_version
from commission_app.library.inventory.services import add_commission
from commission_app.library.lexique.services import load_lexique, propose_definition
from commission_app.library.models import SharedDocument
from commission_app.library.situations.services import create_model
from commission_app.library.states import DocumentKind

Row = dict[str, Any]
BETWEEN_VERSIONS = 45
#: Structures that have not signed yet: one in six.
LATE = 6


def plan_library(world: World) -> None:
    """Plan the shared documents, the models and the inventory of each territory."""
    found = json.loads(Path(stories.__file__).with_name("library.json").read_text(encoding="utf-8"))
    world.plan(world.at(-700), load_lexique)
    for row in found["documents"]:
        world.plan(world.at(-row["ago"], 14), _publish, world, row)
    for row in found["models"]:
        world.plan(world.at(-row["ago"], 15), _model, world, row)
    for row in found["commissions"]:
        world.plan(world.at(-90, 11), _inventory, world, row)
    world.plan(world.at(-8, 17), _propose, world)


def _publish(world: World, row: Row) -> None:
    territory = world.territories.get(row.get("code", ""))
    actor = world.coordinator(row["code"]) if territory else world.people["zoe"]
    first, *later = row["texts"]
    document = create_document(
        actor,
        kind=DocumentKind(row["kind"]),
        title=row["title"],
        territory_id=territory.id if territory else None,
        text=first,
    )
    for number, text in enumerate(later, 1):
        ago = row["ago"] - number * BETWEEN_VERSIONS
        world.plan(world.at(-ago, 14), publish_version, actor, document, text=text, after=number)
    if document.kind is not DocumentKind.NEWS:
        _plan_signatures(world, document, row["ago"] - len(later) * BETWEEN_VERSIONS)


def _plan_signatures(world: World, document: SharedDocument, ago: int) -> None:
    for number, house in enumerate(HOUSES):
        if number % LATE:
            days = -ago + 2 + number
            world.plan(world.at(min(days, -1), 10, number), _sign, world, document, house.cadre)


def _sign(world: World, document: SharedDocument, cadre: str) -> None:
    db.session.flush()
    version = latest_version(document.id)
    assert version is not None
    sign_version(world.people[cadre], document, version)


def _model(world: World, row: Row) -> None:
    create_model(
        world.people[row["author"]],
        territory_id=world.territories[row["code"]].id,
        title=row["title"],
        pattern=row["pattern"],
        what_worked=row["worked"],
        freins=row["freins"],
        needed=row["needed"],
    )


def _inventory(world: World, row: Row) -> None:
    add_commission(
        world.coordinator(row["code"]),
        territory_id=world.territories[row["code"]].id,
        name=row["name"],
        purpose=row["purpose"],
        organiser=row["organiser"],
        frequency=row["frequency"],
        merge_idea=row["merge"],
    )


def _propose(world: World) -> None:
    definition = "Ce que la personne a choisi de partager, avec qui, et jusqu’à quand."
    propose_definition(world.people["leonie"], word="Accord de partage", definition=definition)
