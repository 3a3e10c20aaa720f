"""The acts that a dossier's page offers by a button, and what is said before the final ones."""

from collections.abc import Callable
from dataclasses import dataclass

from commission_app.accounts.models import User
from commission_app.dossiers import services
from commission_app.dossiers.models import Dossier
from commission_app.dossiers.policies import (
    can_coordinate_dossier,
    can_submit_dossier,
    can_withdraw_dossier,
)
from commission_app.dossiers.states import DOSSIER_TRANSITIONS, DossierState

Allowed = Callable[[User, Dossier], bool]


@dataclass(frozen=True)
class Act:
    """One act: its button, who may, and what happens. Without consequences it needs no confirmation."""

    name: str
    transition: str
    label: str
    icon: str
    run: Callable[[User, Dossier], None]
    allowed: Allowed
    done: str
    title: str = ""
    consequences: tuple[str, ...] = ()
    way_back: str = ""
    kind: str = "quiet"

    def is_open(self, actor: User, dossier: Dossier) -> bool:
        """Whether this person may do it now."""
        return DOSSIER_TRANSITIONS.allows(dossier.state, self.transition) and self.allowed(actor, dossier)


_ACTS = (
    Act(
        "ouvrir-l-echange", "open_exchange", "Ouvrir l’échange", "chat-dots",
        services.open_exchange, can_coordinate_dossier, "L’échange est ouvert.", kind="primary",
    ),
    Act(
        "retenir", "retain", "Retenir le dossier", "bookmark-check",
        services.retain_dossier, can_coordinate_dossier, "Le dossier est retenu.",
        "Retenir le dossier {code} pour une commission ?",
        (
            "il attend une place sur l’ordre du jour d’une session ;",
            "son référent d’étape est prévenu ;",
            "la commission ne le lit qu’une fois inscrit.",
        ),
        "retirer le dossier, avec l’accord du référent d’étape.", "primary",
    ),
    Act(
        "solution", "solve_before", "Noter une solution avant commission", "check-circle",
        services.solve_before_commission, can_coordinate_dossier, "La solution est notée.",
        "Noter une solution trouvée avant la commission pour {code} ?",
        (
            "le dossier ne passera pas en commission ;",
            "il compte dans les situations résolues avant la commission ;",
            "son référent d’étape est prévenu.",
        ),
        "ouvrir un nouveau dossier si la situation se bloque de nouveau.", "primary",
    ),
    Act(
        "suivre", "follow", "Commencer le suivi", "arrow-repeat",
        services.begin_follow_up, can_coordinate_dossier, "Le suivi est commencé.", kind="primary",
    ),
    Act(
        "clore", "close", "Clore le dossier", "archive",
        services.close_dossier, can_coordinate_dossier, "Le dossier est clos.",
        "Clore le dossier {code} ?",
        (
            "plus rien ne s’y écrit ;",
            "il n’est plus lu par la commission ;",
            "il sera effacé au terme du délai de conservation.",
        ),
        "ouvrir un nouveau dossier.", "primary",
    ),
    Act(
        "retirer", "withdraw", "Retirer le dossier", "slash-circle",
        services.withdraw_dossier, can_withdraw_dossier, "Le dossier est retiré.",
        "Retirer le dossier {code} ?",
        (
            "il quitte aussitôt l’ordre du jour, la salle et l’écran ;",
            "les structures ne peuvent plus le lire ;",
            "ce qui a déjà été lu reste dans la trace.",
        ),
        "un dossier retiré ne revient pas ; ouvrez-en un nouveau.", "stop",
    ),
)  # fmt: skip
ACTS = {act.name: act for act in _ACTS}


def open_acts(actor: User, dossier: Dossier) -> list[Act]:
    """What this person may do now with this dossier, withdrawal left out: it stands apart."""
    return [act for act in _ACTS if act.name != "retirer" and act.is_open(actor, dossier)]


def can_submit_now(actor: User, dossier: Dossier) -> bool:
    """Whether the check page offers to submit."""
    return can_submit_dossier(actor, dossier) and DOSSIER_TRANSITIONS.allows(dossier.state, "submit")


def can_ask_precision(actor: User, dossier: Dossier) -> bool:
    """Whether the page offers to ask for precisions."""
    allowed = DOSSIER_TRANSITIONS.allows(dossier.state, "ask_precision")
    return allowed and can_coordinate_dossier(actor, dossier)


def can_note_exchange(actor: User, dossier: Dossier) -> bool:
    """Whether the page offers to write an exchange down."""
    return dossier.state is DossierState.EXCHANGE and can_coordinate_dossier(actor, dossier)
