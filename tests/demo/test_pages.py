"""Every page that somebody of the demonstration can reach from home."""

import pytest
from sqlalchemy import select

from commission_app.accounts.models import User
from commission_app.core.db import db
from commission_app.dossiers.models import Person
from tests.clients import signed_in
from tests.databases import settle
from tests.demo.crawl import crawl

NEVER_SEE_AN_IDENTITY = {
    "a member of two commissions": "Hugo",
    "a member of the day under way": "Lou",
    "a cadre who is asked for help": "Maud",
    "a facilitator of the day under way": "Rose",
    "a facilitator of the next day": "Yves",
    "a pilot of the département": "Anselme",
    "a pilot of a territory": "Mireille",
    "an administrator": "Zoé",
}
WORK_WITH_DOSSIERS = {"a référent": "Inès", "a coordinator": "Nora", "the coordinator of the day": "Ondine"}


def person(first_name):
    return db.session.scalars(select(User).where(User.first_name == first_name)).unique().one()


@pytest.mark.parametrize("first_name", NEVER_SEE_AN_IDENTITY.values(), ids=NEVER_SEE_AN_IDENTITY)
def test_whoever_works_without_identities_meets_none_and_every_page_answers(demo_app, first_name):
    client = signed_in(demo_app, person(first_name))
    client.forbidden = {one.last_name for one in db.session.scalars(select(Person)) if one.last_name}
    settle()
    visit = crawl(client)
    assert len(client.forbidden) > 50
    assert not visit.faults, "\n".join(visit.faults)
    assert len(visit.seen) > 8


@pytest.mark.parametrize("first_name", WORK_WITH_DOSSIERS.values(), ids=WORK_WITH_DOSSIERS)
def test_every_page_of_those_who_work_with_dossiers_answers(demo_app, first_name):
    visit = crawl(signed_in(demo_app, person(first_name)))
    assert not visit.faults, "\n".join(visit.faults)
    assert len(visit.seen) > 20
