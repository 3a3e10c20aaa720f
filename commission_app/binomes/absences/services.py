"""Saying that somebody is away, and taking it back."""

import uuid
from datetime import date

from sqlalchemy import select

from commission_app.accounts.models import User
from commission_app.binomes.absences.policies import reachable_people, visible_absences
from commission_app.binomes.models import Absence
from commission_app.core import clock
from commission_app.core.db import db
from commission_app.core.errors import InvalidInputError
from commission_app.core.events import record
from commission_app.core.policies import require


def record_absence(
    actor: User, *, user_id: uuid.UUID, starts_on: date, ends_on: date, stand_in_id: uuid.UUID | None
) -> Absence:
    """Say that somebody is away from a day to a day, both included, and who is called instead.

    For oneself, for the people of the structure one is the cadre of, or as coordination. Refused when the
    days are over or meet another absence, and when the stand-in is of another structure.
    """
    person = db.session.scalars(reachable_people(actor).where(User.id == user_id)).unique().one_or_none()
    require(person is not None, "Vous ne pouvez pas saisir l’absence de cette personne.")
    assert person is not None
    _check_days(person, starts_on, ends_on)
    _check_stand_in(person, stand_in_id)
    absence = Absence(user_id=person.id, starts_on=starts_on, ends_on=ends_on, stand_in_id=stand_in_id)
    db.session.add(absence)
    db.session.flush()
    record(actor, "absence_recorded", absence, replaced=stand_in_id is not None)
    return absence


def remove_absence(actor: User, absence: Absence) -> None:
    """Take an absence back; whoever may write it may."""
    seen = visible_absences(actor).where(Absence.id == absence.id).with_only_columns(Absence.id)
    require(db.session.scalar(seen) is not None)
    record(actor, "absence_removed", absence)
    db.session.delete(absence)


def _check_days(person: User, starts_on: date, ends_on: date) -> None:
    if ends_on < starts_on:
        raise InvalidInputError("Le dernier jour ne peut pas précéder le premier.", field="ends_on")
    if ends_on < clock.today():
        raise InvalidInputError("Cette absence est déjà terminée.", field="ends_on")
    meets = (Absence.starts_on <= ends_on) & (Absence.ends_on >= starts_on)
    if db.session.scalar(select(Absence.id).where(Absence.user_id == person.id, meets).limit(1)):
        raise InvalidInputError("Une absence couvre déjà ces jours en partie.", field="starts_on")


def _check_stand_in(person: User, stand_in_id: uuid.UUID | None) -> None:
    if stand_in_id is None:
        return
    if stand_in_id == person.id:
        raise InvalidInputError("Choisissez une autre personne.", field="stand_in_id")
    stand_in = db.session.get(User, stand_in_id)
    if stand_in is None or not stand_in.is_active or stand_in.structure_id != person.structure_id:
        raise InvalidInputError(
            "La personne à appeler à la place appartient à la même structure.", field="stand_in_id"
        )
