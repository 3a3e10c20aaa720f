"""The home of each role, and the pages about the platform itself."""

from flask import Blueprint, render_template

from commission_app.accounts.web import config, me
from commission_app.core.web import public
from commission_app.home.page import home_of
from commission_app.home.policies import held_roles
from commission_app.home.tasks import total
from commission_app.home.urgencies import words_of

bp = Blueprint("home", __name__)


@bp.get("/")
def show() -> str:
    """What there is to do, what comes, what happened."""
    home = home_of(me())
    return render_template("home/show.html", home=home, task_total=total(home.tasks), urgency_words=words_of)


@bp.get("/donnees-personnelles")
@public
def privacy() -> str:
    """What is kept about whom, why, for how long, and whom to ask."""
    return render_template("home/privacy.html", idle_minutes=config().login_idle_minutes)


@bp.get("/accessibilite")
@public
def accessibility() -> str:
    """How far the platform is accessible, and what to do when it is not."""
    return render_template("home/accessibility.html")


@bp.get("/aide")
def help_page() -> str:
    """The first steps of each role."""
    return render_template("home/help.html", roles=[role.value for role in held_roles(me())])
