"""The composer: left what waits, right the day to scale; each act answers with the composer again."""

import uuid
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from commission_app.accounts.web import me
from commission_app.core.db import commit
from commission_app.core.errors import InvalidInputError, StaleError
from commission_app.core.web import invalid, is_htmx, see
from commission_app.followup.queries import get_action
from commission_app.sessions.agenda import services
from commission_app.sessions.agenda.blueprint import bp
from commission_app.sessions.agenda.composition import announcement, composition_of
from commission_app.sessions.agenda.forms import ArrangeForm, MoveForm, PointForm, RemoveForm, ResizeForm
from commission_app.sessions.agenda.models import AgendaItem
from commission_app.sessions.agenda.postponement import routes as _postponement
from commission_app.sessions.agenda.preview import preview_of
from commission_app.sessions.agenda.proposals import routes as _proposals
from commission_app.sessions.agenda.proposals.queries import get_proposal
from commission_app.sessions.agenda.publication import routes as _publication
from commission_app.sessions.agenda.publication.queries import audience_of, versions_count
from commission_app.sessions.agenda.queries import get_composable_session, get_item
from commission_app.sessions.agenda.waiting.queries import waiting_dossier
from commission_app.sessions.models import CommissionSession
from commission_app.sessions.policies import is_facilitator
from commission_app.sessions.states import ItemKind, SessionState

__all__ = ["_postponement", "_proposals", "_publication", "bp"]

BASE = "/sessions/<uuid:session_id>"
SHOWN = ("dossiers", "propositions", "actions")


@bp.get(f"{BASE}/ordre-du-jour/composer")
def compose(session_id: uuid.UUID) -> ResponseReturnValue:
    """The composer of a day, with the point chosen by `?point=`."""
    day = _day(session_id)
    picked_id = request.args.get("point", type=uuid.UUID)
    template = "agenda/_composer.html" if is_htmx() else "agenda/compose.html"
    return render_template(template, **_shown(day, picked_id))


@bp.post(f"{BASE}/ordre-du-jour/commencer")
def start(session_id: uuid.UUID) -> ResponseReturnValue:
    """Begin with the frame of the day's programme."""
    day = _day(session_id)
    services.start_agenda(me(), day)
    commit()
    return _answer(day, None, "Les pauses et les suites du programme sont placées.")


@bp.post(f"{BASE}/ordre-du-jour/dossiers/<uuid:dossier_id>")
def add_dossier(session_id: uuid.UUID, dossier_id: uuid.UUID) -> ResponseReturnValue:
    """Place a retained dossier."""
    day = _day(session_id)
    item = services.place_dossier(me(), day, waiting_dossier(day, dossier_id))
    commit()
    return _answer(day, item.id)


@bp.post(f"{BASE}/ordre-du-jour/propositions/<uuid:proposal_id>")
def add_proposal(session_id: uuid.UUID, proposal_id: uuid.UUID) -> ResponseReturnValue:
    """Place what a participant proposed."""
    day = _day(session_id)
    item = services.place_proposal(me(), day, get_proposal(me(), proposal_id))
    commit()
    return _answer(day, item.id)


@bp.post(f"{BASE}/ordre-du-jour/actions/<uuid:action_id>")
def add_action(session_id: uuid.UUID, action_id: uuid.UUID) -> ResponseReturnValue:
    """Make an open action a point of its own."""
    day = _day(session_id)
    item = services.place_action(me(), day, get_action(me(), action_id))
    commit()
    return _answer(day, item.id)


@bp.post(f"{BASE}/ordre-du-jour/sujets/<uuid:item_id>")
def add_topic(session_id: uuid.UUID, item_id: uuid.UUID) -> ResponseReturnValue:
    """Take up again a topic that an earlier session left open."""
    day = _day(session_id)
    item = services.continue_topic(me(), day, item_id)
    commit()
    return _answer(day, item.id)


@bp.post(f"{BASE}/ordre-du-jour/points")
def add_point(session_id: uuid.UUID) -> ResponseReturnValue:
    """Add a point that comes from nowhere else."""
    day = _day(session_id)
    form = PointForm()
    if not form.validate():
        return invalid("agenda/compose.html", **_shown(_day(session_id), None, form))
    values = {**form.payload(), "kind": ItemKind(form.kind.data)}
    item = services.add_point(me(), day, **values)
    commit()
    return see(_place(day, item.id), f"« {item.name} » est ajouté.")


@bp.post(f"{BASE}/points/<uuid:item_id>/deplacer")
def move(session_id: uuid.UUID, item_id: uuid.UUID) -> ResponseReturnValue:
    """Move a point to another place in the order."""
    day, item = _item(session_id, item_id)
    values = _checked(MoveForm())
    services.move_item(me(), item, to=values["to"], version=values["version"])
    commit()
    return _answer(day, item_id)


