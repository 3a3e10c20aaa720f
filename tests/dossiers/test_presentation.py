"""What the commission reads: everything that the table of visibility gives it, and nothing else."""

from datetime import date

import pytest
from flask import render_template

from commission_app.dossiers.models import (
    Attempt,
    BlockCriterion,
    DiagnosisLine,
    Dossier,
    Exchange,
    ParcoursStep,
    Person,
    Remark,
)
from commission_app.dossiers.presentation import presentation_of
from commission_app.dossiers.rights.models import Correction
from commission_app.dossiers.states import AttemptScope, DiagnosisItem, DossierState, Level, Part, StepOutcome
from commission_app.dossiers.visibility import WHO_SEES, Audience, sees
from tests.checks import check_html
from tests.databases import settle
from tests.dossiers.stories import make_complete, person_of

QUERIES_OF_A_PAGE = 13 + 1  # BEGIN

#: By hand, never from the code: what each field is to the commission.
COMMISSION_READS = {
    "criterion.fact", "diagnosis.note", "dossier.step", "dossier.origin_who", "dossier.origin_how",
    "dossier.origin_why", "parcours.action", "parcours.structure_name", "parcours.result", "attempt.what",
    "attempt.with_whom", "attempt.result", "dossier.no_inside_reason", "dossier.no_outside_reason",
    "dossier.question", "dossier.urgency_reason", "dossier.age_band", "dossier.insee", "dossier.household",
    "dossier.wishes_presence", "dossier.contract", "dossier.entered_on",
}  # fmt: skip
COMMISSION_NEVER_READS = {
    "person.first_name", "person.last_name", "person.phone", "person.email", "dossier.previous_referent",
    "remark.text", "remark.answer", "exchange.participants", "exchange.tried", "exchange.outcome",
}  # fmt: skip


#: Chosen from a list or a calendar, never typed.
CHOSEN = {
    "dossier.age_band", "dossier.insee", "dossier.household", "dossier.wishes_presence", "dossier.contract",
    "dossier.entered_on",
}  # fmt: skip


def canary(field):
    return "canari-" + field.replace(".", "-")


def fill(place, dossier):
    """A word of its own in every text of a dossier."""
    person = person_of(dossier)
    for name in ("first_name", "last_name", "phone", "email"):
        setattr(person, name, canary(f"person.{name}"))
    for field in (COMMISSION_READS | COMMISSION_NEVER_READS) - CHOSEN:
        kind, name = field.split(".")
        if kind == "dossier":
            setattr(dossier, name, canary(field))
    dossier.criteria[0].fact = canary("criterion.fact")
    dossier.diagnosis[0].note = canary("diagnosis.note")
    day = date(2026, 1, 5)
    dossier.parcours[:] = [
        ParcoursStep(
            starts_on=day, action=canary("parcours.action"), structure_name=canary("parcours.structure_name"),
            result=canary("parcours.result"), outcome=StepOutcome.DONE,
        )
    ]  # fmt: skip
    dossier.attempts[:] = [
        Attempt(
            scope=AttemptScope.INSIDE, tried_on=day, what=canary("attempt.what"),
            with_whom=canary("attempt.with_whom"), result=canary("attempt.result"),
        )
    ]  # fmt: skip
    texts = {name: canary(f"exchange.{name}") for name in ("participants", "tried", "outcome")}
    dossier.exchanges.append(Exchange(held_on=day, author_id=place.noemie.id, **texts))
    words = {name: canary(f"remark.{name}") for name in ("text", "answer")}
    dossier.remarks.append(Remark(part=Part.FRAME, author_id=place.noemie.id, **words))


#: By hand too: who of the others reads what the commission does not.
R, C, N, P = Audience.REFERENT, Audience.COORDINATION, Audience.NEXT_REFERENT, Audience.PERSON
KEPT_FROM_THE_COMMISSION = {
    "person.first_name": {R, C, P}, "person.last_name": {R, C, P}, "person.phone": {R, C, P},
    "person.email": {R, C, P}, "dossier.previous_referent": {R, C, N, P}, "remark.text": {R, C, P},
    "remark.answer": {R, C, P}, "exchange.participants": {R, C, P}, "exchange.tried": {R, C, P},
    "exchange.outcome": {R, C, P}, "agreement": {R, C, P}, "correction.text": {R, C, P},
    "correction.answer": {R, C, P}, "fiche.text": {R, C, N, P},
}  # fmt: skip
#: Neither typed nor shown as it stands: a level, a day behind a length.
COUNTED = {"diagnosis.level", "dossier.step_started_on", "dossier.diagnosed_on"}


def test_the_table_says_what_people_agreed_on():
    shared = {field: set(Audience) for field in COMMISSION_READS | COUNTED}
    assert {field: set(who) for field, who in WHO_SEES.items()} == shared | KEPT_FROM_THE_COMMISSION
    assert not sees(Audience.COMMISSION, "person.unknown")


