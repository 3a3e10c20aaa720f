"""A territory with four structures and the people in them: where the journeys take place."""

from dataclasses import dataclass, field

from commission_app.accounts.models import User
from commission_app.accounts.states import Role
from commission_app.territories.models import Structure, Territory
from tests.databases import settle
from tests.factories import grant, make_binome, make_commune, make_structure, make_territory, make_user

HOUSES = {
    "CCAS d’Arles": ("logement", "garde_enfants"),
    "Mission locale": ("jeunes",),
    "Cap emploi": ("handicap", "sante"),
    "PLIE": ("formation", "entreprises"),
}
SEATS = (("Amina", "Bruno"), ("Chloé", "Damien"), ("Élise", "Farid"), ("Gaëlle", "Hakim"))


@dataclass
class Commission:
    """The territory, its coordinator and référent, and its members by first name."""

    territory: Territory
    coordinator: User
    referent: User
    members: dict[str, User] = field(default_factory=dict)
    structures: dict[str, Structure] = field(default_factory=dict)


def found_commission() -> Commission:
    """Eight members of four structures, a coordinator, a référent; nothing has happened yet."""
    territory = make_territory("Arles – Crau – Camargue", "ARL")
    territory.communes.append(make_commune())
    pole = make_structure("Pôle d’insertion", territory)
    commission = Commission(
        territory,
        coordinator=make_user("Nora", Role.COORDINATOR, territory, pole, last_name="Coordination"),
        referent=make_user("Inès", Role.REFERENT, territory, pole, last_name="Référente"),
    )
    for (name, competences), pair in zip(HOUSES.items(), SEATS, strict=True):
        structure = make_structure(name, territory)
        commission.structures[name] = structure
        people = [make_user(first_name, structure=structure, last_name="Membre") for first_name in pair]
        for user in people:
            grant(user, Role.PARTICIPANT, territory)
            commission.members[user.first_name] = user
        make_binome(territory, structure, *people, competences=competences)
    settle()
    return commission
