"""Sealed columns: a model reads and writes plain text, the database keeps it sealed under a dossier's key."""

import uuid
from typing import Any, ClassVar, Self, overload

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import ColumnElement, Dialect, LargeBinary, event, inspect
from sqlalchemy.orm import InstrumentedAttribute, Mapper, Session, mapped_column, object_session
from sqlalchemy.orm.session import SessionTransaction
from sqlalchemy.types import TypeDecorator

from commission_app.core.errors import WrongStateError
from commission_app.core.vault.keyring import VaultError
from commission_app.core.vault.sealing import place_of, seal, unseal
from commission_app.core.vault.store import key_store

ERASED = "Ce dossier est effacé : rien ne s’y écrit plus."
_KEYS = "vault_keys"  # in Session.info: the keys of this transaction


class Typed:
    """A text that was assigned and is sealed when its row is written."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text = text


class SealedBytes(TypeDecorator[bytes]):
    """What the database keeps of a sealed text. A text that nobody sealed is refused here."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> bytes | None:
        """Only sealed bytes go into the database."""
        if value is not None and not isinstance(value, bytes):
            raise VaultError("A plain text was about to be written into a sealed column.")
        return value


class Sealed:
    """A text column kept sealed: `question = Sealed()`. Nothing filters or sorts by such a text: a query only
    asks whether there is one (`Dossier.question.is_written`)."""

    def __set_name__(self, owner: type, name: str) -> None:
        self.owner = owner
        self.name = name
        self.hidden = f"_{name}"
        self._opened = f"_{name}_opened"

    @overload
    def __get__(self, row: None, owner: type) -> Self: ...
    @overload
    def __get__(self, row: "SealedRow", owner: type) -> str: ...

    def __get__(self, row: "SealedRow | None", owner: type) -> "Self | str":
        if row is None:
            return self
        kept = getattr(row, self.hidden)
        if isinstance(kept, Typed):
            return kept.text
        if not kept:
            return ""
        opened = row.__dict__.get(self._opened)
        if opened is None or opened[0] is not kept:
            opened = row.__dict__[self._opened] = (kept, self._unseal(row, kept))
        return str(opened[1])

    def __set__(self, row: "SealedRow", text: str | None) -> None:
        text = text or ""
        if text != self.__get__(row, type(row)):
            setattr(row, self.hidden, Typed(text) if text else b"")

    @property
    def is_written(self) -> ColumnElement[bool]:
        """The condition that there is a text; which one, the database cannot tell."""
        kept: InstrumentedAttribute[bytes] = getattr(self.owner, self.hidden)
        return kept.is_distinct_from(b"")

    def _unseal(self, row: "SealedRow", kept: bytes) -> str:
        """Opened with the key of the row's dossier; nothing once that key is destroyed."""
        session = object_session(row)
        if session is None:
            raise VaultError("A sealed text is read outside of a transaction.")
        key = _key_to_read(session, row.sealed_under)
        return "" if key is None else unseal(key, kept, self.place(row))

    def seal(self, session: Session, row: "SealedRow", typed: Typed) -> None:
        """Seal what was assigned, in the flush that writes the row."""
        kept = seal(_key_to_write(session, row.sealed_under), typed.text, self.place(row))
        setattr(row, self.hidden, kept)
        row.__dict__[self._opened] = (kept, typed.text)

    def place(self, row: "SealedRow") -> bytes:
        """The one place where the text opens."""
        return place_of(row.__tablename__, self.name, row.sealed_as, row.sealed_under)


