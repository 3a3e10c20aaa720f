"""The pages of a live day as somebody sees them: on line or not, and the same as a page freshly opened."""

from playwright.sync_api import Page, expect

from commission_app.sessions.day.fragments import FRAGMENTS, Audience
from commission_app.sessions.day.room.services import create_screen_link
from tests.databases import settle
from tests.servers import until
from tests.sessions.day.scene import Scene

CLOCKS = {"horloge", "salle-pied", "salle-haut"}  # drawn by the browser each second
EDITED = {"notes"}  # an editor of its own, which says where others are
PATHS = {Audience.FACILITATION: "pupitre", Audience.MEMBERS: "en-direct"}
WORDS = """names => Object.fromEntries(names.map(name => {
  const copy = document.getElementById(name).cloneNode(true);
  copy.querySelectorAll('[data-clock-target]').forEach(one => one.remove());
  return [name, copy.textContent.replace(/\\s+/g, ' ').trim()];
}))"""


def screen_path(scene: Scene) -> str:
    """The address that the computer of the projector opens."""
    token = create_screen_link(scene.salome, scene.day)
    settle()
    return f"/ecran/{token}"


def words_of(page: Page, audience: Audience) -> dict[str, str]:
    """What each live fragment says, without the clocks and the editor of the notes."""
    names = [name for name in FRAGMENTS[audience] if name not in CLOCKS | EDITED]
    found: dict[str, str] = page.evaluate(WORDS, names)
    return found


def expect_same_as_fresh(page: Page, audience: Audience) -> None:
    """What stands on the page is what a page opened shows now; a failure says where they differ."""
    fresh = page.context.new_page()
    fresh.goto(page.url)
    here, there = words_of(page, audience), words_of(fresh, audience)

    def is_same() -> bool:
        here.update(words_of(page, audience))
        there.update(words_of(fresh, audience))
        return here == there

    try:
        until(is_same, f"what {page.url} shows afresh")
    finally:
        for name in (name for name in here if here[name] != there[name]):
            print(f"#{name} says « {here[name]} », afresh « {there[name]} »")
    fresh.close()


def expect_line(page: Page, state: str) -> None:
    """The page says how its line is: on, wait or off."""
    expect(page.locator(f"[data-connection-target=state][data-state={state}]").first).to_be_visible()