@bp.post(f"{BASE}/points/<uuid:item_id>/duree")
def resize(session_id: uuid.UUID, item_id: uuid.UUID) -> ResponseReturnValue:
    """Give a point another length."""
    day, item = _item(session_id, item_id)
    values = _checked(ResizeForm())
    services.resize_item(me(), item, minutes=values["minutes"], version=values["version"])
    commit()
    return _answer(day, item_id)


@bp.post(f"{BASE}/points/<uuid:item_id>/retirer")
def remove(session_id: uuid.UUID, item_id: uuid.UUID) -> ResponseReturnValue:
    """Take a point off the day."""
    day, item = _item(session_id, item_id)
    values, name = _checked(RemoveForm()), item.name
    services.remove_item(me(), item, version=values["version"])
    commit()
    return _answer(day, None, f"{name} : retiré de la journée.")


@bp.post(f"{BASE}/points/<uuid:item_id>/recurrence")
def recur(session_id: uuid.UUID, item_id: uuid.UUID) -> ResponseReturnValue:
    """Have a topic come back at each session, or no more."""
    day, item = _item(session_id, item_id)
    is_recurring = request.form.get("recurring") == "1"
    services.set_recurring(me(), item, is_recurring=is_recurring)
    commit()
    said = "revient à chaque session" if is_recurring else "ne revient plus de lui-même"
    return _answer(day, item_id, f"« {item.name} » {said}.")


@bp.get(f"{BASE}/ordre-du-jour/proposition")
def suggestion(session_id: uuid.UUID) -> ResponseReturnValue:
    """What the assistant's proposal would make of the day."""
    day = _day(session_id)
    preview = preview_of(day)
    if preview is None:
        said = services.BEGUN if day.state is SessionState.LIVE else "Il n’y a plus rien à proposer."
        return see(url_for("agenda.compose", session_id=day.id), said)
    return render_template("agenda/suggestion.html", day=day, p=preview)


@bp.post(f"{BASE}/ordre-du-jour/proposition")
def arrange(session_id: uuid.UUID) -> ResponseReturnValue:
    """Apply the assistant's proposal; refused when the day has changed since it was shown."""
    day = _day(session_id)
    values, preview = _checked(ArrangeForm()), preview_of(day)
    if preview is None or values["stamp"] != preview.stamp:
        raise StaleError(
            "La journée a changé entre-temps. Revenez au composeur : la proposition y est à jour."
        )
    services.arrange_agenda(me(), day, preview.arrangement, reason="La journée dépassait ses heures.")
    commit()
    return see(url_for("agenda.compose", session_id=day.id), "La proposition est appliquée.")


def _day(session_id: uuid.UUID) -> CommissionSession:
    return get_composable_session(me(), session_id)


def _item(session_id: uuid.UUID, item_id: uuid.UUID) -> tuple[CommissionSession, AgendaItem]:
    day = _day(session_id)
    return day, get_item(me(), day, item_id)


def _checked(form: Any) -> dict[str, Any]:
    if not form.validate():
        first = next((text for texts in form.errors.values() for text in texts), "")
        raise InvalidInputError(first or "Cette valeur n’est pas possible ici.")
    values: dict[str, Any] = form.payload()
    return values


def _answer(day: CommissionSession, picked_id: uuid.UUID | None, said: str = "") -> ResponseReturnValue:
    if is_htmx():
        return render_template("agenda/_composer.html", **_shown(day, picked_id, said=said))
    return see(_place(day, picked_id), said)


def _place(day: CommissionSession, picked_id: uuid.UUID | None) -> str:
    return url_for("agenda.compose", session_id=day.id, point=picked_id, _anchor="jour", **_view())


def _view() -> dict[str, Any]:
    """What the composer is narrowed to, kept from act to act: the list shown, the proposal put aside."""
    shown = request.args.get("voir", "")
    kept: dict[str, Any] = {"voir": shown} if shown in SHOWN else {}
    return kept | ({"garder": "1"} if request.args.get("garder") else {})


def _shown(
    day: CommissionSession, picked_id: uuid.UUID | None, form: PointForm | None = None, said: str = ""
) -> dict[str, Any]:
    composition = composition_of(day, picked_id=picked_id)
    return {
        "day": day,
        "c": composition,
        "form": form or PointForm(formdata=None),
        "view": _view(),
        "said": said or announcement(composition.picked),
        "next_version": versions_count(day) + 1,
        "runs": is_facilitator(me(), day),
        "audience": audience_of(composition.table, [row.item for row in composition.rows]),
    }
