"""Sign-in and sign-out: tries are counted before they are looked at, each login is a row."""

import uuid
from collections.abc import Collection
from datetime import timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError

from commission_app.accounts.models import Login, SignInDelay, User
from commission_app.accounts.policies import can_end_login
from commission_app.core import clock
from commission_app.core.db import db
from commission_app.core.events import record
from commission_app.core.policies import require
from commission_app.core.tokens import hashed, new_token

FREE_TRIES_OF_NAME = 5
FREE_TRIES_OF_ADDRESS = 50
FIRST_DELAY_SECONDS = 15
LONGEST_DELAY_SECONDS = 900
FORGOTTEN_AFTER = timedelta(days=1)


def claim_try(key: str, *, free: int) -> int:
    """Count one try to sign in, made without an account as yet; return the seconds to wait (0: go on).

    The try is counted before the password is looked at, so twenty at once count twenty. After `free` tries
    in a day each further one waits twice as long as the one before, up to a quarter of an hour.
    """
    delay = _delay_of(key)  # may wait for those who try at the same time
    moment = clock.now()
    if delay.next_try_at is not None and delay.next_try_at > moment:
        return int((delay.next_try_at - moment).total_seconds()) + 1
    if delay.last_try_at < moment - FORGOTTEN_AFTER:
        delay.tries = 0
    delay.tries += 1
    delay.last_try_at = moment
    delay.next_try_at = moment + timedelta(seconds=seconds_after(delay.tries, free=free))
    return 0


def seconds_after(tries: int, *, free: int) -> int:
    """How long to wait after so many tries, a pure rule usable without an account."""
    if tries < free:
        return 0
    doubled: int = FIRST_DELAY_SECONDS << min(tries - free, 10)
    return min(doubled, LONGEST_DELAY_SECONDS)


def _delay_of(key: str) -> SignInDelay:
    found = select(SignInDelay).where(SignInDelay.key == key).with_for_update()
    if delay := db.session.scalar(found):
        return delay
    try:
        with db.session.begin_nested():
            db.session.add(SignInDelay(key=key))
    except IntegrityError:
        pass  # another process made the row a moment ago
    return db.session.scalars(found).one()


def open_login(actor: User, *, device: str, hours: int, keys: tuple[str, ...] = ()) -> str:
    """Sign a person in on a device for at most `hours`; return the token for the cookie, shown this once.

    The tries counted under `keys` are forgotten. A closed account is refused.
    """
    require(actor.is_active)
    token, moment = new_token(), clock.now()
    login = Login(
        token_hash=hashed(token),
        user_id=actor.id,
        seen_at=moment,
        expires_at=moment + timedelta(hours=hours),
        device=device[:80],
    )
    db.session.add(login)
    old = SignInDelay.last_try_at < moment - FORGOTTEN_AFTER
    db.session.execute(delete(SignInDelay).where(SignInDelay.key.in_(keys) | old))
    record(actor, "login_opened", login)
    return token


def see_login(actor: User, login: Login) -> None:
    """Note that the person acted just now with the own login. An ended login stays ended."""
    require(login.user_id == actor.id)
    alive = (Login.id == login.id, Login.ended_at.is_(None))
    db.session.execute(update(Login).where(*alive).values(seen_at=clock.now()))


def note_following(_actor: None, login_ids: Collection[uuid.UUID], *, idle_minutes: int) -> None:
    """Note that pages of these logins follow a day under way. Done by the clock, without an account: it is no
    gesture, brings no ended login back, and revives none that stopped following."""
    going_on = Login.may_follow(idle_minutes)
    following = update(Login).where(Login.id.in_(login_ids), going_on).values(followed_at=clock.now())
    db.session.execute(following)


def end_login(actor: User, login: Login) -> None:
    """End one sign-in, of oneself or, for the administration, of anybody: cookie and sockets die at once."""
    require(can_end_login(actor, login))
    if login.ended_at is None:
        login.ended_at = clock.now()
        record(actor, "login_ended", login, login_id=str(login.id), user_id=str(login.user_id))


def end_logins_of(actor: User, user: User, *, but: Login | None = None) -> int:
    """End every sign-in of a person except `but`; return how many."""
    running = select(Login).where(Login.user_id == user.id, Login.ended_at.is_(None))
    logins = [login for login in db.session.scalars(running).unique() if but is None or login.id != but.id]
    for login in logins:
        end_login(actor, login)
    return len(logins)
