"""data·inclusion: all of a list or nothing, each fault by its line, the same bytes for the same offers."""

import json
from datetime import datetime, timedelta

import pytest
from data_inclusion.schema import v1
from sqlalchemy import select

from commission_app.core import clock
from commission_app.core.db import db
from commission_app.core.errors import NotAllowedError
from commission_app.core.events import Event
from commission_app.offers.inclusion.exports import offers_as_json
from commission_app.offers.inclusion.reading import ReadingError, read_list
from commission_app.offers.inclusion.services import ImportFault, import_offers
from commission_app.offers.inclusion.vocabulary import FINER, FREINS_OF
from commission_app.offers.models import Offer
from commission_app.offers.states import OfferState


def service(**values):
    given = {
        "source": "dora",
        "structure_id": "dora--CCAS d’Arles",
        "id": "dora--1",
        "nom": "Navette vers la zone",
        "description": "Transport à la demande.",
        "date_maj": "2026-01-15",
        "thematiques": ["famille--garde-denfants", "mobilite--preparer-un-permis"],
    }
    return {key: value for key, value in (given | values).items() if value is not None}


def as_text(*services):
    return "[\n" + ",\n".join(json.dumps(one, ensure_ascii=False) for one in services) + "\n]"


def test_a_list_becomes_open_offers(place):
    done = import_offers(place.nora, place.here, text=as_text(service(), service(id="dora--2")))
    assert (done.created, done.changed) == (2, 0)
    offer = db.session.query(Offer).filter_by(inclusion_id="dora--1").one()
    assert (offer.state, offer.structure) == (OfferState.OPEN, place.ccas)
    assert offer.freins == ["garde_enfants", "mobilite"]


def test_the_same_list_again_changes_and_adds_nothing(place):
    import_offers(place.nora, place.here, text=as_text(service()))
    done = import_offers(place.nora, place.here, text=as_text(service(nom="Navette de nuit")))
    assert (done.created, done.changed) == (0, 1)
    assert [offer.name for offer in db.session.query(Offer)] == ["Navette de nuit"]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"territoire": "Arles"}, "territoire : ce champ n’existe pas"),
        ({"nom": "ab"}, "nom : texte trop court"),
        ({"thematiques": ["avion"]}, "valeur inconnue"),
        ({"structure_id": "dora--Inconnue"}, "n’est pas une structure du territoire"),
        ({"date_maj": "2096-01-01"}, "futur"),
        ({"description": None}, "description : il manque"),
        ({"id": "dora--1"}, "id : il est donné deux fois"),
    ],
)
def test_one_fault_and_nothing_is_imported(place, wrong, said):
    with pytest.raises(ImportFault) as refused:
        import_offers(place.nora, place.here, text=as_text(service(), service(**({"id": "dora--2"} | wrong))))
    assert [line for line, _ in refused.value.lines] == [3]
    assert said in refused.value.lines[0][1]
    assert db.session.query(Offer).count() == 0


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", 1),
        ("{", 1),
        ('{"a": 1}', 1),
        ("[1\n2]", 2),
        ('[\n{"a": 1,\n "a": 2}]', 2),
        ("[NaN]", 1),
        ("[]\n[]", 1),
        ("[" * 100_000, 1),
        ('["a"', 1),
    ],
)
def test_what_is_not_a_list_is_told_by_its_line(text, line):
    with pytest.raises(ReadingError) as refused:
        read_list(text)
    assert refused.value.line == line


def test_the_list_of_an_export_is_read_too():
    read = read_list('{"structures": [{"a": [1, 2]}],\n "services": [\n1,\n2]}')
    assert [(one.line, one.content) for one in read] == [(3, 1), (4, 2)]


def test_what_leaves_comes_back(place, make_open):
    place.mobility.created_at -= timedelta(days=1)  # the schema asks the machine, whose day may begin later
    with clock.frozen(clock.now() - timedelta(days=1)):
        make_open()
    first = offers_as_json(place.here)
    assert import_offers(place.nora, place.here, text=first.decode()).changed == 1
    assert offers_as_json(place.here) == first
    content = json.loads(first)
    for record in content["services"]:
        v1.Service.model_validate(record)
    for record in content["structures"]:
        v1.Structure.model_validate(record)


@pytest.mark.parametrize("hour", [0, 12, 23])
def test_what_was_opened_today_leaves_and_comes_back_at_any_hour(place, make_open, hour):
    with clock.frozen(datetime(2099, 7, 14, hour, 30, tzinfo=clock.PARIS)):
        make_open()
        first = offers_as_json(place.here)
        assert json.loads(first)["services"][0]["date_maj"] == "2099-07-14"
        assert import_offers(place.nora, place.here, text=first.decode()).changed == 1


def test_nobody_else_imports(place, client_for):
    with pytest.raises(NotAllowedError):
        import_offers(place.hugo, place.here, text=as_text(service()))
    assert client_for(place.hugo).get(f"/offres/import?territoire={place.here.id}").status_code == 404


def test_the_page_shows_the_lines_and_keeps_the_text(place, client_for):
    nora, url = client_for(place.nora), f"/offres/import?territoire={place.here.id}"
    answer = nora.submit(url, {"text": as_text(service(nom="x"))}, page=url)
    assert answer.status_code == 422
    assert "nom\u00a0: texte trop court" in answer.get_data(as_text=True)
    assert "dora--1" in answer.get_data(as_text=True)
    assert nora.submit(url, {"text": as_text(service())}).status_code == 303
    export = nora.submit(f"/offres/export?territoire={place.here.id}", page="/offres")
    assert export.mimetype == "application/json"
    trace = db.session.scalars(select(Event).where(Event.name == "offers_exported")).one()
    assert (trace.actor_id, trace.subject_id, trace.data["rows"]) == (place.nora.id, place.here.id, 1)


def test_the_vocabulary_follows_the_schema():
    assert set(FREINS_OF) <= {one.value for one in v1.Categorie}
    assert set(FINER) <= {one.value for one in v1.Thematique}
