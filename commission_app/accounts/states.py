"""Roles and the purposes of account links."""

from commission_app.core.states import Labelled


class Role(Labelled):
    """What a person may be on a territory; the administrator's and the pilot's may hold for the
    département."""

    REFERENT = "referent", "Référent d’étape"
    COORDINATOR = "coordinator", "Coordination"
    PARTICIPANT = "participant", "Membre de la commission"
    PILOT = "pilot", "Pilotage"
    ADMINISTRATOR = "administrator", "Administration"


class LinkPurpose(Labelled):
    """Why an account link was sent."""

    INVITATION = "invitation", "Invitation"
    RESET = "reset", "Nouveau mot de passe"


class AccountState(Labelled):
    """Where an account stands."""

    INVITED = "invited", "Invitation envoyée", "warn", "envelope"
    OPEN = "open", "Compte ouvert", "ok", "check2"
    CLOSED = "closed", "Compte fermé", "neutral", "slash-circle"
