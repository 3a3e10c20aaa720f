"""WCAG 2.2 AA on every kind of page that each role of the demonstration reaches, on a phone and on a desk."""

import pytest

from tests.clients import signed_in
from tests.demo.crawl import crawl

pytestmark = pytest.mark.browser

ROLES = {
    "coordination": "Nora",
    "a référent": "Inès",
    "a member following live": "Lou",
    "a facilitator": "Rose",
    "a pilot": "Anselme",
    "an administrator": "Zoé",
}


@pytest.mark.parametrize("first_name", ROLES.values(), ids=ROLES)
def test_no_page_of_a_role_stands_in_anybody_s_way(app, new_page, demo_person, assert_accessible, first_name):
    person = demo_person(first_name)
    pages = crawl(signed_in(app, person), a_kind=1).pages
    page = new_page(person)
    faults = []
    for url in pages:
        page.goto(url)
        try:
            assert_accessible(page)
        except AssertionError as found:
            faults.append(str(found))
    assert len(pages) > 8
    assert not faults, "\n\n".join(faults)


@pytest.mark.parametrize("url", ["/connexion", "/mot-de-passe-oublie"])
def test_the_pages_of_visitors_neither(new_page, assert_accessible, url):
    page = new_page(width=360)
    page.goto(url)
    assert_accessible(page)
