"""The urgent requests that a person has to know of now."""

from commission_app.accounts.models import User
from commission_app.binomes.states import UrgentLevel, UrgentState
from commission_app.binomes.urgent.queries import UrgentLine, running_lines
from commission_app.core import french
from commission_app.home.counts import Count
from commission_app.home.tasks import Task


def urgencies_for(actor: User) -> list[UrgentLine]:
    """What runs and concerns the person, without answer first."""
    return running_lines(actor)


def urgent_task(requests: list[UrgentLine]) -> list[Task]:
    """One line for what nobody took up; none when everything is in somebody's hands."""
    waiting = [request for request in requests if request.state is UrgentState.ASKED]
    if not waiting:
        return []
    first = waiting[0]
    title = "Urgence sans réponse" if len(waiting) == 1 else "Urgences sans réponse"
    values = (("request_id", str(first.id)),)
    return [Task(Count(len(waiting)), title, _detail(first), "urgent.show", values, "stop")]


def words_of(request: UrgentLine) -> str:
    """Who has it now, in a sentence."""
    structure = request.structure
    if request.state is UrgentState.TAKEN and request.taker:
        return f"{request.taker} l’a prise en charge."
    asked = {
        UrgentLevel.TECHNICIEN: f"{structure} est sollicité : le technicien d’abord.",
        UrgentLevel.CADRE: f"{structure} n’a pas répondu ; le cadre est sollicité à son tour.",
        UrgentLevel.COORDINATION: f"{structure} n’a pas répondu ; la coordination est sollicitée.",
    }
    return asked[request.level]


def _detail(request: UrgentLine) -> str:
    since = f"{request.title}, demande de {french.hour(request.asked_at)}"
    if request.escalates_at is None:
        return f"{since} · à la coordination de répondre"
    return f"{since} · {_level(request)} de répondre avant {french.hour(request.escalates_at)}"


def _level(request: UrgentLine) -> str:
    return f"au {request.level.label.lower()}"
