"""States of the lexique's terms and kinds of shared documents."""

from commission_app.core.states import Labelled


class TermState(Labelled):
    """Whether the partners agreed on a word."""

    VALIDATED = "validated", "Terme validé", "ok", "check-circle"
    DISCUSSED = "discussed", "Terme en discussion", "warn", "chat-dots"


class DocumentKind(Labelled):
    """What a shared document is."""

    CHARTE = "charte", "Charte de fonctionnement"
    PROTOCOLE = "protocole", "Protocole"
    LABEL = "label", "Engagements du label"
    NEWS = "news", "Nouvelle d’un dispositif"
