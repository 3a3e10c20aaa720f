"""Pages of the actions: the board, the list, one action, the territories side by side."""

from uuid import UUID

from flask import Blueprint, Response, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from commission_app.accounts.queries import chosen_territory, people_of, territories_for
from commission_app.accounts.web import me
from commission_app.core.db import commit, rollback
from commission_app.core.errors import InvalidInputError, NotFoundError, StaleError
from commission_app.core.forms import VersionedForm
from commission_app.core.policies import require
from commission_app.core.tables import FORMATS, download
from commission_app.core.web import invalid, see
from commission_app.followup import queries, services
from commission_app.followup.board import queries as board_queries
from commission_app.followup.board.queries import ActionFilter
from commission_app.followup.board.services import export_actions
from commission_app.followup.exports import file_of
from commission_app.followup.forms import ActionForm, DropForm, NoteForm
from commission_app.followup.links import queries as links
from commission_app.followup.models import Action
from commission_app.followup.origins import origin_of
from commission_app.followup.policies import (
    COORDINATORS,
    READERS,
    can_compare_territories,
    can_create_action,
    can_follow_action,
    can_remind,
)
from commission_app.followup.states import ACTION_TRANSITIONS, ActionState
from commission_app.territories.models import Territory

bp = Blueprint("followup", __name__, url_prefix="/actions")
DONE = {
    "start": "L’action est en cours.",
    "finish": "L’action est faite.",
    "reopen": "L’action est reprise, elle est en cours.",
}


@bp.get("")
def board() -> str:
    """The board of a territory, or the same as a list."""
    territories = territories_for(me(), *READERS)
    territory = _chosen(territories)
    wanted = _wanted(territory)
    as_list = request.args.get("vue") == "liste"
    lanes = [] if as_list else board_queries.board_of(me(), wanted)
    page = board_queries.page_of(me(), wanted, number=_page()) if as_list else None
    can_manage = can_create_action(me(), territory.id)
    return render_template(
        "followup/board.html",
        territory=territory,
        territories=[(str(one.id), one.name) for one in territories],
        structures=[(str(one.id), one.name) for one in queries.structures_acting(territory.id)],
        states=ActionState.choices(),
        counts=board_queries.counts_of(me(), territory.id),
        to_remind=links.count_to_remind(territory.id) if can_manage else 0,
        lanes=lanes,
        page=page,
        can_create=can_manage,
        can_compare=can_compare_territories(me()),
        args=request.args.to_dict(),
    )


@bp.post("/export/<format>")
def export(format: str) -> Response:
    """The list that is shown, as a file; noted."""
    if format not in FORMATS:
        raise NotFoundError()
    territory = _chosen(territories_for(me(), *READERS))
    actions = export_actions(me(), territory, _wanted(territory), format=format)
    content = file_of(actions, queries.codes_for(me(), actions), format)
    commit()
    return download(content, "actions", format)


@bp.get("/territoires")
def territories() -> str:
    """Every territory side by side."""
    if not can_compare_territories(me()):
        raise NotFoundError()
    return render_template("followup/territories.html", rows=board_queries.counts_by_territory(me()))


@bp.get("/nouvelle")
def new() -> str:
    """An action that comes from no decision."""
    territory = chosen_territory(me(), request.args.get("territoire", type=UUID), *COORDINATORS)
    return render_template("followup/new.html", form=_form(territory), territory=territory)


@bp.post("/nouvelle")
def create() -> BaseResponse | tuple[str, int]:
    """Write it down."""
    territory = chosen_territory(me(), request.args.get("territoire", type=UUID), *COORDINATORS)
    form = _form(territory)
    if not form.validate():
        return invalid("followup/new.html", form=form, territory=territory)
    try:
        action = services.create_action(me(), territory_id=territory.id, **form.payload())
    except InvalidInputError as error:
        form.refuse(error.message, field=error.field)
        return invalid("followup/new.html", form=form, territory=territory)
    commit()
    return see(url_for("followup.show", action_id=action.id), "L’action est ajoutée au tableau.")


