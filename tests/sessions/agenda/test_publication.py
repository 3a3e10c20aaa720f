"""What a publication freezes, whom it reaches, what each reader may open."""

import uuid
from datetime import datetime
from io import BytesIO

import pytest
from bs4 import BeautifulSoup
from pypdf import PdfReader
from sqlalchemy import select

from commission_app.accounts.states import Role
from commission_app.core import clock
from commission_app.core.db import db
from commission_app.core.french import short_moment
from commission_app.core.outbox import run_due
from commission_app.dossiers.agreement.models import SharingAgreement
from commission_app.dossiers.models import Person
from commission_app.sessions.agenda.models import AgendaItem, AgendaVersion, WrittenOpinion
from commission_app.sessions.agenda.queries import items_of
from commission_app.sessions.agenda.services import postpone_item
from commission_app.sessions.states import Answer, ItemKind, ItemState
from tests.factories import (
    make_binome,
    make_invitation,
    make_item,
    make_session,
    make_structure,
    make_user,
)

from .conftest import Stage


@pytest.fixture
def published(stage: Stage, client_for) -> Stage:
    """The day of the stage with its two dossiers placed and version 1 published."""
    nora = client_for(stage.nora)
    nora.submit(f"{stage.base}/ordre-du-jour/commencer", page=f"{stage.base}/ordre-du-jour/composer")
    for dossier in stage.dossiers:
        nora.submit(f"{stage.base}/ordre-du-jour/dossiers/{dossier.id}")
    answer = nora.submit(f"{stage.base}/ordre-du-jour/publier", {"after": 0})
    assert answer.status_code == 303
    db.session.expire_all()
    return stage


def item_of(stage: Stage, number: int = 0) -> AgendaItem:
    """The point of one of the two dossiers."""
    return next(item for item in items_of(stage.day) if item.dossier_id == stage.dossiers[number].id)


def presentation(stage: Stage, number: int = 0) -> str:
    """The address of a shared presentation."""
    return f"{stage.base}/points/{item_of(stage, number).id}/presentation"


def text_of(pdf: bytes) -> str:
    """The words of a PDF."""
    return " ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


def agreement_of(stage: Stage, number: int = 0) -> SharingAgreement:
    """The agreement behind a dossier."""
    query = select(SharingAgreement).where(SharingAgreement.dossier_id == stage.dossiers[number].id)
    return db.session.scalars(query).one()


def test_before_publishing_one_reads_what_happens_to_whom(stage, client_for):
    nora = client_for(stage.nora)
    nora.submit(f"{stage.base}/ordre-du-jour/commencer", page=f"{stage.base}/ordre-du-jour/composer")
    text = nora.get(f"{stage.base}/ordre-du-jour/publier").get_data(as_text=True)
    assert "2\u00a0personnes de 2\u00a0structures" in text
    assert "publier une nouvelle version" in text


def test_publishing_writes_to_everybody_and_gives_the_presenter_the_hour(published, mails):
    run_due()
    told = {
        str(mail["To"]): mail.get_body(("plain",)).get_content()
        for mail in mails
        if "Ordre du jour" in mail["Subject"]
    }
    assert set(told) == {published.amina.email, published.bruno.email, published.claire.email}
    assert "9 h 35 à 10 h 15" in told[published.claire.email].replace("\u00a0", " ")
    assert published.dossiers[0].code not in "".join(told.values())


def test_a_version_does_not_move_with_the_composer(published, client_for):
    nora = client_for(published.nora)
    item = item_of(published)
    url = f"{published.base}/points/{item.id}/duree"
    nora.submit(
        url, {"minutes": 20, "version": item.version}, page=f"{published.base}/ordre-du-jour/composer"
    )
    page = client_for(published.amina).get(f"{published.base}/ordre-du-jour").get_data(as_text=True)
    lengths = [span.get_text() for span in BeautifulSoup(page, "html.parser").select(".agenda-hours .muted")]
    assert lengths.count("40\u00a0min") == 2


