"""Writing a dossier: each part by itself, nothing typed lost, nothing overwritten in silence."""

import uuid
from datetime import date

import pytest
from bs4 import BeautifulSoup

from commission_app.core.db import db
from commission_app.core.errors import InvalidInputError, NotAllowedError, StaleError
from commission_app.core.nir import REFUSAL
from commission_app.dossiers.models import Dossier
from commission_app.dossiers.parts.services import save_part
from commission_app.dossiers.person.services import save_person
from commission_app.dossiers.states import Contract, Criterion, DiagnosisItem, DossierState, Level, Part
from tests.dossiers.pages import OpenPage
from tests.dossiers.stories import make_complete, person_of
from tests.factories import make_dossier

NIR = "2 99 99 99 999 999 99"
PAGES = [part.value for part in Part]


@pytest.fixture
def draft(place):
    return make_dossier(place.ines, place.territory, agreed=False, question="")


def again(dossier):
    db.session.expire_all()
    return db.session.get_one(Dossier, dossier.id)


@pytest.mark.parametrize("part", PAGES)
def test_each_part_is_a_page_for_who_writes_alone(app, place, client_for, part):
    dossier = make_complete(place)
    url = f"/dossiers/{dossier.id}/{part}"
    assert client_for(place.ines).get(url).status_code == 200
    assert client_for(place.noemie).get(url).status_code == 404
    assert client_for(place.karim).get(url).status_code == 404


@pytest.mark.parametrize(("part", "following"), list(zip(PAGES, [*PAGES[1:], "verifier"], strict=True)))
def test_what_is_there_is_saved_and_the_next_part_follows(app, place, client_for, part, following):
    dossier = make_complete(place)
    client, url = client_for(place.ines), f"/dossiers/{dossier.id}/{part}"
    answer = client.submit(url, {"version": "0", "minutes_needed": "30"}, page=url)
    assert (answer.status_code, answer.location) == (303, f"/dossiers/{dossier.id}/{following}")


def test_the_frame_is_kept(app, place, client_for, draft):
    client, url = client_for(place.ines), f"/dossiers/{draft.id}/cadre"
    typed = {"version": "0", "contract": "cer", "step": "Lever les freins", "step_started_on": "10/09/2025"}
    client.submit(url, typed, page=url)
    kept = again(draft)
    assert (kept.contract, kept.step, kept.step_started_on.isoformat()) == (
        Contract.CER,
        "Lever les freins",
        "2025-09-10",
    )


def test_a_fact_makes_a_criterion_and_an_empty_one_takes_it_away(app, place, client_for):
    dossier = make_complete(place)
    client, url = client_for(place.ines), f"/dossiers/{dossier.id}/blocage"
    client.submit(url, {"version": "0", "fact_no_offer": "Aucune garde avant 7 h 45"}, page=url)
    facts = {line.criterion: line.fact for line in again(dossier).criteria}
    assert facts == {Criterion.NO_OFFER: "Aucune garde avant 7 h 45"}


def test_identity_information_and_agreement_are_written_in_one_go(app, place, client_for, draft):
    client, url = client_for(place.ines), f"/dossiers/{draft.id}/personne"
    typed = {
        "version": "0", "last_name": "Tramontane", "first_name": "Solène", "phone": "06 39 98 12 34",
        "age_band": "26-34", "household": "alone", "insee": "13004", "info_given_on": "2026-01-05",
        "info_form": "oral", "agreed_on": "2026-01-06", "agreed_form": "written", "sharing": "everybody",
    }  # fmt: skip
    assert client.submit(url, typed, page=url).status_code == 303
    assert person_of(again(draft)).last_name == "Tramontane"
    page = client.get(f"/dossiers/{draft.id}/accord").get_data(as_text=True)
    assert "5 janvier 2026" in page.replace("\u00a0", " ")
    assert "6 janvier 2026" in page.replace("\u00a0", " ")


