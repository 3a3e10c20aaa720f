"""Telling that a dossier will be erased, and erasing it."""

from sqlalchemy import Table, delete, update

from commission_app.accounts.models import User
from commission_app.core import clock
from commission_app.core.db import db
from commission_app.core.errors import WrongStateError
from commission_app.core.events import record
from commission_app.core.vault.columns import SealedBytes
from commission_app.core.vault.transaction import destroy_on_commit
from commission_app.dossiers.models import Dossier
from commission_app.dossiers.retention.queries import OVER
from commission_app.dossiers.states import DossierState

#: Rows that stay, without their texts: what the indicators count, and the proof of what the person was told.
COUNTED = frozenset({"diagnosis_line", "block_criterion", "information_given", "sharing_agreement"})
#: Tables that only grow: the destroyed key alone closes what they hold.
GROWING = frozenset({"event", "decision"})
#: What the indicators do not need, and what together would tell who a person is.
FORGOTTEN = {
    "age_band": None, "insee": None, "household": None, "children_count": 0, "wishes_presence": False,
    "contract": None, "entered_on": None, "step_started_on": None, "step_expected_months": None,
    "diagnosed_on": None,
}  # fmt: skip

NOT_OVER = "Seul un dossier clos ou retiré s’efface : closez-le ou retirez-le d’abord."


def announce_erasure(actor: User | None, dossier: Dossier) -> None:
    """Tell the référent that a dossier will be erased; the clock does it, without an account."""
    dossier.erasure_told_at = clock.now()
    record(actor, "erasure_announced", dossier)


def erase_dossier(actor: User | None, dossier: Dossier) -> None:
    """Erase who the person is and all that was written about her, for ever; the clock or the operator does
    it, without an account.

    The code, the states with their dates and the levels of the diagnosis stay: the indicators count them. The
    key is destroyed once the transaction is committed, so that copies in backups close too. Refused for a
    dossier that is not over.
    """
    if dossier.state not in OVER:
        raise WrongStateError(NOT_OVER)
    _erase(actor, dossier)


def erase_again(actor: User | None, dossier: Dossier) -> None:
    """Erase what an older backup of the data brought back: the key is destroyed, nothing of it opens any
    more. The clock or the operator does it, without an account."""
    dossier.state = dossier.state if dossier.state in OVER else DossierState.CLOSED
    _erase(actor, dossier)


def _erase(actor: User | None, dossier: Dossier) -> None:
    db.session.flush()
    for table in db.metadata.sorted_tables:
        _forget(table, dossier)
    db.session.expire_all()
    for name, value in FORGOTTEN.items():
        setattr(dossier, name, value)
    dossier.erased_at = clock.now()
    record(actor, "dossier_erased", dossier)
    destroy_on_commit(db.session(), dossier.id)


def _forget(table: Table, dossier: Dossier) -> None:
    """Delete what belongs to the dossier alone; empty the texts of what is counted and of what others keep
    of it."""
    owner = next((one for one in table.foreign_keys if one.column.table.name == "dossier"), None)
    if table.name in GROWING:
        return
    texts = {column.name: b"" for column in table.columns if isinstance(column.type, SealedBytes)}
    if table.name == "dossier":
        db.session.execute(update(table).where(table.c.id == dossier.id).values(texts))
    elif owner is not None and owner.ondelete == "CASCADE" and table.name not in COUNTED:
        db.session.execute(delete(table).where(owner.parent == dossier.id))
    elif owner is not None and texts:
        db.session.execute(update(table).where(owner.parent == dossier.id).values(texts))
