"""The states of a dossier and the words of the common template."""

from commission_app.core.states import Labelled, Transitions
from commission_app.library import states as socle


class DossierState(Labelled):
    """Where a dossier stands."""

    DRAFT = "draft", "Brouillon", "neutral", "pencil"
    SUBMITTED = "submitted", "Soumis", "go", "send"
    TO_COMPLETE = "to_complete", "À compléter", "warn", "pencil-square"
    EXCHANGE = "exchange", "En échange", "go", "chat-dots"
    SOLVED_BEFORE = "solved_before", "Solution avant commission", "ok", "check-circle"
    RETAINED = "retained", "Retenu", "go", "bookmark-check"
    SCHEDULED = "scheduled", "Inscrit", "go", "calendar-check"
    TREATED = "treated", "Traité", "ok", "check2"
    POSTPONED = "postponed", "Reporté", "warn", "calendar-x"
    FOLLOWED = "followed", "En suivi", "go", "arrow-repeat"
    CLOSED = "closed", "Clos", "neutral", "archive"
    WITHDRAWN = "withdrawn", "Retiré", "stop", "slash-circle"


S = DossierState

DOSSIER_TRANSITIONS: Transitions[DossierState] = Transitions(
    {
        "submit": ({S.DRAFT, S.TO_COMPLETE}, S.SUBMITTED),
        "ask_precision": ({S.SUBMITTED, S.EXCHANGE}, S.TO_COMPLETE),
        "open_exchange": ({S.SUBMITTED}, S.EXCHANGE),
        "solve_before": ({S.EXCHANGE}, S.SOLVED_BEFORE),
        "retain": ({S.EXCHANGE, S.POSTPONED}, S.RETAINED),
        "schedule": ({S.RETAINED}, S.SCHEDULED),
        "unschedule": ({S.SCHEDULED}, S.RETAINED),
        "treat": ({S.SCHEDULED}, S.TREATED),
        "postpone": ({S.SCHEDULED}, S.POSTPONED),
        "take_back": ({S.POSTPONED}, S.SCHEDULED),
        "follow": ({S.TREATED}, S.FOLLOWED),
        "close": ({S.SOLVED_BEFORE, S.TREATED, S.FOLLOWED}, S.CLOSED),
        "withdraw": (set(S) - {S.WITHDRAWN}, S.WITHDRAWN),
    },
    refusals={
        "submit": "Ce dossier est déjà soumis.",
        "retain": "Tenez d’abord l’échange avec le référent d’étape, puis retenez le dossier.",
        "withdraw": "Ce dossier est déjà retiré.",
    },
)

#: States in which the référent may still write in the template.
EDITABLE = frozenset({S.DRAFT, S.TO_COMPLETE})
#: States in which the commission may read the shared presentation.
SHARED = frozenset({S.SCHEDULED, S.TREATED, S.POSTPONED, S.FOLLOWED})


class Part(Labelled):
    """The seven parts of the common template, in order."""

    FRAME = "cadre", "Cadre"
    PERSON = "personne", "Personne concernée et accord"
    BLOCK = "blocage", "Pourquoi la situation est bloquée"
    DIAGNOSIS = "diagnostic", "Diagnostic"
    PARCOURS = "parcours", "Parcours"
    ATTEMPTS = "tentatives", "Ce qui a été tenté"
    QUESTION = "question", "La question à la commission"


class PartState(Labelled):
    """How far a part of the template is written."""

    TO_START = "to_start", "À commencer", "neutral", "circle"
    UNDER_WAY = "under_way", "En cours", "go", "three-dots"
    TO_CORRECT = "to_correct", "Précision demandée", "stop", "exclamation-circle"
    DONE = "done", "Terminé", "ok", "check-lg"


class Contract(Labelled):
    """The contract that frames the accompaniment, of both generations of the law."""

    ENGAGEMENT = "engagement", "Contrat d’engagement"
    CER = "cer", "CER"
    PPAE = "ppae", "PPAE"
    PACEA = "pacea", "PACEA"
    CEJ = "cej", "CEJ"
    PLIE = "plie", "PLIE"
    OTHER = "other", "Autre"


class AgeBand(Labelled):
    """What others see instead of a date of birth."""

    UNDER_26 = "16-25", "16–25 ans"
    FROM_26 = "26-34", "26–34 ans"
    FROM_35 = "35-44", "35–44 ans"
    FROM_45 = "45-54", "45–54 ans"
    FROM_55 = "55+", "55 ans et plus"


class Household(Labelled):
    """With whom the person lives."""

    ALONE = "alone", "vit sans autre personne"
    COUPLE = "couple", "vit en couple"
    COUPLE_CHILDREN = "couple_children", "vit en couple avec enfants"
    SINGLE_PARENT = "single_parent", "élève seul ses enfants"
    WITH_RELATIVES = "relatives", "vit chez des proches"
    NO_HOME = "no_home", "sans domicile stable"


