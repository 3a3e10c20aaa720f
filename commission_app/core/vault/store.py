"""The keys of the dossiers, wrapped, in a database of their own: a backup of the data opens nothing, and a
destroyed key closes the copies in older backups too."""

import secrets
import uuid
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import cast

from flask import Flask, current_app
from sqlalchemy import (
    Column,
    Connection,
    DateTime,
    Engine,
    LargeBinary,
    MetaData,
    String,
    Table,
    Uuid,
    bindparam,
    create_engine,
    event,
    func,
    insert,
    select,
    text,
    update,
)
from sqlalchemy.engine import make_url
from sqlalchemy.exc import IntegrityError
from sqlalchemy.pool import StaticPool
from sqlalchemy.schema import CreateSchema

from commission_app.core import clock
from commission_app.core.config import Config
from commission_app.core.vault.keyring import KEY_BYTES, Keyring

EXTENSION = "commission_keys"
SCHEMA = "vault"
BATCH = 500

_metadata = MetaData()
WRAPPED = Table(
    "wrapped_key",
    _metadata,
    Column("subject_id", Uuid, primary_key=True),
    Column("master_key", String(32), nullable=False),
    Column("wrapped", LargeBinary),  # NULL once destroyed
    Column("made_at", DateTime(timezone=True), nullable=False),
    Column("destroyed_at", DateTime(timezone=True)),
)
_LOAD = select(WRAPPED.c.subject_id, WRAPPED.c.master_key, WRAPPED.c.wrapped).where(
    WRAPPED.c.subject_id.in_(bindparam("subject_ids", expanding=True))
)


