"""Rights on accounts, and where a role reaches."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import select

from commission_app.accounts.models import Login, Membership, User
from commission_app.accounts.policies import (
    can_close_account,
    can_end_login,
    can_end_membership,
    can_manage_accounts,
    fits_place,
    people_holding,
    reach_of,
    territories_within,
    visible_accounts,
)
from commission_app.accounts.states import Role
from commission_app.core import clock
from commission_app.core.db import db
from commission_app.core.errors import NotAllowedError
from commission_app.core.policies import require
from commission_app.library.policies import reads_everywhere
from commission_app.territories.policies import (
    can_manage_territories,
    visible_structures,
    visible_territories,
)
from tests.factories import make_territory, make_user
from tests.security.rights_table import fact, right, scope

ADMIN = {"administrator"}


def administration(world):
    """The role of the administrator."""
    return db.session.query(Membership).filter_by(user_id=world.actors["administrator"].id).one()


def participation(world):
    """Another role that the administrator would hold."""
    own = world.actors["administrator"].id
    return Membership(user_id=own, territory_id=world.arles.id, role=Role.PARTICIPANT)


def deputy_administration(_world):
    """The role of another administrator."""
    return db.session.query(Membership).filter_by(user_id=make_user("Ada", Role.ADMINISTRATOR).id).one()


def closed_administrator(_world):
    """An administrator whose account is closed."""
    return make_user("Ancien", Role.ADMINISTRATOR, closed_at=clock.now())


def former_pilot(_world):
    """Somebody who piloted the département until yesterday."""
    user, today = make_user("Ancien pilote"), clock.today()
    days = {"starts_on": today - timedelta(days=30), "ends_on": today - timedelta(days=1)}
    db.session.add(Membership(user=user, role=Role.PILOT, **days))
    return user


def dated(first, last):
    """Somebody who is référent of Arles from a day to a day, counted from today."""

    def make(world):
        user, today = make_user("Datée"), clock.today()
        days = {"starts_on": today + timedelta(days=first), "ends_on": today + timedelta(days=last)}
        db.session.add(Membership(user=user, territory=world.arles, role=Role.REFERENT, **days))
        return user

    return make


def login(**moments):
    """A login of Inès, its moments in minutes from now."""

    def make(world):
        values = {"seen_at": 0, "expires_at": 60, **moments}
        at = {name: clock.now() + timedelta(minutes=minutes) for name, minutes in values.items()}
        found = Login(token_hash=uuid4().hex * 2, user_id=world["referent"].id, **at)
        db.session.add(found)
        return found

    return make


def logins(criterion):
    """The names of the logins that a criterion keeps."""

    def ask(world):
        rows = set(db.session.scalars(select(Login).where(criterion(IDLE))).unique())
        return {name for name in LOGINS if world[name] in rows}

    return ask


def refuses(allowed):
    """Whether an act is refused."""
    try:
        require(allowed)
    except NotAllowedError:
        return True
    return False


def archived(_world):
    """A territory that is out of use."""
    found = make_territory("Crau", "CRA")
    found.archived_on = clock.today()
    return found


def holding(*roles):
    """The names of who holds one of these roles at Arles, the actors and further people alone."""

    def ask(world):
        rows = set(db.session.scalars(people_holding(world.arles.id, *roles)).unique())
        return {name for name in NAMED if world[name] in rows}

    return ask


def places(query):
    """The codes of the territories of a query."""
    return {one.code for one in db.session.scalars(query).unique()}


IDLE = 30
LOGINS: dict[str, Any] = {
    "login_open": login(),
    "login_ended": login(ended_at=-1, followed_at=-1),
    "login_too_old": login(expires_at=-1, followed_at=-1),
    "login_idle": login(seen_at=-40),
    "login_following": login(seen_at=-40, followed_at=-1),
    "login_followed": login(seen_at=-80, followed_at=-40),
}
OBJECTS: dict[str, Any] = {
    "administration": administration,
    "deputy_administration": deputy_administration,
    "closed_administrator": closed_administrator,
    "participation_too": participation,
    "former_pilot": former_pilot,
    "archived": archived,
    "to_come": dated(1, 30),
    "ending": dated(-30, 1),
    "ended_role": dated(-30, -1),
    **LOGINS,
}
NAMED = (
    "to_come", "ending", "ended_role", "referent", "coordinator", "expired", "pilot_here", "moved", "closed",
    "coordinator_elsewhere",
)  # fmt: skip

RIGHTS = [
    right(can_manage_accounts, yes=ADMIN),
    right(can_close_account, "somebody", yes=ADMIN),
    right(can_close_account, "administrator", note="the own one"),
    right(can_close_account, "pilot", yes=ADMIN, note="of somebody who may not"),
    right(can_end_membership, "membership", yes=ADMIN),
    right(can_end_membership, "administration", note="the own administration"),
    right(can_end_membership, "deputy_administration", yes=ADMIN),
    right(can_end_membership, "participation_too", yes=ADMIN, note="another own role"),
    right(can_end_login, "login", yes={"administrator", "coordinator"}),
    scope(visible_accounts, "somebody", yes=ADMIN),
    right(can_manage_territories, yes=ADMIN),
    scope(visible_territories, "arles", yes=ADMIN),
    scope(visible_structures, "structure", yes=ADMIN),
    *(
        fact(
            fits_place,
            lambda w, r=role, p=place: fits_place(r, w[p] if p else None),
            note=f"{role} {place}",
            answer=fits,
        )
        for role, place, fits in (
            (Role.ADMINISTRATOR, "", True),
            (Role.ADMINISTRATOR, "arles", False),
            (Role.PILOT, "", True),
            (Role.PILOT, "arles", True),
            (Role.REFERENT, "", False),
            (Role.REFERENT, "arles", True),
        )
    ),
    fact(reach_of, lambda w: reach_of(w["pilot"], Role.PILOT) is None, note="everywhere"),
    fact(reach_of, lambda w: reach_of(w["pilot"]) is None, note="everywhere, by any role"),
    fact(reach_of, lambda w: reach_of(w["pilot"], Role.COORDINATOR) == (), note="not by another role"),
    fact(reach_of, lambda w: reach_of(w["both"], Role.COORDINATOR) == (w.aix.id,), note="by one role"),
    fact(reach_of, lambda w: set(reach_of(w["both"])) == {w.aix.id, w.arles.id}, note="by any role"),
    fact(
        territories_within,
        lambda w: places(territories_within(None)) == {"ARL", "AIX"},
        note="all, not archived",
    ),
    fact(territories_within, lambda w: places(territories_within([w.aix.id])) == {"AIX"}, note="some"),
    fact(people_holding, lambda w: holding(Role.COORDINATOR)(w) == {"coordinator"}, note="coordination"),
    fact(
        people_holding,
        lambda w: holding(Role.PILOT, Role.REFERENT)(w) == {"referent", "pilot_here", "ending"},
        note="one of two roles, open accounts",
    ),
    fact(
        Membership.held_today,
        lambda w: holding()(w) == {"referent", "coordinator", "pilot_here", "moved", "ending"},
        note="any role",
    ),
    fact(Login.is_open, lambda w: logins(Login.is_open)(w) == {"login_open"}, note="opens every page"),
    fact(
        Login.may_follow,
        lambda w: logins(Login.may_follow)(w) == {"login_open", "login_following"},
        note="follows a day",
    ),
    fact(require, lambda _w: refuses(False), note="what no policy allowed"),
    fact(require, lambda _w: refuses(True), answer=False, note="what a policy allowed"),
    *(
        fact(guard, lambda w, g=guard: g(w["closed_administrator"]), answer=False, note="closed account")
        for guard in (can_manage_accounts, reads_everywhere)
    ),
    fact(
        User.territory_ids, lambda w: w["pilot"].territory_ids() == set(), note="the département is no place"
    ),
    fact(User.holds_everywhere, lambda w: not w["former_pilot"].holds_everywhere(Role.PILOT), note="past"),
    *(
        fact(User.holds, lambda w, n=name: w[n].holds(Role.REFERENT, w.arles.id), answer=now, note=name)
        for name, now in (("to_come", False), ("ending", True), ("ended_role", False))
    ),
]
