"""What an act answers: what everybody was just sent, rendered once, and the reader's own."""

import pytest

from commission_app.core import clock
from commission_app.core.db import db
from commission_app.realtime.lines import Connected, Visitor
from commission_app.sessions.day.fragments import Audience
from tests.databases import settle

#: Who acts from which page, and which acts come one after the other.
ACTS = {
    "the desk": ("salome", "pupitre", ("pause", "reprendre")),
    "a participant's page": ("leonie", "en-direct", ("main-levee", "main-baissee")),
}


@pytest.fixture
def followed(app, scene):
    """Somebody follows the day."""
    lines, *_ = app.extensions["commission_live"]
    lines.add(Connected("somebody", "somebody", scene.day.id, Visitor(), frozenset(Audience)))
    settle()
    yield scene
    lines.remove("somebody")


def readings(asked):
    """How often the points of a day were read."""
    return sum("FROM agenda_item LEFT OUTER JOIN dossier" in statement for statement in asked)


@pytest.mark.parametrize("place", ACTS)
def test_an_act_answers_what_the_page_says(followed, client_for, place):
    who, page, acts = ACTS[place]
    client, url = client_for(getattr(followed, who)), followed.url
    with clock.frozen(clock.now()):
        for act in acts:
            answered = client.submit(f"{url}/{act}", page=f"{url}/{page}", htmx=True)
            asked = client.get(f"{url}/{page}", headers={"HX-Request": "true"})
            assert answered.get_data(as_text=True) == asked.get_data(as_text=True)


@pytest.mark.parametrize("place", ACTS)
def test_an_act_reads_the_day_once(followed, client_for, count_queries, place):
    who, page, acts = ACTS[place]
    client, url = client_for(getattr(followed, who)), followed.url
    client.get(f"{url}/{page}")
    for act in acts:
        with count_queries() as asked:
            client.submit(f"{url}/{act}", htmx=True)
        assert readings(asked) == 1


@pytest.mark.parametrize("place", ACTS)
def test_after_its_commit_an_act_waits_for_no_writer(followed, client_for, count_queries, place):
    if db.engine.dialect.name != "sqlite":
        pytest.skip("A reading of PostgreSQL waits for no writer.")
    who, page, acts = ACTS[place]
    client, url = client_for(getattr(followed, who)), followed.url
    client.get(f"{url}/{page}")
    with count_queries() as asked:
        client.submit(f"{url}/{acts[0]}", htmx=True)
    assert asked.count("BEGIN IMMEDIATE") == 1


def test_an_act_that_another_thread_sends_reads_the_day_for_its_answer(
    app, followed, client_for, count_queries
):
    client, url = client_for(followed.salome), followed.url
    client.get(f"{url}/pupitre")
    _lines, broadcaster, _watch = app.extensions["commission_live"]
    sent = broadcaster._of(followed.day.id)
    settle()
    sent.is_running = True  # the other thread, which never comes to its end
    with count_queries() as asked:
        answered = client.submit(f"{url}/pause", htmx=True)
    assert (readings(asked), sent.is_due) == (1, True)
    assert "Reprendre" in answered.get_data(as_text=True)


def test_an_act_that_nobody_follows_reads_the_day_for_its_answer(scene, client_for, count_queries):
    client, url = client_for(scene.salome), scene.url
    client.get(f"{url}/pupitre")
    with count_queries() as asked:
        answered = client.submit(f"{url}/pause", htmx=True)
    assert readings(asked) == 1
    assert "Reprendre" in answered.get_data(as_text=True)
