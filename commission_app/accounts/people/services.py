"""What the administration does with accounts: prepare, invite, correct, close, open again."""

from sqlalchemy import select

from commission_app.accounts.models import Membership, User
from commission_app.accounts.policies import can_close_account, can_manage_accounts
from commission_app.accounts.signin.services import end_logins_of
from commission_app.accounts.states import Role
from commission_app.core import clock
from commission_app.core.db import db
from commission_app.core.errors import InvalidInputError, WrongStateError
from commission_app.core.events import record
from commission_app.core.mailboxes import expect_address
from commission_app.core.policies import require
from commission_app.territories.models import Structure
from commission_app.territories.names import folded


def create_account(
    actor: User,
    *,
    email: str,
    first_name: str,
    last_name: str,
    phone: str = "",
    job_title: str = "",
    structure: Structure | None = None,
) -> User:
    """Prepare an account and send its invitation; the administration alone may.

    An address that an account has already is refused, and one that no mail would reach.
    """
    require(can_manage_accounts(actor))
    user = _new_account(email, first_name, last_name)
    user.phone, user.job_title, user.structure = phone, job_title, structure
    record(actor, "account_created", user)
    record(actor, "account_invited", user)
    return user


def create_administrator(
    actor: User | None, *, email: str, first_name: str, last_name: str, password_hash: str = ""
) -> User:
    """Who holds the machine makes an administrator, without an account; invited if no password is given."""
    user = _new_account(email, first_name, last_name)
    user.password_hash = password_hash
    db.session.add(Membership(user=user, role=Role.ADMINISTRATOR))
    record(actor, "account_created", user)
    if not password_hash:
        record(actor, "account_invited", user)
    return user


def edit_account(
    actor: User,
    user: User,
    *,
    version: int,
    email: str,
    first_name: str,
    last_name: str,
    phone: str,
    job_title: str,
    structure: Structure | None,
) -> None:
    """Correct who a person is; the administration alone may. Refused on a stale version (StaleError).

    A new mail address must be free; it is the new name to sign in with.
    """
    require(can_manage_accounts(actor))
    user.expect_version(version)
    email = email.lower()
    expect_address(email)
    _expect_free(email, but=user)
    user.email, user.first_name, user.last_name = email, first_name, last_name
    user.phone, user.job_title, user.structure = phone, job_title, structure
    user.search = folded(f"{first_name} {last_name} {email}")
    record(actor, "account_edited", user)


def invite_again(actor: User, user: User) -> None:
    """Send the invitation anew (the earlier link opens nothing more); refused once a password was chosen."""
    require(can_manage_accounts(actor))
    if user.password_hash or not user.is_active:
        raise WrongStateError("Cette personne a déjà choisi son mot de passe, ou son compte est fermé.")
    record(actor, "account_invited", user)


def close_account(actor: User, user: User) -> None:
    """Close an account: every device and socket is cut at once, the history stays.

    The administration alone may, and not on the own account.
    """
    require(can_close_account(actor, user), "Vous ne pouvez pas fermer votre propre compte.")
    if not user.is_active:
        raise WrongStateError("Ce compte est déjà fermé.")
    user.closed_at = clock.now()
    end_logins_of(actor, user)
    record(actor, "account_closed", user, user_id=str(user.id))


def reopen_account(actor: User, user: User) -> None:
    """Open a closed account again, with the password and the roles it had."""
    require(can_manage_accounts(actor))
    if user.is_active:
        raise WrongStateError("Ce compte est ouvert.")
    user.closed_at = None
    record(actor, "account_reopened", user)


def disconnect(actor: User, user: User) -> int:
    """End every login of a person (a lost phone); returns how many."""
    require(can_manage_accounts(actor))
    return end_logins_of(actor, user)


def _new_account(email: str, first_name: str, last_name: str) -> User:
    email = email.strip().lower()
    expect_address(email)
    _expect_free(email)
    user = User(email=email, first_name=first_name, last_name=last_name)
    db.session.add(user)
    db.session.flush()
    return user


def _expect_free(email: str, *, but: User | None = None) -> None:
    taken = db.session.scalar(select(User.id).where(User.email == email))
    if taken is not None and (but is None or taken != but.id):
        raise InvalidInputError("Un compte porte déjà cette adresse.", field="email")
