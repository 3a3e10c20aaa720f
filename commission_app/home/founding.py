"""The first three acts of an administration on a platform where nothing is yet."""

from typing import Any

from sqlalchemy import ScalarSelect, select

from commission_app.accounts.models import Membership
from commission_app.accounts.states import Role
from commission_app.home.counts import counted
from commission_app.home.steps import NextStep
from commission_app.territories.models import Structure, Territory

#: What must be there, in this order, and the act that brings it.
_STEPS = (
    ("founded_territories", "Ouvrir le premier territoire",
     "C’est une liste de communes choisie par les partenaires. Viendront les structures, puis les comptes.",
     "Ouvrir un territoire", "territories.new", "geo-alt"),
    ("founded_structures", "Ajouter la première structure",
     "France Travail, CCAS, mission locale… : celles qui siègent à la commission. Une liste s’importe aussi.",
     "Ajouter une structure", "structures.new", "plus-lg"),
    ("founded_coordinators", "Inviter la coordination du territoire",
     "Invitez la personne, puis donnez-lui son rôle. Elle préparera le calendrier et invitera les autres.",
     "Inviter une personne", "accounts.new", "person"),
)  # fmt: skip


def figures() -> dict[str, ScalarSelect[Any]]:
    """Counts to be read in one statement with those of the administration."""
    coordinates = select(Membership).where(Membership.held_today(Role.COORDINATOR))
    return {
        "founded_territories": counted(select(Territory)),
        "founded_structures": counted(select(Structure)),
        "founded_coordinators": counted(coordinates),
    }


def founding_step(read: dict[str, Any]) -> NextStep | None:
    """The first of the three that is still to do; none once a coordination is there to go on."""
    for place, (name, title, text, label, endpoint, icon_name) in enumerate(_STEPS, start=1):
        if not read.get(name):
            kicker = f"Étape {place} sur {len(_STEPS)}"
            return NextStep(kicker, title, text, label, endpoint, (), icon_name)
    return None
