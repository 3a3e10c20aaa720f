"""Several people at one draft: each field by itself, nothing lost, every clash shown."""

import json
from datetime import timedelta

import pytest

from commission_app.binomes.states import Competence
from commission_app.core import clock
from commission_app.core.db import db
from commission_app.dossiers.models import Dossier
from commission_app.dossiers.parts.routes import PAGES
from commission_app.dossiers.person.forms import PersonForm
from commission_app.dossiers.rights.access import access_of
from commission_app.dossiers.states import ClashOutcome, Part
from commission_app.dossiers.writing.merging import base_after, fingerprints, merge
from commission_app.dossiers.writing.models import Clash
from commission_app.dossiers.writing.queries import others_at
from commission_app.dossiers.writing.services import say_present
from tests.dossiers.pages import OpenPage
from tests.dossiers.stories import make_complete, person_of
from tests.factories import make_dossier


@pytest.fixture
def draft(place):
    return make_dossier(place.ines, place.territory, agreed=False, question="")


def again(dossier):
    db.session.expire_all()
    return db.session.get_one(Dossier, dossier.id)


@pytest.fixture
def two(place, client_for, draft):
    """Two browsers on the same part."""
    client, url = client_for(place.ines), f"/dossiers/{draft.id}/cadre"
    return OpenPage(client, url), OpenPage(client.twin(), url)


def test_two_fields_of_one_part_never_disturb_each_other(app, draft, two):
    mine, other = two
    assert mine.type(step="Lever les freins").status_code == 200
    assert other.type(contract="cer").status_code == 200
    kept = again(draft)
    assert (kept.step, kept.contract.value) == ("Lever les freins", "cer")


def test_a_field_changed_elsewhere_is_said_and_never_put_back(app, draft, two):
    mine, other = two
    mine.type(step="Lever les freins")
    answer = other.type(contract="cer").get_data(as_text=True)
    assert "Étape en cours" in answer
    other.type(contract="plie")
    assert again(draft).step == "Lever les freins"


def test_texts_that_meet_are_both_kept_and_shown(app, draft, two):
    mine, other = two
    other.type(step="Le texte de l’autre")
    clash = mine.type(step="Mon texte")
    page = clash.get_data(as_text=True)
    assert clash.status_code == 409
    assert "Le texte de l’autre" in page
    assert "Mon texte" in page
    assert again(draft).step == "Le texte de l’autre"
    reopened = mine.client.get(mine.url).get_data(as_text=True)
    assert "Mon texte" in reopened


def test_typing_on_after_a_clash_still_replaces_nothing(app, draft, two):
    mine, other = two
    other.type(step="Le texte de l’autre")
    mine.type(step="Mon texte")
    assert mine.type(step="Mon texte, plus long").status_code == 409
    assert again(draft).step == "Le texte de l’autre"
    assert [clash.mine for clash in db.session.query(Clash)] == ["Mon texte, plus long"]


@pytest.mark.parametrize(
    ("outcome", "text"),
    [
        (ClashOutcome.MINE, "Mon texte"),
        (ClashOutcome.THEIRS, "Le sien"),
        (ClashOutcome.BOTH, "Le sien / Mon texte"),
    ],
)
def test_who_settles_chooses_the_text(app, draft, two, outcome, text):
    mine, other = two
    other.type(step="Le sien")
    mine.type(step="Mon texte")
    clash = db.session.query(Clash).one()
    answer = mine.press(settle=f"{clash.id}:{outcome.value}")
    assert (answer.status_code, answer.location) == (303, mine.url)
    assert again(draft).step == text
    assert "a deux textes" not in mine.client.get(mine.url).get_data(as_text=True)


def test_the_page_that_chose_both_cannot_put_its_own_text_back(app, draft, two):
    mine, other = two
    other.type(step="Le sien")
    mine.type(step="Mon texte")
    mine.press(settle=f"{db.session.query(Clash).one().id}:both")
    assert mine.lose(step="Mon texte").status_code == 409
    assert again(draft).step == "Le sien / Mon texte"


def test_a_text_of_several_lines_keeps_both_one_below_the_other(app, place, client_for, draft):
    client, url = client_for(place.ines), f"/dossiers/{draft.id}/question"
    mine, other = OpenPage(client, url), OpenPage(client.twin(), url)
    other.type(question="La sienne ?")
    mine.type(question="La mienne ?")
    mine.press(settle=f"{db.session.query(Clash).one().id}:both")
    assert again(draft).question == "La sienne ?\nLa mienne ?"


