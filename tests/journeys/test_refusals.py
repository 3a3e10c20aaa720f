"""What is refused is said in a clear sentence with what to do next, and nothing typed is lost."""

import re

import pytest
from playwright.sync_api import expect

from commission_app.core import clock
from commission_app.core.db import db
from commission_app.core.events import record
from commission_app.core.outbox import run_due
from commission_app.sessions.agenda.models import AgendaItem
from commission_app.sessions.day.notes.queries import print_of
from commission_app.sessions.day.notes.services import save_notes
from commission_app.sessions.day.services import close_day, open_next
from tests.databases import settle
from tests.factories import make_dossier
from tests.journeys.live_pages import expect_line, screen_path
from tests.sessions.day.scene import make_scene, outsider

pytestmark = pytest.mark.browser

ABSENT = "Cette page n’existe pas, ou vous n’y avez pas accès."
NIR = "1 85 05 78 006 084 91"


@pytest.fixture
def scene(app):
    return make_scene()


@pytest.fixture
def url(scene):
    """Where the day is; read once, so that the test holds no transaction while the server writes."""
    return scene.url


@pytest.fixture
def silent(new_page):
    """Open a page on which the socket never comes: it does not hear what others do."""

    def open_for(user, path):
        page = new_page(user)
        page.route("**/socket.io/**", lambda route: route.abort())
        page.route_web_socket("**/socket.io/**", lambda socket: socket.close())
        page.goto(path)
        return page

    return open_for


def expect_refused(page, words, *, leads_to="Aller à l’accueil"):
    expect(page.locator("main")).to_contain_text(words)
    expect(page.get_by_role("link", name=leads_to).first).to_be_visible()


def test_whoever_has_no_business_there_finds_nothing_and_the_way_home(scene, url, new_page):
    draft = make_dossier(scene.referent, scene.territory)
    stranger = outsider()
    draft_url = f"/dossiers/{draft.id}"
    settle()
    visits = {
        "another territory": (stranger, f"{url}/en-direct"),
        "a member at the desk": (scene.leonie, f"{url}/pupitre"),
        "a member at a draft": (scene.hugo, draft_url),
        "a member at an identity": (scene.hugo, f"{draft_url}/personne"),
        "a coordination at the accounts": (scene.ines, "/comptes"),
    }
    for who, (user, path) in visits.items():
        page = new_page(user)
        answer = page.goto(path)
        assert answer.status in (403, 404), who
        expect_refused(page, ABSENT if answer.status == 404 else "droit")
        page.get_by_role("link", name="Aller à l’accueil").click()
        expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_who_is_not_signed_in_is_led_to_the_page_after_signing_in(scene, url, new_page):
    page = new_page()
    page.goto(f"{url}/en-direct")
    expect(page).to_have_url(re.compile(r"/connexion\?suite="))
    expect(page.locator("[name=suite]")).to_have_value(f"{url}/en-direct")


def test_a_point_that_moved_on_is_said_on_the_desk_and_what_is_typed_stays(scene, url, silent):
    page = silent(scene.salome, f"{url}/pupitre")
    page.get_by_label("Ce qui est décidé").fill("Un logement relais")
    open_next(scene.salome, scene.day, seen_id=scene.first.id)
    settle()
    page.get_by_role("button", name="Point suivant").click()
    expect(page.locator("#refusal")).to_contain_text("Le point en cours a déjà changé")
    expect(page.get_by_label("Ce qui est décidé")).to_have_value("Un logement relais")


def test_a_day_closed_meanwhile_is_not_closed_twice(scene, url, silent):
    page = silent(scene.salome, f"{url}/clore")
    close_day(scene.salome, scene.day, undecided_count=2)
    settle()
    page.get_by_role("button", name="Clore la journée").click()
    expect_refused(page, "journée")
    expect(page.locator("main")).not_to_contain_text("Une erreur est survenue")


def test_notes_of_two_are_shown_both_and_the_next_save_decides(scene, url, silent, assert_accessible):
    page = silent(scene.salome, f"{url}/pupitre")
    item_id = scene.first.id
    save_notes(scene.yves, scene.day, scene.first, text="Texte d’Yves", seen=print_of(""))
    settle()
    page.get_by_role("textbox", name="Notes partagées").press_sequentially("Texte de Salomé")
    page.get_by_role("button", name="Enregistrer les notes").click()
    expect(page.locator("#notes .conflict")).to_contain_text("Texte d’Yves")
    expect(page.get_by_role("textbox", name="Notes partagées")).to_have_value("Texte de Salomé")
    assert_accessible(page)
    page.get_by_role("textbox", name="Notes partagées").fill("Texte d’Yves, puis de Salomé")
    page.get_by_role("button", name="Enregistrer les notes").click()
    expect(page.locator("#notes .conflict")).to_have_count(0)
    settle()
    assert db.session.get_one(AgendaItem, item_id).notes == "Texte d’Yves, puis de Salomé"
    settle()


def test_a_number_of_social_security_is_refused_and_the_words_stay(scene, new_page, assert_accessible):
    draft = make_dossier(scene.referent, scene.territory, question="")
    path = f"/dossiers/{draft.id}/question"
    settle()
    page = new_page(scene.referent)
    page.goto(path)
    page.locator("[name=question]").fill(f"Quel logement pour {NIR} ?")
    page.locator("[name=minutes_needed]").fill("9999")
    page.get_by_role("button", name="Enregistrer et continuer").last.click()
    summary = page.locator(".errors")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text("Retirez le numéro de sécurité sociale")
    expect(page.locator("[name=question]")).to_have_value(f"Quel logement pour {NIR} ?")
    expect(page.locator("[name=minutes_needed]")).to_have_value("9999")
    summary.get_by_role("link").first.click()
    expect(page.locator("[name=question]")).to_be_focused()
    assert_accessible(page)


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/reponse/perdu", "Demandez-en un nouveau"),
        ("/invitation/perdu", "Demandez-en un nouveau"),
        ("/mot-de-passe/perdu", "Demandez-en un nouveau"),
        ("/action/perdu", "Demandez-en un nouveau"),
        ("/invite/perdu", "Demandez un nouveau lien"),
        ("/ecran/perdu", "Demandez un nouveau lien"),
    ],
)
def test_a_link_that_opens_nothing_says_where_to_get_another(new_page, assert_accessible, path, words):
    page = new_page(width=360)
    page.goto(path)
    expect(page.locator("main")).to_contain_text(words)
    assert_accessible(page)


def test_an_invitation_too_old_says_so(scene, new_page, mails):
    with clock.frozen(clock.now().replace(year=clock.now().year - 1)):
        record(None, "account_invited", scene.hugo)
        settle()
        run_due()
    text = mails[-1].get_body(("plain",)).get_content()
    path = re.search(r"http://localhost(/invitation/[\w-]+)", text)[1]
    page = new_page()
    page.goto(path)
    expect_refused(page, "son délai est passé")


def test_a_screen_whose_link_is_withdrawn_shows_nothing_more(scene, url, new_page):
    path = screen_path(scene)
    screen, desk = new_page(), new_page(scene.salome)
    screen.goto(path)
    expect(screen.locator("#salle-point")).to_contain_text("Quel hébergement stable")
    desk.goto(f"{url}/pupitre")
    expect_line(desk, "on")
    desk.goto(f"{url}/ecran")
    desk.get_by_role("button", name=re.compile("Retirer")).click()
    expect(screen.locator("main")).to_contain_text("Cet écran n’est relié à aucune session")
    expect(screen.locator("body")).not_to_contain_text("Quel hébergement stable")
