"""Addresses of accounts: the entrance, links, the own account, the administration."""

from datetime import timedelta

from commission_app.accounts.models import Login
from commission_app.accounts.people.services import close_account
from commission_app.core import clock
from commission_app.core.db import db
from tests.security.matrix import ACTORS, EVERYONE, each, row

ADMIN = {"administrator": 200}
ACT = {"administrator": 303}
PERSON = {"first_name": "Solal", "last_name": "Micocoulier", "email": "solal@exemple.fr", "structure_id": ""}
NEW_PASSWORD = {"password": "mistral sur la garrigue", "again": "mistral sur la garrigue"}
ANYBODY = each(ACTORS, 200)


def role(world):
    """The form of a role that can be given."""
    return {"role_held": "referent", "territory_id": world.arles.id, "starts_on": clock.today().isoformat()}


def coordinators_login(world):
    """A device of the coordinator."""
    hours = clock.now() + timedelta(hours=1)
    login = Login(token_hash="f" * 64, user_id=world.actors["coordinator"].id, expires_at=hours)
    db.session.add(login)
    return login


def closed(world):
    """The account of somebody is closed."""
    close_account(world.actors["administrator"], world["somebody"])


OBJECTS = {"login": coordinators_login}
USER = {"user_id": "somebody"}
MEMBERSHIP = {**USER, "membership_id": "membership"}
TOMORROW = {"last_day": (clock.today() + timedelta(days=1)).isoformat()}

ROWS = [
    row("GET", "signin.show", allows={"anonymous": 200, **each(EVERYONE, 302)}, public=True),
    row(
        "POST",
        "signin.create",
        data={"email": "a@b.fr", "password": "x"},
        allows=each(ACTORS, 422),
        public=True,
    ),
    row("POST", "signin.delete", allows=each(ACTORS, 303), public=True),
    row("GET", "links.forgotten", allows=ANYBODY, public=True),
    row("POST", "links.ask", data={"email": "a@b.fr"}, allows=each(ACTORS, 303), public=True),
    row("GET", "links.reset", {"token": "reset-token"}, allows=ANYBODY, public=True),
    row(
        "POST",
        "links.set_new",
        {"token": "reset-token"},
        data=NEW_PASSWORD,
        allows=each(ACTORS, 303),
        public=True,
    ),
    row("GET", "links.invitation", {"token": "invitation-token"}, allows=ANYBODY, public=True),
    row(
        "POST",
        "links.accept",
        {"token": "invitation-token"},
        data=NEW_PASSWORD,
        allows=each(ACTORS, 303),
        public=True,
    ),
    row("GET", "links.reset", {"token": "nothing"}, allows=each(ACTORS, 410), public=True, note="unknown"),
    row("GET", "profile.show", allows=each(EVERYONE, 200)),
    row("POST", "profile.update", data={**PERSON, "version": "1"}, allows=each(EVERYONE, 303)),
    row("GET", "profile.password", allows=each(EVERYONE, 200)),
    row("POST", "profile.set_password", data={"current": "x", **NEW_PASSWORD}, allows=each(EVERYONE, 422)),
    row("POST", "profile.end", {"login_id": "login"}, allows={"coordinator": 303}),
    row("POST", "profile.end_others", allows=each(EVERYONE, 303)),
    row("GET", "accounts.index", allows=ADMIN),
    row("GET", "accounts.new", allows=ADMIN),
    row("POST", "accounts.create", data=PERSON, allows=ACT),
    row("GET", "accounts.show", USER, allows=ADMIN),
    row("GET", "accounts.edit", USER, allows=ADMIN),
    row("POST", "accounts.update", USER, data={**PERSON, "version": "1"}, allows=ACT),
    row("POST", "accounts.invite", USER, allows=ACT),
    row("GET", "accounts.closing", USER, allows=ADMIN),
    row("POST", "accounts.close", USER, allows=ACT),
    row("POST", "accounts.reopen", USER, allows=ACT, state=closed),
    row("POST", "accounts.cut", USER, allows=ACT),
    row("POST", "roles.create", USER, data=role, allows=ACT),
    row("GET", "roles.ending", MEMBERSHIP, allows=ADMIN),
    row("POST", "roles.end", MEMBERSHIP, allows=ACT),
    row("POST", "roles.date", MEMBERSHIP, data=TOMORROW, allows=ACT),
    row("GET", "mail_watch.index", allows=ADMIN),
    row("POST", "mail_watch.retry", {"job_id": "job"}, allows=ACT),
    row("POST", "mail_watch.retry_all", allows=ACT),
]
