"""The pages of the live day: who opens them, what they show."""

import pytest
from bs4 import BeautifulSoup

from commission_app.accounts.states import Role
from commission_app.sessions.day import services
from commission_app.sessions.decisions import services as deciding
from commission_app.sessions.states import DecisionKind
from tests.factories import make_user
from tests.sessions.day.scene import decide, make_scene, outsider


def test_the_desk_is_the_facilitators_alone(client_for):
    scene = make_scene()
    assert client_for(scene.salome).get(f"{scene.url}/pupitre").status_code == 200
    for person in (scene.leonie, scene.ines, scene.referent, outsider()):
        assert client_for(person).get(f"{scene.url}/pupitre").status_code == 404


def test_the_live_page_is_for_those_who_take_part(client_for):
    scene = make_scene()
    for person in (scene.leonie, scene.ines, scene.referent, scene.yves):
        assert client_for(person).get(f"{scene.url}/en-direct").status_code == 200
    pilot = make_user("Paul", Role.PILOT)
    administrator = make_user("Anne", Role.ADMINISTRATOR)
    for person in (outsider(), pilot, administrator):
        assert client_for(person).get(f"{scene.url}/en-direct").status_code == 404


@pytest.mark.parametrize("page", ["pupitre", "en-direct"])
def test_a_live_page_shows_the_point_and_never_the_person(client_for, page):
    scene = make_scene()
    client = client_for(scene.salome)
    client.forbidden = {"Canari", "06 39 98 00 00"}
    text = client.get(f"{scene.url}/{page}").get_data(as_text=True)
    assert scene.first.dossier.code in text
    assert "Quel hébergement stable" in text


def test_a_live_page_before_and_after_the_day(client_for):
    scene = make_scene(started=False)
    desk = client_for(scene.salome)
    assert "Démarrer la journée" in desk.get(f"{scene.url}/pupitre").get_data(as_text=True)
    services.start_day(scene.salome, scene.day)
    services.close_day(scene.salome, scene.day, undecided_count=2)
    assert "Journée close" in desk.get(f"{scene.url}/pupitre").get_data(as_text=True)
    assert "Journée close" in client_for(scene.leonie).get(f"{scene.url}/en-direct").get_data(as_text=True)


def words_of(html: str) -> str:
    """What a page says, with plain spaces."""
    return " ".join(BeautifulSoup(html, "html.parser").get_text(" ", strip=True).split())


def test_before_closing_one_reads_what_is_undecided_and_what_is_written_and_not_recorded(client_for):
    scene = make_scene()
    decide(scene, scene.first)
    services.open_item(scene.salome, scene.day, scene.second)
    draft = deciding.write_draft(
        scene.salome, scene.second, kind=DecisionKind.SOLUTION, text="Une place en relais.", version=0
    )
    deciding.read_back(scene.salome, draft, version=draft.version)
    salome, page = client_for(scene.salome), f"{scene.url}/clore"
    text = words_of(salome.get(page).get_data(as_text=True))
    assert "Une place en relais. La décision est relue : sans être actée" in text
    assert "1 décision au registre, qui ne change plus" in text
    assert "1 point sans décision sera reporté." in text
    deciding.drop_draft(scene.salome, draft)
    assert "sans être actée" not in words_of(salome.get(page).get_data(as_text=True))


@pytest.mark.parametrize("page", ["pupitre", "en-direct"])
def test_a_live_page_costs_the_same_whatever_the_day(client_for, count_queries, page):
    scene = make_scene()
    client = client_for(scene.salome)
    client.get(f"{scene.url}/{page}")
    with count_queries() as queries:
        client.get(f"{scene.url}/{page}")
    assert len(queries) <= 30, "\n".join(queries)
