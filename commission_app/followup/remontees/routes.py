"""Pages of the problems sent up to the département."""

from uuid import UUID

from flask import Blueprint, render_template, request, url_for
from werkzeug.wrappers import Response

from commission_app.accounts.queries import territories_for
from commission_app.accounts.web import me
from commission_app.core.db import commit, rollback
from commission_app.core.errors import NotFoundError, StaleError
from commission_app.core.forms import VersionedForm
from commission_app.core.pages import paginate
from commission_app.core.web import invalid, see
from commission_app.followup.policies import COORDINATORS
from commission_app.followup.remontees import queries, services
from commission_app.followup.remontees.forms import AnswerForm, RemonteeForm
from commission_app.followup.remontees.policies import READERS, can_answer_remontee, can_send_remontee
from commission_app.followup.services import create_remontee
from commission_app.followup.states import RemonteeState

bp = Blueprint("remontees", __name__, url_prefix="/remontees")


@bp.get("")
def index() -> str:
    """The list by theme."""
    territory_id = request.args.get("territoire", type=UUID)
    state = request.args.get("etat", type=RemonteeState)
    page = paginate(
        queries.listed(me(), territory_id=territory_id, state=state),
        number=request.args.get("page", 1, type=int),
    )
    return render_template(
        "followup/remontees/index.html",
        page=page,
        themes=queries.by_theme(list(page.items)),
        territories=[(str(one.id), one.name) for one in territories_for(me(), *READERS)],
        states=RemonteeState.choices(),
        can_send=can_send_remontee(me()),
    )


@bp.get("/nouvelle")
def new() -> str:
    """A problem to send up."""
    return render_template("followup/remontees/new.html", form=_form())


@bp.post("/nouvelle")
def create() -> Response | tuple[str, int]:
    """Send it."""
    form = _form()
    if not form.validate():
        return invalid("followup/remontees/new.html", form=form)
    remontee = create_remontee(me(), **form.payload())
    commit()
    return see(
        url_for("remontees.show", remontee_id=remontee.id), "La remontée est transmise au Département."
    )


@bp.get("/<uuid:remontee_id>")
def show(remontee_id: UUID) -> str:
    """The problem and its answer."""
    remontee = queries.get_remontee(me(), remontee_id)
    form = AnswerForm(version=remontee.version)
    return render_template(
        "followup/remontees/show.html", remontee=remontee, form=form, can_answer=can_answer_remontee(me())
    )


@bp.post("/<uuid:remontee_id>/etudier")
def study(remontee_id: UUID) -> Response:
    """The département looks into it."""
    remontee = queries.get_remontee(me(), remontee_id)
    services.study_remontee(me(), remontee, version=VersionedForm().version.data or 0)
    commit()
    return see(url_for("remontees.show", remontee_id=remontee_id), "La remontée est à l’étude.")


@bp.post("/<uuid:remontee_id>/repondre")
def answer(remontee_id: UUID) -> Response | tuple[str, int]:
    """The département answers."""
    remontee = queries.get_remontee(me(), remontee_id)
    form = AnswerForm()
    shown = {"remontee": remontee, "form": form, "can_answer": can_answer_remontee(me())}
    if not form.validate():
        return invalid("followup/remontees/show.html", **shown)
    try:
        services.answer_remontee(me(), remontee, **form.payload())
        commit()
    except StaleError:
        rollback()
        form.keep_typed(remontee.version)
        return invalid("followup/remontees/show.html", **shown)
    return see(url_for("remontees.show", remontee_id=remontee_id), "La réponse est transmise au territoire.")


def _form() -> RemonteeForm:
    territories = territories_for(me(), *COORDINATORS)
    if not territories:
        raise NotFoundError()
    return RemonteeForm().offer(territories)
