"""Invitations and resets: a secret shown once, used once, for a short time, bound to one account."""

import uuid
from datetime import timedelta

from sqlalchemy import update

from commission_app.accounts.links.queries import LINK_IS_DEAD
from commission_app.accounts.models import AccountLink, User
from commission_app.accounts.passwords import expect_good_password, password_hash
from commission_app.accounts.signin.queries import account_of
from commission_app.accounts.signin.services import end_logins_of
from commission_app.accounts.states import LinkPurpose
from commission_app.core import clock
from commission_app.core.db import db
from commission_app.core.errors import ExpiredLinkError
from commission_app.core.events import record
from commission_app.core.tokens import hashed, new_token


def make_link(actor: User | None, user: User, *, purpose: LinkPurpose, lasts: timedelta) -> str:
    """Make a link for an account and return its secret, known from then on to its reader alone.

    Earlier links of the same purpose open nothing more.
    """
    _withdraw(user.id, purpose)
    token = new_token()
    link = AccountLink(
        token_hash=hashed(token), user_id=user.id, purpose=purpose, expires_at=clock.now() + lasts
    )
    db.session.add(link)
    record(actor, "account_link_made", user, purpose=purpose.value)
    return token


def ask_for_reset(actor: User | None, *, email: str) -> None:
    """Somebody without an account at hand forgot a password; an unknown address is passed over in silence.

    People who never accepted their invitation get that again instead.
    """
    user = account_of(email)
    if user is None:
        return
    record(actor, "reset_requested" if user.password_hash else "account_invited", user)


def accept_link(actor: User | None, *, token: str, purpose: LinkPurpose, password: str) -> User:
    """Use a link, without an account signed in: set the password, end every login, tell the person by mail.

    Refused when the link is used, too old, replaced or of a closed account (ExpiredLinkError, told alike),
    and when the password is too easy (InvalidInputError, the link stays usable). Of twenty at once one wins.
    """
    user = db.session.get_one(User, _use(token, purpose))
    if not user.is_active:
        raise ExpiredLinkError()
    set_password(actor or user, user, password=password)
    _withdraw(user.id, LinkPurpose.INVITATION)
    _withdraw(user.id, LinkPurpose.RESET)
    name = "invitation_accepted" if purpose is LinkPurpose.INVITATION else "password_reset"
    record(user, name, user)
    return user


def set_password(actor: User, user: User, *, password: str) -> None:
    """Set the password of an account and end all its logins; refuses one that a stranger would try."""
    expect_good_password(password, email=user.email)
    user.password_hash = password_hash(password)
    end_logins_of(actor, user)


def _use(token: str, purpose: LinkPurpose) -> uuid.UUID:
    """Mark a link used: one statement, so it is used once whoever comes at the same time."""
    moment = clock.now()
    usable = (
        AccountLink.token_hash == hashed(token),
        AccountLink.purpose == purpose,
        AccountLink.used_at.is_(None),
        AccountLink.expires_at > moment,
    )
    used = update(AccountLink).where(*usable).values(used_at=moment).returning(AccountLink.user_id)
    user_id = db.session.execute(used.execution_options(synchronize_session=False)).scalar_one_or_none()
    if user_id is None:
        raise ExpiredLinkError(LINK_IS_DEAD)
    return user_id


def _withdraw(user_id: uuid.UUID, purpose: LinkPurpose) -> None:
    open_ones = (
        AccountLink.user_id == user_id,
        AccountLink.purpose == purpose,
        AccountLink.used_at.is_(None),
    )
    db.session.execute(update(AccountLink).where(*open_ones).values(used_at=clock.now()))