def test_an_agreement_before_the_information_is_refused_and_nothing_typed_is_lost(
    app, place, client_for, draft
):
    client, url = client_for(place.ines), f"/dossiers/{draft.id}/personne"
    answer = client.submit(
        url, {"version": "0", "last_name": "Tramontane", "agreed_on": "2026-01-06"}, page=url
    )
    assert answer.status_code == 422
    assert "Tramontane" in answer.get_data(as_text=True)
    assert person_of(again(draft)).last_name != "Tramontane"


@pytest.mark.parametrize(
    ("part", "field"),
    [
        ("cadre", "step"), ("cadre", "previous_referent"), ("blocage", "fact_no_offer"),
        ("diagnostic", "note_logement"), ("question", "question"), ("parcours", "origin_why"),
        ("parcours", "steps-0-action"), ("tentatives", "attempts-0-what"), ("personne", "last_name"),
    ],
)  # fmt: skip
def test_a_social_security_number_is_refused_beside_its_field(app, place, client_for, draft, part, field):
    client, url = client_for(place.ines), f"/dossiers/{draft.id}/{part}"
    answer = client.submit(url, {"version": "0", "minutes_needed": "30", field: f"avec {NIR}"}, page=url)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert REFUSAL in page
    assert f'id="{field}-erreur"' in page
    assert "Erreur – " in page
    assert again(draft).part_versions == {}


def test_a_stale_form_shows_both_texts_and_the_next_save_decides(app, place, client_for):
    dossier = make_complete(place, question="Texte de départ")
    mine, other = client_for(place.ines), client_for(place.ines)
    url = f"/dossiers/{dossier.id}/question"
    other.submit(url, {"version": "0", "question": "Texte de l’autre", "minutes_needed": "30"}, page=url)
    clash = mine.submit(url, {"version": "0", "question": "Mon texte", "minutes_needed": "30"}, page=url)
    page = clash.get_data(as_text=True)
    assert clash.status_code == 409
    assert "Texte de l’autre" in page
    assert "Mon texte" in page
    assert again(dossier).question == "Texte de l’autre"
    assert (
        mine.submit(url, {"version": "1", "question": "Les deux", "minutes_needed": "30"}).status_code == 303
    )
    assert again(dossier).question == "Les deux"


def test_two_texts_that_wait_for_a_choice_are_settled_before_the_dossier_is_submitted(app, place, client_for):
    dossier = make_complete(place, question="Texte de départ")
    client, url = client_for(place.ines), f"/dossiers/{dossier.id}"
    one, other = OpenPage(client, f"{url}/question"), OpenPage(client.twin(), f"{url}/question")
    one.type(question="Texte de l’un")
    other.type(question="Texte de l’autre")
    check = client.get(f"{url}/verifier").text
    assert "a deux textes" in check
    assert "Soumettre le dossier" not in check
    assert client.submit(f"{url}/soumettre", page=f"{url}/verifier").status_code == 422
    assert again(dossier).state is DossierState.DRAFT
    settled = BeautifulSoup(client.get(f"{url}/question").text, "html.parser")
    wish = settled.select_one("button[name=settle][value$=':both']")["value"]
    OpenPage(client, f"{url}/question").press(settle=wish)
    assert client.submit(f"{url}/soumettre", page=f"{url}/verifier").status_code == 303


def test_two_people_on_two_parts_never_disturb_each_other(app, place, client_for, draft):
    client = client_for(place.ines)
    frame, block = f"/dossiers/{draft.id}/cadre", f"/dossiers/{draft.id}/blocage"
    assert client.submit(frame, {"version": "0", "step": "Un"}, page=frame).status_code == 303
    assert client.submit(block, {"version": "0", "fact_no_offer": "Deux"}, page=block).status_code == 303


def test_the_service_refuses_a_stale_version(app, place, draft):
    save_part(place.ines, draft, Part.FRAME, version=0, values={"step": "Un"})
    with pytest.raises(StaleError):
        save_part(place.ines, draft, Part.FRAME, version=0, values={"step": "Deux"})


def test_a_submitted_dossier_is_not_written_in(app, place):
    dossier = make_complete(place, DossierState.SUBMITTED)
    with pytest.raises(NotAllowedError):
        save_part(place.ines, dossier, Part.QUESTION, version=0, values={"question": "Autre"})


