"""The keys of one transaction: loaded for a whole list at once, forgotten at its end, destroyed once what
they sealed is erased for good."""

import uuid
from collections.abc import Callable

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import event
from sqlalchemy.orm import Session
from sqlalchemy.orm.session import SessionTransaction

from commission_app.core.errors import WrongStateError
from commission_app.core.vault.house import NO_DOSSIER, house_key
from commission_app.core.vault.keyring import VaultError
from commission_app.core.vault.store import key_store

ERASED = "Ce dossier est effacé : rien ne s’y écrit plus."
_KEYS = "vault_keys"  # in Session.info
_DOOMED = "vault_doomed"

#: Gives the subjects of every sealed row at hand: their keys are loaded with the first one asked for.
Others = Callable[[Session], set[uuid.UUID]]


def make_key(session: Session, subject_id: uuid.UUID) -> None:
    """Make the key of a new dossier; it is on disk before the dossier is."""
    _keys_of(session)[subject_id] = AESGCM(key_store().create(subject_id))


def key_to_read(session: Session, subject_id: uuid.UUID, others: Others) -> AESGCM | None:
    """The key of a subject, None once it is destroyed; raises VaultError for one that is missing."""
    keys = _keys_of(session)
    if subject_id not in keys:
        wanted = {subject_id, *others(session)} - keys.keys()
        found = key_store().load(wanted)
        keys.update((one, None if key is None else AESGCM(key)) for one, key in found.items())
    if subject_id not in keys:
        raise VaultError(f"The key of {subject_id} is missing.")
    return keys[subject_id]


def key_to_write(session: Session, subject_id: uuid.UUID, others: Others) -> AESGCM:
    """The same for a text about to be sealed; refused once the dossier is erased."""
    keys = _keys_of(session)
    if subject_id == NO_DOSSIER and subject_id not in keys:
        keys[subject_id] = AESGCM(house_key(subject_id))
    key = key_to_read(session, subject_id, others)
    if key is None:
        raise WrongStateError(ERASED)
    return key


def destroy_on_commit(session: Session, subject_id: uuid.UUID) -> None:
    """Destroy the key of a dossier when the present transaction is committed; a rollback leaves it."""
    session.info.setdefault(_DOOMED, []).append(subject_id)


def _keys_of(session: Session) -> dict[uuid.UUID, AESGCM | None]:
    keys: dict[uuid.UUID, AESGCM | None] = session.info.setdefault(_KEYS, {})
    return keys


@event.listens_for(Session, "after_commit")
def _destroy(session: Session) -> None:
    if not session.in_nested_transaction():
        key_store().destroy(session.info.pop(_DOOMED, []))


@event.listens_for(Session, "after_transaction_end")
def _forget(session: Session, transaction: SessionTransaction) -> None:
    if transaction.parent is None:
        session.info.pop(_KEYS, None)
        session.info.pop(_DOOMED, None)
