"""Two facilitators write the notes of one point at once, in real browsers."""

import re

import pytest
from playwright.sync_api import expect

from commission_app.core.assets import DIST
from commission_app.core.db import db
from tests.databases import settle
from tests.sessions.day.scene import make_scene

pytestmark = pytest.mark.browser

#: The parts of the bundle that a page asks for when it needs them.
LOADED_LATER = {
    name
    for file in DIST.glob("*.js")
    for name in re.findall(r'import\("\./(shared-\w+\.js)"\)', file.read_text())
}


@pytest.fixture
def scene(app):
    made = make_scene()
    settle()
    return made


def editor(page):
    """The editor of the notes, once it has taken the place of the plain form."""
    place = page.get_by_role("textbox", name="Notes partagées, Dossier")
    expect(place).to_be_visible()
    return place


def kept(page):
    """The server has everything that was typed."""
    expect(page.get_by_text("Notes enregistrées, à plusieurs")).to_be_visible()


def stored(scene):
    settle()
    db.session.refresh(scene.first)
    text = scene.first.notes
    settle()
    return text


def test_two_write_at_once_and_see_where_the_other_is(scene, new_page, assert_accessible):
    desk = f"{scene.url}/pupitre"
    salome, yves = new_page(scene.salome), new_page(scene.yves)
    for page in (salome, yves):
        page.goto(desk)
    editor(salome).click()
    salome.keyboard.type("Élan à préciser : où ça ? ")
    expect(editor(yves)).to_contain_text("Élan à préciser : où ça ?")
    editor(yves).click()
    yves.keyboard.press("Control+End")
    for word in ("Noël ", "œuvre ", "😀 ", "ça "):
        yves.keyboard.type(word)
        salome.keyboard.type(word)
    expect(salome.locator(".other b")).to_contain_text("Yves")
    for page in (salome, yves):
        kept(page)
    assert sorted(stored(scene)) == sorted("Élan à préciser : où ça ? " + "Noël œuvre 😀 ça " * 2)
    salome.reload()
    expect(editor(salome)).to_contain_text("Élan à préciser")
    assert_accessible(salome)


def test_an_editor_that_the_network_kept_back_comes_with_the_next_line(app, scene, new_page):
    desk = f"{scene.url}/pupitre"
    salome = new_page(scene.salome)
    for name in LOADED_LATER:
        salome.route(f"**/{name}", lambda route: route.abort())
    with salome.expect_event("requestfailed", lambda asked: asked.url.rpartition("/")[2] in LOADED_LATER):
        salome.goto(desk)
    expect(salome.get_by_role("textbox", name="Notes partagées, Dossier")).to_be_hidden()
    expect(salome.get_by_role("button", name="Enregistrer les notes")).to_be_visible()
    salome.unroute_all()
    lines, *_ = app.extensions["commission_live"]
    for line in lines.all():
        app.extensions["commission_guard"].hang_up(line.engine_sid)
    editor(salome).click()
    salome.keyboard.type("Revenue.")
    kept(salome)


def test_a_dead_key_is_not_eaten_by_what_the_other_types(scene, new_page):
    desk = f"{scene.url}/pupitre"
    salome, yves = new_page(scene.salome), new_page(scene.yves)
    for page in (salome, yves):
        page.goto(desk)
    editor(salome).click()
    line = salome.context.new_cdp_session(salome)
    line.send("Input.imeSetComposition", {"text": "^", "selectionStart": 1, "selectionEnd": 1})
    editor(yves).click()
    yves.keyboard.type("Pendant ce temps. ")
    kept(yves)
    expect(editor(salome)).to_contain_text("Pendant ce temps.")
    line.send("Input.insertText", {"text": "ê"})
    salome.keyboard.type("tre")
    expect(editor(yves)).to_contain_text("être")
    kept(salome)
    assert sorted(stored(scene)) == sorted("Pendant ce temps. être")


def test_what_is_typed_without_a_line_is_said_kept_and_sent_on_return(scene, new_page):
    url = f"{scene.url}/pupitre"
    salome = new_page(scene.salome)
    salome.goto(url)
    editor(salome).click()
    salome.keyboard.type("Avant. ")
    kept(salome)
    salome.context.set_offline(True)
    salome.keyboard.type("Pendant la coupure. ")
    expect(salome.get_by_text("Non enregistré : la ligne est coupée")).to_be_visible(timeout=20_000)
    salome.context.set_offline(False)
    salome.keyboard.type("Après.")
    expect(salome.get_by_text("Notes enregistrées, à plusieurs")).to_be_visible(timeout=30_000)
    assert stored(scene) == "Avant. Pendant la coupure. Après."


def test_the_notes_follow_the_point_and_keep_what_was_typed(scene, new_page):
    url = f"{scene.url}/pupitre"
    salome = new_page(scene.salome)
    salome.goto(url)
    editor(salome).click()
    salome.keyboard.type("Du premier point.")
    kept(salome)
    salome.get_by_role("button", name="Point suivant").click()
    expect(salome.get_by_role("textbox", name="Notes partagées, Pause")).to_have_text("")
    assert stored(scene) == "Du premier point."


def test_without_scripts_the_plain_form_serves(scene, live_server, client_for, pages):
    url = f"{scene.url}/pupitre"
    salome = pages.open(live_server.url, client_for(scene.salome), java_script_enabled=False)
    salome.goto(url)
    expect(salome.get_by_role("textbox", name="Notes partagées")).to_be_editable()


def test_a_social_security_number_is_refused_while_one_types(scene, new_page):
    desk, page = f"{scene.url}/pupitre", new_page(scene.salome)
    page.goto(desk)
    editor(page).click()
    page.keyboard.type("Son numéro : 2850578006084")
    expect(page.locator("#notes [role=status]")).to_contain_text("Retirez le numéro de sécurité sociale")
    for _ in "2850578006084":
        page.keyboard.press("Backspace")
    page.keyboard.type("à demander ailleurs")
    kept(page)
    assert stored(scene) == "Son numéro : à demander ailleurs"
