"""The page on which one chooses whom to be, the door, and the mailbox of what was sent."""

import uuid
from pathlib import Path

from flask import Blueprint, current_app, render_template
from flask.typing import ResponseReturnValue

from commission_app.accounts.signin.routes import enter
from commission_app.accounts.signin.services import end_login
from commission_app.accounts.web import me, my_login
from commission_app.core.config import Config
from commission_app.core.web import public, see
from commission_app.demo.mailbox import get_letter, letters
from commission_app.demo.queries import demo_places, get_demo_person

bp = Blueprint("demo", __name__)


@bp.get("/demo")
@public
def show() -> ResponseReturnValue:
    """Everybody whom a visitor may be, with one button each."""
    return render_template("demo/show.html", places=demo_places())


@bp.post("/demo/entrer/<uuid:user_id>")
@public
def create(user_id: uuid.UUID) -> ResponseReturnValue:
    """Sign in as a person of the demonstration, by a real login; the login before ends."""
    user = get_demo_person(user_id)
    if (earlier := my_login()) is not None:
        end_login(me(), earlier)
    enter(user)
    return see("/", f"Vous êtes {user.full_name}.")


@bp.get("/demo/courriels")
@public
def mails() -> ResponseReturnValue:
    """The mailbox: every mail that the platform sent, to whomever."""
    return render_template("demo/mails.html", letters=letters(_folder()))


@bp.get("/demo/courriels/<uuid:letter_id>")
@public
def mail(letter_id: uuid.UUID) -> ResponseReturnValue:
    """One mail as text, its appointment, its links to follow."""
    return render_template("demo/mail.html", letter=get_letter(_folder(), letter_id))


def _folder() -> Path:
    config: Config = current_app.extensions["commission_config"]
    return config.data_dir / "mails"