class KeyStore:
    """Makes, finds, wraps anew and destroys keys. Each statement is a transaction of its own: a key is on
    disk before the first row that needs it."""

    def __init__(self, url: str, keyring: Keyring) -> None:
        self._url = url
        self.keyring = keyring

    @cached_property
    def engine(self) -> Engine:
        """The database of the keys."""
        url = make_url(self._url)
        if url.get_backend_name() != "sqlite":
            return create_engine(
                url.set(drivername="postgresql+psycopg"),
                isolation_level="AUTOCOMMIT",
                pool_pre_ping=True,
                pool_size=10,
                max_overflow=30,
                execution_options={"schema_translate_map": {None: SCHEMA}},
            )
        shared = {"poolclass": StaticPool} if not url.database else {"pool_size": 10, "max_overflow": 50}
        arguments = {"timeout": 10, "check_same_thread": False}
        engine = create_engine(url, isolation_level="AUTOCOMMIT", connect_args=arguments, **shared)
        event.listen(engine, "connect", _prepare_sqlite)
        return engine

    def prepare(self) -> None:
        """Make the table where it is missing; a file of keys is its owner's alone."""
        url = make_url(self._url)
        if url.get_backend_name() == "sqlite" and url.database:
            Path(url.database).touch(0o600)
        with self.engine.connect() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(CreateSchema(SCHEMA, if_not_exists=True))
            _metadata.create_all(connection)

    def close(self) -> None:
        """Let go of every connection, before a process forks."""
        self.engine.dispose()

    def create(self, subject_id: uuid.UUID) -> bytes:
        """Make the key of a subject, or give back the one that another made in the same instant."""
        key = secrets.token_bytes(KEY_BYTES)
        name, wrapped = self.keyring.wrap(subject_id.bytes, key)
        row = {"subject_id": subject_id, "master_key": name, "wrapped": wrapped, "made_at": clock.now()}
        try:
            with self.engine.connect() as connection:
                connection.execute(insert(WRAPPED).values(row))
        except IntegrityError:
            found = self.load([subject_id])[subject_id]
            if found is None:
                raise
            return found
        return key

    def load(self, subject_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, bytes | None]:
        """The keys of these subjects, one query for five hundred: None where it was destroyed, nothing where
        there never was one."""
        found: dict[uuid.UUID, bytes | None] = {}
        with self.engine.connect() as connection:
            for some in _batches(subject_ids):
                for subject_id, name, wrapped in connection.execute(_LOAD, {"subject_ids": some}):
                    found[subject_id] = (
                        None if wrapped is None else self.keyring.unwrap(subject_id.bytes, name, wrapped)
                    )
        return found

    def destroy(self, subject_ids: Collection[uuid.UUID]) -> None:
        """Destroy keys for ever; what they sealed opens no more, wherever a copy of it lies."""
        if not subject_ids:
            return
        gone = {"wrapped": None, "destroyed_at": clock.now()}
        with self.engine.connect() as connection:
            for some in _batches(subject_ids):
                standing = WRAPPED.c.subject_id.in_(some) & WRAPPED.c.wrapped.is_not(None)
                connection.execute(update(WRAPPED).where(standing).values(gone))
            _overwrite(connection)

    def destroyed(self) -> dict[uuid.UUID, datetime]:
        """The subjects whose key was destroyed, with when."""
        query = select(WRAPPED.c.subject_id, WRAPPED.c.destroyed_at).where(WRAPPED.c.wrapped.is_(None))
        with self.engine.connect() as connection:
            return {row.subject_id: row.destroyed_at for row in connection.execute(query)}

    def rewrap(self) -> int:
        """Wrap with the current master key each key that an older one wraps; returns how many.

        Readers go on meanwhile: a key opens before and after the one statement that changes it, and a key
        destroyed in between stays destroyed.
        """
        count = 0
        while some := self._wrapped_by_others():
            count += self._wrap_again(some)
        return count

    def _wrap_again(self, rows: list[tuple[uuid.UUID, str, bytes]]) -> int:
        count = 0
        with self.engine.connect() as connection:
            for subject_id, name, wrapped in rows:
                key = self.keyring.unwrap(subject_id.bytes, name, wrapped)
                new_name, new = self.keyring.wrap(subject_id.bytes, key)
                same = (WRAPPED.c.subject_id == subject_id) & (WRAPPED.c.wrapped == wrapped)
                change = update(WRAPPED).where(same).values(master_key=new_name, wrapped=new)
                count += connection.execute(change).rowcount
        return count

    def _wrapped_by_others(self) -> list[tuple[uuid.UUID, str, bytes]]:
        query = (
            select(WRAPPED.c.subject_id, WRAPPED.c.master_key, WRAPPED.c.wrapped)
            .where(WRAPPED.c.wrapped.is_not(None), WRAPPED.c.master_key != self.keyring.current)
            .limit(BATCH)
        )
        with self.engine.connect() as connection:
            return [(row[0], row[1], row[2]) for row in connection.execute(query)]

    def census(self, among: Collection[uuid.UUID] = ()) -> Counter[str]:
        """How many keys each master key wraps, of all or of these subjects alone; destroyed ones count
        under ''."""
        gone = WRAPPED.c.wrapped.is_(None)
        query = select(func.count(), WRAPPED.c.master_key, gone).group_by(WRAPPED.c.master_key, gone)
        if among:
            query = query.where(WRAPPED.c.subject_id.in_(among))
        counts: Counter[str] = Counter()
        with self.engine.connect() as connection:
            for count, name, is_gone in connection.execute(query):
                counts["" if is_gone else name] += count
        return counts


def init_vault(app: Flask, config: Config) -> None:
    """Give the application its store of keys; nothing is opened before the first key is asked for."""
    keyring = Keyring(config.master_keys, config.master_keys_file)
    app.extensions[EXTENSION] = KeyStore(config.keys_url, keyring)


def key_store_of(app: Flask) -> KeyStore:
    """The store of keys of an application."""
    return cast(KeyStore, app.extensions[EXTENSION])


def key_store() -> KeyStore:
    """The store of keys of the running application."""
    return key_store_of(current_app)


def _batches(subject_ids: Iterable[uuid.UUID]) -> Iterator[list[uuid.UUID]]:
    rest = iter(subject_ids)
    while some := list(islice(rest, BATCH)):
        yield some


def _prepare_sqlite(connection: object, _record: object) -> None:
    cursor = connection.cursor()  # type: ignore[attr-defined]
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=10000", "secure_delete=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _overwrite(connection: Connection) -> None:
    """Leave no copy of a destroyed key in the free space of the store's own files."""
    if connection.dialect.name == "sqlite":
        connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
    else:
        connection.execute(text(f"VACUUM {SCHEMA}.{WRAPPED.name}"))