def test_a_page_that_stayed_open_is_told_why_it_is_not_kept(app, place, client_for):
    dossier = make_complete(place, DossierState.SUBMITTED)
    typed, url = {"version": "0", "question": "Autre"}, f"/dossiers/{dossier.id}/question"
    answer = client_for(place.ines).submit(url, typed)
    assert (answer.status_code, "ne se modifie plus" in answer.text) == (403, True)
    assert client_for(place.noemie).submit(url, typed).status_code == 404


def test_saving_as_one_types_answers_the_line_of_the_saving_alone(app, place, client_for, draft):
    client, url = client_for(place.ines), f"/dossiers/{draft.id}/cadre"
    answer = client.submit(url, {"version": "0", "step": "Lever"}, page=url, htmx=True)
    fragment = answer.get_data(as_text=True).strip()
    assert answer.status_code == 200
    shown = BeautifulSoup(client.get(url).get_data(as_text=True), "html.parser").find(id="sauvegarde")
    sent = BeautifulSoup(fragment, "html.parser").find(id="sauvegarde")
    for one in (shown, sent):
        del one.find("input", {"name": "page"})["value"]
    assert str(sent).split() == str(shown).split()
    assert sent.find("input", {"name": "version"})["value"] == "1"
    assert again(draft).step == "Lever"


def test_saving_as_one_types_says_a_refusal_and_a_clash(app, place, client_for, draft):
    client, url = client_for(place.ines), f"/dossiers/{draft.id}/cadre"
    refused = client.submit(url, {"version": "0", "step": NIR}, page=url, htmx=True)
    assert (refused.status_code, REFUSAL in refused.get_data(as_text=True)) == (422, True)
    client.submit(url, {"version": "0", "step": "Un"}, htmx=True)
    clash = client.submit(url, {"version": "0", "step": "Deux"}, htmx=True)
    assert clash.status_code == 409
    assert 'name="version" value="0"' in clash.get_data(as_text=True)
    assert again(draft).step == "Un"


def test_an_agreement_is_never_written_down_half_typed(app, place, client_for, draft):
    client, url = client_for(place.ines), f"/dossiers/{draft.id}/personne"
    typed = {"version": "0", "info_given_on": "2026-01-05", "agreed_on": "2026-01-06"}
    assert client.submit(url, typed, page=url, htmx=True).status_code == 200
    assert "pas encore été informée" in client.get(f"/dossiers/{draft.id}/accord").get_data(as_text=True)


@pytest.mark.parametrize(
    ("part", "field", "most"),
    [("blocage", "fact_no_offer", 500), ("diagnostic", "note_logement", 300), ("question", "question", 4000)],
)
def test_a_text_that_is_too_long_is_said_and_never_cut_by_the_browser(
    app, place, client_for, draft, part, field, most
):
    client, url = client_for(place.ines), f"/dossiers/{draft.id}/{part}"
    shown = BeautifulSoup(client.get(url).text, "html.parser").find(id=field)
    assert shown.get("maxlength") is None
    answer = client.submit(url, {"version": "0", "minutes_needed": "30", field: "a" * (most + 1)}, page=url)
    assert (answer.status_code, "Raccourcissez ce texte" in answer.text) == (422, True)
    assert "a" * (most + 1) in answer.text


def test_a_number_that_is_none_is_said_once(app, place, client_for, draft):
    client, url = client_for(place.ines), f"/dossiers/{draft.id}/personne"
    answer = client.submit(url, {"version": "0", "children_count": "1.5"}, page=url)
    assert answer.status_code == 422
    assert "Écrivez un nombre entier" in answer.text
    assert "entre 0 et 20" not in answer.text


