"""Keys of the house: they belong to no dossier, are made when they are first needed and never destroyed."""

import uuid

from commission_app.core.vault.keyring import VaultError
from commission_app.core.vault.store import key_store

#: The key of the blind marks.
MARKS = uuid.UUID("b11d0000-0000-4000-8000-000000000001")
#: The key of the texts that are about no dossier, in columns where others are.
NO_DOSSIER = uuid.UUID("b11d0000-0000-4000-8000-000000000002")
HOUSE = (MARKS, NO_DOSSIER)


def house_key(subject_id: uuid.UUID) -> bytes:
    """One of these keys; raises VaultError for one that somebody destroyed all the same."""
    store = key_store()
    key = store.load([subject_id]).get(subject_id, b"")
    if key is None:
        raise VaultError(f"The key {subject_id} of the house was destroyed.")
    return key or store.create(subject_id)
