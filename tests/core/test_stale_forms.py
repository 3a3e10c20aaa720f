"""A form that somebody else overtook: both texts are on the page, what was typed is still in the form, and
the next save is taken."""

from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from sqlalchemy import select

from commission_app.accounts.states import Role
from commission_app.binomes.models import Binome
from commission_app.core.db import commit, db
from commission_app.library.documents.services import create_document
from commission_app.library.states import DocumentKind
from commission_app.offers.services import create_offer_idea
from commission_app.sessions.states import ItemKind
from tests import factories as make
from tests.clients import Client
from tests.sessions.people import Team, make_team

THEIRS, MINE = "Ce que l’autre a écrit", "Ce que j’ai écrit"


@pytest.fixture
def team(app) -> Team:
    """A territory, its coordination, three binômes."""
    return make_team()


def _day_page(name: str) -> Any:
    def place(team: Team) -> tuple[Any, str]:
        return team.nora, f"/sessions/{make.make_session(team.territory).id}/{name}"

    return place


def _programme(team: Team) -> tuple[Any, str]:
    line = {"starts": "09:00", "minutes": 30, "kind": ItemKind.NEWS.value, "title": "Accueil"}
    day = make.make_session(team.territory, programme=[line])
    return team.nora, f"/sessions/{day.id}/programme"


def _territory(team: Team) -> tuple[Any, str]:
    return make.make_user("Odile", Role.ADMINISTRATOR), f"/territoires/{team.territory.id}/modifier"


def _structure(team: Team) -> tuple[Any, str]:
    return make.make_user("Odile", Role.ADMINISTRATOR), f"/structures/{team.mobility.id}/modifier"


def _account(team: Team) -> tuple[Any, str]:
    return make.make_user("Odile", Role.ADMINISTRATOR), f"/comptes/{team.nora.id}/modifier"


def _offer(team: Team) -> tuple[Any, str]:
    offer = create_offer_idea(
        team.nora, territory_id=team.territory.id, name="Navette", description="", freins=()
    )
    return team.nora, f"/offres/{offer.id}/modifier"


FORMS = {
    "territory": (_territory, "name"),
    "structure": (_structure, "address"),
    "account": (_account, "job_title"),
    "own account": (lambda team: (team.nora, "/mon-compte"), "job_title"),
    "session": (_day_page("modifier"), "access"),
    "programme": (_programme, "lines-0-title"),
    "usual programme": (lambda team: (team.nora, "/sessions/programme-type"), "lines-0-title"),
    "offer": (_offer, "access"),
}


@pytest.mark.parametrize("name", FORMS)
def test_both_texts_are_shown_and_the_next_save_is_taken(team, client_for, name):
    place, field = FORMS[name]
    user, url = place(team)
    commit()
    client = client_for(user)
    if name == "usual programme":  # the first save makes the row
        assert _send(client, url, _form(client.get(url).text, field), {}).status_code == 303
    opened = _form(client.get(url).text, field)
    assert _send(client, url, opened, {field: THEIRS}).status_code == 303
    answer = _send(client, url, opened, {field: MINE})
    assert answer.status_code in (409, 422)
    said = " ".join(one.text for one in BeautifulSoup(answer.text, "html.parser").select(".conflict"))
    assert THEIRS in said
    assert MINE in said
    assert "CSRF" not in said
    again = _form(answer.text, field)
    assert _values(again)[field] == MINE
    assert _send(client, url, again, {}).status_code == 303
    assert MINE in client.get(url).text


ACTS = {
    "session called off": (_day_page("annuler"), {"reason": MINE}, MINE),
    "session moved": (_day_page("deplacer"), {"on": "2027-01-12"}, "2027-01-12"),
}


