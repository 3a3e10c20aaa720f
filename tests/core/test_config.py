"""Settings that nobody has to give."""

from sqlalchemy import select

from commission_app import create_app
from commission_app.core.config import Config
from commission_app.core.db import commit, db, upgrade
from commission_app.territories.models import Territory
from tests.databases import let_go
from tests.factories import make_territory


def test_without_a_setting_the_database_lives_in_memory(tmp_path):
    app = create_app(Config(data_dir=tmp_path))
    upgrade(app)
    with app.app_context():
        make_territory()
        commit()
    with app.app_context():
        assert db.session.scalars(select(Territory.name)).all() == ["Pays d’Arles"]
    let_go(app)
