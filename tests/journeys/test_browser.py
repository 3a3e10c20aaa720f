"""The browser of the journeys itself."""

import os
import signal

import pytest

from tests import browsers

pytestmark = pytest.mark.browser


def test_a_browser_that_does_not_answer_is_ended_and_the_next_page_has_another(browser, monkeypatch):
    monkeypatch.setattr(browsers, "CLOSING_SECONDS", 1)
    context = browser.new_context()
    context.new_page()
    os.kill(browser.pid, signal.SIGSTOP)
    with pytest.warns(UserWarning, match="was ended"):
        browser.close_all([context])
    monkeypatch.undo()
    fresh = browser.new_context()
    assert fresh.new_page().evaluate("1 + 1") == 2
    browser.close_all([fresh])