@pytest.mark.parametrize(
    ("outcome", "text"),
    [(ClashOutcome.THEIRS, "Le sien, plus long"), (ClashOutcome.BOTH, "Le sien, plus long / Mon texte")],
)
def test_what_the_other_typed_on_since_is_not_lost_by_the_choice(app, draft, two, outcome, text):
    mine, other = two
    other.type(step="Le sien")
    mine.type(step="Mon texte")
    other.type(step="Le sien, plus long")
    clash = db.session.query(Clash).one()
    assert mine.press(settle=f"{clash.id}:{outcome.value}").status_code == 303
    assert again(draft).step == text


@pytest.mark.parametrize("is_reopened", [False, True])
def test_nobody_replaces_a_text_that_was_not_shown(app, draft, two, is_reopened):
    mine, other = two
    other.type(step="Le sien")
    mine.type(step="Mon texte")
    page = OpenPage(mine.client, mine.url) if is_reopened else mine
    other.type(step="Le sien, plus long")
    choice = f"{db.session.query(Clash).one().id}:mine"
    shown = page.press(settle=choice)
    assert (shown.status_code, "Le sien, plus long" in shown.text) == (409, True)
    assert again(draft).step == "Le sien, plus long"
    page.read(shown)
    assert page.press(settle=choice).status_code == 303
    assert again(draft).step == "Mon texte"


def test_the_name_that_a_page_gives_itself_is_kept_as_far_as_it_goes(app, draft, two):
    mine, other = two
    other.type(step="Le sien")
    assert mine.type(step="Mon texte", page="x" * 100).status_code == 409
    assert mine.type(step="Mon\0 texte, plus long", page="x" * 100).status_code == 409
    assert [clash.mine for clash in db.session.query(Clash)] == ["Mon texte, plus long"]
    answer = mine.client.submit(f"{mine.url}/presence", {"page": "\0" + "x" * 100})
    assert answer.status_code == 200


def test_the_copy_for_the_person_holds_the_texts_set_aside_too(app, draft, two):
    mine, other = two
    other.type(step="Le sien")
    mine.type(step="Mon texte")
    kept = [row for section in access_of(again(draft))["sections"] for row in section["rows"]]
    assert {"Le sien", "Mon texte"} <= {text for _label, text in kept}


def test_three_texts_that_met_are_all_kept(app, draft, two):
    mine, other = two
    third = OpenPage(mine.client.twin(), mine.url)
    other.type(step="A")
    mine.type(step="B")
    third.type(step="C")
    first, second = db.session.query(Clash).order_by(Clash.created_at)
    choices = [f"{first.id}:both", f"{second.id}:both"]
    mine.press(settle=choices[0])
    third.press(settle=choices[1])
    assert again(draft).step == "A / B / C"


def test_what_was_typed_just_before_the_choice_is_kept(app, draft, two):
    mine, other = two
    other.type(step="Le sien")
    mine.type(step="Mon texte")
    mine.press(step="Mon texte, plus long", settle=f"{db.session.query(Clash).one().id}:mine")
    assert again(draft).step == "Mon texte, plus long"


def test_a_clash_of_another_part_is_not_found(app, draft, two):
    mine, other = two
    other.type(step="Le sien")
    mine.type(step="Mon texte")
    clash_id = db.session.query(Clash).one().id
    elsewhere = OpenPage(mine.client, f"/dossiers/{draft.id}/question")
    assert elsewhere.press(settle=f"{clash_id}:mine").status_code == 404
    db.session.rollback()
    assert db.session.get_one(Clash, clash_id).settled_at is None


