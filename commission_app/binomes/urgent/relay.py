"""The relay as people read it: who was asked, who has it now, who is next."""

from dataclasses import dataclass

from commission_app.binomes.models import UrgentRelay, UrgentRequest
from commission_app.binomes.states import UrgentLevel, UrgentState
from commission_app.core import clock, french

LEVELS = tuple(UrgentLevel)
COORDINATION = "Coordination du territoire"


@dataclass(frozen=True)
class Step:
    """One place of the relay. `moment` is past, now or next."""

    title: str
    person: str
    detail: str
    moment: str
    phone: str = ""

    @property
    def line(self) -> tuple[str, str, str, str, str]:
        """As the component of the relay takes it."""
        return (self.title, self.person, self.detail, self.moment, self.phone)


def steps_of(request: UrgentRequest) -> list[Step]:
    """The places asked so far, then those to come while nobody took the request up."""
    steps = [_asked(request, relay) for relay in request.relays]
    if request.state is UrgentState.ASKED:
        later = LEVELS[LEVELS.index(request.level) + 1 :]
        steps += [_to_come(request, level) for level in later if not _is_passed_over(request, level)]
    return steps


def _is_passed_over(request: UrgentRequest, level: UrgentLevel) -> bool:
    """A cadre who asks for help is not called by the own request."""
    return level is UrgentLevel.CADRE and request.binome.cadre_id == request.author_id


def waiting_words(request: UrgentRequest) -> str:
    """« depuis 1 h 22 » for a request that nobody took up, '' otherwise."""
    if request.state is not UrgentState.ASKED:
        return ""
    return f"depuis {french.duration(_minutes(request))}"


def _minutes(request: UrgentRequest) -> int:
    return int((clock.now() - request.asked_at).total_seconds() // 60)


def _asked(request: UrgentRequest, relay: UrgentRelay) -> Step:
    title = f"Remplacement : {relay.level.label.lower()}" if relay.absent_id else relay.level.label
    person = _who(request, relay)
    is_last = relay is request.relays[-1]
    if request.taken_by_id is not None and relay.asked_id == request.taken_by_id:
        return Step(title, person, _taken(request), "past")
    if is_last and request.state is UrgentState.ASKED:
        return Step(f"{title}, maintenant", person, _until(relay), "now", _phone(relay))
    return Step(title, person, _past(request, relay), "past")


def _who(request: UrgentRequest, relay: UrgentRelay) -> str:
    if relay.asked is None:
        return COORDINATION
    return f"{relay.asked.full_name}, {relay.asked.structure_name or request.binome.structure.name}"


def _phone(relay: UrgentRelay) -> str:
    return relay.asked.phone if relay.asked else ""


def _until(relay: UrgentRelay) -> str:
    since = f"Demande reçue à {french.hour(relay.asked_at)}"
    if relay.due_at is None:
        return since
    left = max(0, round((relay.due_at - clock.now()).total_seconds() / 60))
    return f"{since}, à prendre avant {french.hour(relay.due_at)} : reste {french.duration(left)}"


def _past(request: UrgentRequest, relay: UrgentRelay) -> str:
    since = f"Demande reçue à {french.hour(relay.asked_at)}"
    later = [one.asked_at for one in request.relays if one.position > relay.position]
    if not later:
        return since
    minutes = round((later[0] - relay.asked_at).total_seconds() / 60)
    return f"{since}, pas de réponse en {french.duration(minutes)}"


def _to_come(request: UrgentRequest, level: UrgentLevel) -> Step:
    if level is UrgentLevel.COORDINATION:
        person = COORDINATION
    else:
        cadre = request.binome.cadre
        person = f"{cadre.full_name}, {request.binome.structure.name}" if cadre else "Aucun cadre désigné"
    return Step(level.label, person, _when(request, level), "next")


def _when(request: UrgentRequest, level: UrgentLevel) -> str:
    is_next = LEVELS.index(level) == LEVELS.index(request.level) + 1
    if is_next and request.escalates_at is not None:
        return f"Prendra le relais à {french.hour(request.escalates_at)}"
    return "Prendra le relais ensuite"


def _taken(request: UrgentRequest) -> str:
    assert request.taken_at is not None
    return f"Prise en charge à {french.hour(request.taken_at)}"
