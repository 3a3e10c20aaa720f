"""Composing a day by plain forms and by htmx: place, move, resize, remove, what is missing, what
overflows."""

import uuid

from bs4 import BeautifulSoup

from commission_app.core.db import db
from commission_app.dossiers.states import DossierState
from commission_app.followup.models import Action
from commission_app.sessions.agenda.models import AgendaItem, AgendaProposal
from commission_app.sessions.agenda.queries import items_of
from commission_app.sessions.states import ItemKind, ItemState, ProposalState, SessionState
from tests.factories import make_item, make_session, make_user

from .conftest import Stage


def composed(stage: Stage, client) -> str:
    """The address of the composer, with the frame of the day placed."""
    url = f"{stage.base}/ordre-du-jour/composer"
    client.submit(f"{stage.base}/ordre-du-jour/commencer", page=url)
    return url


def names(stage: Stage) -> list[str]:
    """What the points are called, in order."""
    db.session.expire_all()
    return [item.name for item in items_of(stage.day)]


def test_the_frame_comes_from_the_programme(stage, client_for):
    composed(stage, client_for(stage.nora))
    assert names(stage) == [
        "Café d’accueil", "Suites des sessions passées", "Pause", "Déjeuner partagé", "Bilan du jour",
    ]  # fmt: skip


def test_a_frame_is_placed_once(stage, client_for):
    nora = client_for(stage.nora)
    composed(stage, nora)
    assert nora.submit(f"{stage.base}/ordre-du-jour/commencer").status_code == 409


def test_a_placed_dossier_takes_the_first_room_and_is_scheduled(stage, client_for):
    nora = client_for(stage.nora)
    composed(stage, nora)
    dossier = stage.dossiers[0]
    answer = nora.submit(f"{stage.base}/ordre-du-jour/dossiers/{dossier.id}")
    assert answer.status_code == 303
    assert names(stage)[2] == f"Dossier {dossier.code}"
    assert dossier.state is DossierState.SCHEDULED


def test_a_dossier_is_placed_once(stage, client_for):
    nora = client_for(stage.nora)
    composed(stage, nora)
    url = f"{stage.base}/ordre-du-jour/dossiers/{stage.dossiers[0].id}"
    nora.submit(url)
    assert nora.submit(url).status_code == 409


def test_a_removed_dossier_waits_again(stage, client_for):
    nora = client_for(stage.nora)
    page = composed(stage, nora)
    nora.submit(f"{stage.base}/ordre-du-jour/dossiers/{stage.dossiers[0].id}")
    item = next(item for item in items_of(stage.day) if item.dossier_id)
    nora.submit(f"{stage.base}/points/{item.id}/retirer", {"version": item.version}, page=page)
    db.session.expire_all()
    assert stage.dossiers[0].state is DossierState.RETAINED
    assert len(items_of(stage.day)) == 5


def test_moving_and_resizing_answer_with_the_composer(stage, client_for):
    nora = client_for(stage.nora)
    page = composed(stage, nora)
    one, two = make_item(stage.day, title="Un", position=10), make_item(stage.day, title="Deux", position=11)
    version = two.version
    moved = nora.submit(
        f"{stage.base}/points/{two.id}/deplacer", {"to": 5, "version": version}, page=page, htmx=True
    )
    root = BeautifulSoup(moved.get_data(as_text=True), "html.parser").find(id="composer")
    assert root is not None
    assert "Deux" in root.find(id="annonce").get_text()
    assert names(stage)[5:] == ["Deux", "Un"]
    answer = nora.submit(f"{stage.base}/points/{one.id}/duree", {"minutes": 43, "version": one.version})
    assert answer.status_code == 303
    db.session.expire_all()
    assert db.session.get(AgendaItem, one.id).planned_minutes == 45


def composer_in(html: str) -> str:
    """The composer without the tokens of its forms, which tell the second in which they were signed."""
    composer = BeautifulSoup(html, "html.parser").find(id="composer")
    for token in composer.find_all(attrs={"name": "csrf_token"}):
        token.decompose()
    return str(composer)


def test_the_fragment_equals_the_page(stage, client_for):
    nora = client_for(stage.nora)
    page = composed(stage, nora)
    item = make_item(stage.day, title="Un", position=10)
    data = {"minutes": 50, "version": item.version}
    url = f"{stage.base}/points/{item.id}/duree"
    fragment = nora.submit(url, data, page=page, htmx=True).get_data(as_text=True)
    whole = nora.get(f"{page}?point={item.id}").get_data(as_text=True)
    assert composer_in(whole) == composer_in(fragment)


