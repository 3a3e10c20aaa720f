"""Every address × method × actor × object, against the table."""

import re
from collections import Counter
from contextlib import nullcontext

import pytest
from sqlalchemy import select

from commission_app.core.db import db
from commission_app.core.events import Event
from commission_app.core.outbox import run_due
from tests.checks import without_tokens
from tests.security.conftest import nothing_written, only_the_trace_written
from tests.security.matrix import ACTORS, all_rows, modules, objects_of

ROWS = all_rows()
ALLOWED = [
    pytest.param(one, actors, id=f"{one} {'' if one.reads else actors[0]}".strip())
    for one in ROWS
    if one.allows
    for actors in ([tuple(one.allows)] if one.reads else [(actor,) for actor in one.allows])
]
ADDRESS = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


def test_every_address_is_in_the_table(app):
    known = {(one.method, one.endpoint) for one in ROWS}
    there = {
        (method, rule.endpoint)
        for rule in app.url_map.iter_rules()
        for method in rule.methods - {"HEAD", "OPTIONS"}
        if rule.endpoint != "static"
    }
    assert not sorted(there - known), "absent from tests/security/rows"
    assert not sorted(known - there), "in the table, not in the application"


def test_the_table_names_actors_that_exist():
    wrong = [str(one) for one in ROWS if not {*one.allows, *one.refuses} <= set(ACTORS)]
    assert not wrong


def test_one_name_stands_for_one_object(kept):
    names = Counter(name for module in modules() for name in objects_of(module))
    assert not [name for name, count in (names + Counter([*kept.plan.objects])).items() if count > 1]


@pytest.mark.parametrize("row", [one for one in ROWS if one.refused], ids=str)
def test_the_others_are_refused(attempts, row):
    if row.state:
        row.state(attempts.world)
    for actor, status in row.refused.items():
        attempts.url(row)
        with nothing_written():
            answer = attempts.ask(row, actor)
        assert answer.status_code == status, f"{row} as {actor}"
        if status == 404 and attempts.has_objects(row):
            absent = attempts.ask(row, actor, absent=True)
            assert (absent.status_code, plain(absent)) == (404, plain(answer)), f"{row} as {actor}"


@pytest.mark.parametrize(("row", "actors"), ALLOWED)
def test_those_named_are_let_in_and_reading_writes_nothing(attempts, row, actors, mails, capfd):
    if row.state:
        row.state(attempts.world)
    attempts.url(row)
    with _limits_of(row):
        got = {actor: attempts.ask(row, actor).status_code for actor in actors}
    assert got == {actor: row.allows[actor] for actor in actors}
    if not row.reads:
        run_due()
        told = [mail.as_string() for mail in mails] + [words_of_mail(mail) for mail in mails]
        told += [str(event.data) for event in db.session.scalars(select(Event))]
        said = "\n".join([*told, *capfd.readouterr()])
        assert not [token for token in attempts.every_canary if token in said], row


def words_of_mail(mail):
    """The parts of a mail as they are read, whatever carries them."""
    parts = [part for part in mail.walk() if not part.is_multipart()]
    return "\n".join(part.get_payload(decode=True).decode() for part in parts)


def _limits_of(row):
    """What a request of a row may write."""
    if row.traced:
        return only_the_trace_written()
    return nothing_written() if row.reads else nullcontext()


def plain(answer):
    """An answer without what differs from one request to the next."""
    return ADDRESS.sub("", without_tokens(answer.get_data(as_text=True)))
