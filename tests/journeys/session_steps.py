"""A session from the year's calendar to its published agenda, as the coordination prepares it."""

import re
from datetime import UTC, datetime
from email.message import EmailMessage
from urllib.parse import urlsplit

import icalendar
from playwright.sync_api import Page, expect

from commission_app.core import clock

NEW_ACTION = "Action nouvelle : navette de nuit"
OFFER = "Offre : auto-école solidaire"
ADDRESS = re.compile(r"https?://\S+/reponse/\S+")


def lay_out_year(page: Page) -> None:
    """Four dates for next year, read again, published."""
    page.goto(f"/sessions/annee/{clock.today().year + 1}")
    page.get_by_role("button", name="Retenir ces dates").click()
    page.get_by_role("link", name="Relire et publier").click()
    page.get_by_role("button", name="Publier le calendrier").click()
    expect(page.locator(".flashes")).to_contain_text("4")


def convene(page: Page, session_url: str) -> None:
    """Everybody who sits receives the convocation."""
    page.goto(f"{session_url}/convocations/relire")
    page.get_by_role("button", name="Convoquer", exact=True).click()
    expect(page.locator(".flashes")).to_contain_text("8")


def answer_path(mail: EmailMessage) -> str:
    """The personal address in a convocation, without its host."""
    text = mail.get_body(("plain",))
    assert text is not None
    found = ADDRESS.search(text.get_content())
    assert found is not None
    return urlsplit(found.group()).path


def calendar_entry(mail: EmailMessage) -> tuple[str, int, datetime, str]:
    """What the calendar of the addressee understands: the method, the number, the instant, for whom."""
    part = next(part for part in mail.walk() if part.get_content_type() == "text/calendar")
    calendar = icalendar.Calendar.from_ical(part.get_payload(decode=True))
    event = next(iter(calendar.walk("VEVENT")))
    addressee = str(event["ATTENDEE"]).removeprefix("mailto:")
    return str(calendar["METHOD"]), int(event["SEQUENCE"]), event.start.astimezone(UTC), addressee


def answer_by_link(page: Page, path: str) -> None:
    """Say by the link of the mail, without an account, that one comes and has lunch."""
    page.goto(path)
    page.locator("[name=answer][value=present]").check()
    page.get_by_role("button", name="Envoyer ma réponse").click()
    expect(page.locator(".flashes")).to_contain_text("réponse est enregistrée")


def compose_and_publish(page: Page, session_url: str, code: str) -> None:
    """The frame of the day, the situation that waits, two points more; then the first version."""
    page.goto(f"{session_url}/ordre-du-jour/composer")
    page.get_by_role("button", name="Commencer depuis le programme").click()
    page.get_by_role("button", name=f"Ajouter {code}").click()
    expect(page.locator("#journee")).to_contain_text(code)
    _add_point(page, "new_action", NEW_ACTION)
    _add_point(page, "offer", OFFER)
    page.goto(f"{session_url}/ordre-du-jour/publier")
    page.get_by_role("button", name="Publier la version 1").click()
    expect(page.locator("main")).to_contain_text(code)


def _add_point(page: Page, kind: str, title: str) -> None:
    page.locator("[name=kind]").select_option(kind)
    page.locator("[name=title]").fill(title)
    page.get_by_role("button", name="Ajouter le point").click()
    expect(page.locator("#journee")).to_contain_text(title)
