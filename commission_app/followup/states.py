"""The course of an action and of a remontée."""

from commission_app.core.states import Labelled, Transitions


class ActionState(Labelled):
    """Where an action stands."""

    TO_DO = "to_do", "À faire", "neutral", "circle"
    STARTED = "started", "En cours", "go", "arrow-repeat"
    DONE = "done", "Fait", "ok", "check-circle"
    DROPPED = "dropped", "Abandonné", "stop", "slash-circle"


#: An action that still has to be followed.
OPEN_STATES = frozenset({ActionState.TO_DO, ActionState.STARTED})

ACTION_TRANSITIONS: Transitions[ActionState] = Transitions(
    {
        "start": ({ActionState.TO_DO}, ActionState.STARTED),
        "finish": ({ActionState.TO_DO, ActionState.STARTED}, ActionState.DONE),
        "drop": ({ActionState.TO_DO, ActionState.STARTED}, ActionState.DROPPED),
        "reopen": ({ActionState.DONE, ActionState.DROPPED}, ActionState.STARTED),
    }
)


class RemonteeState(Labelled):
    """Where a problem sent up to the département stands."""

    SENT = "sent", "Transmise", "go", "send"
    STUDIED = "studied", "À l’étude", "go", "search"
    ANSWERED = "answered", "Répondue", "ok", "check-circle"


REMONTEE_TRANSITIONS: Transitions[RemonteeState] = Transitions(
    {
        "study": ({RemonteeState.SENT}, RemonteeState.STUDIED),
        "answer": ({RemonteeState.SENT, RemonteeState.STUDIED}, RemonteeState.ANSWERED),
    }
)
