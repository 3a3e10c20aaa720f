"""Statements that are built once answer for the values and the moment of each run."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Select, select

from commission_app.core import clock
from commission_app.core.prepared import TODAY, Prepared
from commission_app.territories.models import Territory
from tests.factories import make_territory


def named(*, ids: list[Any], code: Any, archived: bool) -> Select[Any]:
    """The names of some territories."""
    query = select(Territory.name).where(Territory.id.in_(ids)).order_by(Territory.name)
    query = query if code is None else query.where(Territory.code == code)
    return query.where(Territory.archived_on.is_not(None)) if archived else query


def test_each_run_answers_for_its_own_values(app):
    arles, nord = make_territory(), make_territory("Nord", "NOR")
    run = Prepared(named)
    assert list(run(ids=(arles.id,), code=None, archived=False).scalars()) == ["Pays d’Arles"]
    assert list(run(ids=(nord.id,), code=None, archived=False).scalars()) == ["Nord"]
    assert list(run(ids=(arles.id, nord.id), code=None, archived=False).scalars()) == ["Nord", "Pays d’Arles"]
    assert list(run(ids=(arles.id, nord.id), code="NOR", archived=False).scalars()) == ["Nord"]
    assert list(run(ids=(arles.id, nord.id), code=None, archived=True).scalars()) == []
    assert list(run(ids=(), code=None, archived=False).scalars()) == []


def test_a_statement_is_built_once_for_each_shape(app):
    built: list[int] = []

    def build(*, ids: list[Any]) -> Select[Any]:
        built.append(len(ids))
        return select(Territory.name).where(Territory.id.in_(ids))

    run, arles, nord = Prepared(build), make_territory(), make_territory("Nord", "NOR")
    for ids in ((arles.id,), (nord.id,), (arles.id, nord.id), (nord.id, arles.id)):
        run(ids=ids)
    assert built == [1, 2]


def test_the_present_is_that_of_each_run(app):
    make_territory().archived_on = clock.today() + timedelta(days=1)
    run = Prepared(lambda: select(Territory.name).where(Territory.archived_on <= TODAY))
    assert list(run().scalars()) == []
    with clock.frozen(clock.now() + timedelta(days=2)):
        assert list(run().scalars()) == ["Pays d’Arles"]


def test_a_moment_cannot_be_built_in(app):
    run = Prepared(lambda: select(Territory.name).where(Territory.archived_on <= clock.today()))
    with pytest.raises(RuntimeError, match="built once"):
        run()