@pytest.mark.parametrize("name", ACTS)
def test_an_act_on_what_changed_meanwhile_is_asked_again_with_what_was_typed(team, client_for, name):
    place, typed, kept = ACTS[name]
    user, url = place(team)
    commit()
    client = client_for(user)
    field = next(iter(typed))
    form = _form(client.get(url).text, field)
    answer = _send(client, url, form, {**typed, "version": "0"})
    assert answer.status_code == 422
    again = _form(answer.text, field)
    assert _values(again)[field] == kept
    assert _send(client, url, again, {}).status_code == 303


def test_other_people_of_a_pair_are_chosen_again(team, client_for):
    day = make.make_session(team.territory)
    commit()
    client, url = client_for(team.nora), f"/sessions/{day.id}/co-animation"
    pairs = [(team.hugo, team.lea), (team.lea, team.ines)]
    opened = _form(client.get(url).text, "first")
    chosen = [{"first": str(one.id), "second": str(two.id)} for one, two in pairs]
    assert _send(client, url, opened, chosen[0]).status_code == 303
    answer = _send(client, url, opened, chosen[1])
    assert answer.status_code == 422
    again = _form(answer.text, "first")
    assert _values(again)["first"] == str(team.lea.id)
    assert _send(client, url, again, {}).status_code == 303


def test_a_binome_changed_meanwhile_shows_both_and_takes_the_next_save(team, client_for):
    binome = db.session.scalars(select(Binome).where(Binome.cadre_id == team.ines.id)).one()
    commit()
    client, url = client_for(team.nora), f"/binomes/{binome.id}"
    opened = _form(client.get(url).text, "since")
    assert _send(client, url, opened, {"competences": "sante"}).status_code == 303
    answer = _send(client, url, opened, {"competences": "mobilite"})
    assert answer.status_code == 409
    assert BeautifulSoup(answer.text, "html.parser").select(".conflict")
    assert _send(client, url, _form(answer.text, "since"), {}).status_code == 303


def test_a_version_of_a_document_published_meanwhile_stands_beside_the_own_text(team, client_for):
    charte = create_document(
        team.nora, kind=DocumentKind.CHARTE, title="Charte", text="Début", territory_id=team.territory.id
    )
    commit()
    client, url = client_for(team.nora), f"/documents/{charte.id}/nouvelle-version"
    sent = {"after": "1", "confirmed": "y"}
    assert client.submit(url, {**sent, "text": THEIRS}, page=url).status_code == 303
    answer = client.submit(url, {**sent, "text": MINE})
    assert answer.status_code == 409
    assert THEIRS in BeautifulSoup(answer.text, "html.parser").select_one(".conflict").text
    again = _values(_form(answer.text, "text"))
    assert (again["text"].strip(), again["after"]) == (MINE, "2")


def test_words_where_nothing_typed_can_be_kept_promise_nothing(team, client_for):
    user, url = _offer(team)
    commit()
    page = url.removesuffix("/modifier")
    answer = client_for(user).submit(f"{page}/etudier", {"version": "0"}, page=page)
    assert answer.status_code == 409
    assert "entre-temps" in answer.text
    assert "ci-dessous" not in answer.text


def _form(html: str, field: str) -> Tag:
    return BeautifulSoup(html, "html.parser").find(attrs={"name": field}).find_parent("form")


def _values(form: Tag) -> dict[str, Any]:
    """What a browser would send of it."""
    values: dict[str, Any] = {}
    for one in form.select("input[name]"):
        if one.get("type") not in ("checkbox", "radio") or one.has_attr("checked"):
            values.setdefault(one["name"], []).append(one.get("value", "on"))
    for one in form.select("textarea[name]"):
        values[one["name"]] = [one.text.removeprefix("\n").removeprefix("\r\n")]
    for one in form.select("select[name]"):
        chosen = one.select("option[selected]") or one.select("option")[:1]
        values[one["name"]] = [option["value"] for option in chosen]
    return {name: found[0] if len(found) == 1 else found for name, found in values.items()}


def _send(client: Client, url: str, form: Tag, typed: dict[str, str]) -> Any:
    return client.submit(form.get("action") or url, {**_values(form), **typed})
