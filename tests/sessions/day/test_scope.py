"""The agreement's scope by structure binds everything that the people of a day read."""

from io import BytesIO

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from commission_app.core import clock
from commission_app.core.db import db
from commission_app.dossiers.agreement.models import SharingAgreement
from commission_app.sessions.agenda.publication.services import publish_agenda
from commission_app.sessions.day.fragments import Audience, fragments_of
from commission_app.sessions.day.snapshot import live_view
from tests.sessions.day.scene import make_scene

QUESTION = "Quel hébergement stable ?"


@pytest.fixture
def scene(app):
    """The agreement on the first situation covers the structure of Salomé and Léonie, not that of Yves and
    Hugo."""
    scene = make_scene()
    publish_agenda(scene.ines, scene.day, after=0)
    agreement(scene).scope = [str(scene.ccas.id)]
    db.session.flush()
    return scene


def agreement(scene):
    """The agreement behind the point under way."""
    query = select(SharingAgreement).where(SharingAgreement.dossier_id == scene.first.dossier_id)
    return db.session.scalars(query).one()


def text_of(answer):
    """The words of a PDF."""
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(answer.data)).pages)
    return " ".join(text.split())


def test_the_presentation_opens_to_the_structures_named_alone(scene, client_for):
    url = f"{scene.url}/points/{scene.first.id}/presentation"
    statuses = {
        name: client_for(getattr(scene, name)).get(url).status_code
        for name in ("leonie", "salome", "hugo", "yves", "ines", "referent")
    }
    assert statuses == {"leonie": 200, "salome": 200, "hugo": 404, "yves": 404, "ines": 200, "referent": 200}


def test_the_agenda_and_its_pdf_hide_the_question_from_the_others(scene, client_for):
    url = f"{scene.url}/ordre-du-jour"
    leonie, hugo = client_for(scene.leonie), client_for(scene.hugo)
    hugo.forbidden = {QUESTION}
    assert QUESTION in leonie.get(url).text
    hugo.get(url)
    assert QUESTION in text_of(leonie.get(f"{url}.pdf"))
    assert QUESTION not in text_of(hugo.get(f"{url}.pdf"))


def test_the_paper_pack_of_a_facilitator_holds_what_the_structure_may_read(scene, client_for):
    url = f"{scene.url}/dossier-papier.pdf"
    assert QUESTION in text_of(client_for(scene.salome).get(url))
    assert QUESTION not in text_of(client_for(scene.yves).get(url))


@pytest.mark.parametrize("audience", Audience)
def test_live_pages_that_serve_everybody_do_not_carry_it(scene, audience):
    shown = "".join(fragments_of(live_view(scene.day.id), audience).values())
    assert QUESTION not in shown
    assert scene.first.dossier.code in shown


def test_each_is_led_to_the_own_reading(scene, client_for):
    page = client_for(scene.hugo).get(f"{scene.url}/en-direct").text
    assert "Situation réservée" in page
    assert QUESTION not in page


@pytest.mark.parametrize("audience", Audience)
def test_a_scope_that_names_everybody_there_shows_it(scene, audience):
    agreement(scene).scope = [str(scene.ccas.id), str(scene.hugo.structure_id)]
    assert QUESTION in "".join(fragments_of(live_view(scene.day.id), audience).values())


def test_an_agreement_that_is_over_shows_nothing(scene):
    given = agreement(scene)
    given.scope = []
    assert live_view(scene.day.id).current.situation.question == QUESTION
    given.withdrawn_at = clock.now()
    current = live_view(scene.day.id).current
    assert (current.situation, current.is_reserved) == (None, True)
