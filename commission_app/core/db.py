"""The database: types, transactions, and the one commit() that publishes what happened."""

import uuid
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from alembic import command
from alembic.config import Config as AlembicConfig
from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import DateTime, Dialect, Enum, MetaData, Uuid
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, declared_attr, mapped_column, registry
from sqlalchemy.orm.exc import StaleDataError
from sqlalchemy.types import TypeDecorator

from commission_app.core import clock
from commission_app.core.config import ROOT, Config
from commission_app.core.errors import StaleError
from commission_app.core.sqlite import BUSY_SECONDS, prepare_sqlite
from commission_app.core.vault.store import key_store

NAMING = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Moment(TypeDecorator[datetime]):
    """An aware moment, stored in UTC, read back in UTC on every database."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a naive moment: nobody knows which hour it means."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A stored moment must carry its zone.")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """SQLite forgets the zone: what was stored is UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """Columns by annotation: `datetime` is a Moment, an enumeration is text, a UUID is a UUID."""

    registry = registry(
        metadata=MetaData(naming_convention=NAMING),
        type_annotation_map={datetime: Moment(), uuid.UUID: Uuid()},
    )


def enum_of(kind: type[StrEnum], *, name: str = "", length: int = 32) -> Enum:
    """A column type that stores the values of an enumeration as text with a CHECK constraint.

    `name` tells two columns of one kind in one table apart.
    """
    return Enum(
        kind,
        native_enum=False,
        create_constraint=True,
        length=length,
        name=name or kind.__name__.lower(),
        values_callable=lambda members: [member.value for member in members],
    )


db = SQLAlchemy(model_class=Base, session_options={"autoflush": True})

if TYPE_CHECKING:
    Model = Base
else:
    Model = db.Model


class Identified:
    """Rows known outside by a random UUID and nothing else."""

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)


class Dated:
    """Rows that remember when they were made."""

    created_at: Mapped[datetime] = mapped_column(default=clock.now)


class Versioned:
    """Rows that two people may edit: the version travels in the form and a stale one is refused.

    The database compares the version in every UPDATE, so two saves in the same instant cannot both win.
    """

    version: Mapped[int] = mapped_column(default=1)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:
        """The column that SQLAlchemy counts and compares."""
        return {"version_id_col": cls.version}

    def expect_version(self, version: int) -> None:
        """Refuse a form that was opened before somebody else saved; raises StaleError."""
        if version != self.version:
            raise StaleError()


# ---- transactions: a page that only reads must not queue behind a writer

_reading: ContextVar[bool] = ContextVar("reading", default=False)


@contextmanager
def read_only() -> Iterator[None]:
    """Transactions begun inside the block take no write lock (SQLite); writing in them is an error of the
    caller."""
    token = _reading.set(True)
    try:
        yield
    finally:
        _reading.reset(token)


def set_read_only(value: bool) -> None:
    """Say for the rest of this request or task whether it only reads."""
    _reading.set(value)


def begin_to_write() -> None:
    """Begin anew in a transaction that may write: for a page that notes who reads it."""
    rollback()
    set_read_only(False)


def engine_options(config: Config) -> dict[str, Any]:
    """How the pool is sized: threads that talk to the database at once, not threads that hold a socket.

    What a statement was given stands in no error.
    """
    if config.is_in_memory:
        return {"hide_parameters": True}  # every thread shares the one connection that holds the database
    if config.is_sqlite:
        return {
            "hide_parameters": True,
            "connect_args": {"timeout": BUSY_SECONDS, "check_same_thread": False},
            "pool_size": 20,
            "max_overflow": 40,
            "pool_use_lifo": True,  # what a connection read and prepared a moment ago serves the next
        }
    return {"hide_parameters": True, "pool_size": 20, "max_overflow": 20, "pool_pre_ping": True}


def init_db(app: Flask, config: Config) -> None:
    """Bind the database to the application."""
    url = config.database_url
    if url.startswith("postgresql://"):
        url = url.replace("postgresql://", "postgresql+psycopg://", 1)
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = engine_options(config)
    db.init_app(app)
    with app.app_context():
        if config.is_sqlite:
            prepare_sqlite(db.engine, is_reading=_reading.get)


# ---- commit, and what follows it

Committed = Callable[[list[str]], None]
_listeners: list[Committed] = []


def on_committed(listener: Committed) -> Committed:
    """Register what is told the names of the events of each transaction after the database said yes."""
    if listener not in _listeners:
        _listeners.append(listener)
    return listener


def commit() -> None:
    """Commit the present transaction, then publish its events. Only edges call this, once.

    Raises StaleError when another transaction changed the same versioned row first.
    """
    session: Session = db.session()
    try:
        session.flush()
        happened = [event.name for event in session.info.pop("events", [])]  # a commit forgets what rows held
        session.commit()
        session.info["has_committed"] = True
    except StaleDataError as error:
        session.rollback()
        session.info.pop("events", None)
        raise StaleError() from error
    for listener in list(_listeners):
        listener(happened)


def has_committed() -> bool:
    """Whether something was committed in this request or task already."""
    return bool(db.session().info.get("has_committed"))


def rollback() -> None:
    """Forget the present transaction and its events."""
    session: Session = db.session()
    session.rollback()
    session.info.pop("events", None)


def alembic_config(app: Flask) -> AlembicConfig:
    """The migration settings for the database of this application."""
    settings = AlembicConfig()
    settings.set_main_option("script_location", str(ROOT / "commission_app" / "core" / "migrations"))
    settings.attributes["app"] = app
    return settings


def upgrade(app: Flask, revision: str = "head") -> None:
    """Bring the database to a revision, the newest by default."""
    with app.app_context():
        key_store().prepare()
    command.upgrade(alembic_config(app), revision)
    with app.app_context():
        _empty_journal()


def _empty_journal() -> None:
    """What a migration sealed or deleted stays in no copy beside the database (SQLite)."""
    if db.engine.dialect.name == "sqlite":
        with closing(db.engine.raw_connection()) as connection:
            connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")


def downgrade(app: Flask, revision: str) -> None:
    """Take the database back to a revision (`base` for an empty one)."""
    command.downgrade(alembic_config(app), revision)
