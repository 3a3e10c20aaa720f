"""Territories, structures, people, roles and binômes: what stands before the first act."""

from datetime import timedelta

from sqlalchemy import select

from commission_app.accounts.models import Membership, User
from commission_app.accounts.states import Role
from commission_app.binomes.models import Binome
from commission_app.core.db import db
from commission_app.demo.cast.people import PEOPLE, Somebody
from commission_app.demo.cast.places import HOUSES, PLACES, House
from commission_app.demo.world import World
from commission_app.territories.models import Commune, Structure, Territory
from commission_app.territories.names import folded
from commission_app.territories.services import COMMUNES, load_communes

MAIL_DOMAIN = "exemple.invalid"
SETTLED = timedelta(days=800)


def settle(world: World) -> None:
    """Write down where the demonstration takes place and who is in it."""
    communes = _communes()
    for place in PLACES:
        territory = Territory(name=place.name, code=place.code)
        territory.communes = [communes[insee] for insee in place.communes if insee in communes]
        world.territories[place.code] = territory
    for number, house in enumerate(HOUSES):
        world.houses[house.key] = _structure(world, house, number, communes)
    for number, somebody in enumerate(PEOPLE):
        world.people[somebody.key] = _user(world, somebody, number)
    db.session.add_all([*world.territories.values(), *world.houses.values(), *world.people.values()])
    db.session.flush()
    _grant(world)
    for house in HOUSES:
        _seat(world, house)
    db.session.flush()


def _communes() -> dict[str, Commune]:
    if COMMUNES.exists():
        load_communes(None)
    return {commune.insee: commune for commune in db.session.scalars(select(Commune))}


def _structure(world: World, house: House, number: int, communes: dict[str, Commune]) -> Structure:
    return Structure(
        name=house.name,
        search=folded(house.name),
        kind=house.kind,
        insee=house.insee if house.insee in communes else None,
        address=f"{number + 3} rue des Exemples",
        phone=f"04 65 71 {number:02d} 10",
        email=f"accueil.{house.key}@{MAIL_DOMAIN}",
        label_on=world.today - timedelta(days=400) if number % 3 else None,
        territories=[world.territories[code] for code in house.territories],
    )


def _user(world: World, somebody: Somebody, number: int) -> User:
    address = f"{somebody.first_name}.{somebody.last_name}@{MAIL_DOMAIN}"
    return User(
        email=folded(address).replace(" ", "-"),
        first_name=somebody.first_name,
        last_name=somebody.last_name,
        phone=f"06 39 98 01 {number + 10:02d}",
        job_title=somebody.job,
        structure=world.houses.get(somebody.house),
        is_demo=True,
    )


def _grant(world: World) -> None:
    """The roles that the cast names, and that of a member for each seat in a commission."""
    held = [(one.key, role, code) for one in PEOPLE for role, code in one.roles]
    held += [
        (key, Role.PARTICIPANT, code)
        for house in HOUSES
        for code in house.territories
        for key in (house.cadre, house.technicien)
        if key
    ]
    since = world.today - SETTLED
    for key, role, code in held:
        territory = world.territories[code] if code else None
        db.session.add(Membership(user=world.people[key], territory=territory, role=role, starts_on=since))


def _seat(world: World, house: House) -> None:
    for code in house.territories:
        binome = Binome(
            territory=world.territories[code],
            structure=world.houses[house.key],
            cadre=world.people.get(house.cadre),
            technicien=world.people.get(house.technicien),
            starts_on=world.today - SETTLED,
            competences=[competence.value for competence in house.brings],
        )
        db.session.add(binome)
        world.binomes[code, house.key] = binome
