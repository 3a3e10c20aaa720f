"""Publishing, reading, printing an agenda; the shared presentations; written opinions."""

import uuid
from typing import Any

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from commission_app.accounts.web import is_background, me
from commission_app.core.db import commit
from commission_app.core.errors import InvalidInputError, NotFoundError
from commission_app.core.web import STILL_READABLE, invalid, see
from commission_app.dossiers.presentation import presentation_of
from commission_app.sessions.agenda.blueprint import bp
from commission_app.sessions.agenda.models import AgendaItem, AgendaVersion
from commission_app.sessions.agenda.policies import (
    COMPOSABLE,
    can_compose_agenda,
    can_postpone_item,
    can_read_presentation,
    can_write_opinion,
    invitation_of,
    presents,
)
from commission_app.sessions.agenda.publication.exports import agenda_pdf, paper_pack
from commission_app.sessions.agenda.publication.forms import OpinionForm, PublishForm
from commission_app.sessions.agenda.publication.queries import (
    audience_of,
    changes_between,
    frozen_content,
    last_version,
    publication_obstacles,
)
from commission_app.sessions.agenda.publication.reading import expected_for, points_of, start_in
from commission_app.sessions.agenda.publication.services import publish_agenda, write_opinion
from commission_app.sessions.agenda.queries import (
    agreements_by_dossier,
    get_composable_session,
    get_item,
    get_readable_session,
    items_of,
    opinions_of,
    schedule_of,
    table_of,
    versions_of,
)
from commission_app.sessions.models import CommissionSession

BASE = "/sessions/<uuid:session_id>"


@bp.get(f"{BASE}/ordre-du-jour/publier")
def review(session_id: uuid.UUID) -> ResponseReturnValue:
    """Read again before publishing: what happens, to whom, how to take it back."""
    day = _composed_day(session_id)
    items, previous = items_of(day), last_version(day)
    slots = schedule_of(items, day)
    number = previous.number if previous else 0
    changes = changes_between(previous.content, frozen_content(slots)) if previous else []
    return render_template(
        "agenda/publish.html",
        day=day,
        slots=slots,
        number=number + 1,
        changes=changes,
        is_unchanged=previous is not None and not changes,
        obstacles=publication_obstacles(day),
        audience=audience_of(table_of(day), items),
        form=PublishForm(after=number),
    )


@bp.post(f"{BASE}/ordre-du-jour/publier")
def publish(session_id: uuid.UUID) -> ResponseReturnValue:
    """Publish the next version."""
    day, form = _composed_day(session_id), PublishForm()
    if not form.validate():
        raise InvalidInputError("Relisez l’ordre du jour, puis publiez-le depuis cette page.")
    version = publish_agenda(me(), day, **form.payload())
    commit()
    return see(url_for("agenda.show", session_id=day.id), f"La version {version.number} est publiée.")


@bp.get(f"{BASE}/ordre-du-jour")
def show(session_id: uuid.UUID) -> ResponseReturnValue:
    """The agenda as its readers see it; `?version=` shows an earlier one."""
    day = get_readable_session(me(), session_id)
    versions = versions_of(day)
    wanted = request.args.get("version", type=int)
    version = next((one for one in versions if one.number == wanted), versions[0] if versions else None)
    return render_template(
        "agenda/show.html",
        day=day,
        versions=versions,
        version=version,
        points=points_of(me(), day, version) if version else [],
        can_compose=can_compose_agenda(me(), day),
        is_composable=day.state in COMPOSABLE,
        can_print=can_postpone_item(me(), day),
    )


@bp.get(f"{BASE}/ordre-du-jour.pdf")
def pdf(session_id: uuid.UUID) -> ResponseReturnValue:
    """The published agenda as a document."""
    day = get_readable_session(me(), session_id)
    version = last_version(day)
    if version is None:
        raise NotFoundError()
    return _document(agenda_pdf(day, version, points_of(me(), day, version)), "ordre-du-jour.pdf")


@bp.get(f"{BASE}/dossier-papier.pdf")
def pack(session_id: uuid.UUID) -> ResponseReturnValue:
    """The paper pack, for the coordination and the facilitators."""
    day = get_readable_session(me(), session_id)
    if not can_postpone_item(me(), day):
        raise NotFoundError()
    return _document(paper_pack(me(), day), "dossier-papier.pdf")


@bp.get(f"{BASE}/points/<uuid:item_id>/presentation")
def presentation(session_id: uuid.UUID, item_id: uuid.UUID) -> ResponseReturnValue:
    """The shared presentation behind a point, while the agreement holds for the reader."""
    day, item = _presented(session_id, item_id)
    if is_background():
        return STILL_READABLE
    return _presentation_page(day, item, OpinionForm(formdata=None, text=_own_text(item)))


@bp.post(f"{BASE}/points/<uuid:item_id>/avis")
def opinion(session_id: uuid.UUID, item_id: uuid.UUID) -> ResponseReturnValue:
    """Write the opinion of one's structure on a point."""
    day, item = _presented(session_id, item_id)
    form = OpinionForm()
    if not form.validate():
        return invalid(
            "agenda/presentation.html", **_presentation_context(*_presented(session_id, item_id), form)
        )
    write_opinion(me(), item, **form.payload())
    commit()
    location = url_for("agenda.presentation", session_id=day.id, item_id=item.id, _anchor="avis")
    return see(location, "Votre avis est enregistré. La coordination et l’animation le lisent.")


def _composed_day(session_id: uuid.UUID) -> CommissionSession:
    return get_composable_session(me(), session_id)


def _presented(session_id: uuid.UUID, item_id: uuid.UUID) -> tuple[CommissionSession, AgendaItem]:
    day = get_readable_session(me(), session_id)
    item = get_item(me(), day, item_id)
    if item.dossier_id is None:
        raise NotFoundError()
    agreement = agreements_by_dossier([item.dossier_id]).get(item.dossier_id)
    is_out = not can_postpone_item(me(), day) and not _is_published(last_version(day), item)
    if is_out or not can_read_presentation(me(), item, agreement):
        raise NotFoundError()
    return day, item


def _is_published(version: AgendaVersion | None, item: AgendaItem) -> bool:
    shown = {point["item_id"] for point in version.content} if version else set()
    return str(item.id) in shown or presents(me(), item)


def _own_text(item: AgendaItem) -> str:
    invitation = invitation_of(me(), item.commission_session)
    own = [one.text for one in item.opinions if invitation and one.structure_id == invitation.structure_id]
    return own[0] if own else ""


def _presentation_page(day: CommissionSession, item: AgendaItem, form: OpinionForm) -> str:
    return render_template("agenda/presentation.html", **_presentation_context(day, item, form))


def _presentation_context(day: CommissionSession, item: AgendaItem, form: OpinionForm) -> dict[str, Any]:
    assert item.dossier is not None
    return {
        "day": day,
        "item": item,
        "presentation": presentation_of(item.dossier),
        "form": form,
        "opinions": opinions_of(item) if can_postpone_item(me(), day) else [],
        "can_write_opinion": can_write_opinion(me(), day),
        "expected": expected_for(me(), day, item),
        "starts_at": start_in(last_version(day), item),
    }


def _document(content: bytes, name: str) -> Response:
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return Response(content, mimetype="application/pdf", headers=headers)
