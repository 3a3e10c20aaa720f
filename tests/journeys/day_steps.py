"""The day itself: two facilitators, the people who follow, the room screen."""

import re
from datetime import timedelta

from playwright.sync_api import Page, expect

from commission_app.core import clock

SOON = (clock.today() + timedelta(days=20)).isoformat()


def show_screen(desk: Page, screen: Page, session_url: str) -> None:
    """A facilitator makes the link of the room screen; the computer of the projector opens it."""
    desk.goto(f"{session_url}/ecran")
    desk.get_by_role("button", name="Faire un nouveau lien").click()
    address = desk.locator("[data-copy-target=source]").inner_text()
    screen.goto("/" + address.split("/", 3)[3])
    desk.goto(f"{session_url}/pupitre")


def open_point(desk: Page, name: str) -> None:
    """Make a point the current one, from the order of the day."""
    desk.locator("#ordre-du-jour").get_by_role("button", name=re.compile(re.escape(name))).click()
    expect(desk.locator("#ordre-du-jour [aria-current=step]")).to_contain_text(name)


def write_and_read_back(desk: Page, *, kind: str, text: str, who: str = "", offer: str = "") -> None:
    """Write a decision and show it on every screen."""
    form = desk.locator("#decision form").first
    form.locator("[name=kind]").select_option(kind)
    form.locator("[name=text]").fill(text)
    if offer:
        form.locator("[name=offer_name]").fill(offer)
    if who:
        form.locator("[name=structure_id]").select_option(label=who)
        form.locator("[name=due_on]").fill(SOON)
    form.get_by_role("button", name="Relire à la commission").click()
    expect(desk.locator("#relue .said")).to_have_text(text)


def record(desk: Page, text: str) -> None:
    """« Acter »: from now on the decision does not go away."""
    desk.get_by_role("button", name="Acter la décision").click()
    expect(desk.locator("#decisions-du-jour")).to_contain_text(text)


def agree(member: Page, text: str) -> None:
    """Say « d'accord » of the decision being read."""
    expect(member.locator("#relecture .said")).to_have_text(text)
    member.get_by_role("button", name="D’accord").click()


def reserve(member: Page, words: str) -> None:
    """Say a reservation in a few words."""
    member.get_by_role("button", name="Réserve", exact=True).click()
    member.get_by_label("Votre réserve en quelques mots").fill(words)
    member.get_by_role("button", name="Dire ma réserve").click()


def postpone(desk: Page, reason: str) -> None:
    """Put the point under way off, to the first session offered."""
    desk.get_by_role("link", name="Reporter le point").click()
    desk.locator("[name=reason]").fill(reason)
    desk.get_by_role("button", name="Reporter le point").click()
    expect(desk.locator("#ordre-du-jour")).to_contain_text("reporté")


def close(desk: Page) -> None:
    """Read what stays without a decision, then end the day."""
    desk.get_by_role("link", name="Clore la journée").click()
    desk.get_by_role("button", name="Clore la journée").click()
