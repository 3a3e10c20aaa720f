"""Competences that a binôme brings, and the course of an urgent request."""

from commission_app.core.states import Labelled, Transitions


class Competence(Labelled):
    """What a structure brings to the table, and what a dossier may need."""

    HOUSING = "logement", "Logement"
    HEALTH = "sante", "Santé"
    MOBILITY = "mobilite", "Mobilité"
    CHILD_CARE = "garde_enfants", "Garde d’enfants"
    TRAINING = "formation", "Formation"
    COMPANIES = "entreprises", "Entreprises"
    IAE = "iae", "Insertion par l’activité économique"
    BUDGET = "budget", "Budget et dettes"
    RIGHTS = "acces_droits", "Accès aux droits"
    LANGUAGE = "langue", "Langue française"
    DIGITAL = "numerique", "Numérique"
    DISABILITY = "handicap", "Handicap"
    YOUTH = "jeunes", "Jeunes"
    FAMILY = "famille", "Famille et parentalité"
    JUSTICE = "justice", "Justice"


class UrgentState(Labelled):
    """Where an urgent request stands."""

    ASKED = "asked", "Sans réponse", "stop", "telephone-x"
    TAKEN = "taken", "Prise en charge", "go", "person-check"
    ANSWERED = "answered", "Répondue", "ok", "check-circle"
    CLOSED = "closed", "Close", "neutral", "archive"


class UrgentLevel(Labelled):
    """Who is asked now: the technicien, then the cadre, then the coordination."""

    TECHNICIEN = "technicien", "Technicien"
    CADRE = "cadre", "Cadre"
    COORDINATION = "coordination", "Coordination"


URGENT_TRANSITIONS: Transitions[UrgentState] = Transitions(
    {
        "take": ({UrgentState.ASKED}, UrgentState.TAKEN),
        "answer": ({UrgentState.TAKEN}, UrgentState.ANSWERED),
        "close": ({UrgentState.ASKED, UrgentState.TAKEN, UrgentState.ANSWERED}, UrgentState.CLOSED),
    },
    refusals={"take": "Cette demande est déjà prise en charge."},
)