@pytest.mark.parametrize("outcome", [ClashOutcome.MINE, ClashOutcome.THEIRS])
@pytest.mark.parametrize(
    ("part", "field", "first", "second"),
    [
        ("cadre", "contract", "pacea", "plie"),
        ("cadre", "entered_on", "2026-01-05", "2026-02-05"),
        ("cadre", "step_expected_months", "3", "9"),
        ("personne", "children_count", "", "4"),
        ("personne", "phone", "06 39 98 77 01", "06 39 98 77 02"),
        ("diagnostic", "level_logement", "strength", "lifted"),
        ("parcours", "steps-0-action", "Atelier", "Stage"),
        ("parcours", "steps-0-outcome", "to_come", "not_done"),
    ],
)
def test_a_field_of_any_kind_is_settled(app, place, client_for, part, field, first, second, outcome):
    dossier, client = make_complete(place), client_for(place.ines)
    url = f"/dossiers/{dossier.id}/{part}"
    mine, other = OpenPage(client, url), OpenPage(client.twin(), url)
    assert other.type(**{field: first}).status_code == 200
    assert mine.type(**{field: second}).status_code == 409
    clash = db.session.query(Clash).one()
    assert mine.press(settle=f"{clash.id}:{outcome.value}").status_code == 303
    kept = OpenPage(client, url).fields[field]
    assert kept == (second if outcome is ClashOutcome.MINE else first or "0")


def test_a_clash_of_another_dossier_is_not_found(app, place, client_for, two, draft):
    mine, other = two
    other.type(step="Le sien")
    mine.type(step="Mon texte")
    clash = db.session.query(Clash).one()
    stranger = make_dossier(place.karim, place.territory, agreed=False, question="")
    page = OpenPage(client_for(place.karim), f"/dossiers/{stranger.id}/cadre")
    assert page.press(settle=f"{clash.id}:mine").status_code == 404


def test_an_answer_that_got_lost_makes_no_clash(app, draft, two):
    mine, _other = two
    mine.lose(step="Lever")
    assert mine.type(step="Lever les freins").status_code == 200
    assert again(draft).step == "Lever les freins"


def test_what_is_refused_stays_and_the_rest_is_saved(app, draft, two):
    mine, _other = two
    answer = mine.type(step="Lever les freins", entered_on="hier")
    assert answer.status_code == 422
    assert "Écrivez une date" in answer.get_data(as_text=True)
    assert again(draft).step == "Lever les freins"
    assert mine.type(entered_on="2026-01-05").status_code == 200
    assert again(draft).entered_on.isoformat() == "2026-01-05"


def test_no_number_of_children_is_none_and_nobody_else_wrote_it(app, place, client_for, draft):
    page = OpenPage(client_for(place.ines), f"/dossiers/{draft.id}/personne")
    page.type(children_count="2")
    page.type(children_count="")
    assert "Changé ailleurs" not in page.type(last_name="Martin").text
    assert again(draft).children_count == 0


def test_a_line_of_blanks_is_no_line_and_a_blank_action_is_none(app, place, client_for, draft):
    page = OpenPage(client_for(place.ines), f"/dossiers/{draft.id}/parcours")
    assert page.type(**{"steps-0-action": "  "}).status_code == 200
    assert page.type(**{"steps-0-action": " ", "steps-0-starts_on": "2026-01-05"}).status_code == 422
    assert again(draft).parcours == []
    assert page.type(**{"steps-0-action": "Atelier  "}).status_code == 200
    saved = again(draft).part_versions
    assert page.type(**{"steps-0-action": "Atelier"}).status_code == 200
    assert again(draft).part_versions == saved


def test_two_people_add_a_line_each(app, place, client_for, draft):
    client, url = client_for(place.ines), f"/dossiers/{draft.id}/parcours"
    mine, other = OpenPage(client, url), OpenPage(client.twin(), url)
    mine.type(**{"steps-0-starts_on": "2026-01-05", "steps-0-action": "Atelier"})
    other.type(**{"steps-0-starts_on": "2026-02-05", "steps-0-action": "Saison"})
    mine.type(**{"steps-0-action": "Atelier mobilité"})
    assert {step.action for step in again(draft).parcours} == {"Atelier mobilité", "Saison"}


def test_a_line_sent_twice_is_one_line(app, place, client_for, draft):
    page = OpenPage(client_for(place.ines), f"/dossiers/{draft.id}/parcours")
    page.lose(**{"steps-0-starts_on": "2026-01-05", "steps-0-action": "Atelier"})
    page.type(**{"steps-0-action": "Atelier mobilité"})
    assert [step.action for step in again(draft).parcours] == ["Atelier mobilité"]


