"""The history of a dossier as it is shown: each change dated and signed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from commission_app.accounts.models import User
from commission_app.core.db import db
from commission_app.core.events import Event
from commission_app.dossiers.models import Dossier
from commission_app.dossiers.states import ReadingReason

WORDS = {
    "dossier_created": "Dossier ouvert",
    "information_recorded": "Information de la personne notée",
    "agreement_recorded": "Accord de partage recueilli",
    "agreement_withdrawn": "Accord de partage retiré",
    "agreement_expired": "Accord de partage arrivé à son terme",
    "dossier_submitted": "Dossier soumis à la coordination",
    "precision_asked": "Précisions demandées",
    "remark_answered": "Précision apportée",
    "exchange_opened": "Échange ouvert",
    "exchange_wished": "Échange demandé à la coordination",
    "exchange_held": "Échange tenu",
    "dossier_solved_before": "Solution trouvée avant la commission",
    "dossier_retained": "Dossier retenu",
    "dossier_scheduled": "Dossier inscrit à l’ordre du jour",
    "dossier_unscheduled": "Dossier ôté de l’ordre du jour",
    "dossier_treated": "Situation traitée en commission",
    "dossier_postponed": "Situation reportée",
    "dossier_followed": "Suivi commencé",
    "dossier_closed": "Dossier clos",
    "dossier_withdrawn": "Dossier retiré",
    "version_kept": "Version gardée",
    "texts_met": "Deux textes écrits en même temps, gardés tous les deux",
    "texts_settled": "Choix fait entre deux textes",
    "person_link_given": "Lien personnel remis à la personne",
    "person_link_revoked": "Lien personnel fermé",
    "person_page_opened": "Page de la personne ouverte",
    "person_secret_refused": "Code refusé sur la page de la personne",
    "agreement_given_by_person": "Accord de partage donné par la personne sur sa page",
    "correction_asked": "Correction demandée par la personne",
    "correction_answered": "Réponse à la demande de correction",
    "access_exported": "Copie de tout ce qui est gardé, pour la personne",
    "identity_read": "Identité lue",
    "fiche_prepared": "Fiche relais préparée",
    "fiche_sent": "Fiche relais transmise",
    "fiche_accepted": "Fiche relais acceptée : le dossier change de référent d’étape",
    "fiche_meeting_dated": "Rencontre tripartite fixée",
    "fiche_met": "Premier rendez-vous avec le nouveau référent d’étape",
}
#: What is done without an account from the page of the person.
BY_LINK = frozenset(
    (
        "person_page_opened",
        "person_secret_refused",
        "agreement_given_by_person",
        "agreement_withdrawn",
        "correction_asked",
        "access_exported",
    )
)
REASONS = {one.value: one.label for one in ReadingReason}
LATEST = 60


@dataclass(frozen=True)
class Change:
    """One line of the history."""

    at: datetime
    label: str
    by: str
    name: str


def history_of(dossier: Dossier, *, limit: int | None = LATEST) -> list[Change]:
    """The latest changes of a dossier, or all of them without a limit, newest first, with who made each and
    why an identity was read: one query."""
    rows = db.session.execute(
        select(Event.at, Event.name, Event.data, User.first_name, User.last_name)
        .outerjoin(User, User.id == Event.actor_id)
        .where(Event.subject_type == "Dossier", Event.subject_id == dossier.id, Event.name.in_(WORDS))
        .order_by(Event.number.desc())
        .limit(limit)
    )
    return [
        Change(at, _label(name, data), _by(name, first, last), name) for at, name, data, first, last in rows
    ]


def _label(name: str, data: Mapping[str, Any]) -> str:
    """« Identité lue : joindre la personne »; the référent gives no reason on the own dossiers."""
    reason = REASONS.get(data.get("reason", "")) if name == "identity_read" else None
    return f"{WORDS[name]} : {reason[0].lower()}{reason[1:]}" if reason else WORDS[name]


def _by(name: str, first: str | None, last: str | None) -> str:
    if first:
        return f"{first} {last}"
    return "depuis le lien personnel" if name in BY_LINK else "automatiquement"
