"""Who reads models of situations."""

from sqlalchemy import Select, false, select

from commission_app.accounts.models import User
from commission_app.library.models import SituationModel
from commission_app.library.policies import READERS, reads_everywhere


def visible_models(actor: User) -> Select[SituationModel]:
    """Models name nobody: whoever works on a territory reads those of all territories."""
    if actor.territory_ids(*READERS) or reads_everywhere(actor):
        return select(SituationModel)
    return select(SituationModel).where(false())