def test_a_later_change_is_a_new_version_with_what_changed(published, client_for):
    nora = client_for(published.nora)
    item = item_of(published)
    nora.submit(
        f"{published.base}/points/{item.id}/duree",
        {"minutes": 20, "version": item.version},
        page=f"{published.base}/ordre-du-jour/composer",
    )
    assert nora.submit(f"{published.base}/ordre-du-jour/publier", {"after": 0}).status_code == 409
    assert nora.submit(f"{published.base}/ordre-du-jour/publier", {"after": 1}).status_code == 303
    latest = db.session.scalars(select(AgendaVersion).order_by(AgendaVersion.number.desc())).first()
    assert latest is not None
    assert latest.number == 2
    assert any("20\u00a0min au lieu de 40\u00a0min" in change for change in latest.changes)
    page = client_for(published.amina).get(f"{published.base}/ordre-du-jour").get_data(as_text=True)
    assert "Ce qui a changé depuis la version 1" in page


def test_nothing_changed_is_nothing_to_publish(published, client_for):
    nora = client_for(published.nora)
    answer = nora.submit(
        f"{published.base}/ordre-du-jour/publier",
        {"after": 1},
        page=f"{published.base}/ordre-du-jour/publier",
    )
    assert answer.status_code == 409


def test_readers_see_where_they_are_expected_and_what_is_asked(published, client_for):
    page = client_for(published.amina).get(f"{published.base}/ordre-du-jour").get_data(as_text=True)
    tree = BeautifulSoup(page, "html.parser")
    points = {li.find(class_="agenda-name").a.get_text(): li for li in tree.select(".agenda-point") if li.a}
    first, second = (points[f"Dossier {dossier.code}"] for dossier in published.dossiers)
    assert "Votre structure est attendue" in first.get_text()
    assert "Votre structure est attendue" not in second.get_text()
    assert "Quelle solution d’hébergement ?" in first.get_text()


def test_who_is_not_invited_reads_no_agenda(published, client_for):
    stranger = make_user(
        "Zoé", Role.PARTICIPANT, published.territory, make_structure("", published.territory)
    )
    client = client_for(stranger)
    assert client.get(f"{published.base}/ordre-du-jour").status_code == 404
    assert client.get(presentation(published)).status_code == 404


def test_the_presentation_opens_for_who_is_invited(published, client_for):
    client = client_for(published.amina)
    client.forbidden = {db.session.get(Person, published.dossiers[0].id).last_name}
    answer = client.get(presentation(published))
    assert answer.status_code == 200
    assert "Quelle solution d’hébergement ?" in answer.get_data(as_text=True)


def test_the_presentation_says_when_it_comes_and_which_structure_is_awaited(published, client_for):
    starts = next(
        point["starts"]
        for point in db.session.scalars(select(AgendaVersion)).one().content
        if point["item_id"] == str(item_of(published).id)
    )
    shown = client_for(published.amina).get(presentation(published)).get_data(as_text=True)
    assert f"Inscrit le {short_moment(datetime.fromisoformat(starts))}" in shown
    assert "Votre structure est attendue" in shown
    assert "<b>formation</b>" in shown
    assert "Votre structure est attendue" not in client_for(published.bruno).get(presentation(published)).text


def test_the_scope_of_the_agreement_is_kept(published, client_for):
    agreement_of(published).scope = [str(published.amina.structure_id)]
    assert client_for(published.amina).get(presentation(published)).status_code == 200
    assert client_for(published.bruno).get(presentation(published)).status_code == 404
    assert client_for(published.nora).get(presentation(published)).status_code == 200


def test_a_withdrawn_agreement_closes_the_presentation_and_hides_the_code(published, client_for):
    agreement_of(published).withdrawn_at = clock.now()
    for person in (published.amina, published.nora, published.claire):
        assert client_for(person).get(presentation(published)).status_code == 404
    page = client_for(published.amina).get(f"{published.base}/ordre-du-jour").get_data(as_text=True)
    assert published.dossiers[0].code not in page
    assert "Cette situation ne sera pas présentée." in page


def test_a_point_not_published_yet_opens_for_the_facilitators_alone(published, client_for):
    late = make_item(published.day, dossier=published.dossiers[0], position=30)
    url = f"{published.base}/points/{late.id}/presentation"
    assert client_for(published.amina).get(url).status_code == 200
    outsider = make_user("Inès", Role.PARTICIPANT, published.territory, published.health)
    make_invitation(published.day, outsider)
    assert client_for(outsider).get(url).status_code == 404


