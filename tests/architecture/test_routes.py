"""The shape of the addresses, and the door that every one of them has."""

import re
from uuid import uuid4

import pytest

from tests.clients import client_of

PARAMETER = re.compile(r"<(?:(\w+)(?:\([^)]*\))?:)?(\w+)>")
BY_SECRET = {"token", "secret", "signature", "key"}
SPEAKING = {
    "filename",
    "year",
    "month",
    "kind",
    "part",
    "state",
    "format",
    "position",
    "slug",
    "name",
    "number",
}


def test_urls_are_lower_kebab_case(app):
    wrong = [
        rule.rule for rule in rules(app) if not re.fullmatch(r"[a-z0-9/.\-]*", PARAMETER.sub("", rule.rule))
    ]
    assert not wrong


def test_objects_are_named_by_uuid_alone(app):
    wrong = [
        rule.rule
        for rule in rules(app)
        for kind, name in PARAMETER.findall(rule.rule)
        if kind != "uuid" and not set(name.split("_")) & (BY_SECRET | SPEAKING)
    ]
    assert not wrong


def test_every_page_asks_who_you_are_unless_marked_public(app):
    open_doors = []
    for rule in rules(app):
        if getattr(app.view_functions[rule.endpoint], "is_public", False):
            continue
        answer = client_of(app).open(filled(rule.rule), method=method_of(rule))
        if answer.status_code not in {302, 303, 400, 401, 404}:
            open_doors.append(f"{rule.rule} answers {answer.status_code}")
    assert not open_doors


@pytest.mark.parametrize("url", ["/nulle-part", "/dossiers/pas-un-identifiant"])
def test_an_address_that_leads_nowhere_says_nothing_more(client, url):
    assert client.get(url).status_code in {302, 303, 401, 404}


def rules(app):
    """Every address but that of the built front end."""
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"]


def filled(rule):
    """An address with an identifier nobody has in each place."""
    return PARAMETER.sub(lambda found: str(uuid4()) if found[1] == "uuid" else "1", rule)


def method_of(rule):
    """One method that the address takes, a reading one where there is one."""
    return "GET" if "GET" in rule.methods else min(rule.methods - {"HEAD", "OPTIONS"})
