"""From an idea to an open offer, its prescriptions and its closing."""

from datetime import timedelta

import pytest

from commission_app.core import clock
from commission_app.core.db import db
from commission_app.core.errors import InvalidInputError, NotAllowedError, StaleError, WrongStateError
from commission_app.dossiers.states import DossierState
from commission_app.offers import services
from commission_app.offers.models import Prescription
from commission_app.offers.prescriptions.services import count_prescriptions
from commission_app.offers.queries import offers_answering
from commission_app.offers.states import OfferState
from tests.factories import make_dossier, make_user


def test_an_idea_is_studied_carried_opened_and_closed(place, make_idea):
    offer = make_idea()
    services.study_offer(place.nora, offer, version=offer.version)
    db.session.flush()
    services.carry_offer(place.nora, offer, structure_id=place.mobility.id, version=offer.version)
    db.session.flush()
    services.open_offer(place.hugo, offer, version=offer.version)
    assert (offer.state, offer.opened_on) == (OfferState.OPEN, clock.today())
    db.session.flush()
    services.close_offer(place.nora, offer, version=offer.version)
    assert (offer.state, offer.closed_on) == (OfferState.CLOSED, clock.today())


def test_nothing_opens_before_somebody_carries_it(place, make_idea):
    offer = make_idea()
    with pytest.raises(InvalidInputError, match="Désignez d’abord"):
        services.open_offer(place.nora, offer, version=offer.version)


def test_an_open_offer_is_not_studied_again(place, make_open):
    offer = make_open()
    with pytest.raises(WrongStateError):
        services.study_offer(place.nora, offer, version=offer.version)


@pytest.mark.parametrize("who", ["lina", "paul", "omar"])
def test_others_do_not_move_an_offer(place, make_open, who):
    offer = make_open()
    with pytest.raises(NotAllowedError):
        services.close_offer(getattr(place, who), offer, version=offer.version)


def test_a_stale_page_moves_nothing(place, make_open):
    offer = make_open()
    with pytest.raises(StaleError):
        services.close_offer(place.nora, offer, version=offer.version - 1)


def test_only_open_offers_answer_a_frein(place, make_idea, make_open):
    make_idea("Garde de nuit", freins=["garde_enfants"])
    offer = make_open()
    assert offers_answering(place.here.id, ["mobilite", "garde_enfants"]) == [offer]
    assert offers_answering(place.elsewhere.id, ["mobilite"]) == []
    assert offers_answering(place.here.id, []) == []


def test_unknown_freins_are_left_out(make_idea):
    assert make_idea(freins=["mobilite", "inconnu"]).freins == ["mobilite"]


def test_a_structure_counts_its_month_and_counts_it_again(place, make_open):
    offer, month = make_open(), clock.today().replace(day=1)
    count_prescriptions(place.lina, offer, month=month, count=3)
    count_prescriptions(place.lina, offer, month=month, count=5)
    count_prescriptions(place.hugo, offer, month=month, count=2)
    assert sorted(row.count for row in db.session.query(Prescription)) == [2, 5]
    count_prescriptions(place.hugo, offer, month=month, count=0)
    assert [row.count for row in db.session.query(Prescription)] == [5]


def test_counting_is_refused_too_early_in_advance_and_from_elsewhere(place, make_idea, make_open):
    month = clock.today().replace(day=1)
    with pytest.raises(WrongStateError):
        count_prescriptions(place.lina, make_idea("Idée seule"), month=month, count=3)
    offer = make_open()
    with pytest.raises(InvalidInputError):
        count_prescriptions(place.lina, offer, month=month + timedelta(days=45), count=3)
    with pytest.raises(NotAllowedError):
        count_prescriptions(place.omar, offer, month=month, count=3)


def test_the_code_behind_a_need_is_for_those_who_read_the_dossier(place, make_idea, client_for):
    dossier = make_dossier(make_user("Rita", None, None, place.ccas), place.here, DossierState.TREATED)
    offer = make_idea(dossier=dossier)
    url = f"/offres/{offer.id}"
    assert dossier.code in client_for(place.nora).get(url).get_data(as_text=True)
    lina = client_for(place.lina)
    lina.forbidden = {dossier.code}
    assert "1\u00a0dossier montre ce besoin" in lina.get(url).get_data(as_text=True)
