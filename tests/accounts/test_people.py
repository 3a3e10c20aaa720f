"""What the administration does with accounts."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from commission_app.accounts.models import Membership, User
from commission_app.accounts.people.services import close_account, create_account
from commission_app.accounts.states import Role
from commission_app.core import clock
from commission_app.core.db import db
from commission_app.core.errors import InvalidInputError, NotAllowedError
from commission_app.core.events import Event
from commission_app.core.outbox import run_due
from tests.factories import make_user

NEW = {"first_name": "Solal", "last_name": "Micocoulier", "email": "Solal@exemple.fr", "structure_id": ""}


@pytest.fixture
def admin(client_for, odile):
    """Odile's browser."""
    return client_for(odile)


def test_an_account_is_prepared_and_invited(admin, mails):
    answer = admin.submit("/comptes", NEW, page="/comptes/nouveau")
    assert answer.status_code == 303
    run_due()
    assert [mail["To"] for mail in mails] == ["solal@exemple.fr"]
    assert "Invitation envoyée" in admin.get(answer.location).text


def test_an_address_serves_one_account(admin, nora):
    answer = admin.submit("/comptes", {**NEW, "email": nora.email.upper()}, page="/comptes/nouveau")
    assert answer.status_code == 422
    assert "Un compte porte déjà cette adresse" in answer.text
    assert 'value="Micocoulier"' in answer.text


def test_an_address_with_an_accent_is_refused_beside_its_field(admin, odile):
    page = admin.submit("/comptes", {**NEW, "email": "zoé@exemple.fr"}, page="/comptes/nouveau")
    assert page.status_code == 422
    assert page.text.count("une adresse électronique ne porte pas d’accent") == 2
    assert 'value="zoé@exemple.fr"' in page.text
    with pytest.raises(InvalidInputError) as refused:
        create_account(odile, email="sol@hôtel.fr", first_name="A", last_name="B")
    assert refused.value.field == "email"


def test_what_is_missing_is_said_beside_the_field(admin):
    answer = admin.submit("/comptes", {}, page="/comptes/nouveau")
    assert answer.status_code == 422
    for sentence in ("Écrivez le prénom.", "Écrivez le nom.", "Écrivez l’adresse électronique."):
        assert answer.text.count(sentence) == 2


def test_extra_columns_in_a_form_change_nothing(admin):
    admin.submit("/comptes", {**NEW, "password_hash": "x", "is_demo": "1", "closed_at": "2020-01-01"})
    user = db.session.scalars(select(User).where(User.email == "solal@exemple.fr")).unique().one()
    assert (user.password_hash, user.is_demo, user.closed_at) == ("", False, None)


def test_a_stale_form_is_refused_and_keeps_what_was_typed(admin, nora):
    url = f"/comptes/{nora.id}/modifier"
    form = {**NEW, "version": "1"}
    assert admin.submit(url, form, page=url).status_code == 303
    answer = admin.submit(url, {**form, "last_name": "Autre"}, page=url)
    assert answer.status_code == 409
    assert 'value="Autre"' in answer.text
    assert "entre-temps" in answer.text


def test_closing_an_account_cuts_its_devices(admin, client_for, nora):
    hers = client_for(nora)
    assert admin.submit(f"/comptes/{nora.id}/fermer", page=f"/comptes/{nora.id}/fermer").status_code == 303
    assert hers.get("/mon-compte").status_code == 302
    names = db.session.scalars(select(Event.name).order_by(Event.number)).all()
    assert names[-2:] == ["login_ended", "account_closed"]


def test_nobody_closes_the_own_account(odile):
    with pytest.raises(NotAllowedError):
        close_account(odile, odile)


def test_a_coordinator_prepares_no_account(nora):
    with pytest.raises(NotAllowedError):
        create_account(nora, email="a@b.fr", first_name="A", last_name="B")


def test_the_list_is_searched_and_filtered(admin, nora, ines, arles):
    assert "Inès" in admin.get("/comptes?q=ines").text
    assert "Nora" not in admin.get("/comptes?q=ines").text
    assert "Nora" in admin.get(f"/comptes?territoire={arles.id}&role=coordinator&etat=open").text
    assert "Inès" not in admin.get(f"/comptes?territoire={arles.id}&role=coordinator").text
    assert "Effacer les filtres" in admin.get("/comptes?q=zzz").text
    assert admin.get("/comptes?territoire=n-importe&role=quoi&etat=rien&page=x").status_code == 200


