"""Giving the person a link, opening it with the second secret, and what she decides there."""

import secrets
from datetime import timedelta

from sqlalchemy import update

from commission_app.accounts.models import User
from commission_app.accounts.passwords import is_password, password_hash
from commission_app.core import clock
from commission_app.core.db import db
from commission_app.core.errors import InvalidInputError, WrongStateError
from commission_app.core.events import record
from commission_app.core.policies import require
from commission_app.core.tokens import hashed, new_token
from commission_app.dossiers.agreement.models import InformationGiven, SharingAgreement
from commission_app.dossiers.agreement.queries import agreements_of, current_agreement
from commission_app.dossiers.agreement.services import LONGEST, OVER
from commission_app.dossiers.agreement.texts import CURRENT
from commission_app.dossiers.models import Dossier
from commission_app.dossiers.personal.models import PersonLink
from commission_app.dossiers.personal.policies import can_give_link
from commission_app.dossiers.services import end_sharing
from commission_app.dossiers.states import AgreementForm, DossierState

DAYS = 90
DIGITS = 8
#: After so many wrong secrets the link opens nothing any more.
MOST_FAILURES = 12
LONGEST_WAIT = timedelta(hours=1)


def give_link(actor: User, dossier: Dossier, *, days: int = DAYS) -> tuple[str, str]:
    """Make the person's link and its second secret, both shown this once; the référent may.

    The référent hands the link over and tells the secret. An earlier link opens nothing from now on. It lasts
    `days`, a year at most.
    """
    require(can_give_link(actor, dossier), "Seul le référent d’étape donne le lien à la personne.")
    if not 1 <= days <= LONGEST.days:
        raise InvalidInputError("Choisissez entre un jour et un an.", field="days")
    _revoke(dossier)
    token, secret = new_token(), "".join(secrets.choice("0123456789") for _ in range(DIGITS))
    link = PersonLink(
        dossier_id=dossier.id,
        token_hash=hashed(token),
        secret_hash=password_hash(secret),
        maker_id=actor.id,
        expires_at=clock.now() + timedelta(days=days),
    )
    db.session.add(link)
    record(actor, "person_link_given", dossier, days=days)
    return token, secret


def revoke_link(actor: User, dossier: Dossier) -> None:
    """Close the person's link at once; the référent may."""
    require(can_give_link(actor, dossier))
    _revoke(dossier)
    record(actor, "person_link_revoked", dossier)


def try_secret(link: PersonLink, *, secret: str) -> bool:
    """Whether the second secret is right; whoever holds the link tries, without an account.

    Each wrong one doubles the time to wait before the next is even looked at, an hour at most; after twelve
    the link is closed. Refused while one has to wait (InvalidInputError). The caller commits in any case.
    """
    now = clock.now()
    if link.wait_until is not None and link.wait_until > now:
        raise InvalidInputError(_patience(int((link.wait_until - now).total_seconds()) + 1), field="secret")
    if is_password("".join(secret.split()), link.secret_hash):
        link.failures, link.wait_until = 0, None
        link.opened_at = now
        record(None, "person_page_opened", link.dossier)
        return True
    link.failures += 1
    link.wait_until = now + min(timedelta(seconds=2**link.failures), LONGEST_WAIT)
    if link.failures >= MOST_FAILURES:
        link.revoked_at = now
    record(None, "person_secret_refused", link.dossier, failures=link.failures)
    return False


def agree_on_page(link: PersonLink, *, days: int) -> SharingAgreement:
    """The person agrees to share with the whole commission, without an account, for `days`, a year at most.

    The text on the page is the information given. Refused on a dossier that is over, and while an agreement
    holds.
    """
    dossier = link.dossier
    if dossier.state in OVER or current_agreement(dossier.id) is not None:
        raise WrongStateError("Il n’y a pas d’accord à donner aujourd’hui.")
    if not 1 <= days <= LONGEST.days:
        raise InvalidInputError("Choisissez une durée d’un an au plus.", field="days")
    day = clock.today()
    read = {"text_version": CURRENT.version, "text_digest": CURRENT.digest}
    who = {"dossier_id": dossier.id, "form": AgreementForm.WRITTEN, "collector_id": link.maker_id}
    db.session.add(InformationGiven(given_on=day, **who, **read))
    agreement = SharingAgreement(given_on=day, expires_on=day + timedelta(days=days), scope=[], **who, **read)
    db.session.add(agreement)
    record(None, "agreement_given_by_person", dossier, version=CURRENT.version)
    return agreement


def withdraw_on_page(link: PersonLink) -> None:
    """The person takes the agreement back, without an account: the dossier is withdrawn at once.

    Refused when nothing is shared any more.
    """
    dossier = link.dossier
    standing = [one for one in agreements_of(dossier.id) if one.withdrawn_at is None]
    if not standing:
        raise WrongStateError("Rien n’est partagé aujourd’hui.")
    for agreement in standing:
        agreement.withdrawn_at = clock.now()
    record(None, "agreement_withdrawn", dossier, by="person")
    if dossier.state is not DossierState.WITHDRAWN:
        end_sharing(None, dossier, reason="agreement_withdrawn")


def _revoke(dossier: Dossier) -> None:
    standing = update(PersonLink).where(PersonLink.dossier_id == dossier.id, PersonLink.revoked_at.is_(None))
    db.session.execute(standing.values(revoked_at=clock.now()))


def _patience(seconds: int) -> str:
    if seconds < 90:
        return f"Attendez encore {seconds} secondes, puis recommencez."
    return f"Attendez encore {seconds // 60 + 1} minutes, puis recommencez."
