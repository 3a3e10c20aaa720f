"""What the person was told and agreed to, and what its end does."""

from datetime import date, timedelta

import pytest

from commission_app.core import clock
from commission_app.core.db import db
from commission_app.core.errors import InvalidInputError, NotAllowedError, WrongStateError
from commission_app.dossiers.agreement.notifications import end_expired
from commission_app.dossiers.agreement.queries import (
    agreement_covers,
    agreement_holds,
    agreements_of,
    information_of,
)
from commission_app.dossiers.agreement.services import (
    record_agreement,
    record_information,
    withdraw_agreement,
)
from commission_app.dossiers.agreement.texts import CURRENT, TEXTS
from commission_app.dossiers.models import Dossier
from commission_app.dossiers.states import AgreementForm, DossierState
from tests.dossiers.stories import make_complete
from tests.factories import make_dossier

ORAL = AgreementForm.ORAL


@pytest.fixture
def draft(place):
    return make_dossier(place.ines, place.territory, agreed=False)


def agree(place, dossier, **values):
    day = clock.today()
    given = {"given_on": day, "form": ORAL, "expires_on": day + timedelta(days=100), **values}
    return record_agreement(place.ines, dossier, **given)


def test_an_agreement_remembers_the_text_that_was_read(app, place, draft):
    record_information(place.ines, draft, given_on=clock.today(), form=ORAL)
    agreement = agree(place, draft)
    assert (agreement.text_version, agreement.text_digest) == (CURRENT.version, CURRENT.digest)
    assert agreement_holds(draft.id)


def test_information_comes_before_agreement(app, place, draft):
    with pytest.raises(InvalidInputError) as refused:
        agree(place, draft)
    assert refused.value.field == "info_given_on"


@pytest.mark.parametrize("days", [-1, 400])
def test_an_agreement_ends_within_a_year(app, place, draft, days):
    record_information(place.ines, draft, given_on=clock.today(), form=ORAL)
    with pytest.raises(InvalidInputError) as refused:
        agree(place, draft, expires_on=clock.today() + timedelta(days=days))
    assert refused.value.field == "expires_on"


def test_an_agreement_that_is_over_is_not_collected(app, place, draft):
    day = clock.today() - timedelta(days=40)
    record_information(place.ines, draft, given_on=day, form=ORAL)
    with pytest.raises(InvalidInputError) as refused:
        agree(place, draft, given_on=day, expires_on=clock.today() - timedelta(days=1))
    assert refused.value.field == "expires_on"
    agree(place, draft, given_on=day, expires_on=clock.today())
    assert agreement_holds(draft.id)


def test_an_agreement_older_than_the_information_names_the_day_and_the_field_to_change(app, place, draft):
    record_information(place.ines, draft, given_on=date(2026, 1, 5), form=ORAL)
    with pytest.raises(InvalidInputError, match=r"5.janvier.2026") as refused:
        agree(place, draft, given_on=date(2026, 1, 4))
    assert refused.value.field == "agreed_on"


@pytest.mark.parametrize("page", ["personne", "accord"])
def test_a_refused_agreement_takes_the_information_of_the_same_form_back_and_both_are_shown(
    app, place, client_for, draft, page
):
    client, url = client_for(place.ines), f"/dossiers/{draft.id}/{page}"
    typed = {"version": "0", "info_given_on": "2026-01-05", "agreed_on": "2026-01-04", "sharing": "everybody"}
    answer = client.submit(url, typed, page=url)
    assert answer.status_code == 422
    assert 'value="2026-01-05"' in answer.text
    assert 'value="2026-01-04"' in answer.text
    assert information_of(draft.id) == []


def test_structures_that_are_ticked_are_never_shared_with_everybody(app, place, client_for, draft):
    client, url = client_for(place.ines), f"/dossiers/{draft.id}/accord"
    typed = {
        "info_given_on": "2026-01-05", "agreed_on": "2026-01-06", "sharing": "everybody",
        "scope": str(place.karim.structure_id),
    }  # fmt: skip
    answer = client.submit(url, typed, page=url)
    assert (answer.status_code, 'id="scope-erreur"' in answer.text) == (422, True)
    assert agreements_of(draft.id) == []
    assert client.submit(url, {**typed, "sharing": "some"}).status_code == 303


def test_nothing_is_written_down_for_a_day_to_come(app, place, draft):
    with pytest.raises(InvalidInputError):
        record_information(place.ines, draft, given_on=clock.today() + timedelta(days=1), form=ORAL)


def test_the_coordination_does_not_collect_an_agreement(app, place, draft):
    with pytest.raises(NotAllowedError):
        record_information(place.noemie, draft, given_on=clock.today(), form=ORAL)


def test_the_scope_says_which_structures_read(app, place, draft):
    record_information(place.ines, draft, given_on=clock.today(), form=ORAL)
    agree(place, draft, scope=[place.karim.structure_id])
    assert agreement_covers(draft.id, place.karim.structure_id)
    assert not agreement_covers(draft.id, place.ines.structure_id)


@pytest.mark.parametrize("state", [state for state in DossierState if state is not DossierState.WITHDRAWN])
def test_a_withdrawn_agreement_withdraws_the_dossier_from_any_state(app, place, state):
    dossier = make_complete(place, state, agreed=True)
    withdraw_agreement(place.noemie, dossier)
    assert dossier.state is DossierState.WITHDRAWN
    assert not agreement_holds(dossier.id)


def test_an_agreement_is_withdrawn_once(app, place):
    dossier = make_complete(place, DossierState.SCHEDULED)
    withdraw_agreement(place.ines, dossier)
    with pytest.raises(WrongStateError):
        withdraw_agreement(place.ines, dossier)


def test_the_clock_withdraws_what_has_expired_and_nothing_else(app, place):
    expired = make_complete(place, DossierState.SCHEDULED)
    standing = make_complete(place, DossierState.SCHEDULED)
    draft = make_complete(place)
    yesterday = clock.today() - timedelta(days=1)
    for dossier in (expired, draft):
        agreements_of(dossier.id)[0].expires_on = yesterday
    db.session.commit()
    end_expired()
    states = [db.session.get_one(Dossier, one.id).state for one in (expired, standing, draft)]
    assert states == [DossierState.WITHDRAWN, DossierState.SCHEDULED, DossierState.DRAFT]


def test_each_text_has_its_own_version_and_fingerprint():
    assert len({text.version for text in TEXTS}) == len(TEXTS) == len({text.digest for text in TEXTS})


def test_the_confirm_panel_says_what_happens_and_the_act_is_done_once(app, place, client_for):
    dossier = make_complete(place, DossierState.SCHEDULED)
    client, url = client_for(place.ines), f"/dossiers/{dossier.id}/accord/retrait"
    assert "l’ordre du jour" in client.get(url).get_data(as_text=True)
    assert client.submit(url, page=url).status_code == 303
    assert client.get(url).status_code == 404