def test_lines_are_added_and_removed_without_losing_what_was_typed(app, place, client_for, draft):
    client, url = client_for(place.ines), f"/dossiers/{draft.id}/parcours"
    typed = {"version": "0", "steps-0-action": "Première", "steps-1-action": "Seconde"}
    typed["steps-1-starts_on"] = "2026-01-05"
    more = client.submit(url, {**typed, "line": "add"}, page=url).get_data(as_text=True)
    assert "Étape 3" in more
    fewer = client.submit(url, {**typed, "line": "remove-0"}).get_data(as_text=True)
    assert "Première" not in fewer
    assert "Seconde" in fewer
    assert "2026-01-05" in fewer
    assert again(draft).parcours == []


def lines(texts):
    named = {}
    for number, text in enumerate(texts):
        named |= {f"steps-{number}-action": text, f"steps-{number}-starts_on": "2026-01-05"}
        named |= {f"steps-{number}-key": str(uuid.uuid4())}
    return named


def test_a_list_has_thirty_lines_at_most_and_says_so(app, place, client_for, draft):
    client, url = client_for(place.ines), f"/dossiers/{draft.id}/parcours"
    full = {"version": "0", **lines(f"Étape {n}" for n in range(30))}
    answer = client.submit(url, {**full, "line": "add"}, page=url).get_data(as_text=True)
    assert "Gardez 30 lignes au plus" in answer
    assert "Retirer l’étape 30" in answer
    assert "Retirer l’étape 31" not in answer


@pytest.mark.parametrize("part", ["tentatives", "parcours"])
def test_who_works_by_keyboard_goes_on_at_the_line_that_came_and_at_the_button_after_one_left(
    app, place, client_for, draft, part
):
    client, url = client_for(place.ines), f"/dossiers/{draft.id}/{part}"
    draft_version = {"version": str(draft.version)}
    for act, focused in (("add", "fieldset.line:last-of-type"), ("remove-0", "button[value=add]")):
        answer = client.submit(url, {**draft_version, "line": act}, page=url)
        page = BeautifulSoup(answer.get_data(as_text=True), "html.parser")
        chosen = page.select("[autofocus]")
        assert len(chosen) == 1
        assert chosen[0] in page.select(focused)
    assert not BeautifulSoup(client.get(url).text, "html.parser").select("[autofocus]")


def test_two_pages_that_add_up_to_more_lines_lose_none_of_what_was_typed(app, place, client_for, draft):
    client, url = client_for(place.ines), f"/dossiers/{draft.id}/parcours"
    empty = {"version": "0", "base": "{}"}
    first = {**empty, **lines(f"Une {n}" for n in range(20)), "page": str(uuid.uuid4())}
    second = {**empty, **lines(f"Deux {n}" for n in range(20)), "page": str(uuid.uuid4())}
    assert client.submit(url, first, page=url, htmx=True).status_code == 200
    as_typed = client.submit(url, second, htmx=True)
    assert (as_typed.status_code, "Gardez 30 lignes au plus" in as_typed.text) == (422, True)
    refused = client.submit(url, second)
    assert refused.status_code == 422
    assert "Gardez 30 lignes au plus" in refused.text
    assert "Deux 19" in refused.text
    assert len(again(draft).parcours) == 20
    assert client.get(url).status_code == 200


@pytest.mark.parametrize(
    ("part", "values"),
    [
        (Part.FRAME, {"step": NIR}),
        (Part.QUESTION, {"question": f"Quel logement ? {NIR}"}),
        (Part.BLOCK, {"criteria": {Criterion.EXHAUSTED: NIR}}),
        (Part.DIAGNOSIS, {"diagnosis": {DiagnosisItem.HOUSING: (Level.FREIN, NIR)}}),
        (Part.PARCOURS, {"steps": [{"starts_on": date(2026, 1, 5), "action": "Saison", "result": NIR}]}),
        (Part.ATTEMPTS, {"attempts": [{"tried_on": date(2026, 1, 5), "what": NIR}]}),
    ],
    ids=lambda one: getattr(one, "value", ""),
)
def test_the_service_itself_refuses_a_social_security_number_however_deep(app, place, draft, part, values):
    with pytest.raises(InvalidInputError, match="sécurité sociale"):
        save_part(place.ines, draft, part, version=0, values=values)


