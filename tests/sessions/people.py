"""A territory as the tests of sessions need it."""

from dataclasses import dataclass

from commission_app.accounts.models import User
from commission_app.accounts.states import Role
from commission_app.territories.models import Structure, Territory
from tests import factories as make


@dataclass
class Team:
    """Nora coordinates; Hugo, Léa and Inès sit for three structures."""

    territory: Territory
    nora: User
    hugo: User
    lea: User
    ines: User
    mobility: Structure


def make_team() -> Team:
    """The territory, the coordination and three binômes, one of them with a single person."""
    territory = make.make_territory()
    structures = [
        make.make_structure(name, territory) for name in ("CCAS d’Arles", "Mission locale", "Mobilité Sud")
    ]
    hugo, lea, ines = (
        make.make_user(name, Role.PARTICIPANT, territory, structure)
        for name, structure in zip(("Hugo", "Léa", "Inès"), structures, strict=True)
    )
    for person, structure in zip((hugo, lea, ines), structures, strict=True):
        make.make_binome(territory, structure, cadre=person, competences=("logement",))
    nora = make.make_user("Nora", Role.COORDINATOR, territory)
    return Team(territory, nora, hugo, lea, ines, structures[2])
