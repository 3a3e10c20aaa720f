"""What people see of their own account."""

import uuid

from sqlalchemy import select

from commission_app.accounts.models import Login, User
from commission_app.core.db import db
from commission_app.core.errors import NotFoundError


def get_own_login(actor: User, login_id: uuid.UUID) -> Login:
    """One of the own logins; raises NotFoundError for anybody else's."""
    found = select(Login).where(Login.id == login_id, Login.user_id == actor.id)
    login = db.session.scalars(found).unique().one_or_none()
    if login is None:
        raise NotFoundError()
    return login
