"""Real Chromium against a real server: several people at once, each in a context of their own."""

import os
import shutil
import signal
import threading
import warnings
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Playwright,
    expect,
    sync_playwright,
)
from playwright.sync_api import Error as PlaywrightError
from werkzeug.serving import make_server

from commission_app.core.db import rollback
from commission_app.core.outbox import start_worker
from tests.databases import settle
from tests.servers import in_thread, missing

FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync"
)
SYSTEM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
AXE = Path(__file__).parents[1] / "node_modules" / "axe-core" / "axe.min.js"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
READ = "tags => axe.run({runOnly: tags, resultTypes: ['violations']})"
PATIENCE_MS = 20_000
CLOSING_SECONDS = 60


class LiveServer:
    """The application of the test in this process, on a port of its own, sockets and worker included."""

    def __init__(self, app: Flask) -> None:
        self._passes = app.extensions["commission_passes"]
        self._server = make_server("127.0.0.1", 0, app, threaded=True)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = in_thread(self._server)
        self._stop_worker = start_worker(app, 0.1)

    def stop(self) -> None:
        """Answer no more; the test's own transaction, which the worker or a page may wait for, ends first."""
        rollback()
        self._stop_worker()
        self._passes.end()  # or rights would be watched for some minutes more, behind other tests
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(10)


@pytest.fixture
def live_server(app: Flask, request: pytest.FixtureRequest) -> Iterator[LiveServer]:
    """The application of the test under its own address: `live_server.url`."""
    if "demo_app" in request.fixturenames:
        request.getfixturevalue("demo_app")  # its database is put in place before anybody opens it
    server = LiveServer(app)
    yield server
    server.stop()


def chromium_program() -> str | None:
    """$CHROMIUM, or the machine's."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, SYSTEM)), None)


def launch(playwright: Playwright) -> Browser:
    """Start Chromium; one that an npm package carries finds its libraries beside it."""
    env: dict[str, Any] = dict(os.environ)
    if libraries := env.pop("CHROMIUM_LD_LIBRARY_PATH", None):
        env["LD_LIBRARY_PATH"] = libraries
    return playwright.chromium.launch(executable_path=chromium_program(), args=FLAGS.split(), env=env)


class Chromium:
    """The browser of a run. Now and then one does not answer when a page is closed, and Playwright would
    wait for ever: it is ended, the test goes on, and the next one has a new browser."""

    def __init__(self, playwright: Playwright) -> None:
        self._playwright = playwright
        self._start()

    def _start(self) -> None:
        self._browser = launch(self._playwright)
        told = self._browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")
        self.pid = next(one["id"] for one in told["processInfo"] if one["type"] == "browser")

    def new_context(self, **options: Any) -> BrowserContext:
        """Somebody's own browser."""
        if not self._browser.is_connected():
            self._start()
        return self._browser.new_context(**options)

    def close_all(self, contexts: Iterable[BrowserContext]) -> None:
        """Close the browsers of a test, for which they have a minute."""
        end = threading.Timer(CLOSING_SECONDS, os.kill, (self.pid, signal.SIGKILL))
        end.start()
        try:
            for context in contexts:
                context.close()
        except PlaywrightError:
            if self._browser.is_connected():
                raise
            warnings.warn("Chromium did not close a page and was ended.", stacklevel=1)
        finally:
            end.cancel()

    def close(self) -> None:
        """The end of the run."""
        self._browser.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Chromium]:
    """One Chromium for the run."""
    if chromium_program() is None:
        missing("Chromium")
    with sync_playwright() as playwright:
        chromium = Chromium(playwright)
        expect.set_options(timeout=PATIENCE_MS)
        yield chromium
        chromium.close()


class Pages:
    """The pages of one test, each in a browser context of its own."""

    def __init__(self, browser: Chromium) -> None:
        self.complaints: list[str] = []
        self._browser = browser
        self._contexts: list[BrowserContext] = []

    def open(
        self, url: str, client: Any = None, *, width: int = 1440, height: int = 900, **options: Any
    ) -> Page:
        """A blank page for a server, with the login of a test client."""
        viewport = {"width": width, "height": height}
        context = self._browser.new_context(
            base_url=url, locale="fr-FR", timezone_id="Europe/Paris", viewport=viewport, **options
        )
        self._contexts.append(context)
        context.set_default_timeout(PATIENCE_MS)
        if client is not None:
            _take_cookies(context, client, url)
        settle()
        page = context.new_page()
        page.on("console", lambda message: _note(self.complaints, message))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        return page

    def close(self) -> None:
        """Close all of them."""
        self._browser.close_all(self._contexts)


@pytest.fixture
def pages(browser: Chromium) -> Iterator[Pages]:
    """Open pages on any server; a script error or a refusal by the content policy in one fails the test."""
    opened = Pages(browser)
    yield opened
    opened.close()
    assert not opened.complaints, opened.complaints


@pytest.fixture
def new_page(live_server: LiveServer, client_for: Callable[..., Any], pages: Pages) -> Callable[..., Page]:
    """Open a page for a person who has signed in (a visitor when none): `new_page(amina, width=360)`."""

    def open_page(user: Any = None, **options: Any) -> Page:
        return pages.open(live_server.url, None if user is None else client_for(user), **options)

    return open_page


def _take_cookies(context: BrowserContext, client: Any, url: str) -> None:
    """The browser goes on with the login of a test client."""
    jar = client._cookies.values()
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": url} for cookie in jar])


def _note(complaints: list[str], message: ConsoleMessage) -> None:
    """A refused request (404, 422, a server that is down) is a case to test; anything else is a fault."""
    expected = ("Failed to load resource", "WebSocket connection to", "net::ERR_", "Failed to fetch")
    if message.type == "error" and not any(words in message.text for words in expected):
        complaints.append(message.text)


@pytest.fixture
def assert_accessible() -> Callable[[Page], None]:
    """Run axe on the page as it stands; any violation of WCAG 2.2 A or AA fails."""

    def check(page: Page) -> None:
        if page.evaluate("typeof axe") == "undefined":
            page.evaluate(AXE.read_text())
        found = page.evaluate(READ, WCAG)["violations"]
        faults = [
            f"{rule['id']}: {node['html'][:160]} ({rule['help']})" for rule in found for node in rule["nodes"]
        ]
        assert not faults, "\n".join([page.url, *faults])

    return check
