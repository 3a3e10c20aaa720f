"""The pages of the days of commission, for each kind of reader."""

from datetime import UTC, datetime, timedelta

import pytest

from commission_app.accounts.states import Role
from commission_app.core import clock
from commission_app.core.db import commit, db
from commission_app.sessions.models import CommissionSession
from commission_app.sessions.states import Answer, SessionState
from tests import factories as make
from tests.sessions.people import Team, make_team

QUERIES = 12
WINTER = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def november():
    """A morning of November: two weeks before the session of December."""
    with clock.frozen(WINTER):
        yield


@pytest.fixture
def team(app) -> Team:
    """A territory with its coordination and three binômes."""
    team = make_team()
    commit()
    return team


PAGES = (
    "/sessions",
    "/sessions/annee/2027",
    "/sessions/annee/2027/publier",
    "/sessions/programme-type",
    "/mon-calendrier",
)
DAY_PAGES = (
    "",
    "/modifier",
    "/annuler",
    "/deplacer",
    "/co-animation",
    "/programme",
    "/convocations",
    "/convocations/relire",
)


@pytest.mark.parametrize("url", PAGES)
def test_the_coordination_opens_each_page_of_the_year(team, client_for, url):
    assert client_for(team.nora).get(url).status_code == 200


@pytest.mark.parametrize("page", DAY_PAGES)
def test_the_coordination_opens_each_page_of_a_day(team, client_for, page):
    day = make.make_session(team.territory, team.hugo, team.lea)
    make.make_invitation(day, team.hugo)
    commit()
    assert client_for(team.nora).get(f"/sessions/{day.id}{page}").status_code == 200


@pytest.mark.parametrize("page", DAY_PAGES)
def test_somebody_of_another_territory_finds_nothing(team, client_for, page):
    elsewhere = make.make_territory("Istres – Martigues", "IST")
    stranger = make.make_user("Zoé", Role.COORDINATOR, elsewhere)
    day = make.make_session(team.territory)
    commit()
    assert client_for(stranger).get(f"/sessions/{day.id}{page}").status_code == 404


@pytest.mark.parametrize("page", ["/modifier", "/annuler", "/deplacer", "/programme", "/convocations"])
def test_a_member_does_not_prepare(team, client_for, page):
    day = make.make_session(team.territory)
    commit()
    assert client_for(team.hugo).get(f"/sessions/{day.id}{page}").status_code == 404
    assert client_for(team.hugo).get(f"/sessions/{day.id}").status_code == 200


def test_a_draft_is_the_coordination_s_alone(team, client_for):
    day = make.make_session(team.territory, state=SessionState.PROPOSED)
    commit()
    assert client_for(team.hugo).get(f"/sessions/{day.id}").status_code == 404
    assert "Relire et publier" in client_for(team.nora).get(f"/sessions/{day.id}").get_data(as_text=True)


def test_each_reader_is_told_the_next_step(team, client_for):
    day = make.make_session(team.territory, state=SessionState.PUBLISHED)
    commit()
    assert "Choisir le binôme" in client_for(team.nora).get(f"/sessions/{day.id}").get_data(as_text=True)
    day = db.session.get_one(CommissionSession, day.id)
    day.state, day.convened_at = SessionState.CONVENED, clock.now()
    make.make_invitation(day, team.hugo)
    commit()
    assert "Répondre" in client_for(team.hugo).get(f"/sessions/{day.id}").get_data(as_text=True)


def test_the_queries_of_a_day_do_not_grow_with_the_people(team, client_for, count_queries):
    day = make.make_session(team.territory, team.hugo, team.lea, convened_at=clock.now())
    for _ in range(30):
        structure = make.make_structure("", team.territory)
        make.make_invitation(day, make.make_user("Sam", structure=structure), answer=Answer.PRESENT)
    commit()
    nora = client_for(team.nora)
    for page in DAY_PAGES:
        url = f"/sessions/{day.id}{page}"
        with count_queries() as queries:
            nora.get(url)
        queries = [query for query in queries if query != "BEGIN"]
        assert len(queries) <= QUERIES, (url, [q[:160] for q in queries])


def test_the_queries_of_the_list_do_not_grow_with_the_days(team, client_for, count_queries):
    for weeks in range(-20, 12):
        make.make_session(
            team.territory, team.hugo, team.lea, starts_at=WINTER + timedelta(weeks=weeks, hours=1)
        )
    commit()
    nora = client_for(team.nora)
    for url in ("/sessions", "/sessions/annee/2026"):
        with count_queries() as queries:
            nora.get(url)
        queries = [query for query in queries if query != "BEGIN"]
        assert len(queries) <= QUERIES, (url, [q[:160] for q in queries])


def test_a_stale_form_shows_both_texts(team, client_for):
    day = make.make_session(team.territory, starts_at=WINTER + timedelta(days=15))
    commit()
    nora, url = client_for(team.nora), f"/sessions/{day.id}/modifier"
    form = {
        "version": "1", "title": "Session d’hiver", "on": "2026-12-08", "starts": "09:00", "ends": "17:00",
        "place": "Salle Camargue", "access": "", "remote_link": "",
    }  # fmt: skip
    assert nora.submit(url, form, page=url).status_code == 303
    answer = nora.submit(url, form | {"place": "Salle des fêtes"})
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "Salle Camargue" in text
    assert "Salle des fêtes" in text
