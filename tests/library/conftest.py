"""People of two territories around the shared library."""

from types import SimpleNamespace

import pytest

from commission_app.accounts.states import Role
from tests.factories import make_binome, make_structure, make_territory, make_user


@pytest.fixture
def people(app):
    """Nora coordinates Arles, Maud is the cadre of the CCAS there, Amina a référente, Ida administers."""
    arles = make_territory()
    ccas = make_structure("CCAS d’Arles", arles)
    mas = make_structure("Le Mas des Possibles", arles)
    maud = make_user("Maud", Role.PARTICIPANT, arles, ccas)
    aubin = make_user("Aubin", Role.PARTICIPANT, arles, ccas)
    make_binome(arles, ccas, maud, aubin)
    make_binome(arles, mas, make_user("Elia", Role.PARTICIPANT, arles, mas))
    marseille = make_territory("Marseille", "MRS")
    return SimpleNamespace(
        arles=arles,
        marseille=marseille,
        ccas=ccas,
        maud=maud,
        aubin=aubin,
        nora=make_user("Nora", Role.COORDINATOR, arles),
        amina=make_user("Amina", Role.REFERENT, arles, ccas),
        basile=make_user("Basile", Role.COORDINATOR, marseille),
        ida=make_user("Ida", Role.ADMINISTRATOR),
        paul=make_user("Paul", Role.PILOT),
    )
