"""A territory with one structure that helps and one that asks."""

from types import SimpleNamespace

import pytest

from commission_app.accounts.states import Role
from tests.factories import make_binome, make_structure, make_territory, make_user


@pytest.fixture
def crew(app):
    """Nora coordinates; Aubin and Maud are the pair of the Mas; Élia works there; Amina asks."""
    arles = make_territory()
    mas = make_structure("Le Mas des Possibles", arles)
    ccas = make_structure("CCAS d’Arles", arles)
    maud = make_user("Maud", Role.PARTICIPANT, arles, mas, phone="06 39 98 01 42")
    aubin = make_user("Aubin", Role.PARTICIPANT, arles, mas, phone="06 39 98 01 76")
    elia = make_user("Elia", Role.PARTICIPANT, arles, mas, phone="06 39 98 01 77")
    return SimpleNamespace(
        arles=arles,
        mas=mas,
        ccas=ccas,
        maud=maud,
        aubin=aubin,
        elia=elia,
        nora=make_user("Nora", Role.COORDINATOR, arles, ccas),
        amina=make_user("Amina", Role.REFERENT, arles, ccas),
        stranger=make_user("Basile", Role.PARTICIPANT, make_territory("Marseille", "MRS")),
        binome=make_binome(arles, mas, maud, aubin, ("logement",)),
    )
