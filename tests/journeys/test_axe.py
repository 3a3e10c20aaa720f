"""WCAG 2.2 AA on every kind of page that each role of the demonstration reaches; those read in a corridor are
looked at on a phone too."""

import pytest

from tests.demo.crawl import shape_of
from tests.journeys.rounds import faults_of, parts_of, round_of

pytestmark = pytest.mark.browser

ROLES = {
    "coordination": "Nora",
    "a référent": "Inès",
    "a member following live": "Lou",
    "a facilitator": "Rose",
    "a pilot": "Anselme",
    "an administrator": "Zoé",
}
ON_A_PHONE = {
    "/",
    "/actions",
    "/actions/*",
    "/binomes",
    "/dossiers",
    "/dossiers/*",
    "/dossiers/*/diagnostic",
    "/dossiers/*/question",
    "/offres",
    "/sessions",
    "/sessions/*",
    "/sessions/*/en-direct",
    "/sessions/*/ordre-du-jour",
    "/sessions/*/pupitre",
}


@pytest.fixture(scope="module")
def read_already():
    """The pages that axe has read in this run: another role's page of the same parts is not read again."""
    return set()


@pytest.mark.parametrize("first_name", ROLES.values(), ids=ROLES)
def test_no_page_of_a_role_stands_in_anybody_s_way(
    new_page, demo_person, assert_accessible, read_already, first_name
):
    page = new_page(demo_person(first_name))
    seen, faults = [], []
    for url in round_of(page):
        seen.append(url)
        kind = (shape_of(url), parts_of(page))
        widths = (1440, 360) if kind[0].partition("?")[0] in ON_A_PHONE else (1440,)
        if kind not in read_already:
            faults += [fault for width in widths for fault in faults_of(page, assert_accessible, width)]
        read_already.add(kind)
    assert len(seen) > 8
    assert not faults, "\n\n".join(faults)


@pytest.mark.parametrize("url", ["/connexion", "/mot-de-passe-oublie"])
def test_the_pages_of_visitors_neither(new_page, assert_accessible, url):
    page = new_page(width=360)
    page.goto(url)
    assert_accessible(page)
