"""Following links in a real browser: one page of each kind, read by axe."""

import re
from collections.abc import Callable, Iterator

from playwright.sync_api import Error, Page

from tests.browsers import AXE
from tests.demo.crawl import NOT_PAGES, shape_of

FILES = re.compile(r"[./](pdf|docx|xlsx|csv|json|ics|eml)(\?|$)")
PARTS = """() => [...new Set([...document.querySelectorAll('body *')].map(one => [
  one.parentElement.tagName, one.tagName, one.className.baseVal ?? one.className, one.hidden,
  one.textContent.trim() === '', ...one.getAttributeNames().sort(),
].join(' ')))].sort().join('|')"""
LINKS = "links => links.map(link => link.getAttribute('href').split('#')[0])"


def round_of(page: Page, start: str = "/") -> Iterator[str]:
    """Open one page of each kind that links lead to; the page stands open while its address is looked at."""
    page.add_init_script(path=AXE)
    waiting, shapes = [(start, "")], {shape_of(start)}
    while waiting:
        url, source = waiting.pop(0)
        if not opens(page, url, source):
            continue
        yield url
        for target in page.eval_on_selector_all("a[href^='/']", LINKS):
            if not is_new(target, shapes):
                continue
            shapes.add(shape_of(target))
            waiting.append((target, url))


def opens(page: Page, url: str, source: str) -> bool:
    """Go there; a file that is downloaded is no page, and a link that leads nowhere is a fault."""
    try:
        answer = page.goto(url)
    except Error as error:
        if "Download is starting" in error.message:
            return False
        raise
    status = answer.status if answer else 0
    assert status == 200, f"{url}, a link of {source}, answers {status}"
    return True


def is_new(target: str, shapes: set[str]) -> bool:
    """Whether it leads to a page of a kind not met yet."""
    is_page = bool(target) and not FILES.search(target) and not target.startswith(NOT_PAGES)
    return is_page and shape_of(target) not in shapes


def parts_of(page: Page) -> int:
    """What a page is built of, whatever its words: two pages of the same parts have the same faults."""
    return hash(page.evaluate(PARTS))


def faults_of(page: Page, assert_accessible: Callable[[Page], None], width: int) -> list[str]:
    """What axe finds at a width."""
    page.set_viewport_size({"width": width, "height": 900})
    try:
        assert_accessible(page)
    except AssertionError as found:
        return [f"{width} px: {found}"]
    return []
