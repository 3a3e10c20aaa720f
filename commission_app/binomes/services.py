"""Naming the pairs: who, for which structure, from which day to which."""

import uuid
from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import or_, select

from commission_app.accounts.models import User
from commission_app.binomes.models import Binome
from commission_app.binomes.policies import can_edit_competences, can_manage_binomes
from commission_app.binomes.queries import people_of_structure
from commission_app.binomes.states import Competence
from commission_app.core.db import db
from commission_app.core.errors import InvalidInputError
from commission_app.core.events import record
from commission_app.core.policies import require
from commission_app.territories.models import Structure, Territory


def create_binome(
    actor: User,
    territory: Territory,
    structure: Structure,
    *,
    cadre_id: uuid.UUID | None,
    technicien_id: uuid.UUID | None,
    starts_on: date,
    competences: Sequence[str] = (),
) -> Binome:
    """Name a structure's pair on a territory; the coordination does, one place may stay open.

    Refused when nobody is named, when a person is not of the structure, or when the days of another pair of
    the same structure overlap.
    """
    require(can_manage_binomes(actor, territory.id), "La coordination du territoire désigne les binômes.")
    _check_people(structure.id, territory.id, cadre_id, technicien_id)
    _check_days(territory.id, structure.id, starts_on)
    binome = Binome(
        territory_id=territory.id,
        structure_id=structure.id,
        cadre_id=cadre_id,
        technicien_id=technicien_id,
        starts_on=starts_on,
        competences=_known(competences),
    )
    db.session.add(binome)
    db.session.flush()
    record(actor, "binome_named", binome, complete=binome.is_complete)
    return binome


def change_binome(
    actor: User,
    binome: Binome,
    *,
    cadre_id: uuid.UUID | None,
    technicien_id: uuid.UUID | None,
    since: date,
    competences: Sequence[str],
    version: int,
) -> Binome:
    """Name other people from a day on; the pair that held before keeps its own days as history.

    A day on or before the pair's first day corrects the pair itself. Returns the pair that now holds.
    """
    require(
        can_manage_binomes(actor, binome.territory_id), "La coordination du territoire désigne les binômes."
    )
    binome.expect_version(version)
    _check_people(binome.structure_id, binome.territory_id, cadre_id, technicien_id)
    same_people = (cadre_id, technicien_id) == (binome.cadre_id, binome.technicien_id)
    if not same_people and since > binome.starts_on:
        binome = _succeed(binome, since)
    binome.cadre_id, binome.technicien_id = cadre_id, technicien_id
    binome.competences = _known(competences)
    db.session.flush()
    record(actor, "binome_changed", binome, complete=binome.is_complete)
    return binome


def set_competences(actor: User, binome: Binome, *, competences: Sequence[str], version: int) -> None:
    """Say what the structure brings; its cadre and the coordination do."""
    require(can_edit_competences(actor, binome), "Le cadre de la structure ou la coordination fait cela.")
    binome.expect_version(version)
    binome.competences = _known(competences)
    record(actor, "binome_competences_changed", binome, count=len(binome.competences))


def end_binome(actor: User, binome: Binome, *, last_day: date, version: int) -> None:
    """Let a pair end with a day, for a structure that leaves the commission; the coordination does."""
    require(
        can_manage_binomes(actor, binome.territory_id), "La coordination du territoire désigne les binômes."
    )
    binome.expect_version(version)
    if last_day < binome.starts_on:
        raise InvalidInputError("Le dernier jour ne peut pas précéder le premier.", field="last_day")
    binome.ends_on = last_day
    record(actor, "binome_ended", binome)


def _succeed(binome: Binome, since: date) -> Binome:
    if binome.ends_on is not None and binome.ends_on < since:
        raise InvalidInputError("Ce binôme s’arrête avant ce jour.", field="since")
    follower = Binome(
        territory_id=binome.territory_id,
        structure_id=binome.structure_id,
        starts_on=since,
        ends_on=binome.ends_on,
    )
    binome.ends_on = since - timedelta(days=1)
    db.session.add(follower)
    return follower


def _check_people(
    structure_id: uuid.UUID,
    territory_id: uuid.UUID,
    cadre_id: uuid.UUID | None,
    technicien_id: uuid.UUID | None,
) -> None:
    named = {person for person in (cadre_id, technicien_id) if person is not None}
    if not named:
        raise InvalidInputError("Désignez au moins une personne.", field="cadre_id")
    if len(named) == 1 and None not in (cadre_id, technicien_id):
        raise InvalidInputError("Le cadre et le technicien sont deux personnes.", field="technicien_id")
    if not named <= {person.id for person in people_of_structure(structure_id, territory_id)}:
        raise InvalidInputError("Choisissez une personne de cette structure.", field="cadre_id")


def _check_days(territory_id: uuid.UUID, structure_id: uuid.UUID, starts_on: date) -> None:
    query = select(Binome.id).where(
        Binome.territory_id == territory_id,
        Binome.structure_id == structure_id,
        or_(Binome.ends_on.is_(None), Binome.ends_on >= starts_on),
    )
    if db.session.scalar(query.limit(1)):
        raise InvalidInputError("Cette structure a déjà un binôme à cette date.", field="starts_on")


def _known(competences: Sequence[str]) -> list[str]:
    wanted = set(competences)
    return [member.value for member in Competence if member.value in wanted]
