"""A territory with the people of an offer."""

from types import SimpleNamespace

import pytest

from commission_app.accounts.states import Role
from commission_app.core.db import db
from commission_app.offers import services
from tests.factories import make_structure, make_territory, make_user


@pytest.fixture
def place(app):
    """Nora coordinates, Hugo's structure may carry, Paul pilots, Omar is of elsewhere."""
    here, elsewhere = make_territory(), make_territory("Marseille", "MRS")
    ccas, mobility = make_structure("CCAS d’Arles", here), make_structure("Mobilité Sud", here)
    return SimpleNamespace(
        here=here,
        elsewhere=elsewhere,
        ccas=ccas,
        mobility=mobility,
        nora=make_user("Nora", Role.COORDINATOR, here, ccas),
        hugo=make_user("Hugo", Role.PARTICIPANT, here, mobility),
        lina=make_user("Lina", Role.PARTICIPANT, here, ccas),
        paul=make_user("Paul", Role.PILOT),
        omar=make_user("Omar", Role.COORDINATOR, elsewhere, make_structure("Ailleurs", elsewhere)),
    )


@pytest.fixture
def make_idea(place):
    """An offer as an idea of the territory."""

    def make(name="Navette solidaire", freins=("mobilite",), **values):
        return services.create_offer_idea(
            place.nora, territory_id=place.here.id, name=name, description="Transport à la demande.",
            freins=freins, **values,
        )  # fmt: skip

    return make


@pytest.fixture
def make_open(place, make_idea):
    """An open offer that Mobilité Sud carries."""

    def make(name="Navette solidaire", **values):
        offer = make_idea(name, **values)
        services.carry_offer(place.nora, offer, structure_id=place.mobility.id, version=offer.version)
        db.session.flush()
        services.open_offer(place.hugo, offer, version=offer.version)
        db.session.flush()
        return offer

    return make
