"""A form that does not come from our pages changes nothing, whoever sends it."""

from uuid import uuid4

import pytest
from werkzeug.routing import AnyConverter, UUIDConverter

from commission_app.accounts.states import Role
from tests.clients import client_of, signed_in
from tests.factories import make_user
from tests.security.conftest import nothing_written

SAFE = {"GET", "HEAD", "OPTIONS"}


def acts(app):
    """Every address and method that may change something, with an identifier nobody has in each place."""
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        values = {name: sample(converter) for name, converter in rule._converters.items()}
        for method in sorted(rule.methods - SAFE):
            yield method, adapter.build(rule.endpoint, values, method)


def sample(converter):
    """A value that a parameter of an address takes."""
    if isinstance(converter, UUIDConverter):
        return uuid4()
    return min(converter.items) if isinstance(converter, AnyConverter) else "1"


@pytest.mark.parametrize("token", [None, "", "faux", "IjEi.ZZZ.zzz"])
def test_every_act_without_its_token_is_refused(app, token):
    client = signed_in(app, make_user("Odile", Role.ADMINISTRATOR))
    form = {} if token is None else {"csrf_token": token}
    with nothing_written():
        statuses = {url: client.open(url, method=method, data=form).status_code for method, url in acts(app)}
    assert {url: status for url, status in statuses.items() if status != 400} == {}
    assert statuses


def test_a_token_of_somebody_else_is_refused(app):
    thief = client_of(app)
    thief.get("/connexion")
    victim = signed_in(app, make_user("Odile", Role.ADMINISTRATOR))
    victim.get("/mon-compte")
    answer = victim.post("/mon-compte", data={"csrf_token": thief.csrf_token, "first_name": "X"})
    assert answer.status_code == 400
