"""A territory with the people of an action."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from commission_app.accounts.states import Role
from commission_app.core import clock
from commission_app.core.db import db
from commission_app.core.search import folded
from commission_app.followup.models import Action
from commission_app.followup.states import ActionState
from tests.factories import make_structure, make_territory, make_user


@pytest.fixture
def place(app):
    """Nora coordinates, Hugo's structure carries, Lina sits beside, Paul pilots, Omar is of elsewhere."""
    here, elsewhere = make_territory(), make_territory("Marseille", "MRS")
    ccas, mobility = make_structure("CCAS", here, elsewhere), make_structure("Mobilité Sud", here)
    return SimpleNamespace(
        here=here,
        elsewhere=elsewhere,
        ccas=ccas,
        mobility=mobility,
        nora=make_user("Nora", Role.COORDINATOR, here, ccas),
        hugo=make_user("Hugo", Role.PARTICIPANT, here, mobility),
        lina=make_user("Lina", Role.PARTICIPANT, here, ccas),
        paul=make_user("Paul", Role.PILOT),
        omar=make_user("Omar", Role.COORDINATOR, elsewhere, ccas),
    )


@pytest.fixture
def make_action(place):
    """An action of Mobilité Sud, due in ten days unless told otherwise: `make_action(due=-3)`."""

    def make(title="Prêter un scooter", due=10, **values):
        state = values.pop("state", ActionState.TO_DO)
        values.setdefault("structure", place.mobility)
        values.setdefault("territory", place.here)
        action = Action(
            title=title,
            search=folded(title),
            due_on=clock.today() + timedelta(days=due),
            state=state,
            **values,
        )
        db.session.add(action)
        db.session.flush()
        return action

    return make
