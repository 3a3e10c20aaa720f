"""What the person was told and agreed to: written down, never overwritten, withdrawn in one act."""

import uuid
from collections.abc import Collection
from datetime import date, timedelta

from commission_app.accounts.models import User
from commission_app.core import clock, french
from commission_app.core.db import db
from commission_app.core.errors import InvalidInputError, WrongStateError
from commission_app.core.events import record
from commission_app.core.policies import require
from commission_app.core.states import expect
from commission_app.dossiers.agreement.models import InformationGiven, SharingAgreement
from commission_app.dossiers.agreement.queries import (
    agreements_of,
    dossiers_without_agreement,
    information_of,
)
from commission_app.dossiers.agreement.texts import CURRENT
from commission_app.dossiers.models import Dossier
from commission_app.dossiers.policies import can_collect_agreement, can_withdraw_agreement
from commission_app.dossiers.services import end_sharing
from commission_app.dossiers.states import AgreementForm, DossierState

LONGEST = timedelta(days=366)
ENDED = "Cet accord a déjà pris fin : choisissez une fin à venir, ou recueillez un nouvel accord"
OVER = frozenset({DossierState.CLOSED, DossierState.WITHDRAWN})


def record_information(
    actor: User, dossier: Dossier, *, given_on: date, form: AgreementForm
) -> InformationGiven:
    """Write down that the person was told what is shared, with the present text; the référent may.

    Refused for a day still to come.
    """
    _check(actor, dossier, given_on, field="info_given_on")
    information = InformationGiven(
        dossier_id=dossier.id,
        given_on=given_on,
        form=form,
        collector_id=actor.id,
        text_version=CURRENT.version,
        text_digest=CURRENT.digest,
    )
    db.session.add(information)
    record(actor, "information_recorded", dossier, version=CURRENT.version, form=form.value)
    return information


def record_agreement(
    actor: User,
    dossier: Dossier,
    *,
    given_on: date,
    form: AgreementForm,
    expires_on: date,
    scope: Collection[uuid.UUID] = (),
) -> SharingAgreement:
    """Write down that the person agrees to share until a day, a year away at most; the référent may.

    `scope` names the structures; empty is the whole commission. Refused before the person was informed, for
    a day still to come, and for an end that is past or too far away.
    """
    _check(actor, dossier, given_on, field="agreed_on")
    _check_order(dossier, given_on)
    if not given_on <= expires_on <= given_on + LONGEST:
        raise InvalidInputError("Choisissez une fin dans l’année qui suit l’accord", field="expires_on")
    if expires_on < clock.today():
        raise InvalidInputError(ENDED, field="expires_on")
    agreement = SharingAgreement(
        dossier_id=dossier.id,
        given_on=given_on,
        form=form,
        collector_id=actor.id,
        text_version=CURRENT.version,
        text_digest=CURRENT.digest,
        scope=[str(one) for one in scope],
        expires_on=expires_on,
    )
    db.session.add(agreement)
    record(actor, "agreement_recorded", dossier, version=CURRENT.version, expires_on=expires_on.isoformat())
    return agreement


def withdraw_agreement(actor: User, dossier: Dossier) -> None:
    """The person takes the agreement back: the dossier is withdrawn at once, for good.

    The référent or the coordination writes it down. Refused when no agreement holds.
    """
    require(can_withdraw_agreement(actor, dossier))
    standing = [one for one in agreements_of(dossier.id) if one.withdrawn_at is None]
    if not standing:
        raise WrongStateError("Aucun accord de partage n’est en cours sur ce dossier.")
    for agreement in standing:
        agreement.withdrawn_at = clock.now()
    record(actor, "agreement_withdrawn", dossier)
    if dossier.state is not DossierState.WITHDRAWN:
        end_sharing(actor, dossier, reason="agreement_withdrawn")


def withdraw_expired(actor: None = None) -> int:
    """Withdraw the shared dossiers whose agreement has come to its end; the clock does this without an
    account. Returns how many."""
    ended = dossiers_without_agreement()
    for dossier in ended:
        record(actor, "agreement_expired", dossier)
        end_sharing(actor, dossier, reason="agreement_expired")
    return len(ended)


def _check_order(dossier: Dossier, agreed_on: date) -> None:
    """Information comes first; the refusal stands beside the date that is to be written or changed."""
    told = information_of(dossier.id)
    if not told:
        raise InvalidInputError(
            "Notez d’abord l’information donnée : elle vient avant l’accord", field="info_given_on"
        )
    informed_on = min(one.given_on for one in told)
    if agreed_on < informed_on:
        raise InvalidInputError(
            f"L’accord vient après l’information, donnée le {french.long_date(informed_on)}",
            field="agreed_on",
        )


def _check(actor: User, dossier: Dossier, day: date, *, field: str) -> None:
    require(can_collect_agreement(actor, dossier))
    expect(dossier.state, set(DossierState) - OVER, "Ce dossier est terminé : rien ne s’y ajoute plus.")
    if day > clock.today():
        raise InvalidInputError("Indiquez un jour déjà passé, ou aujourd’hui", field=field)
