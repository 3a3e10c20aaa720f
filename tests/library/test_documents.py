"""Documents have versions that structures sign."""

import pytest
from bs4 import BeautifulSoup

from commission_app.core.db import commit
from commission_app.core.errors import (
    InvalidInputError,
    NotAllowedError,
    NotFoundError,
    StaleError,
    WrongStateError,
)
from commission_app.library.documents.queries import get_document, listed_documents, signing_of, version_of
from commission_app.library.documents.services import create_document, publish_version, sign_version
from commission_app.library.states import DocumentKind

TEXT = "Article 1\n\nLa commission se réunit chaque trimestre."


@pytest.fixture
def charte(people):
    """The charte of Arles in its first version."""
    document = create_document(
        people.nora, kind=DocumentKind.CHARTE, title="Charte", territory_id=people.arles.id, text=TEXT
    )
    commit()
    return get_document(people.nora, document.id)


def test_a_cadre_signs_the_version_in_force_once(people, charte):
    first = version_of(charte, None)
    sign_version(people.maud, charte, first)
    with pytest.raises(WrongStateError, match="a signé"):
        sign_version(people.maud, charte, first)
    signing = signing_of(charte, first)
    assert [signature.structure.name for signature in signing.signatures] == ["CCAS d’Arles"]
    assert [structure.name for structure in signing.missing] == ["Le Mas des Possibles"]


def test_a_technicien_does_not_sign(people, charte):
    with pytest.raises(NotAllowedError):
        sign_version(people.aubin, charte, version_of(charte, None))


def test_a_later_version_is_to_be_read_before_it_is_signed(people, charte):
    first = version_of(charte, None)
    publish_version(people.nora, charte, text=TEXT + "\n\nArticle 2", after=1)
    with pytest.raises(WrongStateError, match="plus récente"):
        sign_version(people.maud, charte, first)


def test_two_writers_do_not_overwrite_each_other(people, charte):
    publish_version(people.nora, charte, text="Version de Nora", after=1)
    with pytest.raises(StaleError):
        publish_version(people.ida, charte, text="Version d’Ida", after=1)


def test_the_same_text_is_no_new_version(people, charte):
    with pytest.raises(InvalidInputError):
        publish_version(people.nora, charte, text=TEXT, after=1)


def test_only_the_administration_publishes_for_all(people):
    values = {"kind": DocumentKind.PROTOCOLE, "title": "Protocole", "territory_id": None, "text": TEXT}
    with pytest.raises(NotAllowedError):
        create_document(people.nora, **values)
    create_document(people.ida, **values)
    assert [line.document.title for line in listed_documents(people.basile)] == ["Protocole"]


def test_another_territory_does_not_see_it(people, charte):
    assert listed_documents(people.basile) == []
    with pytest.raises(NotFoundError):
        get_document(people.basile, charte.id)


def test_a_version_on_screen_is_confirmed_published_and_signed(people, charte, client_for):
    nora, maud = client_for(people.nora), client_for(people.maud)
    url = f"/documents/{charte.id}"
    page = f"{url}/nouvelle-version"
    data = {"text": "Nouveau texte & plus long", "after": "1"}
    asked = nora.submit(page, data, page=page)
    assert asked.status_code == 200
    assert "Publier la version 2" in asked.get_data(as_text=True)
    assert nora.submit(page, {**data, "confirmed": "y"}).status_code == 303
    assert nora.submit(page, {**data, "confirmed": "y"}, page=page).status_code == 409
    assert "Signer la version 2" in maud.get(url).get_data(as_text=True)
    assert maud.submit(f"{url}/signer", {"version": "2"}).status_code == 303
    html = nora.get(url).get_data(as_text=True)
    assert people.maud.full_name in html
    assert client_for(people.aubin).get(page).status_code == 404
    assert client_for(people.basile).get(url).status_code == 404


def test_a_new_document_on_screen(people, client_for):
    ida = client_for(people.ida)
    data = {"kind": "label", "title": "Engagements", "territory_id": "", "text": TEXT, "after": "0"}
    assert ida.submit("/documents/nouveau", data, page="/documents/nouveau").status_code == 200
    answer = ida.submit("/documents/nouveau", {**data, "confirmed": "y"})
    assert answer.status_code == 303
    assert "Engagements" in client_for(people.amina).get("/documents").get_data(as_text=True)


def test_the_list_costs_the_same_for_many_documents(people, client_for, count_queries):
    for number in range(20):
        create_document(
            people.ida, kind=DocumentKind.NEWS, title=f"Nouvelle {number}", territory_id=None, text=TEXT
        )
    commit()
    client = client_for(people.amina)
    with count_queries() as queries:
        client.get("/documents")
    assert len([line for line in queries if line.startswith("SELECT")]) <= 4


def test_a_coordination_that_publishes_for_all_is_told_beside_the_field(people, client_for):
    page = "/documents/nouveau"
    form = {"kind": "charte", "title": "Charte", "text": TEXT, "territory_id": "", "confirmed": "y"}
    refused = client_for(people.nora).submit(page, form, page=page)
    assert refused.status_code == 422
    assert "Choisissez le territoire pour lequel vous publiez." in refused.text
    assert "Article 1" in refused.text
    assert client_for(people.ida).submit(page, form, page=page).status_code == 303


def test_the_form_as_the_page_sends_it_is_asked_about_before_it_is_published(people, charte, client_for):
    commit()
    nora, page = client_for(people.nora), f"/documents/{charte.id}/nouvelle-version"
    html = BeautifulSoup(nora.get(page).text, "html.parser")
    form = html.find("textarea", {"name": "text"}).find_parent("form")
    hidden = {one["name"]: one.get("value", "") for one in form.select("input[type=hidden]")}
    asked = nora.submit(page, {**hidden, "text": "Une phrase de plus."})
    assert asked.status_code == 200
    assert "Publier la version 2" in asked.get_data(as_text=True)
    assert len(get_document(people.nora, charte.id).versions) == 1
