"""Who learns of an urgent request by mail, and the clock that passes it on. The mails say nothing but that it
is there."""

from collections.abc import Iterable

from flask import render_template

from commission_app.accounts.models import User
from commission_app.accounts.queries import people_of
from commission_app.accounts.states import Role
from commission_app.binomes.models import UrgentRequest
from commission_app.binomes.urgent.queries import overdue_ids
from commission_app.binomes.urgent.services import relay_overdue
from commission_app.core.db import commit, read_only, rollback
from commission_app.core.events import Event, on
from commission_app.core.mail import Mail, send_later
from commission_app.core.outbox import every_tick
from commission_app.core.web import absolute_url


@on("urgent_request_asked")
@on("urgent_request_relayed")
def call_who_is_asked(event: Event, request: UrgentRequest) -> None:
    """The person now asked, or the whole coordination but who asks."""
    position = len(request.relays)
    _write("asked", "Une demande urgente vous attend", _asked(request), request, key=f"asked-{position}")


@on("urgent_request_taken")
def tell_the_author_who_has_it(event: Event, request: UrgentRequest) -> None:
    """The author knows that somebody deals with it."""
    _write("taken", "Votre demande urgente est prise en charge", [request.author], request, key="taken")


@on("urgent_request_answered")
def tell_the_author_the_answer(event: Event, request: UrgentRequest) -> None:
    """The author knows that an answer is there."""
    _write("answered", "Une réponse à votre demande urgente", [request.author], request, key="answered")


@every_tick
def pass_on_what_waits() -> None:
    """Nobody took a request up in its delay: the next level is asked."""
    with read_only():
        is_due = bool(overdue_ids())
        rollback()
    if is_due:
        relay_overdue(None)
        commit()


def _asked(request: UrgentRequest) -> list[User]:
    if request.asked:
        return [request.asked]
    coordination = people_of(request.territory_id, Role.COORDINATOR)
    return [person for person in coordination if person.id != request.author_id]


def _write(kind: str, subject: str, people: Iterable[User], request: UrgentRequest, *, key: str) -> None:
    context = {
        "subject": subject,
        "asked": request,
        "url": absolute_url("urgent.show", request_id=request.id),
        "place": request.binome.territory.name,
    }
    for person in people:
        mail = Mail(
            to=person.email,
            subject=subject,
            text=render_template(f"emails/binomes/{kind}.txt", **context),
            html=render_template(f"emails/binomes/{kind}.html", **context),
        )
        send_later(mail, key=f"urgent:{request.id}:{key}:{person.id}")
