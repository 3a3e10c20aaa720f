"""What a visitor meets first."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [360, 1440])
def test_a_visitor_is_led_to_a_sign_in_page_that_everybody_can_use(new_page, assert_accessible, width):
    page = new_page(width=width)
    page.goto("/")
    expect(page).to_have_url(re.compile("/connexion"))
    expect(page.get_by_label("Adresse électronique")).to_be_visible()
    assert_accessible(page)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.tagName") == "A", "the first stop is the link to the content"
