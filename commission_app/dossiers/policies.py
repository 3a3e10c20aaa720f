"""Who may see and do what with a dossier. The states say when."""

import uuid
from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Select, false, or_, select

from commission_app.accounts.models import User
from commission_app.accounts.states import Role
from commission_app.dossiers.models import Dossier
from commission_app.dossiers.states import EDITABLE
from commission_app.dossiers.visibility import Audience, sees_all

IDENTITY = ("person.first_name", "person.last_name", "person.phone", "person.email")


def is_referent(actor: User, dossier: Dossier) -> bool:
    """Whether the dossier is the actor's own, and the actor still a référent d'étape on its territory."""
    return dossier.referent_id == actor.id and actor.holds(Role.REFERENT, dossier.territory_id)


def is_coordination(actor: User, dossier: Dossier) -> bool:
    """Whether the actor is of the coordination of the dossier's territory."""
    return actor.holds(Role.COORDINATOR, dossier.territory_id)


def can_see_dossier(actor: User, dossier: Dossier) -> bool:
    """The référent sees the own dossiers, the coordination those of the territory."""
    return is_referent(actor, dossier) or is_coordination(actor, dossier)


def can_create_dossier(actor: User, territory_id: uuid.UUID) -> bool:
    """Référents d'étape write dossiers on their territories."""
    return actor.holds(Role.REFERENT, territory_id)


def writes_somewhere(actor: User) -> bool:
    """Whether the actor is référent d'étape anywhere."""
    return bool(actor.territory_ids(Role.REFERENT))


def can_edit_dossier(actor: User, dossier: Dossier) -> bool:
    """The référent alone writes in the template, as long as it is a draft or to be completed."""
    return is_referent(actor, dossier) and dossier.state in EDITABLE


def can_submit_dossier(actor: User, dossier: Dossier) -> bool:
    """The référent alone submits."""
    return is_referent(actor, dossier)


def can_coordinate_dossier(actor: User, dossier: Dossier) -> bool:
    """Precisions, exchange, retaining and closing belong to the coordination of the territory."""
    return is_coordination(actor, dossier)


def can_withdraw_dossier(actor: User, dossier: Dossier) -> bool:
    """The référent or the coordination takes a dossier back."""
    return can_see_dossier(actor, dossier)


def audiences_of(actor: User, dossier: Dossier) -> frozenset[Audience]:
    """In which audiences an actor reads the pages of a dossier."""
    found = {
        Audience.REFERENT: is_referent(actor, dossier),
        Audience.COORDINATION: is_coordination(actor, dossier),
    }
    return frozenset(audience for audience, belongs in found.items() if belongs)


def can_see_identity(actor: User, dossier: Dossier) -> bool:
    """Name and contacts: the référent and the coordination of the territory alone, each reading noted."""
    return any(sees_all(audience, IDENTITY) for audience in audiences_of(actor, dossier))


def can_collect_agreement(actor: User, dossier: Dossier) -> bool:
    """Who speaks with the person writes down what the person was told and agreed to: the référent."""
    return is_referent(actor, dossier)


def can_withdraw_agreement(actor: User, dossier: Dossier) -> bool:
    """The person may tell the référent or the coordination."""
    return can_see_dossier(actor, dossier)


def visible_dossiers(actor: User) -> Select[Dossier]:
    """Own dossiers where the actor is référent today, and all of the territories coordinated; what is erased
    exists for nobody."""
    return dossiers_seen(**sight_of(actor))


def sight_of(actor: User) -> dict[str, Any]:
    """What decides which dossiers a person sees, as the values of `dossiers_seen`."""
    return {
        "actor_id": actor.id,
        "written": tuple(sorted(actor.territory_ids(Role.REFERENT))),
        "coordinated": tuple(sorted(actor.territory_ids(Role.COORDINATOR))),
    }


def dossiers_seen(
    *, actor_id: Any, written: Collection[Any], coordinated: Collection[Any]
) -> Select[Dossier]:
    """The dossiers seen by who writes and coordinates there, for a statement that is built once."""
    return select(Dossier).where(is_seen(actor_id=actor_id, written=written, coordinated=coordinated))


def is_seen(*, actor_id: Any, written: Collection[Any], coordinated: Collection[Any]) -> ColumnElement[bool]:
    """The criterion of those dossiers."""
    mine = (Dossier.referent_id == actor_id) & Dossier.territory_id.in_(written) if written else false()
    ours = Dossier.territory_id.in_(coordinated) if coordinated else false()
    return Dossier.erased_at.is_(None) & or_(mine, ours)


def own_dossiers(actor: User) -> Select[Dossier]:
    """The dossiers that the actor writes and follows."""
    return dossiers_seen(**(sight_of(actor) | {"coordinated": ()}))


def coordinates_somewhere(actor: User) -> bool:
    """Whether the actor sees the dossiers of a whole territory."""
    return bool(actor.territory_ids(Role.COORDINATOR))
