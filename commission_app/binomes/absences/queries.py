"""Absences to come and under way, and the people they may be about."""

import uuid

from sqlalchemy import select
from sqlalchemy.orm import lazyload

from commission_app.accounts.models import User
from commission_app.binomes.absences.policies import reachable_people, visible_absences
from commission_app.binomes.models import Absence
from commission_app.binomes.queries import plain_user
from commission_app.core import clock
from commission_app.core.db import db
from commission_app.core.errors import NotFoundError

LIST_SIZE = 100


def absences_for(actor: User) -> list[Absence]:
    """What is not over, by first day."""
    query = visible_absences(actor).where(Absence.ends_on >= clock.today())
    ordered = query.order_by(Absence.starts_on, Absence.id).limit(LIST_SIZE)
    people = (plain_user(Absence.user), plain_user(Absence.stand_in))
    return list(db.session.scalars(ordered.options(*people)).unique())


def get_absence(actor: User, absence_id: uuid.UUID) -> Absence:
    """One absence; raises NotFoundError when the actor may not write it."""
    absence = db.session.scalars(visible_absences(actor).where(Absence.id == absence_id)).one_or_none()
    if absence is None:
        raise NotFoundError()
    return absence


def people_for(actor: User) -> list[User]:
    """Whose absences the actor may write, by name, the actor first."""
    query = reachable_people(actor).order_by(User.last_name, User.first_name)
    people = list(db.session.scalars(query.options(lazyload(User.memberships))).unique())
    return sorted(people, key=lambda person: person.id != actor.id)


def colleagues_of(people: list[User]) -> list[User]:
    """Everybody in the structures of these people: who may stand in."""
    structures = {person.structure_id for person in people if person.structure_id}
    query = select(User).where(User.closed_at.is_(None), User.structure_id.in_(structures))
    ordered = query.order_by(User.last_name, User.first_name).options(lazyload(User.memberships))
    return list(db.session.scalars(ordered).unique())