def test_every_sealed_text_has_its_line_in_the_table():
    kinds = {
        "dossier": Dossier, "person": Person, "criterion": BlockCriterion, "diagnosis": DiagnosisLine,
        "parcours": ParcoursStep, "attempt": Attempt, "remark": Remark, "exchange": Exchange,
        "correction": Correction,
    }  # fmt: skip
    texts = {f"{kind}.{one.name}" for kind, model in kinds.items() for one in model.sealed_columns}
    assert texts - set(WHO_SEES) == set()


@pytest.mark.parametrize("field", sorted(COMMISSION_READS - CHOSEN))
def test_a_field_taken_from_the_commission_leaves_its_view(app, place, monkeypatch, field):
    dossier = make_complete(place, DossierState.SCHEDULED, last_name="x")
    fill(place, dossier)
    monkeypatch.setitem(WHO_SEES, field, frozenset({R}))
    shown = render_template("dossiers/_presentation.html", presentation=presentation_of(dossier))
    assert canary(field) not in shown


def test_the_shared_view_shows_exactly_the_fields_of_the_commission(app, place):
    dossier = make_complete(place, DossierState.SCHEDULED, last_name="x")
    fill(place, dossier)
    shown = render_template("dossiers/_presentation.html", presentation=presentation_of(dossier))
    texts = COMMISSION_READS - CHOSEN
    assert {field for field in texts if canary(field) not in shown} == set()
    assert {field for field in COMMISSION_NEVER_READS if canary(field) in shown} == set()
    check_html(shown)


def test_an_empty_dossier_is_shown_too(app, place):
    dossier = make_complete(place)
    for name in ("criteria", "diagnosis", "parcours", "attempts"):
        getattr(dossier, name).clear()
    dossier.question, dossier.age_band, dossier.commune = "", None, None
    check_html(render_template("dossiers/_presentation.html", presentation=presentation_of(dossier)))


def test_the_header_says_age_commune_and_household(app, place):
    shown = presentation_of(make_complete(place))
    assert shown.header.replace("\u00a0", " ") == "35–44 ans · Arles · élève seul ses enfants, 2 enfants"


def test_the_grid_counts_each_position(app, place):
    shown = presentation_of(make_complete(place))
    assert (shown.counts["frein"], shown.counts["non_aborde"]) == (3, 15)
    assert set(shown.freins) == {"logement", "competences", "aspirations"}


def test_the_picture_tells_what_was_not_discussed_from_what_is_neutral(app, place):
    dossier = make_complete(place)
    dossier.diagnosis = [DiagnosisLine(item=DiagnosisItem.CHILD_CARE, level=Level.NEUTRAL)]
    shown = presentation_of(dossier)
    assert dict(shown.radar)["Garde"] == 0.5
    assert dict(shown.radar)["Mobilité"] is None
    picture = render_template("dossiers/_presentation.html", presentation=shown)
    assert picture.count('class="silent"') == 5
    assert "Non abordé\u00a0: logement, mobilité, expérience, démarches et projection" in picture
    assert "Garde\u00a0: neutre, Mobilité\u00a0: non abordé" in shown.radar_words


@pytest.mark.parametrize("url", ["", "/presentation", "/verifier"])
@pytest.mark.parametrize("state", [DossierState.TO_COMPLETE, DossierState.EXCHANGE])
def test_pages_of_a_dossier_never_show_who_it_is(app, place, client_for, url, state):
    dossier = make_complete(place, state, last_name="Canaritramontane")
    for reader in (place.ines, place.noemie):
        client = client_for(reader)
        client.forbidden = {"Canaritramontane", "06 39 98 00 00"}
        assert client.get(f"/dossiers/{dossier.id}{url}").status_code == 200


def test_the_seven_parts_cost_the_same_however_full(app, place, client_for, count_queries):
    dossier = make_complete(place)
    client, address = client_for(place.ines), f"/dossiers/{dossier.id}"
    fill(place, dossier)
    settle()
    with count_queries() as queries:
        client.get(address)
    assert len(queries) <= QUERIES_OF_A_PAGE, "\n".join(queries)


@pytest.mark.parametrize("url", ["", "/presentation"])
def test_a_page_costs_the_same_however_full(app, place, client_for, count_queries, url):
    dossier = make_complete(place, DossierState.EXCHANGE)
    client, address = client_for(place.noemie), f"/dossiers/{dossier.id}{url}"
    with count_queries() as few:
        client.get(address)
    fill(place, dossier)
    for _ in range(5):
        dossier.exchanges.append(Exchange(held_on=date(2026, 1, 5), author_id=place.noemie.id))
        dossier.remarks.append(Remark(part=Part.FRAME, text="?", author_id=place.noemie.id))
    settle()
    with count_queries() as many:
        client.get(address)
    assert len(many) <= len(few) <= QUERIES_OF_A_PAGE
