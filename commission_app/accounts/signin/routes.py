"""The entrance: sign in, sign out."""

from flask import Blueprint, make_response, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user, login_user, logout_user

from commission_app.accounts.models import User
from commission_app.accounts.passwords import is_password
from commission_app.accounts.signin.forms import SignInForm
from commission_app.accounts.signin.queries import account_of, is_to_be_seen, stored_password_of
from commission_app.accounts.signin.services import (
    FREE_TRIES_OF_ADDRESS,
    FREE_TRIES_OF_NAME,
    claim_try,
    end_login,
    open_login,
    see_login,
)
from commission_app.accounts.web import config, device_of, is_background, keyed, me, my_login
from commission_app.core.db import commit, read_only, rollback, set_read_only
from commission_app.core.french import duration, plural
from commission_app.core.web import SAFE_METHODS, public, safe_next, see

bp = Blueprint("signin", __name__)

WRONG = "Cette adresse et ce mot de passe ne vont pas ensemble. Vérifiez l’une et l’autre."


@bp.get("/connexion")
@public
def show() -> ResponseReturnValue:
    """The form to sign in; who is signed in already goes on."""
    onward = safe_next(request.args.get("suite"))
    if current_user.is_authenticated:
        return redirect(onward or "/")
    form = SignInForm(formdata=None, suite=onward)
    return render_template("accounts/sign_in.html", form=form)


@bp.post("/connexion")
@public
def create() -> ResponseReturnValue:
    """Count the try, look at the password, open a login. Unknown and known addresses answer alike."""
    form = SignInForm()
    if not form.validate():
        return render_template("accounts/sign_in.html", form=form), 422
    email, password = str(form.email.data), str(form.password.data)
    keys = _keys(email)
    waits = [claim_try(key, free=free) for key, free in keys.items()]
    commit()
    if max(waits):
        return _wait(form, max(waits))
    user = _person(email, password)
    if user is None:
        form.refuse(WRONG)
        return render_template("accounts/sign_in.html", form=form), 422
    enter(user, keys=tuple(keys))
    return see(safe_next(form.suite.data) or "/")


@bp.post("/deconnexion")
@public
def delete() -> ResponseReturnValue:
    """End the login, forget the cookie, have the browser forget what it kept."""
    login = my_login()
    if login is not None:
        end_login(login.user, login)
        commit()
    logout_user()
    session.clear()
    response = make_response(see(url_for("signin.show"), "Vous êtes déconnecté."))
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def enter(user: User, *, keys: tuple[str, ...] = ()) -> None:
    """Open a login for a person whose identity was proven: the one door, whatever the proof was.

    The cookie is a new one. A further proof (a second factor, ProConnect) is asked for before calling this.
    """
    token = open_login(user, device=device_of(request), hours=config().login_hours, keys=keys)
    commit()
    session.clear()
    user.login_token = token
    login_user(user)


def keep_alive() -> None:
    """Note, in a transaction of its own, that the signed-in person acted; background requests are no act."""
    login = my_login()
    if login is None or is_background() or not is_to_be_seen(login):
        return
    rollback()
    set_read_only(False)
    see_login(me(), login)
    commit()
    set_read_only(request.method in SAFE_METHODS)


def _person(email: str, password: str) -> User | None:
    """The account whose password this is. The hash is computed outside of any transaction that writes."""
    with read_only():
        stored = stored_password_of(email)
        rollback()
        known = is_password(password, stored)
    return account_of(email) if known else None


def _keys(email: str) -> dict[str, int]:
    """What tries are counted under: the name typed and the address it came from, as keyed hashes."""
    return {
        keyed(f"name:{email.lower()}"): FREE_TRIES_OF_NAME,
        keyed(f"from:{request.remote_addr}"): FREE_TRIES_OF_ADDRESS,
    }


def _wait(form: SignInForm, seconds: int) -> ResponseReturnValue:
    said = plural(seconds, "seconde") if seconds < 60 else duration(-(-seconds // 60))
    form.refuse(f"Trop d’essais de connexion. Réessayez dans {said}.")
    page = render_template("accounts/sign_in.html", form=form)
    return page, 429, {"Retry-After": str(seconds)}
