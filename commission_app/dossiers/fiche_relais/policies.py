"""Who hands over, who takes over, who looks on."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Select, or_, select

from commission_app.accounts.models import User
from commission_app.accounts.states import Role
from commission_app.dossiers.fiche_relais.models import FicheRelais
from commission_app.dossiers.models import Dossier
from commission_app.dossiers.policies import is_coordination, is_referent, sight_of
from commission_app.dossiers.states import DossierState, FicheState

OVER = frozenset({DossierState.CLOSED, DossierState.WITHDRAWN})


def can_prepare_fiche(actor: User, dossier: Dossier) -> bool:
    """The référent of a dossier that is not over."""
    return is_referent(actor, dossier) and dossier.state not in OVER


def is_giver(actor: User, fiche: FicheRelais) -> bool:
    """Who hands over."""
    return fiche.from_id == actor.id


def is_taker(actor: User, fiche: FicheRelais) -> bool:
    """Who takes over, still a référent d'étape on the territory."""
    return fiche.to_id == actor.id and actor.holds(Role.REFERENT, fiche.dossier.territory_id)


def can_edit_fiche(actor: User, fiche: FicheRelais) -> bool:
    """Who hands over, as long as the fiche is not sent and the dossier still the own one."""
    return (
        fiche.state is FicheState.DRAFT and is_giver(actor, fiche) and can_prepare_fiche(actor, fiche.dossier)
    )


def can_accept_fiche(actor: User, fiche: FicheRelais) -> bool:
    """The next référent alone, while the dossier is not over."""
    return is_taker(actor, fiche) and fiche.dossier.state not in OVER


def can_date_fiche(actor: User, fiche: FicheRelais) -> bool:
    """Both référents and the coordination date the meeting and the first appointment."""
    return is_giver(actor, fiche) or is_taker(actor, fiche) or is_coordination(actor, fiche.dossier)


def can_read_name_on_fiche(actor: User, fiche: FicheRelais) -> bool:
    """The name stands on the fiche for the référent of the dossier alone: who hands over before the
    acceptance, who took over after it."""
    return is_referent(actor, fiche.dossier)


def visible_fiches(actor: User) -> Select[FicheRelais]:
    """Those one hands over, those sent to oneself, and those of the territories coordinated."""
    return fiches_seen(**sight_of(actor))


def fiches_seen(
    *, actor_id: Any, written: Collection[Any], coordinated: Collection[Any]
) -> Select[FicheRelais]:
    """The same for who writes and coordinates there, for a statement that is built once."""
    given = (FicheRelais.from_id == actor_id) & Dossier.territory_id.in_(written)
    sent = FicheRelais.state != FicheState.DRAFT
    taken = (FicheRelais.to_id == actor_id) & sent & Dossier.territory_id.in_(written)
    ours = Dossier.territory_id.in_(coordinated) & sent
    return select(FicheRelais).join(FicheRelais.dossier).where(or_(given, taken, ours))
