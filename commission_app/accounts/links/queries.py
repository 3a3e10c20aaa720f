"""The door of personal links."""

from sqlalchemy import select

from commission_app.accounts.models import AccountLink
from commission_app.accounts.states import LinkPurpose
from commission_app.core import clock
from commission_app.core.db import db
from commission_app.core.errors import ExpiredLinkError
from commission_app.core.tokens import hashed

LINK_IS_DEAD = (
    "Ce lien n’est plus valable : il a déjà servi ou son délai est passé. "
    "Demandez-en un nouveau sous « Mot de passe oublié », à la page de connexion."
)


def get_link(token: str, purpose: LinkPurpose) -> AccountLink:
    """A link that still opens; looking does not use it up. Raises ExpiredLinkError for every other, alike."""
    found = select(AccountLink).where(
        AccountLink.token_hash == hashed(token),
        AccountLink.purpose == purpose,
        AccountLink.used_at.is_(None),
        AccountLink.expires_at > clock.now(),
    )
    link = db.session.scalars(found).unique().one_or_none()
    if link is None or not link.user.is_active:
        raise ExpiredLinkError(LINK_IS_DEAD)
    return link