class SealedRow:
    """Rows with sealed columns; stands before `Model` among the bases. `sealed_by` names the attribute that
    holds the identifier of the dossier."""

    __tablename__: Any
    sealed_by: ClassVar[str] = "dossier_id"
    sealed_columns: ClassVar[tuple[Sealed, ...]] = ()

    def __init_subclass__(cls, **options: Any) -> None:
        cls.sealed_columns = tuple(one for one in vars(cls).values() if isinstance(one, Sealed))
        for one in cls.sealed_columns:
            setattr(cls, one.hidden, mapped_column(one.name, SealedBytes, default=b""))
        super().__init_subclass__(**options)

    @property
    def sealed_under(self) -> uuid.UUID:
        """Whose key seals this row."""
        found = getattr(self, self.sealed_by)
        assert isinstance(found, uuid.UUID)
        return found

    @property
    def sealed_as(self) -> uuid.UUID:
        """The identifier of the row itself."""
        found = getattr(self, _primary_key(type(self)))
        assert isinstance(found, uuid.UUID)
        return found


_PRIMARY_KEYS: dict[type, str] = {}


def _primary_key(kind: type[SealedRow]) -> str:
    if kind not in _PRIMARY_KEYS:
        mapper: Mapper[Any] = inspect(kind)
        _PRIMARY_KEYS[kind] = str(mapper.get_property_by_column(mapper.primary_key[0]).key)
    return _PRIMARY_KEYS[kind]


@event.listens_for(SealedRow, "before_insert", propagate=True)
def _seal_new(_mapper: Mapper[Any], _connection: Any, row: SealedRow) -> None:
    """A row's identifier is drawn here rather than later: it is part of the seal. The key of a new dossier is
    on disk before the dossier is."""
    name = _primary_key(type(row))
    if getattr(row, name) is None:
        setattr(row, name, uuid.uuid4())
    session = object_session(row)
    if session is not None and row.sealed_by == "id":
        _keys_of(session)[row.sealed_under] = AESGCM(key_store().create(row.sealed_under))
    _seal(_mapper, _connection, row)


@event.listens_for(SealedRow, "before_update", propagate=True)
def _seal(_mapper: Mapper[Any], _connection: Any, row: SealedRow) -> None:
    session = object_session(row)
    for one in row.sealed_columns:
        kept = row.__dict__.get(one.hidden)
        if isinstance(kept, Typed):
            assert session is not None
            one.seal(session, row, kept)


# ---- the keys of one transaction, loaded for a whole list at once


def _keys_of(session: Session) -> dict[uuid.UUID, AESGCM | None]:
    keys: dict[uuid.UUID, AESGCM | None] = session.info.setdefault(_KEYS, {})
    return keys


def _key_to_read(session: Session, subject_id: uuid.UUID) -> AESGCM | None:
    keys = _keys_of(session)
    if subject_id not in keys:
        wanted = {subject_id, *_others_read(session)} - keys.keys()
        found = key_store().load(wanted)
        keys.update((one, None if key is None else AESGCM(key)) for one, key in found.items())
    if subject_id not in keys:
        raise VaultError(f"The key of {subject_id} is missing.")
    return keys[subject_id]


def _others_read(session: Session) -> set[uuid.UUID]:
    """The dossiers of every sealed row at hand: a list asks for their keys in one query."""
    rows = (row for row in session.identity_map.values() if isinstance(row, SealedRow))
    found = (row.__dict__.get(row.sealed_by) for row in rows)
    return {subject_id for subject_id in found if subject_id is not None}


def _key_to_write(session: Session, subject_id: uuid.UUID) -> AESGCM:
    key = _key_to_read(session, subject_id)
    if key is None:
        raise WrongStateError(ERASED)
    return key


# ---- destroying a key: once the rows are erased for good, never before

_DOOMED = "vault_doomed"


def destroy_on_commit(session: Session, subject_id: uuid.UUID) -> None:
    """Destroy the key of a dossier when the present transaction is committed; a rollback leaves it."""
    session.info.setdefault(_DOOMED, []).append(subject_id)


@event.listens_for(Session, "after_commit")
def _destroy(session: Session) -> None:
    if not session.in_nested_transaction():
        key_store().destroy(session.info.pop(_DOOMED, []))


@event.listens_for(Session, "after_transaction_end")
def _forget(session: Session, transaction: SessionTransaction) -> None:
    if transaction.parent is None:
        session.info.pop(_KEYS, None)
        session.info.pop(_DOOMED, None)