def test_a_stale_version_is_refused_and_nothing_moves(stage, client_for):
    nora = client_for(stage.nora)
    page = composed(stage, nora)
    item = make_item(stage.day, title="Un", position=10)
    url, stale = f"{stage.base}/points/{item.id}/duree", item.version
    nora.submit(url, {"minutes": 50, "version": stale}, page=page)
    answer = nora.submit(url, {"minutes": 20, "version": stale})
    assert answer.status_code == 409
    assert "entre-temps" in answer.get_data(as_text=True)
    db.session.expire_all()
    assert db.session.get(AgendaItem, item.id).planned_minutes == 50


def test_an_overflow_is_said_and_forbids_publishing(stage, client_for):
    nora = client_for(stage.nora)
    page = composed(stage, nora)
    make_item(stage.day, title="Très long", planned_minutes=300, position=10)
    text = nora.get(page).get_data(as_text=True)
    assert "de trop" in text
    assert "slot-over" in text
    answer = nora.submit(f"{stage.base}/ordre-du-jour/publier", {"after": 0})
    assert answer.status_code == 409
    assert "dépasse" in answer.get_data(as_text=True)


def test_missing_and_partial_competences_are_told_in_words(stage, client_for):
    nora = client_for(stage.nora)
    page = composed(stage, nora)
    nora.submit(f"{stage.base}/ordre-du-jour/dossiers/{stage.dossiers[1].id}")
    text = nora.get(page).get_data(as_text=True)
    assert "Il manque\u00a0: logement" in text
    assert "Santé\u00a0: présente jusqu’à 15\u00a0h" in text


def test_a_competence_that_has_left_is_missing(stage, client_for):
    nora = client_for(stage.nora)
    page = composed(stage, nora)
    make_item(stage.day, dossier=stage.dossiers[1], position=50, planned_minutes=30)
    make_item(stage.day, title="Long", position=49, planned_minutes=120)
    assert "Il manque\u00a0: santé et logement" in nora.get(page).get_data(as_text=True)


def test_proposals_and_open_actions_become_points(stage, client_for):
    nora = client_for(stage.nora)
    composed(stage, nora)
    proposal = AgendaProposal(
        territory_id=stage.territory.id, author=stage.amina, kind=ItemKind.OFFER, title="Atelier", minutes=15
    )
    action = Action(
        territory_id=stage.territory.id, structure_id=stage.health.id, title="Garde dès 6 h 30",
        due_on=stage.day.starts_at.date(),
    )  # fmt: skip
    db.session.add_all([proposal, action])
    db.session.flush()
    nora.submit(f"{stage.base}/ordre-du-jour/propositions/{proposal.id}")
    url = f"{stage.base}/ordre-du-jour/actions/{action.id}"
    nora.submit(url)
    assert {"Atelier", "Garde dès 6 h 30"} <= set(names(stage))
    assert proposal.state is ProposalState.PLACED
    assert nora.submit(url).status_code == 409


def test_a_free_point_is_checked(stage, client_for):
    nora = client_for(stage.nora)
    page = composed(stage, nora)
    wrong = nora.submit(
        f"{stage.base}/ordre-du-jour/points", {"kind": "news", "title": "", "minutes": 5}, page=page
    )
    assert wrong.status_code == 422
    assert "Écrivez l’intitulé du point." in wrong.get_data(as_text=True)
    right = nora.submit(f"{stage.base}/ordre-du-jour/points", {"kind": "news", "title": "Loi", "minutes": 20})
    assert right.status_code == 303
    assert "Loi" in names(stage)


def test_the_proposal_of_the_assistant_is_shown_then_applied(stage, client_for):
    nora = client_for(stage.nora)
    later = make_session(
        stage.territory, starts_at=stage.day.starts_at.replace(year=stage.day.starts_at.year + 1)
    )
    make_item(stage.day, ItemKind.MODEL, title="Modèle", planned_minutes=300, position=10)
    offer = make_item(stage.day, ItemKind.OFFER, title="Auto-école", planned_minutes=240, position=11)
    url = f"{stage.base}/ordre-du-jour/proposition"
    page = BeautifulSoup(nora.get(url).get_data(as_text=True), "html.parser")
    stamp = page.find("input", {"name": "stamp"})["value"]
    assert nora.submit(url, {"stamp": "0" * 16}).status_code == 409
    assert nora.submit(url, {"stamp": stamp}).status_code == 303
    db.session.expire_all()
    point = db.session.get(AgendaItem, offer.id)
    assert point.state is ItemState.POSTPONED
    assert point.postponed_to_id == later.id


