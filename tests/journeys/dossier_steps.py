"""A dossier from the first draft to its place in a commission, as its référent and the coordination do it."""

import re
from datetime import timedelta

from playwright.sync_api import Page, expect

from commission_app.core import clock

LAST_NAME = "Exemple-Garance"
QUESTION = "Quel hébergement stable, avec une garde dès 6 h 30, pour commencer le chantier ?"


def day(ago: int) -> str:
    """A past day as a date field takes it."""
    return (clock.today() - timedelta(days=ago)).isoformat()


def write_dossier(page: Page) -> tuple[str, str]:
    """Open a draft and write its seven parts; returns its address and its code."""
    page.goto("/dossiers")
    page.get_by_role("button", name="Ouvrir un dossier").click()
    page.wait_for_url(re.compile(r"/dossiers/[0-9a-f-]{36}$"))
    url = page.url
    code = re.search(r"[A-Z]{3}-\d{4}-\d{3}", page.get_by_role("heading", level=1).inner_text())
    assert code is not None
    for part, write in PARTS.items():
        page.goto(f"{url}/{part}")
        write(page)
        page.get_by_role("button", name="Enregistrer et continuer").last.click()
        page.wait_for_url(lambda there, part=part: not there.endswith(f"/{part}"))
    page.goto(url)
    expect(page.get_by_text("Vérifier et soumettre le dossier")).to_be_visible()
    return url, code.group()


def submit(page: Page, url: str) -> None:
    """Read everything again and send it to the coordination."""
    page.goto(f"{url}/verifier")
    expect(page.locator("main")).to_contain_text(QUESTION)
    page.get_by_role("button", name="Soumettre le dossier").click()
    expect(page.locator(".page-head")).to_contain_text("Soumis")


def ask_precision(page: Page, url: str) -> None:
    """The coordination sends the dossier back with one remark."""
    page.goto(f"{url}/precisions")
    page.locator("textarea").first.fill("Depuis quand cette étape dure-t-elle ?")
    page.get_by_role("button", name="Demander ces précisions").click()
    expect(page.locator(".page-head")).to_contain_text("À compléter")


def answer_precision(page: Page, url: str) -> None:
    """The référent answers and submits again."""
    page.goto(url)
    page.get_by_role("link", name="Répondre", exact=True).click()
    page.locator("textarea").fill("Depuis quatorze mois, pour six attendus.")
    page.get_by_role("button", name="Enregistrer la réponse").click()
    expect(page.locator(".flashes")).to_contain_text("réponse est enregistrée")
    submit(page, url)


def exchange_and_retain(page: Page, url: str) -> None:
    """The coordination talks with the référent, writes it down and keeps the dossier for a commission."""
    page.goto(url)
    page.get_by_role("button", name="Ouvrir l’échange").click()
    page.get_by_role("link", name="Noter l’échange").click()
    page.get_by_label("Jour").or_(page.locator("[name=held_on]")).first.fill(day(0))
    page.locator("[name=participants]").fill("Le référent d’étape et le CCAS")
    page.locator("[name=tried]").fill("Trois bailleurs appelés ensemble")
    page.locator("[name=outcome]").fill("La commission peut chercher plus loin")
    page.get_by_role("button", name="Noter l’échange").click()
    page.get_by_role("link", name="Retenir le dossier").click()
    page.get_by_role("button", name="Retenir le dossier").click()
    expect(page.locator(".page-head")).to_contain_text("Retenu")


def _frame(page: Page) -> None:
    page.locator("[name=contract]").select_option("cer")
    page.locator("[name=entered_on]").fill(day(500))
    page.locator("[name=step]").fill("Lever les freins")
    page.locator("[name=step_started_on]").fill(day(430))
    page.locator("[name=step_expected_months]").fill("6")


def _person(page: Page) -> None:
    page.locator("[name=last_name]").fill(LAST_NAME)
    page.locator("[name=first_name]").fill("Camille")
    page.locator("[name=age_band]").select_option("35-44")
    page.locator("[name=insee]").select_option("13004")
    page.locator("[name=household]").select_option("single_parent")
    page.locator("[name=info_given_on]").fill(day(3))
    page.locator("[name=agreed_on]").fill(day(2))


def _block(page: Page) -> None:
    page.locator("[name=fact_several_freins]").fill("Logement, garde et mobilité se bloquent l’un l’autre.")


def _diagnosis(page: Page) -> None:
    page.locator("[name=diagnosed_on]").fill(day(9))
    page.locator("[name=level_logement]").select_option("frein")
    page.locator("[name=note_logement]").fill("Quatre adresses en quatorze mois")
    page.locator("[name=level_garde_enfants]").select_option("frein")
    page.locator("[name=level_experience]").select_option("strength")
    page.locator("[name=level_place]").select_option("neutral")


def _parcours(page: Page) -> None:
    page.locator("[name=origin_who]").fill("CCAS")
    page.locator("[name=steps-0-action]").fill("Saison en maraîchage")
    page.locator("[name=steps-0-starts_on]").fill(day(600))


def _attempts(page: Page) -> None:
    page.locator("[name=attempts-0-what]").fill("Atelier budget")
    page.locator("[name=attempts-0-tried_on]").fill(day(100))
    page.locator("[name=no_outside_reason]").fill("La commission logement se réunit le mois prochain.")


def _question(page: Page) -> None:
    page.locator("[name=question]").fill(QUESTION)
    page.get_by_label("Logement", exact=True).check()
    page.locator("[name=minutes_needed]").fill("40")


PARTS = {
    "cadre": _frame,
    "personne": _person,
    "blocage": _block,
    "diagnostic": _diagnosis,
    "parcours": _parcours,
    "tentatives": _attempts,
    "question": _question,
}
