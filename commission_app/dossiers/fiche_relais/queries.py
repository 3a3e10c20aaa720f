"""Doors and lists of the fiches relais."""

import uuid
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager, joinedload, lazyload

from commission_app.accounts.models import User
from commission_app.accounts.queries import people_of
from commission_app.accounts.states import Role
from commission_app.core.db import db
from commission_app.core.errors import NotFoundError
from commission_app.core.prepared import Prepared
from commission_app.dossiers.fiche_relais.models import FicheRelais
from commission_app.dossiers.fiche_relais.policies import fiches_seen, visible_fiches
from commission_app.dossiers.models import Dossier
from commission_app.dossiers.policies import sight_of
from commission_app.dossiers.states import FicheState


def get_fiche(actor: User, fiche_id: uuid.UUID) -> FicheRelais:
    """One fiche that the actor may see; raises NotFoundError otherwise."""
    fiche = db.session.scalars(visible_fiches(actor).where(FicheRelais.id == fiche_id)).one_or_none()
    if fiche is None:
        raise NotFoundError()
    return fiche


def fiches_of(dossier: Dossier) -> list[FicheRelais]:
    """The hand-overs of a dossier, the latest first."""
    taker = joinedload(FicheRelais.taker).options(lazyload(User.memberships), lazyload(User.structure))
    return list(
        db.session.scalars(
            select(FicheRelais)
            .where(FicheRelais.dossier_id == dossier.id)
            .options(taker)
            .order_by(FicheRelais.created_at.desc())
        )
    )


def waiting_fiches(actor: User) -> list[FicheRelais]:
    """What was sent to the actor and waits for acceptance."""
    return list(_WAITING(**sight_of(actor)).scalars())


def _waiting(*, actor_id: Any, **places: Any) -> Select[FicheRelais]:
    return (
        fiches_seen(actor_id=actor_id, **places)
        .where(FicheRelais.to_id == actor_id, FicheRelais.state == FicheState.SENT)
        .options(contains_eager(FicheRelais.dossier))
        .order_by(FicheRelais.sent_at)
        .limit(20)
    )


_WAITING = Prepared(_waiting)


def next_referents(fiche: FicheRelais) -> list[User]:
    """Who may take over: the référents d'étape of the territory, but the present one."""
    people = people_of(fiche.dossier.territory_id, Role.REFERENT)
    return [person for person in people if person.id != fiche.from_id]
