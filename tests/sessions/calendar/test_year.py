"""The year of a territory on screen: drafted, moved, published, and what members learn."""

from datetime import UTC, date, datetime, time

import pytest

from commission_app.accounts.states import Role
from commission_app.core import clock
from commission_app.core.db import commit, db
from commission_app.core.errors import InvalidInputError, NotAllowedError, StaleError, WrongStateError
from commission_app.core.outbox import run_due
from commission_app.sessions.calendar.queries import neighbours_of, year_of
from commission_app.sessions.calendar.services import add_session, lay_out_year, publish_year
from commission_app.sessions.facilitation.services import assign_pair
from commission_app.sessions.hours import day_of, local_moment
from commission_app.sessions.programme.frame import Moment
from commission_app.sessions.programme.services import save_template
from commission_app.sessions.services import move_session
from commission_app.sessions.states import ItemKind, SessionState
from tests import factories as make
from tests.sessions.people import Team, make_team

NOVEMBER = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def november():
    """The month in which the next year is laid out."""
    with clock.frozen(NOVEMBER):
        yield


@pytest.fixture
def team(app) -> Team:
    """A territory with its coordination and three binômes."""
    return make_team()


def test_a_year_is_drafted_moved_and_published_on_screen(team, client_for, mails):
    commit()
    nora, year = client_for(team.nora), "/sessions/annee/2027"
    assert nora.submit(year, page=year).status_code == 303
    days = year_of(team.territory, 2027)
    assert [day_of(day).month for day in days] == [3, 6, 9, 12]
    assert {day.state for day in days} == {SessionState.PROPOSED}
    move = f"/sessions/{days[1].id}/deplacer"
    typed = {"on": "2027-06-10", "version": str(days[1].version)}
    assert nora.submit(move, typed, page=move).status_code == 303
    assert not mails
    assert nora.submit(f"{year}/publier", page=f"{year}/publier").status_code == 303
    run_due()
    db.session.expire_all()
    assert [day.state for day in year_of(team.territory, 2027)] == [SessionState.PUBLISHED] * 4
    assert len(mails) == 3
    assert "jeudi 10\u00a0juin" in mails[0].get_body(("plain",)).get_content()


def test_each_drafted_day_has_its_pair_of_two_structures(team):
    days = lay_out_year(team.nora, team.territory, year=2027)
    db.session.flush()
    people = [{facilitator.user_id for facilitator in day.facilitators} for day in days]
    assert all(len(pair) == 2 for pair in people)
    assert set().union(*people[:2]) == {team.hugo.id, team.lea.id, team.ines.id}


def test_only_quarters_to_come_without_a_day_are_drafted(team):
    make.make_session(team.territory, starts_at=local_moment(date(2027, 6, 1), time(9)))
    days = lay_out_year(team.nora, team.territory, year=2027)
    assert [day_of(day).month for day in days] == [3, 9, 12]
    with pytest.raises(WrongStateError):
        lay_out_year(team.nora, team.territory, year=2027)


def test_the_past_is_not_laid_out(team):
    with pytest.raises(WrongStateError):
        lay_out_year(team.nora, team.territory, year=2025)


def test_only_the_coordination_lays_out_and_publishes(team):
    with pytest.raises(NotAllowedError):
        lay_out_year(team.hugo, team.territory, year=2027)
    with pytest.raises(NotAllowedError):
        publish_year(team.hugo, team.territory, year=2027)


def test_one_more_date_is_added_but_not_twice_nor_in_the_past(team):
    add_session(team.nora, team.territory, on=date(2027, 5, 4))
    for on in (date(2027, 5, 4), date(2026, 5, 5)):
        with pytest.raises(InvalidInputError):
            add_session(team.nora, team.territory, on=on)


def test_a_neighbour_counts_only_with_members_in_common(team):
    istres = make.make_territory("Istres – Martigues", "IST")
    aix = make.make_territory("Aix", "AIX")
    make.make_binome(istres, team.hugo.structure, cadre=team.hugo)
    for territory in (istres, aix):
        make.make_session(
            territory, state=SessionState.PUBLISHED, starts_at=local_moment(date(2027, 3, 9), time(9))
        )
    found = neighbours_of(team.territory, 2027)
    assert {on: (neighbour.name, neighbour.shared) for on, neighbour in found.items()} == {
        date(2027, 3, 9): ("Istres – Martigues", 1)
    }
    first = lay_out_year(team.nora, team.territory, year=2027)[0]
    assert day_of(first) == date(2027, 3, 16)


