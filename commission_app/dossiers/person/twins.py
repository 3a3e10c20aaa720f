"""Whether a person may have a dossier already on the territory: found by blind marks, no name is read."""

import re
import uuid

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import aliased

from commission_app.accounts.models import User
from commission_app.core.db import db
from commission_app.core.search import folded
from commission_app.core.vault.marks import mark_of
from commission_app.dossiers.models import Dossier, Person
from commission_app.dossiers.policies import can_coordinate_dossier
from commission_app.dossiers.states import DossierState

MAY_EXIST = "Un dossier existe peut-être déjà pour cette personne : parlez-en à la coordination."
MOST_TWINS = 5
PHONE_DIGITS = 9  # what follows 0 or +33


def mark_person(person: Person, territory_id: uuid.UUID) -> None:
    """Set the marks of a person from what was written; a name needs both of its parts."""
    person.name_mark, person.phone_mark = marks_of(
        territory_id, first_name=person.first_name, last_name=person.last_name, phone=person.phone
    )


def marks_of(territory_id: uuid.UUID, *, first_name: str, last_name: str, phone: str) -> tuple[str, str]:
    """The marks of a name and of a telephone on a territory; '' where there is none."""
    name = mark_of("name", territory_id, _name(first_name, last_name))
    return name, mark_of("phone", territory_id, _phone(phone))


def may_exist_already(dossier: Dossier) -> bool:
    """Whether another dossier of the territory seems to be about the same person; which one is not said."""
    return bool(db.session.scalar(select(_twins(dossier).exists())))


def twin_dossiers(actor: User, dossier: Dossier) -> list[Dossier]:
    """The other dossiers that seem to be about the same person, for the coordination alone."""
    if not can_coordinate_dossier(actor, dossier):
        return []
    return list(db.session.scalars(_twins(dossier).order_by(Dossier.code).limit(MOST_TWINS)))


def _twins(dossier: Dossier) -> Select[Dossier]:
    """Compared in the database by their marks: no name is loaded, none is opened."""
    mine = aliased(Person)
    same_name = (mine.name_mark != "") & (Person.name_mark == mine.name_mark)
    same_phone = (mine.phone_mark != "") & (Person.phone_mark == mine.phone_mark)
    return (
        select(Dossier)
        .join(Person, Person.dossier_id == Dossier.id)
        .join(mine, or_(same_name, same_phone))
        .where(mine.dossier_id == dossier.id, Dossier.id != dossier.id)
        .where(Dossier.territory_id == dossier.territory_id, Dossier.erased_at.is_(None))
        .where(Dossier.state != DossierState.WITHDRAWN)
    )


def _name(first_name: str, last_name: str) -> str:
    """« Ben Ali » « Amina » and « amina » « BEN-ALI » are one name."""
    if not first_name or not last_name:
        return ""
    return " ".join(sorted(re.findall(r"[a-z0-9]+", folded(f"{first_name} {last_name}"))))


def _phone(phone: str) -> str:
    digits = re.sub(r"\D", "", phone)[-PHONE_DIGITS:]
    return digits if len(digits) == PHONE_DIGITS else ""
