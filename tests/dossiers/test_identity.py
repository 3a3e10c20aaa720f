"""Opening an identity: by whom, with a reason, and noted in the same breath."""

import pytest
from sqlalchemy import select

from commission_app.core.db import db
from commission_app.core.errors import InvalidInputError, NotAllowedError, NotFoundError
from commission_app.core.events import Event
from commission_app.dossiers.person.queries import get_person
from commission_app.dossiers.person.services import read_identity, save_person
from commission_app.dossiers.states import DossierState, ReadingReason
from tests.dossiers.stories import make_complete

NAME = "Canaritramontane"


@pytest.fixture
def dossier(place):
    return make_complete(place, DossierState.SUBMITTED, last_name=NAME)


def readings():
    return db.session.scalars(select(Event).where(Event.name == "identity_read")).all()


def test_the_coordination_reads_with_a_reason_and_the_reading_is_noted(app, place, client_for, dossier):
    client, url = client_for(place.noemie), f"/dossiers/{dossier.id}/identite"
    assert NAME not in client.get(url).get_data(as_text=True)
    assert readings() == []
    shown = client.submit(url, {"reason": "call"}, page=url)
    assert NAME in shown.get_data(as_text=True)
    assert [(one.actor_id, one.data) for one in readings()] == [(place.noemie.id, {"reason": "call"})]
    assert "Identité lue" in client.get(f"/dossiers/{dossier.id}").get_data(as_text=True)


def test_without_a_reason_nothing_is_shown_nor_noted(app, place, client_for, dossier):
    client, url = client_for(place.noemie), f"/dossiers/{dossier.id}/identite"
    refused = client.submit(url, {"reason": ""}, page=url)
    assert (refused.status_code, NAME in refused.get_data(as_text=True)) == (422, False)
    assert readings() == []
    with pytest.raises(InvalidInputError):
        read_identity(place.noemie, dossier, reason=None)


def test_the_fragment_equals_the_page(app, place, client_for, dossier):
    client, url = client_for(place.noemie), f"/dossiers/{dossier.id}/identite"
    fragment = client.submit(url, {"reason": "call"}, page=url, htmx=True).get_data(as_text=True)
    page = client.submit(url, {"reason": "call"}).get_data(as_text=True)
    assert fragment.strip() in page


@pytest.mark.parametrize("who", ["karim", "paul"])
def test_nobody_else_reads_it(app, place, client_for, dossier, who):
    reader = getattr(place, who)
    assert client_for(reader).get(f"/dossiers/{dossier.id}/identite").status_code == 404
    with pytest.raises(NotAllowedError):
        read_identity(reader, dossier, reason=ReadingReason.CALL)
    with pytest.raises(NotFoundError):
        get_person(reader, dossier)


def test_the_coordination_does_not_write_who_the_person_is(app, place, dossier):
    with pytest.raises(NotAllowedError):
        save_person(place.noemie, dossier, first_name="A", last_name="B")


def test_no_event_carries_a_name(app, place, dossier):
    read_identity(place.noemie, dossier, reason=ReadingReason.CALL)
    assert all(NAME not in str(event.data) for event in db.session.scalars(select(Event)))
