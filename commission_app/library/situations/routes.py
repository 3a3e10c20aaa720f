"""The library of solved situations."""

from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from commission_app.accounts.queries import territories_for
from commission_app.accounts.web import me
from commission_app.binomes.states import Competence
from commission_app.core.db import commit
from commission_app.core.errors import InvalidInputError, NotFoundError, StaleError
from commission_app.core.web import see
from commission_app.library.blueprint import bp
from commission_app.library.models import SituationModel
from commission_app.library.policies import WRITERS, can_change_model
from commission_app.library.situations.forms import ModelForm, NewModelForm
from commission_app.library.situations.queries import get_model, listed_models
from commission_app.library.situations.services import change_model, create_model
from commission_app.library.states import DiagnosisItem

WORDS = {"freins": dict(DiagnosisItem.choices()), "competences": dict(Competence.choices())}


@bp.get("/situations-resolues")
def models() -> str:
    """The models, by words and by frein."""
    text, frein = request.args.get("mot", ""), request.args.get("frein", "")
    page = listed_models(me(), text=text, frein=frein, number=request.args.get("page", 1, type=int))
    return render_template(
        "library/models.html",
        page=page,
        text=text,
        frein=frein,
        words_of=WORDS,
        may_write=bool(me().territory_ids(*WRITERS)),
    )


@bp.get("/situations-resolues/nouvelle")
def new_model() -> str:
    """The form of a model; `frein` and `besoin` in the address tick what a treated situation showed."""
    given = {"freins": request.args.getlist("frein"), "needed": request.args.getlist("besoin")}
    return render_template("library/model_new.html", form=_new_form(**given))


@bp.post("/situations-resolues/nouvelle")
def create_one_model() -> ResponseReturnValue:
    """Write the model down."""
    form = _new_form()
    if not form.validate():
        return render_template("library/model_new.html", form=form), 422
    values = {name: value for name, value in form.payload().items() if name != "version"}
    try:
        model = create_model(me(), **values)
    except InvalidInputError as error:
        form.refuse(error.message, field=error.field)
        return render_template("library/model_new.html", form=form), 422
    commit()
    return see(_url(model.id), "Le modèle est dans la bibliothèque.")


@bp.get("/situations-resolues/<uuid:model_id>")
def model(model_id: UUID) -> str:
    """One model."""
    found = get_model(me(), model_id)
    return render_template("library/model.html", model=found, words_of=WORDS, may_change=_may_change(found))


@bp.get("/situations-resolues/<uuid:model_id>/modifier")
def edit_model(model_id: UUID) -> str:
    """The form that corrects a model."""
    found = _changeable(model_id)
    return render_template("library/model_edit.html", model=found, form=ModelForm(obj=found), theirs=None)


@bp.post("/situations-resolues/<uuid:model_id>/modifier")
def save_model(model_id: UUID) -> ResponseReturnValue:
    """Correct the model; a stale form shows both texts."""
    found = _changeable(model_id)
    form = ModelForm()
    if not form.validate():
        return render_template("library/model_edit.html", model=found, form=form, theirs=None), 422
    try:
        change_model(me(), found, **form.payload())
    except InvalidInputError as error:
        form.refuse(error.message, field=error.field)
        return render_template("library/model_edit.html", model=found, form=form, theirs=None), 422
    except StaleError:
        form.version.raw_data, form.version.data = None, found.version
        return render_template("library/model_edit.html", model=found, form=form, theirs=found), 409
    commit()
    return see(_url(model_id), "Le modèle est à jour.")


def _url(model_id: UUID) -> str:
    return url_for("library.model", model_id=model_id)


def _may_change(found: SituationModel) -> bool:
    return can_change_model(me(), found.territory_id, found.author_id)


def _changeable(model_id: UUID) -> SituationModel:
    found = get_model(me(), model_id)
    if not _may_change(found):
        raise NotFoundError()
    return found


def _new_form(**given: list[str]) -> NewModelForm:
    territories = territories_for(me(), *WRITERS)
    if not territories:
        raise NotFoundError()
    form = NewModelForm(**given)
    form.offer(territories)
    return form
