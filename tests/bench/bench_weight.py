"""What the first page of a signed-in person weighs over the wire, everything included."""

from typing import Any

from playwright.sync_api import Page, sync_playwright

from tests.bench.harness import Reading, Run, bench
from tests.browsers import launch


@bench("page.weight", goal=120, unit="kB")
def page_weight(run: Run) -> Reading:
    """Bytes as received, headers and compression included, by a browser with an empty cache."""
    server = run.demo_server()
    with sync_playwright() as playwright:
        context = launch(playwright).new_context(base_url=server.url)
        page = context.new_page()
        page.goto("/demo")
        page.locator("main form button[type=submit]").first.click()
        page.wait_for_load_state("networkidle")
        return Reading(bytes_received(page, "/") / 1000)


def bytes_received(page: Page, url: str) -> float:
    """Load a page with nothing cached and add up what came."""
    received: list[float] = []

    def note(event: dict[str, Any]) -> None:
        received.append(event["encodedDataLength"])

    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.send("Network.clearBrowserCache")
    wire.on("Network.loadingFinished", note)
    page.goto(url)
    page.wait_for_load_state("networkidle")
    return sum(received)
