"""The menu says where one is: each page stands behind one entry, and behind one only."""

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select

from commission_app.accounts.models import User
from commission_app.core.db import db
from tests.clients import signed_in
from tests.demo.crawl import crawl

PEOPLE = {
    "a coordinator": "Nora",
    "a référent": "Inès",
    "a member of the day under way": "Lou",
    "a pilot": "Anselme",
    "an administrator": "Zoé",
}
#: Where each room is found by whom has no entry of its own for it, in the order in which entries are tried.
ROOMS = {
    "": ["Accueil"],
    "actions": ["Actions"],
    "administration": ["Courriels"],
    "binomes": ["Binômes"],
    "commissions-existantes": ["Documents"],
    "comptes": ["Comptes"],
    "documents": ["Documents"],
    "dossiers": ["Dossiers", "Mes dossiers"],
    "fiches-relais": ["Dossiers", "Mes dossiers"],
    "indicateurs": ["Indicateurs"],
    "offres": ["Offres d’insertion"],
    "remontees": ["Remontées", "Actions"],
    "sessions": ["Sessions"],
    "situations-resolues": ["Situations résolues", "Documents"],
    "structures": ["Structures"],
    "territoires": ["Territoires"],
}
FOOT = {
    "/accessibilite": "Accessibilité",
    "/aide": "Aide",
    "/donnees-personnelles": "Données personnelles",
    "/lexique": "Lexique",
    "/mon-calendrier": "Mon calendrier",
    "/mon-compte": "Mon compte",
}


def entries(page):
    """The words of the menu, and those that say « you are here » in the menu and in the foot."""
    menu = [link.get_text(strip=True) for link in page.select("nav.mainnav a")]
    marked = page.select("nav.mainnav [aria-current], .footer [aria-current]")
    return menu, [link.get_text(strip=True) for link in marked]


def expected(path, menu):
    """The one entry behind which a page stands, or none."""
    if path in FOOT:
        return [FOOT[path]]
    return [label for label in ROOMS.get(path.split("/")[1], []) if label in menu][:1]


@pytest.mark.parametrize("first_name", PEOPLE.values(), ids=PEOPLE)
def test_every_page_says_behind_which_entry_it_stands(demo_app, first_name):
    person = db.session.scalars(select(User).where(User.first_name == first_name)).unique().one()
    client = signed_in(demo_app, person)
    faults, offered, shown = [], set(), set()
    for url in crawl(client, a_kind=1).pages:
        page = BeautifulSoup(client.get(url, follow_redirects=True).get_data(as_text=True), "html.parser")
        path = url.partition("?")[0]
        menu, here = entries(page)
        if menu and here != expected(path, menu):
            faults.append(f"{path}: {here}")
        offered.update(menu)
        shown.update(here)
    assert not faults, "\n".join(faults)
    assert len(offered) > 4
    assert offered <= shown
