"""The search comes to a database that already holds models, and leaves it again."""

import dataclasses

import pytest

from commission_app import create_app
from commission_app.accounts.states import Role
from commission_app.core.db import db, downgrade, upgrade
from commission_app.core.finding.queries import matching
from commission_app.library.models import SituationModel
from tests.databases import let_go
from tests.factories import make_territory, make_user


@pytest.fixture
def other_app(config, tmp_path):
    """An application on an empty database of its own."""
    made = create_app(
        dataclasses.replace(config, database_url=f"sqlite:///{tmp_path}/own.db", data_dir=tmp_path)
    )
    upgrade(made)
    yield made
    let_go(made)


def test_what_was_there_before_is_found_after(other_app):
    with other_app.app_context():
        territory = make_territory()
        author = make_user("Nora", Role.COORDINATOR, territory)
        model = SituationModel(
            territory_id=territory.id, author_id=author.id, title="Hébergements relais", pattern="Un bail",
            what_worked="Un prêt", freins=["logement"], needed=[],
        )  # fmt: skip
        db.session.add(model)
        db.session.commit()
        model_id = model.id
        db.session.remove()
    downgrade(other_app, "0006")
    upgrade(other_app)
    with other_app.app_context():
        assert db.session.scalars(matching("model", "hébergement", ["logement"])).all() == [model_id]
        db.session.remove()
