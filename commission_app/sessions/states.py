"""States of a commission session and of what happens in it."""

from commission_app.core.states import Labelled, Transitions


class SessionState(Labelled):
    """Where a day of commission stands."""

    PROPOSED = "proposed", "Proposée", "neutral", "calendar3"
    PUBLISHED = "published", "Au calendrier", "go", "calendar-event"
    CONVENED = "convened", "Convoquée", "go", "send"
    LIVE = "live", "En direct", "go", "broadcast"
    CLOSED = "closed", "Tenue", "ok", "calendar-check"
    CANCELLED = "cancelled", "Annulée", "stop", "calendar-x"


S = SessionState

SESSION_TRANSITIONS: Transitions[SessionState] = Transitions(
    {
        "publish": ({S.PROPOSED}, S.PUBLISHED),
        "convene": ({S.PUBLISHED, S.CONVENED}, S.CONVENED),
        "start": ({S.PUBLISHED, S.CONVENED}, S.LIVE),
        "close": ({S.LIVE}, S.CLOSED),
        "cancel": ({S.PROPOSED, S.PUBLISHED, S.CONVENED}, S.CANCELLED),
    },
    refusals={
        "start": "Cette session a déjà commencé, ou elle n’est pas encore au calendrier.",
        "convene": "Publiez d’abord le calendrier, puis convoquez.",
    },
)
#: Sessions that may still be prepared.
UPCOMING = frozenset({S.PUBLISHED, S.CONVENED})


class Answer(Labelled):
    """What somebody answered to a convocation."""

    NONE = "none", "Sans réponse", "warn", "hourglass-split"
    PRESENT = "present", "Présent", "ok", "check2"
    ABSENT = "absent", "Absent", "stop", "x-lg"
    REPLACED = "replaced", "Remplacé", "go", "arrow-left-right"


class ItemKind(Labelled):
    """What a point of the agenda is."""

    WELCOME = "welcome", "Accueil", "neutral", "cup-hot"
    DOSSIER = "dossier", "Situation", "go", "folder2"
    MODEL = "model", "Modélisation", "go", "diagram-3"
    NEW_ACTION = "new_action", "Action nouvelle", "go", "lightbulb"
    OFFER = "offer", "Partage de l’offre", "go", "gift"
    NEWS = "news", "Actualité", "neutral", "chat-square-text"
    FOLLOW_UP = "follow_up", "Suites des sessions", "go", "arrow-repeat"
    BREAK = "break", "Pause", "neutral", "cup-hot"
    LUNCH = "lunch", "Déjeuner partagé", "neutral", "cup-hot"
    CLOSING = "closing", "Bilan", "neutral", "flag"


#: Points that do not move when the day runs late.
FIXED_KINDS = frozenset({ItemKind.WELCOME, ItemKind.BREAK, ItemKind.LUNCH})


class ItemState(Labelled):
    """Where a point stands in the day."""

    WAITING = "waiting", "À venir", "neutral", "circle"
    LIVE = "live", "En cours", "go", "arrow-right"
    DONE = "done", "Vu", "ok", "check2"
    POSTPONED = "postponed", "Reporté", "warn", "calendar-x"


class ProposalState(Labelled):
    """Where a proposal for the agenda stands."""

    WAITING = "waiting", "À placer", "neutral", "hourglass-split"
    PLACED = "placed", "Inscrite", "ok", "calendar-check"
    DECLINED = "declined", "Écartée", "neutral", "slash-circle"


class DecisionKind(Labelled):
    """What the commission decided."""

    SOLUTION = "solution", "Solution trouvée", "ok", "check-circle"
    ORIENTATION = "orientation", "Orientation ou nouveau référent", "go", "arrow-left-right"
    OFFER_USED = "offer_used", "Offre mobilisée", "ok", "gift"
    REMONTEE = "remontee", "Remontée au Département", "go", "arrow-up"
    NEW_OFFER = "new_offer", "Nouvelle offre à créer", "go", "lightbulb"
    DIAGNOSIS = "diagnosis", "Diagnostic à compléter", "warn", "search"
    POSTPONED = "postponed", "Reporté", "warn", "calendar-x"
    NO_SOLUTION = "no_solution", "Pas encore de solution", "warn", "hourglass-split"


#: Decisions by which a situation counts as one with a solution identified.
SOLVING_KINDS = frozenset({DecisionKind.SOLUTION, DecisionKind.ORIENTATION, DecisionKind.OFFER_USED})


class Stance(Labelled):
    """What a participant says of a decision being read back."""

    AGREED = "agreed", "D’accord", "ok", "hand-thumbs-up"
    RESERVED = "reserved", "Réserve", "warn", "chat-square-text"


class Feeling(Labelled):
    """How a participant lived the day."""

    YES = "yes", "Oui", "ok", "check2"
    PARTLY = "partly", "En partie", "warn", "dash-lg"
    NO = "no", "Non", "stop", "x-lg"


class ParkedKind(Labelled):
    """Where an idea kept for later goes."""

    TO_MODEL = "to_model", "À modéliser", "neutral", "diagram-3"
    NEW_ACTION = "new_action", "Action nouvelle", "neutral", "lightbulb"
    SOLUTION = "solution", "Solution proposée", "neutral", "gift"
    TAKEN = "taken", "Action prise", "neutral", "person-check"


class MinutesState(Labelled):
    """Where the minutes stand: the two facilitators validate."""

    DRAFT = "draft", "À valider", "warn", "pencil"
    VALIDATED = "validated", "Validé", "ok", "check-circle"
