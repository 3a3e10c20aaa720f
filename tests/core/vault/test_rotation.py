"""A new master key comes into use while pages are read, and nothing is unreadable in between."""

import re
import threading

import pytest
from sqlalchemy import select, text

from commission_app.core.db import commit, db
from commission_app.core.vault.house import HOUSE, house_key
from commission_app.core.vault.keyring import VaultError, draw_master_key
from commission_app.core.vault.store import WRAPPED, key_store, key_store_of
from commission_app.dossiers.models import Dossier
from tests.dossiers.stories import make_place
from tests.factories import make_dossier

HOW_MANY = 60


NEW = draw_master_key("new")


@pytest.fixture
def key_file(tmp_path, config, make_app):
    """The file of master keys, with the key of the other tests; they find their keys as they were."""
    path = tmp_path / "master.keys"
    path.touch(0o600)
    path.write_text(config.master_keys)
    yield path
    path.write_text("\n".join((config.master_keys, NEW)))
    key_store_of(make_app(master_keys_file=path)).rewrap()


@pytest.fixture
def live(make_app, key_file):
    """A running application with sixty dossiers."""
    live = make_app(master_keys_file=key_file)
    with live.app_context():
        place = make_place()
        for number in range(HOW_MANY):
            make_dossier(place.ines, place.territory, question=f"Question {number} ?")
        commit()
        db.session.remove()
    yield live
    with live.app_context():
        db.session.remove()
        db.engine.dispose()


class Reader(threading.Thread):
    """Reads every question again and again, and counts what it could not read."""

    def __init__(self, app):
        super().__init__(daemon=True)
        self.app = app
        self.rounds = 0
        self.unreadable = []
        self.ended = threading.Event()

    def run(self):
        while not self.ended.is_set():
            with self.app.app_context():
                self.read_all()
                db.session.remove()
            self.rounds += 1

    def read_all(self):
        try:
            found = [one.question for one in db.session.scalars(select(Dossier))]
            if not all(found) or len(found) < HOW_MANY:
                self.unreadable.append(found)
        except VaultError as error:
            self.unreadable.append(error)

    def wait_for_rounds(self, count):
        until = self.rounds + count
        while self.rounds < until and self.is_alive():
            self.ended.wait(0.01)

    def end(self):
        self.ended.set()
        self.join(20)


def replace(path, *keys):
    """Put a file of keys in the place of another, as an operator should: in one step."""
    new = path.with_suffix(".new")
    new.touch(0o600)
    new.write_text("\n".join(keys))
    new.rename(path)


def test_nothing_is_unreadable_while_the_master_key_changes(live, make_app, key_file, config):
    reader = Reader(live)
    reader.start()
    reader.wait_for_rounds(2)
    replace(key_file, NEW, config.master_keys)
    operator = make_app(master_keys_file=key_file)
    with operator.app_context():
        done = operator.test_cli_runner().invoke(args=["keys", "rotate"])
    assert (done.exit_code, "par new" in done.output) == (0, True), done.output
    reader.wait_for_rounds(2)
    replace(key_file, NEW)
    reader.wait_for_rounds(2)
    reader.end()
    assert reader.unreadable == []
    assert reader.rounds >= 6
    assert set(key_store_of(live).census()) - {""} == {"new"}


def test_a_key_destroyed_during_a_rotation_stays_destroyed(live, key_file, config):
    with live.app_context():
        store, gone = key_store(), db.session.scalars(select(Dossier.id)).first()
        replace(key_file, NEW, config.master_keys)
        before = store._wrapped_by_others()
        store.destroy([gone])
        store._wrap_again(before)
        assert store.load([gone]) == {gone: None}


def test_a_destroyed_key_leaves_no_copy_in_the_store(live):
    with live.app_context():
        store, gone = key_store(), db.session.scalars(select(Dossier.id)).first()
        with store.engine.connect() as connection:
            wrapped = connection.execute(
                select(WRAPPED.c.wrapped).where(WRAPPED.c.subject_id == gone)
            ).scalar_one()
        store.destroy([gone])
        if store.engine.dialect.name == "sqlite":
            path = live.extensions["commission_config"].data_dir / "keys.db"
            files = [one.read_bytes() for one in path.parent.glob("keys.db*")]
            assert not any(bytes(wrapped) in content for content in files)
        else:
            with store.engine.connect() as connection:
                dead = connection.execute(
                    text("SELECT count(*) FROM vault.wrapped_key WHERE wrapped = :w"), {"w": wrapped}
                )
                assert dead.scalar_one() == 0


def test_the_commands_say_which_key_wraps_how_many(live):
    runner = live.test_cli_runner()
    with live.app_context():
        drawn = runner.invoke(args=["keys", "draw"])
        told = runner.invoke(args=["keys", "status"])
    assert (drawn.exit_code, told.exit_code) == (0, 0)
    assert len(drawn.output.strip().partition(":")[2]) == 44
    assert "clé en cours" in told.output


def test_the_keys_of_the_house_are_counted_apart(live):
    with live.app_context():
        for one in HOUSE:
            house_key(one)
        dossiers, house, destroyed = told_by(live)
        assert (dossiers >= HOW_MANY, house) == (True, len(HOUSE))
        key_store().destroy([db.session.scalars(select(Dossier.id)).first()])
        assert told_by(live) == (dossiers - 1, house, destroyed + 1)


def told_by(live):
    """The keys of dossiers, of the house and destroyed that the command counts."""
    said = live.test_cli_runner().invoke(args=["keys", "status"]).output
    wrapped = re.search(r"\(clé en cours\) : dossiers (\d+), maison (\d+)\n", said)
    return int(wrapped[1]), int(wrapped[2]), int(said.rpartition(" : ")[2])