def test_only_the_coordination_of_the_territory_composes(stage, client_for):
    for person in (stage.amina, stage.claire, make_user("Zoé")):
        answer = client_for(person).get(f"{stage.base}/ordre-du-jour/composer")
        assert answer.status_code == 404


def test_a_closed_day_changes_no_more(stage, client_for):
    nora = client_for(stage.nora)
    item = make_item(stage.day, title="Un", position=10)
    page = f"{stage.base}/ordre-du-jour/composer"
    nora.get(page)
    stage.day.state = SessionState.CLOSED
    answer = nora.submit(f"{stage.base}/points/{item.id}/duree", {"minutes": 20, "version": item.version})
    assert answer.status_code == 409


def test_a_day_under_way_is_rearranged_from_the_desk_alone(stage, client_for):
    nora = client_for(stage.nora)
    page = composed(stage, nora)
    make_item(stage.day, ItemKind.MODEL, title="Modèle", planned_minutes=300, position=10)
    item = make_item(stage.day, ItemKind.OFFER, title="Auto-école", planned_minutes=240, position=11)
    assert "Voir l’effet" in nora.get(page).get_data(as_text=True)
    stage.day.state = SessionState.LIVE
    db.session.flush()
    html = nora.get(f"{page}?point={item.id}").get_data(as_text=True)
    assert "La suite se réorganise depuis le pupitre" in html
    assert "Voir l’effet" not in html
    assert 'data-sortable-target="item"' not in html
    before = names(stage)
    acts = {"deplacer": {"to": 0}, "duree": {"minutes": 20}, "retirer": {}}
    for act, values in acts.items():
        answer = nora.submit(
            f"{stage.base}/points/{item.id}/{act}", {**values, "version": item.version}, page=page
        )
        assert answer.status_code == 409, act
        assert "depuis leur pupitre" in answer.get_data(as_text=True)
    assert names(stage) == before
    shown = nora.get(f"{stage.base}/ordre-du-jour/proposition")
    assert (shown.status_code, shown.location) == (303, page)


def test_a_point_still_finds_room_on_a_day_under_way(stage, client_for):
    nora = client_for(stage.nora)
    composed(stage, nora)
    stage.day.state = SessionState.LIVE
    db.session.flush()
    assert nora.submit(f"{stage.base}/ordre-du-jour/dossiers/{stage.dossiers[0].id}").status_code == 303
    assert f"Dossier {stage.dossiers[0].code}" in names(stage)


def test_a_point_of_another_day_does_not_exist(stage, client_for):
    nora = client_for(stage.nora)
    item = make_item(make_session(stage.territory), title="Ailleurs", position=1)
    for item_id in (item.id, uuid.uuid4()):
        answer = nora.submit(
            f"{stage.base}/points/{item_id}/retirer",
            {"version": 1},
            page=f"{stage.base}/ordre-du-jour/composer",
        )
        assert answer.status_code == 404


def test_the_composer_asks_few_queries_whatever_the_size(stage, client_for, count_queries):
    nora = client_for(stage.nora)
    page = composed(stage, nora)
    for number in range(12):
        make_item(stage.day, title=f"Point {number}", planned_minutes=10, position=10 + number)
    make_item(stage.day, dossier=stage.dossiers[0], position=40, presenter=stage.claire)
    nora.get(page)
    with count_queries() as queries:
        nora.get(page)
    assert len(queries) <= 12, "\n".join(queries)


def test_what_waits_is_narrowed_and_stays_so_from_act_to_act(stage, client_for):
    nora = client_for(stage.nora)
    page = composed(stage, nora)
    kept = nora.get(f"{page}?voir=propositions").get_data(as_text=True)
    assert f"Ajouter {stage.dossiers[0].code}" not in kept
    added = nora.submit(f"{stage.base}/ordre-du-jour/dossiers/{stage.dossiers[0].id}?voir=dossiers&garder=1")
    assert "voir=dossiers" in added.location
    assert "garder=1" in added.location


def test_a_proposal_kept_aside_is_no_longer_the_next_step(stage, client_for):
    nora = client_for(stage.nora)
    make_item(stage.day, ItemKind.OFFER, title="Offre", planned_minutes=300, position=1)
    make_item(stage.day, ItemKind.NEWS, title="Loi", planned_minutes=240, position=2)
    page = f"{stage.base}/ordre-du-jour/composer"
    assert "Voir l’effet" in nora.get(page).get_data(as_text=True)
    aside = nora.get(f"{page}?garder=1").get_data(as_text=True)
    assert "Voir l’effet" not in aside
    assert "de trop" in aside