class Urgency(Labelled):
    """How soon the commission must answer."""

    NORMAL = "normal", "À la prochaine commission", "neutral", "calendar3"
    SOON = "soon", "Échéance avant trois mois", "warn", "clock-history"
    URGENT = "urgent", "Échéance avant un mois", "stop", "exclamation-triangle"


class AgreementForm(Labelled):
    """How information was given or an agreement collected."""

    ORAL = "oral", "À l’oral"
    WRITTEN = "written", "Par écrit"


class ReadingReason(Labelled):
    """Why the coordination opens an identity."""

    CALL = "call", "Joindre la personne"
    EXCHANGE = "exchange", "Préparer l’échange"
    RELAY = "relay", "Préparer un changement de référent d’étape"
    CHECK = "check", "Vérifier un doublon ou une erreur"


class Criterion(Labelled):
    """Why a situation is blocked, in the words of the lexique."""

    STEP_TOO_LONG = "step_too_long", "Durée excessive dans une étape"
    SEVERAL_FREINS = "several_freins", "Plusieurs freins enchevêtrés"
    CHAINED_ACTIONS = "chained_actions", "Actions enchaînées sans solution"
    EXHAUSTED = "exhausted", "Solutions épuisées"
    NON_ADHESION = "non_adhesion", "Non-adhésion répétée"
    NO_OFFER = "no_offer", "Offre d’insertion absente ou insuffisante"
    NO_CARE = "no_care", "Offre sociale ou de santé insuffisante sur le territoire"
    TRANSITION = "transition", "Transition difficile entre deux parcours"
    COLLECTIVE_SEARCH = "collective_search", "Recherche collective nécessaire"


class Sphere(Labelled):
    """The three spheres of the socle commun."""

    PERSONAL = "personal", "Sphère personnelle"
    PROFESSIONAL = "professional", "Sphère professionnelle"
    PROJECTION = "projection", "Projection"


#: The words of the diagnosis are shared: models of situations speak of the same freins.
DiagnosisItem = socle.DiagnosisItem

_PROFESSIONAL = {
    DiagnosisItem.EXPERIENCE,
    DiagnosisItem.SKILLS,
    DiagnosisItem.DIGITAL,
    DiagnosisItem.STRENGTHS,
    DiagnosisItem.DIFFICULTIES,
    DiagnosisItem.WORK_EXPECTATIONS,
}
_PROJECTION = {DiagnosisItem.ASPIRATIONS, DiagnosisItem.PLACE}


def sphere_of(item: DiagnosisItem) -> Sphere:
    """The sphere of the socle commun in which an item stands."""
    if item in _PROFESSIONAL:
        return Sphere.PROFESSIONAL
    return Sphere.PROJECTION if item in _PROJECTION else Sphere.PERSONAL


class Level(Labelled):
    """Where the person stands on an item."""

    STRENGTH = "strength", "Point d’appui", "ok", "caret-up-fill"
    NEUTRAL = "neutral", "Neutre", "neutral", "circle"
    FREIN = "frein", "Frein", "stop", "caret-down-fill"
    LIFTED = "lifted", "Frein levé", "ok", "arrow-right"
    NOT_DISCUSSED = "not_discussed", "Non abordé", "neutral", "slash-circle"


class AttemptScope(Labelled):
    """Whether something was tried inside the structure or outside it."""

    INSIDE = "inside", "Dans la structure"
    OUTSIDE = "outside", "À l’extérieur"


class StepOutcome(Labelled):
    """Whether a step of the parcours happened."""

    DONE = "done", "Réalisée", "ok", "check2"
    NOT_DONE = "not_done", "Non réalisée", "stop", "x-lg"
    CURRENT = "current", "En cours", "go", "arrow-right"
    TO_COME = "to_come", "À venir", "neutral", "circle"


class FicheState(Labelled):
    """Where a fiche relais stands."""

    DRAFT = "draft", "En préparation", "neutral", "pencil"
    SENT = "sent", "Transmise", "go", "send"
    ACCEPTED = "accepted", "Acceptée", "ok", "check-circle"
    MET = "met", "Premier rendez-vous tenu", "ok", "calendar-check"


FICHE_TRANSITIONS: Transitions[FicheState] = Transitions(
    {
        "send": ({FicheState.DRAFT}, FicheState.SENT),
        "accept": ({FicheState.SENT}, FicheState.ACCEPTED),
        "meet": ({FicheState.ACCEPTED}, FicheState.MET),
    }
)


class ClashOutcome(Labelled):
    """What was kept of two texts that met."""

    MINE = "mine", "Le texte resté de côté"
    THEIRS = "theirs", "Le texte du dossier"
    BOTH = "both", "Les deux textes"


class VersionKind(Labelled):
    """Why a dossier was kept as it stood."""

    SUBMITTED = "submitted", "Version soumise"
    DIAGNOSIS = "diagnosis", "Diagnostic précédent"


class CorrectionState(Labelled):
    """What became of a correction that the person asked for."""

    ASKED = "asked", "Demandée", "warn", "pencil-square"
    DONE = "done", "Corrigé", "ok", "check2"
    DECLINED = "declined", "Laissé, avec la raison", "neutral", "chat-dots"
