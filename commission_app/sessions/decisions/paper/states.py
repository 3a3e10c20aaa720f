"""What may have become of a point on paper."""

from commission_app.core.states import Labelled
from commission_app.sessions.states import DecisionKind


class Outcome(Labelled):
    """What the sheet of a point says."""

    NOT_SEEN = "", "Non vu ce jour-là"
    SEEN = "seen", "Vu, sans décision"
    PUT_OFF = "put_off", "Reporté à une autre session"
    DECIDED = "decided", "Une décision"


#: Decisions that a sheet may hold; a point put off is one of the outcomes.
KINDS = tuple(kind for kind in DecisionKind if kind is not DecisionKind.POSTPONED)
