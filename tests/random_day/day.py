"""A day on which everybody does anything at any moment; at checkpoints each page is as a fresh one."""

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext

import requests
from flask import Flask
from sqlalchemy import func, select

from commission_app.core import clock
from commission_app.core.db import db
from commission_app.core.events import Event
from commission_app.dossiers.agreement.services import withdraw_agreement
from commission_app.sessions.day.arrivals.codes import code_of
from commission_app.sessions.day.fragments import Audience
from commission_app.sessions.decisions.register import verify
from commission_app.sessions.models import CommissionSession
from tests.databases import settle
from tests.random_day.checks import faults_of_decisions, faults_of_notes, faults_of_page
from tests.random_day.crowd import Crowd, Seat
from tests.random_day.forms import Filled, fill_any, words
from tests.random_day.ledger import Ledger
from tests.random_day.live_page import LivePage
from tests.realtime.people import cookies_of
from tests.servers import until

TOGETHER = 4
#: Holds the clock of the server still, once everybody has come back: time never goes back on a page.
Hold = Callable[[], AbstractContextManager[None]]
ASIDE = ("suite", "suite", "suite", "presences", "presences", "presences", "presences", "reporter")
#: Who acts: a screen and a guest only look.
FORMS = frozenset({Audience.FACILITATION, Audience.MEMBERS})
SEEN, REFUSED = 303, frozenset({403, 404, 409, 422})