@bp.get("/<uuid:action_id>")
def show(action_id: UUID) -> str:
    """One action."""
    action = queries.get_action(me(), action_id)
    return render_template("followup/show.html", **_context(action))


@bp.post("/<uuid:action_id>/commencer", endpoint="start", defaults={"kind": "start"})
@bp.post("/<uuid:action_id>/terminer", endpoint="finish", defaults={"kind": "finish"})
@bp.post("/<uuid:action_id>/reprendre", endpoint="reopen", defaults={"kind": "reopen"})
def move(action_id: UUID, kind: str) -> BaseResponse:
    """Begin, finish or take up again."""
    action = queries.get_action(me(), action_id)
    act = {
        "start": services.start_action,
        "finish": services.finish_action,
        "reopen": services.reopen_action,
    }[kind]
    act(me(), action, version=VersionedForm().version.data or 0)
    commit()
    return see(url_for("followup.show", action_id=action_id), DONE[kind])


@bp.post("/<uuid:action_id>/abandonner")
def drop(action_id: UUID) -> BaseResponse | tuple[str, int]:
    """Give it up, with a reason."""
    action = queries.get_action(me(), action_id)
    form = DropForm()
    if not form.validate():
        return invalid("followup/show.html", **_context(action, drop_form=form))
    try:
        services.drop_action(me(), action, **form.payload())
        commit()
    except StaleError:
        rollback()
        form.keep_typed(action.version)
        return invalid("followup/show.html", **_context(action, drop_form=form))
    return see(
        url_for("followup.show", action_id=action_id), "L’action est abandonnée. Le motif reste lisible."
    )


@bp.post("/<uuid:action_id>/notes")
def note(action_id: UUID) -> BaseResponse | tuple[str, int]:
    """Write how it goes."""
    action = queries.get_action(me(), action_id)
    form = NoteForm()
    if not form.validate():
        return invalid("followup/show.html", **_context(action, note_form=form))
    services.note_progress(me(), action, **form.payload())
    commit()
    return see(url_for("followup.show", action_id=action_id), "La note est ajoutée.")


def _context(
    action: Action, *, drop_form: DropForm | None = None, note_form: NoteForm | None = None
) -> dict[str, object]:
    can_follow = can_follow_action(me(), action)
    drop_form = drop_form or DropForm(formdata=None, version=action.version)
    note_form = note_form or NoteForm(formdata=None)
    return {
        "action": action,
        "acts": ACTION_TRANSITIONS.acts(action.state) if can_follow else [],
        "origin": origin_of(me(), action),
        "notes": queries.notes_of(action),
        "code": queries.codes_for(me(), [action]).get(action.dossier_id) if action.dossier_id else None,
        "can_open_dossier": queries.can_open_dossier(me(), action),
        "can_follow": can_follow,
        "can_write": can_follow and action.takes_words,
        "can_remind": can_remind(me(), action.territory_id) and action.is_open,
        "has_links": links.has_open_links(action.id),
        "reminded_at": links.reminders_of([action.id]).get(action.id),
        "drop_form": drop_form,
        "note_form": note_form,
        "form": drop_form if drop_form.errors or drop_form.form_errors else note_form,
    }


def _form(territory: Territory) -> ActionForm:
    require(can_create_action(me(), territory.id))
    return ActionForm().offer(queries.structures_acting(territory.id), people_of(territory.id))


def _chosen(territories: list[Territory]) -> Territory:
    wanted_id = request.args.get("territoire", type=UUID)
    found = [one for one in territories if wanted_id in (None, one.id)]
    if not found:
        raise NotFoundError()
    return found[0]


def _wanted(territory: Territory) -> ActionFilter:
    return ActionFilter(
        territory_id=territory.id,
        structure_id=request.args.get("structure", type=UUID),
        session_id=request.args.get("session", type=UUID),
        state=request.args.get("etat", type=ActionState),
        is_late=request.args.get("retard") == "1",
        is_mine=request.args.get("moi") == "1",
        text=request.args.get("q", "")[:100],
    )


def _page() -> int:
    return request.args.get("page", 1, type=int)
