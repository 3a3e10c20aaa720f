"""Publishing an agenda, and the written opinions of those who cannot come."""

from commission_app.accounts.models import User
from commission_app.core.db import db
from commission_app.core.errors import InvalidInputError, StaleError, WrongStateError
from commission_app.core.events import record
from commission_app.core.policies import require
from commission_app.core.states import expect
from commission_app.sessions.agenda.models import AgendaItem, AgendaVersion, WrittenOpinion
from commission_app.sessions.agenda.policies import (
    COMPOSABLE,
    can_compose_agenda,
    can_write_opinion,
    invitation_of,
)
from commission_app.sessions.agenda.publication.queries import (
    changes_between,
    frozen_content,
    last_version,
    publication_obstacles,
)
from commission_app.sessions.agenda.queries import items_of
from commission_app.sessions.agenda.schedule import schedule_of
from commission_app.sessions.models import CommissionSession


def publish_agenda(actor: User, day: CommissionSession, *, after: int) -> AgendaVersion:
    """Freeze what participants read beforehand, as the version that follows number `after`.

    Refused when the day has no point, goes past its end, shows a dossier without an agreement that holds, or
    when nothing changed since the last version; stale when somebody published meanwhile.
    """
    require(can_compose_agenda(actor, day))
    expect(day.state, COMPOSABLE, "Cette session est close ou annulée : rien ne s’y publie plus.")
    previous = last_version(day)
    number = previous.number if previous else 0
    if number != after:
        raise StaleError("Une version a été publiée entre-temps. Relisez-la avant de publier la suivante.")
    _expect_ready(day)
    content = frozen_content(schedule_of(items_of(day), day))
    changes = changes_between(previous.content, content) if previous else []
    if previous and not changes:
        raise WrongStateError("Rien n’a changé depuis la dernière version.")
    version = AgendaVersion(
        commission_session_id=day.id,
        number=number + 1,
        published_by_id=actor.id,
        content=content,
        changes=changes,
    )
    db.session.add(version)
    record(actor, "agenda_published", version, number=version.number, changes=len(changes))
    return version


def _expect_ready(day: CommissionSession) -> None:
    if told := publication_obstacles(day):
        raise WrongStateError(" ".join(told))


def write_opinion(actor: User, item: AgendaItem, *, text: str) -> WrittenOpinion:
    """Write, or write again, the opinion of one's structure on a point that it cannot attend.

    Refused for who is not invited, and once the day is over. One opinion a structure and point.
    """
    day = item.commission_session
    require(can_write_opinion(actor, day), "Seules les structures invitées donnent un avis écrit.")
    if not text:
        raise InvalidInputError("Écrivez votre avis.", field="text")
    invitation = invitation_of(actor, day)
    assert invitation is not None
    found = [opinion for opinion in item.opinions if opinion.structure_id == invitation.structure_id]
    opinion = found[0] if found else WrittenOpinion(structure_id=invitation.structure_id)
    opinion.agenda_item_id, opinion.author_id, opinion.text = item.id, actor.id, text
    db.session.add(opinion)
    record(actor, "opinion_written", item)
    return opinion
