"""Who says that somebody is away."""

from sqlalchemy import ColumnElement, Select, or_, select

from commission_app.accounts.models import User
from commission_app.accounts.states import Role
from commission_app.binomes.models import Absence, Binome


def reachable_people(actor: User) -> Select[User]:
    """Those whose absences the person may write: oneself, the own structure's people for its cadre, and the
    people of the territory's pairs for the coordination."""
    return select(User).where(User.closed_at.is_(None), _is_reached_by(actor))


def visible_absences(actor: User) -> Select[Absence]:
    """The absences that the person may write or take back."""
    return select(Absence).where(Absence.user_id.in_(reachable_people(actor).with_only_columns(User.id)))


def _is_reached_by(actor: User) -> ColumnElement[bool]:
    led = select(Binome.structure_id).where(Binome.cadre_id == actor.id, Binome.current())
    coordinated = Binome.territory_id.in_(actor.territory_ids(Role.COORDINATOR)) & Binome.current()
    return or_(
        User.id == actor.id,
        User.structure_id.in_(led),
        User.id.in_(select(Binome.cadre_id).where(coordinated)),
        User.id.in_(select(Binome.technicien_id).where(coordinated)),
    )
