"""The dossiers that a référent may name in an urgent request: the directory stands below the dossiers."""

from commission_app.accounts.models import User
from commission_app.binomes.urgent.queries import OwnDossier, offer_dossiers
from commission_app.core.db import db
from commission_app.dossiers.models import Dossier
from commission_app.dossiers.policies import own_dossiers
from commission_app.dossiers.states import DossierState

OVER = (DossierState.CLOSED, DossierState.WITHDRAWN)
LIST_SIZE = 100


@offer_dossiers
def dossiers_to_name(actor: User) -> list[OwnDossier]:
    """The own dossiers that are not over, the latest first."""
    query = own_dossiers(actor).where(Dossier.state.not_in(OVER)).order_by(Dossier.state_since.desc())
    found = db.session.execute(query.with_only_columns(Dossier.id, Dossier.code).limit(LIST_SIZE))
    return [OwnDossier(row.id, row.code) for row in found]
