"""Whether the person agrees today, and with whom to share."""

import uuid

from sqlalchemy import ColumnElement, Exists, Select, exists, select
from sqlalchemy.orm import joinedload, lazyload

from commission_app.accounts.models import User
from commission_app.core import clock
from commission_app.core.db import db
from commission_app.dossiers.agreement.models import InformationGiven, SharingAgreement
from commission_app.dossiers.models import Dossier
from commission_app.dossiers.states import DossierState

#: States that an agreement's end leaves alone: nothing is shared there any more, or not yet.
UNSHARED = frozenset({DossierState.DRAFT, DossierState.CLOSED, DossierState.WITHDRAWN})


def agreement_holds(dossier_id: uuid.UUID) -> bool:
    """Whether an agreement to share holds today."""
    return bool(db.session.scalar(select(holding(dossier_id))))


def holding(dossier_id: uuid.UUID) -> Exists:
    """The condition that an agreement to share holds today, to ask with others at once."""
    return _current(SharingAgreement.dossier_id == dossier_id)


def agreement_covers(dossier_id: uuid.UUID, structure_id: uuid.UUID) -> bool:
    """Whether the agreement of today lets this structure read: its scope names it, or is the whole
    commission."""
    agreement = current_agreement(dossier_id)
    return agreement is not None and (not agreement.scope or str(structure_id) in agreement.scope)


def current_agreement(dossier_id: uuid.UUID) -> SharingAgreement | None:
    """The agreement that holds today, the one that lasts longest when there are several."""
    return db.session.scalars(
        _agreements(dossier_id)
        .where(_holding())
        .order_by(None)
        .order_by(SharingAgreement.expires_on.desc())
        .limit(1)
    ).first()


def agreements_of(dossier_id: uuid.UUID) -> list[SharingAgreement]:
    """Every agreement ever given on a dossier, the latest first."""
    return list(db.session.scalars(_agreements(dossier_id)))


def information_of(dossier_id: uuid.UUID) -> list[InformationGiven]:
    """When the person was informed, the latest first."""
    return list(
        db.session.scalars(
            select(InformationGiven)
            .where(InformationGiven.dossier_id == dossier_id)
            .options(joinedload(InformationGiven.collector).options(*_NAME_ALONE))
            .order_by(InformationGiven.given_on.desc(), InformationGiven.created_at.desc())
        )
    )


def informed(dossier_id: uuid.UUID) -> Exists:
    """The condition that the person was told what is shared."""
    return exists().where(InformationGiven.dossier_id == dossier_id)


def dossiers_without_agreement(limit: int = 100) -> list[Dossier]:
    """Shared dossiers whose agreement has come to its end: what the clock takes off."""
    return list(
        db.session.scalars(
            select(Dossier)
            .where(Dossier.state.not_in(UNSHARED), ~_current(SharingAgreement.dossier_id == Dossier.id))
            .where(
                exists().where(
                    SharingAgreement.dossier_id == Dossier.id, SharingAgreement.expires_on < clock.today()
                )
            )
            .limit(limit)
        )
    )


_NAME_ALONE = (lazyload(User.memberships), lazyload(User.structure))


def _agreements(dossier_id: uuid.UUID) -> Select[SharingAgreement]:
    return (
        select(SharingAgreement)
        .where(SharingAgreement.dossier_id == dossier_id)
        .options(joinedload(SharingAgreement.collector).options(*_NAME_ALONE))
        .order_by(SharingAgreement.created_at.desc())
    )


def _holding() -> ColumnElement[bool]:
    day = clock.today()
    return (
        SharingAgreement.withdrawn_at.is_(None)
        & (SharingAgreement.given_on <= day)
        & (SharingAgreement.expires_on >= day)
    )


def _current(same_dossier: ColumnElement[bool]) -> Exists:
    return exists().where(same_dossier, _holding())