def test_a_written_opinion_stands_for_an_absent_structure(published, client_for):
    housing = make_structure("Agence du logement", published.territory)
    absent = make_user("Lou", Role.PARTICIPANT, published.territory, housing)
    make_binome(published.territory, housing, technicien=absent, competences=("logement",))
    make_invitation(published.day, absent, answer=Answer.ABSENT)
    lou = client_for(absent)
    url = presentation(published, 1).replace("/presentation", "/avis")
    assert lou.submit(url, {"text": ""}, page=presentation(published, 1)).status_code == 422
    assert lou.submit(url, {"text": "Un logement est libre en mars."}).status_code == 303
    assert lou.submit(url, {"text": "Un logement est libre en avril."}).status_code == 303
    assert [opinion.text for opinion in db.session.scalars(select(WrittenOpinion))] == [
        "Un logement est libre en avril."
    ]
    composer = (
        client_for(published.nora).get(f"{published.base}/ordre-du-jour/composer").get_data(as_text=True)
    )
    assert "Logement\u00a0: avis écrit reçu" in composer
    assert "Il manque\u00a0: logement" not in composer


def test_the_agenda_prints_as_an_accessible_document(published, client_for):
    answer = client_for(published.amina).get(f"{published.base}/ordre-du-jour.pdf")
    assert answer.mimetype == "application/pdf"
    reader = PdfReader(BytesIO(answer.get_data()))
    assert reader.metadata is not None
    assert (reader.metadata.title or "").startswith("Ordre du jour du")
    text = text_of(answer.get_data())
    assert published.dossiers[0].code in text
    assert "Canari" not in text


def test_the_paper_pack_holds_presentations_boxes_and_contacts(published, client_for):
    url = f"{published.base}/dossier-papier.pdf"
    outsider = make_user("Inès", Role.PARTICIPANT, published.territory, published.health)
    make_invitation(published.day, outsider)
    assert client_for(outsider).get(url).status_code == 404
    text = text_of(client_for(published.amina).get(url).get_data())
    assert "Quelle solution d’hébergement" in text
    plain = " ".join(text.split())
    assert "Ordre et heures" in plain
    assert "9 h 35 à 10 h 15" in plain
    assert plain.count("Texte de la décision") == 3
    assert plain.count("Qui informe la personne") == 2  # the third point is not a person's situation
    assert plain.index("Ordre et heures") < plain.index("Texte de la décision") < plain.index("Contacts des")
    assert "Caisse de santé" in plain
    assert "Canari" not in text


def test_only_what_was_dealt_with_leads_to_being_seen_again(published, client_for):
    item = item_of(published)
    follow_up = next(one for one in items_of(published.day) if one.kind is ItemKind.FOLLOW_UP)
    item.state = follow_up.state = ItemState.DONE
    page = client_for(published.nora).get(f"{published.base}/ordre-du-jour").text
    assert f"/points/{item.id}/revoir" in page
    assert page.count("/revoir") == 1


def test_the_agenda_asks_few_queries(published, client_for, count_queries):
    amina = client_for(published.amina)
    url = f"{published.base}/ordre-du-jour"
    amina.get(url)
    with count_queries() as queries:
        amina.get(url)
    assert len(queries) <= 12, "\n".join(queries)


def test_a_postponed_point_leaves_a_trace_and_waits_for_the_next_day(published, client_for):
    later = make_session(published.territory, starts_at=published.day.starts_at.replace(year=2028))
    item = item_of(published)
    postpone_item(published.nora, item, to=later, reason="Pièce manquante")
    db.session.flush()
    assert item.state is ItemState.POSTPONED
    waiting = (
        client_for(published.nora).get(f"/sessions/{later.id}/ordre-du-jour/composer").get_data(as_text=True)
    )
    assert published.dossiers[0].code in waiting
    assert "Reporté du" in waiting


def test_another_version_number_than_the_last_is_refused(published, client_for):
    nora = client_for(published.nora)
    answer = nora.submit(
        f"{published.base}/ordre-du-jour/publier",
        {"after": 7},
        page=f"{published.base}/ordre-du-jour/publier",
    )
    assert answer.status_code == 409
    assert nora.get(f"/sessions/{uuid.uuid4()}/ordre-du-jour").status_code == 404