def test_a_published_day_that_moves_is_told_to_the_members(team, mails):
    day = make.make_session(team.territory, state=SessionState.PUBLISHED)
    move_session(team.nora, day, on=date(2026, 12, 15), version=day.version)
    commit()
    run_due()
    assert len(mails) == 3


def test_a_move_from_a_stale_page_is_refused(team):
    day = make.make_session(team.territory)
    with pytest.raises(StaleError):
        move_session(team.nora, day, on=date(2026, 12, 15), version=day.version - 1)


def test_the_hours_of_a_day_stay_over_a_change_of_hour(team):
    day = make.make_session(team.territory, starts_at=local_moment(date(2027, 3, 16), time(9)))
    move_session(team.nora, day, on=date(2027, 6, 8), version=day.version)
    assert clock.local(day.starts_at).time() == time(9)


def test_a_pair_is_of_two_structures_of_the_territory(team):
    day = make.make_session(team.territory)
    twin = make.make_user("Max", structure=team.mobility)
    make.make_binome(team.territory, team.mobility, technicien=twin)
    stranger = make.make_user("Zoé")
    for first, second in ((team.ines, twin), (team.hugo, stranger), (team.hugo, team.hugo)):
        with pytest.raises(InvalidInputError):
            assign_pair(team.nora, day, first=str(first.id), second=str(second.id), version=day.version)
    assign_pair(team.nora, day, first=str(team.hugo.id), second=str(team.lea.id), version=day.version)
    assign_pair(team.nora, day, first=str(team.lea.id), second=str(team.hugo.id), version=day.version)
    assert [facilitator.user_id for facilitator in day.facilitators] == [team.lea.id, team.hugo.id]


def test_new_days_begin_with_the_programme_of_the_territory(team):
    moments = [
        Moment(time(14), 60, ItemKind.DOSSIER, "Situations"),
        Moment(time(13, 30), 30, ItemKind.WELCOME, "Accueil"),
    ]
    save_template(team.nora, team.territory, starts=time(13, 30), ends=time(17), moments=moments, version=1)
    day = add_session(team.nora, team.territory, on=date(2027, 5, 4))
    assert [line["starts"] for line in day.programme] == ["13:30", "14:00"]
    assert clock.local(day.starts_at).time() == time(13, 30)


@pytest.mark.parametrize("starts", [time(13), time(13, 45), time(16, 45)])
def test_a_programme_out_of_the_day_or_twice_at_once_is_refused(team, starts):
    moments = [Moment(time(13, 30), 30, ItemKind.WELCOME, ""), Moment(starts, 30, ItemKind.NEWS, "")]
    with pytest.raises(InvalidInputError):
        save_template(
            team.nora, team.territory, starts=time(13, 30), ends=time(17), moments=moments, version=1
        )


def test_a_programme_is_written_on_screen_line_by_line(team, client_for):
    commit()
    nora, url = client_for(team.nora), f"/sessions/programme-type?territoire={team.territory.id}"
    typed = {
        "version": "1", "starts": "09:00", "ends": "12:00", "lines-0-starts": "09:00",
        "lines-0-minutes": "15", "lines-0-kind": "welcome", "lines-0-title": "Café",
        "lines-1-starts": "", "lines-1-minutes": "30", "lines-1-kind": "news", "lines-1-title": "",
    }  # fmt: skip
    assert nora.submit(url, typed, page=url).status_code == 303
    assert "Café" in nora.get(url).get_data(as_text=True)
    refused = nora.submit(url, typed | {"lines-0-minutes": "400", "lines-0-title": "Trop long"})
    assert refused.status_code == 422
    assert "Trop long" in refused.get_data(as_text=True)


def test_a_coordinator_of_two_territories_chooses(team, client_for):
    istres = make.make_territory("Istres – Martigues", "IST")
    make.grant(team.nora, Role.COORDINATOR, istres)
    commit()
    page = client_for(team.nora).get(f"/sessions/annee/2027?territoire={istres.id}")
    assert "Istres – Martigues" in page.get_data(as_text=True)