def test_a_line_taken_away_is_gone_and_a_line_added_meanwhile_stays(app, place, client_for):
    dossier = make_complete(place)
    client, url = client_for(place.ines), f"/dossiers/{dossier.id}/parcours"
    mine, other = OpenPage(client, url), OpenPage(client.twin(), url)
    other.type(**{"steps-1-key": "", "steps-1-starts_on": "2026-02-05", "steps-1-action": "Ajoutée"})
    for name in [name for name in mine.fields if name.startswith("steps-0")]:
        del mine.fields[name]
    mine.type()
    assert [step.action for step in again(dossier).parcours] == ["Ajoutée"]


def test_each_hears_that_the_other_is_there(app, place, draft):
    say_present(place.noemie, draft, Part.QUESTION, page="sienne")
    assert say_present(place.ines, draft, Part.FRAME, page="mienne")
    heard = others_at(draft.id, reader=place.ines, page="mienne")
    assert [(one.name, one.part, one.is_self) for one in heard] == [
        (place.noemie.full_name, Part.QUESTION, False)
    ]


def test_the_page_one_has_just_left_is_not_another_one(app, place, draft):
    say_present(place.ines, draft, Part.FRAME, page="quittée")
    say_present(place.ines, draft, Part.QUESTION, page="ouverte")
    assert others_at(draft.id, reader=place.ines, page="ouverte", is_first=True) == []
    assert [one.is_self for one in others_at(draft.id, reader=place.ines, page="ouverte")] == [True]


def test_who_has_gone_is_forgotten(app, place, draft):
    with clock.frozen(clock.now() - timedelta(minutes=1)):
        say_present(place.noemie, draft, Part.QUESTION, page="sienne")
    assert others_at(draft.id, reader=place.ines) == []


def test_the_page_says_who_else_is_there(app, place, client_for, draft):
    say_present(place.noemie, draft, Part.QUESTION, page="sienne")
    client, url = client_for(place.ines), f"/dossiers/{draft.id}/cadre"
    heard = client.submit(f"{url}/presence", {"page": "mienne"}, page=url).get_data(as_text=True)
    assert f"{place.noemie.full_name} a aussi ce dossier ouvert, à la partie" in heard


def make_blank(place):
    """Nothing is written yet."""
    return make_dossier(place.ines, place.territory, agreed=False, question="")


def make_padded(place):
    """Written by another way than a form: blanks stand around the texts."""
    dossier = make_complete(place, step=" Lever les freins ", question="\nQuel hébergement ?\r\n\r\nEt où ? ")
    dossier.criteria[0].fact = dossier.diagnosis[0].note = dossier.parcours[0].action = " Trois demandes "
    dossier.attempts[0].what, person_of(dossier).first_name = " Une demande ", " Paul "
    dossier.needed = [next(iter(Competence)).value]
    db.session.flush()
    return dossier


@pytest.mark.parametrize("part", Part, ids=lambda part: part.value)
@pytest.mark.parametrize("make", [make_complete, make_blank, make_padded], ids=lambda make: make.__name__)
def test_an_untouched_page_knows_what_stands_and_changes_nothing(app, place, client_for, part, make):
    dossier, client = make(place), client_for(place.ines)
    standing = PAGES[part].form.stored(dossier)
    if part is Part.PERSON:
        standing |= PersonForm.identity_of(person_of(dossier))
    page = OpenPage(client, f"/dossiers/{dossier.id}/{part.value}")
    assert json.loads(page.fields["base"]) == fingerprints(standing)
    answer = page.type()
    assert answer.status_code == 200
    assert "Changé ailleurs" not in answer.text
    assert again(dossier).part_version(part) == 0


def test_merging_knows_who_changed_what():
    base = fingerprints({"a": "1", "b": "1", "c": "1", "d": "1"})
    mine = {"a": "1", "b": "2", "c": "2", "d": "2"}
    theirs = {"a": "2", "b": "1", "c": "2", "d": "3"}
    merged = merge(mine, theirs, base, own=())
    assert merged.kept == {"a": "2", "b": "2", "c": "2", "d": "3"}
    assert (merged.written, merged.behind, [met.name for met in merged.met]) == (["b"], ["a"], ["d"])
    after = base_after(merged, mine, base, ())
    assert (after["a"], after["d"]) == (base["a"], base["d"])
    assert after["b"] == fingerprints(mine)["b"]
