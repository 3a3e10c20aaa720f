"""Sealed columns: a model reads and writes plain text, the database keeps it sealed under a dossier's key."""

import uuid
from typing import Any, ClassVar, Generic, Self, TypeVar, overload

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import ColumnElement, Connection, Dialect, LargeBinary, event, inspect, select
from sqlalchemy.orm import Mapper, Session, mapped_column, object_session
from sqlalchemy.orm.util import identity_key
from sqlalchemy.types import TypeDecorator

from commission_app.core.vault.house import NO_DOSSIER
from commission_app.core.vault.keyring import VaultError
from commission_app.core.vault.sealing import place_of, seal_bytes, unseal_bytes
from commission_app.core.vault.transaction import key_to_read, key_to_write, make_key

T = TypeVar("T", str, bytes)


class Typed(Generic[T]):
    """What was assigned and is sealed when its row is written."""

    __slots__ = ("content",)

    def __init__(self, content: T) -> None:
        self.content: T = content


class SealedBytes(TypeDecorator[bytes]):
    """What the database keeps of a sealed text. A text that nobody sealed is refused here."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> bytes | None:
        """Only sealed bytes go into the database."""
        if value is not None and not isinstance(value, bytes):
            raise VaultError("A plain text was about to be written into a sealed column.")
        return value


class SealedColumn(Generic[T]):
    """What both kinds of sealed columns do; they say how their content becomes bytes and back."""

    nothing: T

    def __set_name__(self, owner: type, name: str) -> None:
        self.owner: Any = owner
        self.name = name
        self.hidden = f"_{name}"
        self._opened = f"_{name}_opened"

    @overload
    def __get__(self, row: None, owner: type) -> Self: ...
    @overload
    def __get__(self, row: "SealedRow", owner: type) -> T: ...

    def __get__(self, row: "SealedRow | None", owner: type) -> "Self | T":
        if row is None:
            return self
        kept = getattr(row, self.hidden)
        if isinstance(kept, Typed):
            content: T = kept.content
            return content
        if not kept:
            return self.nothing
        opened: tuple[bytes, T] | None = row.__dict__.get(self._opened)
        if opened is None or opened[0] is not kept:
            opened = row.__dict__[self._opened] = (kept, self._unseal(row, kept))
        return opened[1]

    def __set__(self, row: "SealedRow", content: T | None) -> None:
        content = content or self.nothing
        if content != self.__get__(row, type(row)):
            setattr(row, self.hidden, Typed(content) if content else b"")

    @property
    def column(self) -> ColumnElement[bytes]:
        """The column as the database has it, for a query that reads it alone."""
        kept: ColumnElement[bytes] = getattr(self.owner, self.hidden)
        return kept

    @property
    def is_written(self) -> ColumnElement[bool]:
        """The condition that there is a text; which one, the database cannot tell."""
        return self.column.is_distinct_from(b"")

    def open(self, session: Session, kept: bytes, *, row_id: uuid.UUID, dossier_id: uuid.UUID | None) -> T:
        """What a query read of the column alone, of the row that bears this identifier; nothing once the key
        of its dossier is destroyed. A list of many dossiers reads whole rows instead: their keys then come in
        one query."""
        if not kept:
            return self.nothing
        under = dossier_id or NO_DOSSIER
        return self.open_with(key_to_read(session, under, _subjects_at_hand), kept, row_id, under)

    def open_with(self, key: AESGCM | None, kept: bytes, row_id: uuid.UUID, under: uuid.UUID) -> T:
        """The same with the key at hand of the subject under which the row is sealed; None: destroyed."""
        if not kept or key is None:
            return self.nothing
        place = place_of(self.owner.__tablename__, self.name, row_id, under)
        return self._read(unseal_bytes(key, kept, place))

    def sealed(self, row: "SealedRow", content: T) -> bytes:
        """A content sealed for its place in a row that stands: for a statement that writes the column
        alone."""
        under = row.sealed_under
        key = key_to_write(_session_of(row), under, _subjects_at_hand)
        place = place_of(self.owner.__tablename__, self.name, row.sealed_as, under)
        return seal_bytes(key, self._written(content), place)

    def seal(self, row: "SealedRow", typed: Typed[T]) -> None:
        """Seal what was assigned, in the flush that writes the row."""
        kept = self.sealed(row, typed.content)
        setattr(row, self.hidden, kept)
        row.__dict__[self._opened] = (kept, typed.content)

    def _unseal(self, row: "SealedRow", kept: bytes) -> T:
        return self.open(_session_of(row), kept, row_id=row.sealed_as, dossier_id=row.sealed_under)

    def _written(self, content: T) -> bytes:
        raise NotImplementedError

    def _read(self, content: bytes) -> T:
        raise NotImplementedError


class Sealed(SealedColumn[str]):
    """A text column kept sealed: `question = Sealed()`. Nothing filters or sorts by such a text: a query only
    asks whether there is one (`Dossier.question.is_written`)."""

    nothing = ""

    def _written(self, content: str) -> bytes:
        return content.encode()

    def _read(self, content: bytes) -> str:
        return content.decode()


class SealedContent(SealedColumn[bytes]):
    """A column of bytes kept sealed."""

    nothing = b""

    def _written(self, content: bytes) -> bytes:
        return content

    def _read(self, content: bytes) -> bytes:
        return content


class SealedRow:
    """Rows with sealed columns; stands before `Model` among the bases.

    `sealed_by` names the attribute that holds the identifier of the dossier; a row that is about none is
    sealed under the key that all such rows share. `sealed_like` names the reference to another row that knows
    the dossier: it is copied from there when the row is first written. `sealed_at` names what tells the row
    from others, where that is not its primary key.
    """

    __tablename__: Any
    sealed_by: ClassVar[str] = "dossier_id"
    sealed_like: ClassVar[str] = ""
    sealed_at: ClassVar[str] = ""
    sealed_columns: ClassVar[tuple[SealedColumn[Any], ...]] = ()

    def __init_subclass__(cls, **options: Any) -> None:
        cls.sealed_columns = tuple(one for one in vars(cls).values() if isinstance(one, SealedColumn))
        for one in cls.sealed_columns:
            setattr(cls, one.hidden, mapped_column(one.name, SealedBytes, default=b""))
        super().__init_subclass__(**options)

    @property
    def sealed_under(self) -> uuid.UUID:
        """Whose key seals this row."""
        found = getattr(self, self.sealed_by) or NO_DOSSIER
        assert isinstance(found, uuid.UUID)
        return found

    @property
    def sealed_as(self) -> uuid.UUID:
        """The identifier of the row itself."""
        found = getattr(self, _identifier(type(self)))
        assert isinstance(found, uuid.UUID)
        return found


_IDENTIFIERS: dict[type, str] = {}


def _identifier(kind: type[SealedRow]) -> str:
    if kind not in _IDENTIFIERS:
        mapper: Mapper[Any] = inspect(kind)
        _IDENTIFIERS[kind] = kind.sealed_at or str(mapper.get_property_by_column(mapper.primary_key[0]).key)
    return _IDENTIFIERS[kind]


@event.listens_for(SealedRow, "before_insert", propagate=True)
def _seal_new(mapper: Mapper[Any], connection: Connection, row: SealedRow) -> None:
    """A row's identifier is drawn here rather than later: it is part of the seal. The key of a new dossier is
    on disk before the dossier is."""
    name = _identifier(type(row))
    if getattr(row, name) is None:
        setattr(row, name, uuid.uuid4())
    if row.sealed_like and getattr(row, row.sealed_by) is None and getattr(row, row.sealed_like):
        setattr(row, row.sealed_by, _dossier_known_to(mapper, connection, row))
    session = object_session(row)
    if session is not None and row.sealed_by == "id":
        make_key(session, row.sealed_under)
    _seal(mapper, connection, row)


@event.listens_for(SealedRow, "before_update", propagate=True)
def _seal(_mapper: Mapper[Any], _connection: Connection, row: SealedRow) -> None:
    for one in row.sealed_columns:
        kept = row.__dict__.get(one.hidden)
        if isinstance(kept, Typed):
            one.seal(row, kept)


def _dossier_known_to(mapper: Mapper[Any], connection: Connection, row: SealedRow) -> uuid.UUID | None:
    """The dossier of the row that this one refers to; of a row at hand without a query."""
    key = next(iter(mapper.local_table.c[row.sealed_like].foreign_keys))
    owner = next(one.class_ for one in mapper.registry.mappers if one.local_table is key.column.table)
    owner_id = getattr(row, row.sealed_like)
    at_hand = _session_of(row).identity_map.get(identity_key(owner, owner_id))
    if at_hand is not None and "dossier_id" in at_hand.__dict__:
        found: uuid.UUID | None = at_hand.__dict__["dossier_id"]
        return found
    return connection.scalar(select(owner.dossier_id).where(owner.id == owner_id))


def _subjects_at_hand(session: Session) -> set[uuid.UUID]:
    """The dossiers of every sealed row at hand: a list asks for their keys in one query."""
    rows = [row for row in session.identity_map.values() if isinstance(row, SealedRow)]
    return {vars(row)[row.sealed_by] or NO_DOSSIER for row in rows if row.sealed_by in vars(row)}


def _session_of(row: SealedRow) -> Session:
    session = object_session(row)
    if session is None:
        raise VaultError("A sealed text is read outside of a transaction.")
    return session