@pytest.mark.parametrize("field", ["first_name", "last_name", "phone", "email"])
def test_an_identity_holds_no_social_security_number(app, place, draft, field):
    written = {"first_name": "Paul", "last_name": "Martin", field: NIR}
    with pytest.raises(InvalidInputError, match="sécurité sociale"):
        save_person(place.ines, draft, **written)


def test_health_is_asked_for_as_an_obstacle_never_as_an_illness(app, place, client_for, draft):
    client = client_for(place.ines)
    diagnosis = BeautifulSoup(client.get(f"/dossiers/{draft.id}/diagnostic").text, "html.parser")
    field = diagnosis.find(attrs={"name": f"note_{DiagnosisItem.HEALTH.value}"})
    hints = " ".join(diagnosis.find(id=one).text for one in field["aria-describedby"].split())
    assert "Un obstacle à l’activité" in hints
    assert "Jamais une maladie" in hints
    assert "jamais une maladie" in client.get(f"/dossiers/{draft.id}/blocage").text


def test_a_line_needs_its_date_and_an_empty_one_is_left_out(app, place, client_for, draft):
    client, url = client_for(place.ines), f"/dossiers/{draft.id}/tentatives"
    undated = {"version": "0", "attempts-0-what": "CISP", "attempts-0-scope": "outside"}
    refused = client.submit(url, undated, page=url)
    assert refused.status_code == 422
    typed = {
        "version": "0", "attempts-0-what": "CISP", "attempts-0-scope": "outside",
        "attempts-0-tried_on": "2026-04-01", "attempts-1-what": "", "attempts-1-scope": "inside",
    }  # fmt: skip
    assert client.submit(url, typed).status_code == 303
    assert [one.what for one in again(draft).attempts] == ["CISP"]


def test_a_step_that_ends_before_it_begins_is_refused_beside_its_end(app, place, client_for, draft):
    client, url = client_for(place.ines), f"/dossiers/{draft.id}/parcours"
    backwards = {
        "version": "0", "steps-0-action": "Saison", "steps-0-starts_on": "2026-05-05",
        "steps-0-ends_on": "2026-01-05",
    }  # fmt: skip
    answer = client.submit(url, backwards, page=url)
    assert answer.status_code == 422
    assert "La fin vient après le début" in answer.text
    assert 'id="steps-0-ends_on-erreur"' in answer.text
    assert again(draft).parcours == []


DAYS = [
    ("cadre", "step_started_on"), ("cadre", "entered_on"), ("diagnostic", "diagnosed_on"),
    ("tentatives", "attempts-0-tried_on"),
]  # fmt: skip


@pytest.mark.parametrize(("part", "field"), DAYS)
@pytest.mark.parametrize("day", ["0202-03-01", "2200-01-01"])
def test_a_day_half_typed_or_still_to_come_is_refused_and_not_kept(
    app, place, client_for, draft, part, field, day
):
    client, url = client_for(place.ines), f"/dossiers/{draft.id}/{part}"
    typed = {"version": "0", "attempts-0-what": "CISP"} if part == "tentatives" else {"version": "0"}
    answer = client.submit(url, {**typed, field: day}, page=url)
    assert answer.status_code == 422
    assert f'id="{field}-erreur"' in answer.text
    assert again(draft).part_versions == {}


def test_the_check_page_leads_to_what_is_missing(app, place, client_for, draft):
    page = client_for(place.ines).get(f"/dossiers/{draft.id}/verifier").get_data(as_text=True)
    assert "Écrivez la question à la commission" in page
    assert f"/dossiers/{draft.id}/question" in page
    assert "Soumettre le dossier" not in page


def test_the_check_page_leads_to_each_field_that_misses_something(app, place, client_for, draft):
    client = client_for(place.ines)
    page = BeautifulSoup(client.get(f"/dossiers/{draft.id}/verifier").text, "html.parser")
    links = [link["href"] for link in page.select("#manque ~ ul a")]
    assert len(links) >= 10
    for link in links:
        address, _, field = link.partition("#")
        part = BeautifulSoup(client.get(address).text, "html.parser")
        assert part.find(id=field), link
