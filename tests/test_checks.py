"""The check that guards every answer must itself see what is wrong."""

import pytest

from tests.checks import check_html

PAGE = '<!doctype html><html lang="fr"><head><title>T</title></head><body><h1>A</h1>{}</body></html>'


def test_a_sound_page_and_a_sound_fragment_pass():
    check_html(PAGE.format("<p>oui</p>"))
    check_html('<li id="a">oui</li>')


@pytest.mark.parametrize(
    "html",
    [
        PAGE.format("<h1>B</h1>"),
        PAGE.format('<p id="a"></p><p id="a"></p>'),
        PAGE.format("<p><div></div></p>"),
        PAGE.format('<p style="color:red">x</p>'),
        PAGE.format('<button onclick="x()">x</button>'),
        PAGE.format("<script>x()</script>"),
        PAGE.replace('lang="fr"', 'lang="en"').format(""),
        PAGE.replace("<title>T</title>", "").format(""),
        '<li id="a">un</li><li id="a">deux</li>',
    ],
)
def test_what_is_wrong_is_seen(html):
    with pytest.raises(AssertionError):
        check_html(html)


@pytest.mark.browser
def test_the_check_of_accessibility_sees_a_picture_without_words(new_page, assert_accessible):
    page = new_page()
    page.set_content('<html lang="fr"><title>T</title><main><h1>A</h1><img src="data:,"></main></html>')
    with pytest.raises(AssertionError, match="image-alt"):
        assert_accessible(page)
