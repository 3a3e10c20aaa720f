"""The life of an insertion offer."""

from commission_app.core.states import Labelled, Transitions


class OfferState(Labelled):
    """From an idea of the commission to an open offer."""

    IDEA = "idea", "Idée", "neutral", "lightbulb"
    STUDY = "study", "À l’étude", "go", "search"
    CARRIED = "carried", "Portée", "go", "person-check"
    OPEN = "open", "Ouverte", "ok", "door-open"
    CLOSED = "closed", "Fermée", "neutral", "archive"


OFFER_TRANSITIONS: Transitions[OfferState] = Transitions(
    {
        "study": ({OfferState.IDEA}, OfferState.STUDY),
        "carry": ({OfferState.IDEA, OfferState.STUDY}, OfferState.CARRIED),
        "open": ({OfferState.CARRIED, OfferState.CLOSED}, OfferState.OPEN),
        "close": (
            {OfferState.IDEA, OfferState.STUDY, OfferState.CARRIED, OfferState.OPEN},
            OfferState.CLOSED,
        ),
    },
    refusals={"open": "Désignez d’abord la structure qui porte l’offre, puis ouvrez-la."},
)
