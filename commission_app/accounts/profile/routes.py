"""Pages of the own account."""

from uuid import UUID

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from commission_app.accounts.people.forms import IdentityForm
from commission_app.accounts.profile.forms import ChangePasswordForm
from commission_app.accounts.profile.queries import get_own_login
from commission_app.accounts.profile.services import change_password, edit_own_account
from commission_app.accounts.queries import open_logins
from commission_app.accounts.signin.routes import enter
from commission_app.accounts.signin.services import FREE_TRIES_OF_NAME, claim_try, end_login, end_logins_of
from commission_app.accounts.web import config, keyed, me, my_login
from commission_app.core.db import commit, rollback
from commission_app.core.errors import InvalidInputError, StaleError
from commission_app.core.french import duration, plural
from commission_app.core.outbox import wake
from commission_app.core.web import invalid, see

bp = Blueprint("profile", __name__, url_prefix="/mon-compte")


@bp.get("")
def show() -> ResponseReturnValue:
    """Who I am here, my roles, my devices."""
    return _page(IdentityForm(formdata=None, obj=me()))


@bp.post("")
def update() -> ResponseReturnValue:
    """Correct my name, phone and function."""
    form = IdentityForm()
    if not form.validate():
        return _page(form, 422)
    try:
        edit_own_account(me(), **form.payload())
        commit()
    except StaleError:
        rollback()
        form.keep_beside(IdentityForm(formdata=None, obj=me()))
        return _page(form, 409)
    return see(url_for("profile.show"), "Votre compte est modifié.")


@bp.get("/mot-de-passe")
def password() -> ResponseReturnValue:
    """The form to change my password."""
    return render_template("accounts/change_password.html", form=ChangePasswordForm(formdata=None))


@bp.post("/mot-de-passe")
def set_password() -> ResponseReturnValue:
    """Change my password; wrong tries are slowed down as at the entrance."""
    form, key = ChangePasswordForm(), keyed(f"change:{me().id}")
    if not form.validate():
        return invalid("accounts/change_password.html", form=form)
    wait = claim_try(key, free=FREE_TRIES_OF_NAME)
    commit()
    if wait:
        form.refuse(f"Trop d’essais. Réessayez dans {duration(-(-wait // 60))}.")
        return render_template("accounts/change_password.html", form=form), 429, {"Retry-After": str(wait)}
    try:
        change_password(me(), current=str(form.current.data), password=str(form.password.data))
    except InvalidInputError as refused:
        form.refuse(refused.message, field=refused.field)
        return invalid("accounts/change_password.html", form=form)
    enter(me(), keys=(key,))
    wake()
    return see(
        url_for("profile.show"), "Votre mot de passe est changé, vos autres appareils sont déconnectés."
    )


@bp.post("/connexions/<uuid:login_id>/fin")
def end(login_id: UUID) -> ResponseReturnValue:
    """Sign one of my devices out."""
    end_login(me(), get_own_login(me(), login_id))
    commit()
    return see(url_for("profile.show"), "L’appareil est déconnecté.")


@bp.post("/connexions/fin")
def end_others() -> ResponseReturnValue:
    """Sign all my other devices out."""
    count = end_logins_of(me(), me(), but=my_login())
    commit()
    return see(url_for("profile.show"), f"{plural(count, 'appareil')} : connexion coupée.")


def _page(form: IdentityForm, status: int = 200) -> ResponseReturnValue:
    logins = open_logins(me(), idle_minutes=config().login_idle_minutes)
    return render_template("accounts/own.html", form=form, logins=logins, mine=my_login()), status