class RandomDay:
    """One day: pages, dice, and what was acknowledged."""

    def __init__(
        self, app: Flask, urls: list[str], crowd: Crowd, seed: int, pool: ThreadPoolExecutor
    ) -> None:
        self.app, self.urls, self.scene, self.dice = app, urls, crowd.scene, random.Random(seed)
        self.day_id = crowd.scene.day.id
        self.ledger, self.pool = Ledger(), pool
        self.metronome = self._page(crowd.metronome, 0)
        self.pages = [self._page(seat, number) for number, seat in enumerate(crowd.seats)]
        settle()
        self.since = db.session.scalar(select(func.max(Event.number))) or 0
        settle()

    def open(self) -> None:
        """Everybody opens the page."""
        for page in (self.metronome, *self.pages):
            page.open()

    def leave(self) -> None:
        """Everybody closes it."""
        for page in (self.metronome, *self.pages):
            page.leave()

    def wave(self, count: int) -> None:
        """So many acts, cuts and returns, at the same instant."""
        pages = self.dice.sample(self.pages, count)
        drawn = [(page, random.Random(self.dice.getrandbits(64))) for page in pages]
        for done in [self.pool.submit(self._step, page, dice) for page, dice in drawn]:
            done.result()

    def checkpoint(self, hold: Hold = nullcontext, *, tries: int = 1) -> None:
        """Everybody is on line again, one act reaches all, and every page is as if opened now."""
        for page in self.pages:
            page.rejoin()
        with hold():
            for _ in range(tries):  # more than one where a minute may end between two pages
                if not (faults := self._beat()):
                    break
            assert not faults, "\n".join(faults[:20])
        settle()
        for page in self.pages:
            page.hear_out()
        faults = [*self.ledger.faults(self.since), *faults_of_decisions(self.ledger)]
        faults += faults_of_notes(self.ledger, self.pages)
        assert not faults, "\n".join(faults)
        assert verify() is None
        settle()

    def take_agreement_back(self) -> None:
        """Somebody whose situation is on the agenda takes the agreement back; it leaves every page."""
        withdraw_agreement(
            self.scene.referent, self.dice.choice((self.scene.first, self.scene.second)).dossier
        )
        settle()

    def close(self) -> None:
        """The facilitators close the day: whoever holds the floor reads what is undecided, and confirms."""
        path = f"/sessions/{self.day_id}/clore"
        desks = [page for page in self.pages if page.audience is Audience.FACILITATION]
        for desk in desks:
            shown = fill_any(_main(desk.http.get(desk.url + path).text), desk.who, self.dice)
            assert shown
            if self._send(desk, shown, is_htmx=False) == SEEN:
                return
        raise AssertionError("nobody could close the day")

    def _page(self, seat: Seat, number: int) -> LivePage:
        cookies = seat.link if seat.user is None else cookies_of(self.app, seat.user)
        who = str(seat.user.id) if seat.user else str(set(seat.link))
        return LivePage(
            self.urls[number % len(self.urls)], cookies, self.day_id, seat.audience, who, self.pool
        )

    def _step(self, page: LivePage, dice: random.Random) -> None:
        luck = dice.random()
        if luck < 0.03:
            page.cut_line()
        elif not page.is_over and not page.socket.connected and luck < 0.4:
            page.rejoin()
        elif page.audience is Audience.FACILITATION and luck < 0.2:
            self._type(page, dice)
        elif page.audience in FORMS:
            self._act(page, dice)

    def _act(self, page: LivePage, dice: random.Random) -> None:
        filled, is_htmx = self._draw(page, dice)
        if filled is None:
            return
        times = 2 if dice.random() < 0.08 else 1  # pressed twice
        for done in [self.pool.submit(self._send, page, filled, is_htmx) for _ in range(times)]:
            done.result()

    def _draw(self, page: LivePage, dice: random.Random) -> tuple[Filled | None, bool]:
        """A form of the page itself, or of one that it leads to."""
        aside = self._aside(page, dice) if dice.random() < 0.4 else ""
        if aside:
            answer = page.http.get(page.url + aside, allow_redirects=False)
            assert answer.status_code in (200, 303, 404), (aside, answer.status_code)
            return fill_any(_main(answer.text), page.who, dice), False
        with_forms = [html for html in list(page.fragments.values()) if "<form" in html]
        return (fill_any(dice.choice(with_forms), page.who, dice) if with_forms else None), True

    def _aside(self, page: LivePage, dice: random.Random) -> str:
        base = f"/sessions/{self.day_id}"
        if page.audience is Audience.FACILITATION:
            return f"{base}/{dice.choice(ASIDE)}"
        if dice.random() < 0.3:
            return f"/presence/{code_of(str(self.app.secret_key), self.day_id, clock.now())}"
        return f"{base}/en-direct/proposer/{dice.choice(('taken', 'solution'))}"

    def _send(self, page: LivePage, filled: Filled, is_htmx: bool) -> int | None:
        try:
            status: int | None = page.send(filled.path, filled.data, is_htmx=is_htmx).status_code
        except requests.RequestException:
            status = None
        assert status in {200, 303, None, *REFUSED}, (filled, status)
        self.ledger.note(page.who, filled.path, filled.data, status)
        return status

    def _type(self, page: LivePage, dice: random.Random) -> None:
        if not page.socket.connected or "prise-de-notes-" not in page.fragments["notes"]:
            return
        item_id = page.fragments["notes"].split("prise-de-notes-")[1][:36]
        piece = f"[{words(dice)}]"
        if item_id not in page.notes:
            page.open_notes(item_id)
        if page.type(item_id, dice.random(), piece):
            self.ledger.note_piece(item_id, piece)

    def _beat(self) -> list[str]:
        base = f"/sessions/{self.day_id}"
        if self._send(self.metronome, Filled(f"{base}/main-levee", {}), True) in REFUSED:  # closed
            self._send(self.metronome, Filled(f"{base}/bilan", {"useful": "yes"}), True)
        else:
            self._send(self.metronome, Filled(f"{base}/main-baissee", {}), True)
        settle()
        version = db.session.scalar(
            select(CommissionSession.live_version).where(CommissionSession.id == self.day_id)
        )
        settle()
        pages = [self.metronome, *self.pages]
        until(lambda: all(page.shows(version) for page in pages), f"version {version} everywhere")
        return [fault for page in pages if page.follows for fault in faults_of_page(page)]


def _main(html: str) -> str:
    """The page without its frame, which has forms of its own."""
    return html.partition("<main")[2].partition("</main>")[0]