def test_the_list_costs_the_same_whatever_its_length(admin, arles, count_queries):
    for _ in range(30):
        make_user("Personne", Role.REFERENT, arles)
    with count_queries() as queries:
        admin.get("/comptes")
    assert len(queries) <= 12


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"role_held": "administrator", "territory": True}, "tout le département"),
        ({"role_held": "referent"}, "Choisissez le territoire"),
        ({"role_held": "referent", "territory": True, "ends_on": "2020-01-01"}, "avant le premier"),
        ({"role_held": "coordinator", "territory": True}, "tient déjà ce rôle"),
        ({"role_held": "roi", "territory": True}, "à corriger"),
    ],
)
def test_a_role_that_cannot_be_is_refused(admin, nora, arles, form, said):
    place = arles.id if form.pop("territory", False) else ""
    data = {"territory_id": place, "starts_on": clock.today().isoformat(), **form}
    answer = admin.submit(f"/comptes/{nora.id}/roles", data, page=f"/comptes/{nora.id}")
    assert answer.status_code == 422
    assert said in answer.text


def test_a_role_is_given_and_taken_back_at_once(admin, client_for, nora, arles):
    data = {"role_held": "pilot", "territory_id": arles.id, "starts_on": clock.today().isoformat()}
    assert admin.submit(f"/comptes/{nora.id}/roles", data, page=f"/comptes/{nora.id}").status_code == 303
    assert "Pilotage" in client_for(nora).get("/mon-compte").text
    held = db.session.scalars(select(Membership).where(Membership.user_id == nora.id)).all()
    for membership in held:
        url = f"/comptes/{nora.id}/roles/{membership.id}/fin"
        assert admin.submit(url, page=url).status_code == 303
    assert "aucun rôle" in client_for(nora).get("/mon-compte").text


def test_a_role_that_ended_yesterday_is_refused_today(client_for, app):
    former = make_user("Ancienne", Role.ADMINISTRATOR)
    client = client_for(former)
    assert client.get("/comptes").status_code == 200
    membership = db.session.scalars(select(Membership).where(Membership.user_id == former.id)).one()
    membership.ends_on = clock.today()
    assert client.get("/comptes").status_code == 200
    membership.ends_on = clock.today() - timedelta(days=1)
    assert client.get("/comptes").status_code == 404


def test_the_own_administration_is_not_taken_back(admin, odile):
    membership = odile.memberships[0]
    url = f"/comptes/{odile.id}/roles/{membership.id}/fin"
    assert admin.submit(url, page="/comptes").status_code == 403


def test_the_own_password_is_changed_and_only_this_device_stays(client, client_for, nora):
    elsewhere = client_for(nora)
    client.sign_in(nora.email, "quatre cyprès dans le vent")
    form = {"current": "faux", "password": "mistral sur la garrigue", "again": "mistral sur la garrigue"}
    url = "/mon-compte/mot-de-passe"
    assert client.submit(url, form, page=url).status_code == 422
    form["current"] = "quatre cyprès dans le vent"
    assert client.submit(url, form, page=url).status_code == 303
    assert client.get("/mon-compte").status_code == 200
    assert elsewhere.get("/mon-compte").status_code == 302


def test_each_of_the_own_devices_is_cut_alone(client_for, nora):
    here, there = client_for(nora), client_for(nora)
    page = here.get("/mon-compte").text
    url = page.split("/mon-compte/connexions/")[1].split("/fin")[0]
    assert here.submit(f"/mon-compte/connexions/{url}/fin").status_code == 303
    assert there.get("/mon-compte").status_code == 302
    assert here.get("/mon-compte").status_code == 200


def test_a_login_of_somebody_else_does_not_exist(client_for, nora, odile):
    hers = client_for(odile)
    assert hers.get("/mon-compte").status_code == 200
    login = odile.id
    assert (
        client_for(nora).submit(f"/mon-compte/connexions/{login}/fin", page="/mon-compte").status_code == 404
    )
