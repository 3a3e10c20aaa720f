"""What people change about their own account."""

from commission_app.accounts.links.services import set_password
from commission_app.accounts.models import User
from commission_app.accounts.passwords import is_password
from commission_app.core.errors import InvalidInputError
from commission_app.core.events import record
from commission_app.territories.names import folded


def edit_own_account(
    actor: User, *, version: int, first_name: str, last_name: str, phone: str, job_title: str
) -> None:
    """Correct the own name, phone and function; refused on a stale version (StaleError)."""
    actor.expect_version(version)
    actor.first_name, actor.last_name = first_name, last_name
    actor.phone, actor.job_title = phone, job_title
    actor.search = folded(f"{first_name} {last_name} {actor.email}")
    record(actor, "account_edited", actor)


def change_password(actor: User, *, current: str, password: str) -> None:
    """Change the own password by giving the present one; ends every login, this one too.

    Refused when the present password is another one, or the new one is too easy (InvalidInputError).
    """
    if not is_password(current, actor.password_hash):
        raise InvalidInputError("Ce n’est pas votre mot de passe actuel.", field="current")
    set_password(actor, actor, password=password)
    record(actor, "password_changed", actor)
