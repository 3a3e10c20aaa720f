"""A mail to the référent when the person asks or decides something on the own page: a code and a link."""

from commission_app.core.events import Event, on
from commission_app.core.web import absolute_url
from commission_app.dossiers.models import Dossier
from commission_app.dossiers.notifications import Notice, tell

NOTICES = {
    "correction_asked": Notice(
        "Dossier {code} : une correction est demandée",
        "La personne concernée par le dossier {code} demande une correction. Lisez-la et répondez.",
        "Lire la demande",
    ),
    "agreement_given_by_person": Notice(
        "Dossier {code} : accord de partage donné",
        "La personne concernée par le dossier {code} a donné son accord de partage sur sa page.",
    ),
}


def _tell_referent(event: Event, dossier: Dossier) -> None:
    if event.actor_id is None:
        url = absolute_url("dossiers.rights.show", dossier_id=dossier.id)
        tell(dossier.referent, NOTICES[event.name], event, dossier, url)


for _name in NOTICES:
    on(_name)(_tell_referent)
