"""A person who has a keyboard and nothing else, and who must always see where the focus is."""

from datetime import date
from typing import Any

from playwright.sync_api import ElementHandle, Locator, Page, expect

from tests.servers import until

SEEN = """target => {
  const element = document.activeElement;
  if (!element || element === document.body) return { isLost: true };
  const box = element.getBoundingClientRect(), style = getComputedStyle(element);
  const middle = [box.left + box.width / 2, box.top + Math.min(box.height, innerHeight) / 2];
  const corners = [[box.left + 4, box.top + 4], [box.right - 4, box.top + 4], [box.left + 4, box.bottom - 4]];
  const isOnTop = [middle, ...corners].some(([x, y]) => {
    const top = document.elementFromPoint(x, y);
    return top && (element.contains(top) || top.contains(element));
  });
  return {
    where: element.outerHTML.slice(0, 160),
    isRinged: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
    isOnTop: isOnTop && box.width > 2 && box.height > 2,
    isThere: element === target,
  };
}"""
PLACE = """target => {
  const active = document.activeElement;
  if (active === target) return 'here';
  return active.compareDocumentPosition(target) & Node.DOCUMENT_POSITION_PRECEDING ? 'before' : 'after';
}"""
MOST_STOPS = 250
SOME_STOPS = 4  # then one looks again on which side the target stands: a page under way may have changed


class Keyboard:
    """Tab, Shift+Tab, Enter, Space, the arrows and letters, on one page."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def expect_seen(self, target: ElementHandle | None = None) -> bool:
        """Something of the page has the focus, is ringed, and stands in sight; whether it is the target.

        While an answer is put in place the focus may be nowhere for an instant: it comes back by itself.
        """
        seen: dict[str, Any] = self.page.evaluate(SEEN, target)
        if seen.get("isLost"):
            until(lambda: not self.page.evaluate(SEEN, target).get("isLost"), "the focus")
            seen = self.page.evaluate(SEEN, target)
        assert seen["isRinged"], f"no ring: {seen['where']}"
        assert seen["isOnTop"], f"out of sight: {seen['where']}"
        return bool(seen["isThere"])

    def press(self, key: str) -> None:
        """One key, without looking."""
        self.page.keyboard.press(key)

    def reach(self, target: Locator) -> None:
        """Go to a control stop by stop, backwards when it stands before; the focus is seen at each."""
        expect(target).to_be_visible()
        for _ in range(MOST_STOPS):
            place = target.evaluate(PLACE)
            if place == "here":
                return
            if self._walk(target, "Shift+Tab" if place == "before" else "Tab"):
                return
        raise AssertionError(f"{target} is not reached")

    def _walk(self, target: Locator, key: str) -> bool:
        """Some stops in one direction; whether they led there."""
        element = target.element_handle()
        for _ in range(SOME_STOPS):
            self.press(key)
            if self.expect_seen(element):
                return True
        return False

    def use(self, target: Locator, key: str = "Enter") -> None:
        """Go to a button or a link and press it."""
        self.reach(target)
        self.press(key)

    def write(self, target: Locator, text: str) -> None:
        """Go to a field and type in it."""
        self.reach(target)
        self.page.keyboard.type(text)
        expect(target).to_have_value(text)

    def choose(self, target: Locator, value: str) -> None:
        """Go to a list, to its top, and down to a choice."""
        self.reach(target)
        self.press("Home")
        for _ in range(MOST_STOPS):
            if target.input_value() == value:
                return
            self.press("ArrowDown")
        raise AssertionError(f"{value} is not among the choices")

    def date(self, target: Locator, day: date) -> None:
        """Go to a date and type its figures. Whether the month comes first depends on the machine: the day
        given has the same number as its month."""
        assert day.day == day.month
        self.reach(target)
        self.page.keyboard.type(f"{day:%d%m%Y}")
        expect(target).to_have_value(day.isoformat())

    def skip(self) -> None:
        """The first stop of a page leads past its menu."""
        self.press("Tab")
        self.expect_seen()
        expect(self.page.locator(":focus")).to_have_class("skip")
        self.press("Enter")
        self.press("Tab")
        self.expect_seen()
        assert self.page.evaluate("document.querySelector('main').contains(document.activeElement)")


def same_figures(before: date, *, least_days: int = 1) -> date:
    """The last day before a date that bears the number of its month: 10 October, 5 May."""
    days = [date(before.year - back, month, month) for back in range(3) for month in range(1, 13)]
    return max(day for day in days if (before - day).days >= least_days)
