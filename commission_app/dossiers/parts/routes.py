"""A page a part: each a plain form that also saves itself as one types."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import Blueprint, render_template, request, url_for

from commission_app.accounts.web import me
from commission_app.core.db import commit
from commission_app.core.errors import InvalidInputError, NotFoundError
from commission_app.core.web import invalid, is_htmx, see
from commission_app.dossiers.agreement.queries import current_agreement, information_of
from commission_app.dossiers.agreement.services import record_agreement, record_information
from commission_app.dossiers.models import Dossier
from commission_app.dossiers.parts.forms import (
    NOTE_HINTS,
    BlockForm,
    DiagnosisForm,
    FrameForm,
    PartForm,
    QuestionForm,
    differences,
)
from commission_app.dossiers.parts.row_forms import (
    MOST_LINES,
    AttemptsForm,
    LinesForm,
    ParcoursForm,
    without_line,
)
from commission_app.dossiers.parts.services import save_part
from commission_app.dossiers.person.forms import PersonForm
from commission_app.dossiers.person.queries import get_person
from commission_app.dossiers.person.services import save_person
from commission_app.dossiers.policies import can_edit_dossier
from commission_app.dossiers.presentation import presentation_of
from commission_app.dossiers.queries import get_dossier, get_dossier_to_change
from commission_app.dossiers.states import DiagnosisItem, Part, Sphere, sphere_of

bp = Blueprint("parts", __name__)
RULE = (
    "/dossiers/<uuid:dossier_id>/<any(cadre,personne,blocage,diagnostic,parcours,tentatives,question):part>"
)


@dataclass(frozen=True)
class PartPage:
    """The form of a part and the page that shows it."""

    form: type[PartForm]
    template: str


PAGES = {
    Part.FRAME: PartPage(FrameForm, "dossiers/parts/frame.html"),
    Part.PERSON: PartPage(PersonForm, "dossiers/parts/person.html"),
    Part.BLOCK: PartPage(BlockForm, "dossiers/parts/block.html"),
    Part.DIAGNOSIS: PartPage(DiagnosisForm, "dossiers/parts/diagnosis.html"),
    Part.PARCOURS: PartPage(ParcoursForm, "dossiers/parts/parcours.html"),
    Part.ATTEMPTS: PartPage(AttemptsForm, "dossiers/parts/attempts.html"),
    Part.QUESTION: PartPage(QuestionForm, "dossiers/parts/question.html"),
}
_ORDER = list(Part)


def _open(dossier: Dossier) -> Dossier:
    """A part is a page for who may write in it; for others it does not exist."""
    if not can_edit_dossier(me(), dossier):
        raise NotFoundError()
    return dossier


def _stored(dossier: Dossier, part: Part) -> PartForm:
    """The form filled with what is kept."""
    kind = PAGES[part].form
    data = kind.stored(dossier)
    if issubclass(kind, PersonForm):
        data |= kind.identity_of(get_person(me(), dossier))
    return _ready(kind(formdata=None, data=data), dossier)


def _ready(form: PartForm, dossier: Dossier) -> PartForm:
    """Choices filled in, groups already written down left out."""
    form.prepare(dossier)
    if isinstance(form, PersonForm):
        form.leave_out(
            information=bool(information_of(dossier.id)), agreement=current_agreement(dossier.id) is not None
        )
    return form


def _context(dossier: Dossier, part: Part, form: PartForm, **more: Any) -> dict[str, Any]:
    context: dict[str, Any] = {
        "dossier": dossier, "part": part, "form": form, "number": _ORDER.index(part) + 1,
        "remarks": [remark for remark in dossier.remarks if remark.part is part], "conflicts": [], **more,
    }  # fmt: skip
    if part is Part.PERSON:
        context |= {"told": information_of(dossier.id), "agreement": current_agreement(dossier.id)}
    if part is Part.DIAGNOSIS:
        context |= {"presentation": presentation_of(dossier), "hints": NOTE_HINTS, "items_of": _items_of}
    return context


def _items_of(sphere_index: int) -> list[DiagnosisItem]:
    sphere = list(Sphere)[sphere_index]
    return [item for item in DiagnosisItem if sphere_of(item) is sphere]


@bp.get(RULE)
def show(dossier_id: UUID, part: str) -> str:
    """One part, as it is kept."""
    dossier = _open(get_dossier(me(), dossier_id))
    which = Part(part)
    return render_template(PAGES[which].template, **_context(dossier, which, _stored(dossier, which)))


@bp.post(RULE)
def save(dossier_id: UUID, part: str) -> Any:
    """Keep a part: by the button (then the next page), or as one types (then the line of the saving)."""
    dossier = _open(get_dossier_to_change(me(), dossier_id))
    which = Part(part)
    form = _ready(PAGES[which].form(), dossier)
    if request.form.get("line") and isinstance(form, LinesForm):
        changed = _with_lines_changed(form, request.form["line"])
        return render_template(PAGES[which].template, **_context(dossier, which, changed))
    if not form.validate():
        return _refused(dossier, which, form)
    if form.version.data != dossier.part_version(which):
        if conflicts := differences(form, _stored(dossier, which)):
            return _conflict(dossier, which, form, conflicts)
        form.version.data = dossier.part_version(which)
    try:
        _keep(dossier, which, form)
    except InvalidInputError as refusal:
        form.refuse(refusal.message, field=refusal.field)
        return _refused(dossier, which, form)
    commit()
    if is_htmx():
        return _saving(dossier, which, "saved")
    return see(_next(dossier, which))


def _keep(dossier: Dossier, part: Part, form: PartForm) -> None:
    """Save the part; information and agreement are written down by the button alone, never half typed."""
    save_part(me(), dossier, part, version=form.version.data or 0, values=form.values())
    if not isinstance(form, PersonForm):
        return
    save_person(me(), dossier, **form.identity())
    if is_htmx():
        return
    if told := form.information():
        record_information(me(), dossier, **told)
    if agreed := form.agreement():
        record_agreement(me(), dossier, **agreed)


def _with_lines_changed(form: LinesForm, wish: str) -> LinesForm:
    """The same form with a line more or less; nothing typed is lost and nothing is saved yet."""
    verb, _, position = wish.partition("-")
    if verb == "add" and len(form.lines) < MOST_LINES:
        form.lines.append_entry()
    if verb == "remove" and position.isdigit():
        return type(form)(formdata=without_line(request.form, form.list_name, int(position)))
    return form


def _refused(dossier: Dossier, part: Part, form: PartForm) -> Any:
    if is_htmx():
        return invalid("dossiers/_saving.html", **_saving_context(dossier, part, "refused", form))
    return invalid(PAGES[part].template, **_context(dossier, part, form))


def _conflict(dossier: Dossier, part: Part, form: PartForm, conflicts: list[tuple[str, str, str]]) -> Any:
    """Both texts are shown; the next save of this page replaces the other's."""
    if is_htmx():
        return render_template(
            "dossiers/_saving.html", **_saving_context(dossier, part, "conflict", form)
        ), 409
    form.version.data = dossier.part_version(part)
    page = render_template(PAGES[part].template, **_context(dossier, part, form, conflicts=conflicts))
    return page, 409


def _saving(dossier: Dossier, part: Part, state: str) -> str:
    return render_template("dossiers/_saving.html", **_saving_context(dossier, part, state))


def _saving_context(dossier: Dossier, part: Part, state: str, form: PartForm | None = None) -> dict[str, Any]:
    """A refused or clashing save leaves the version that the page was read with."""
    version = form.version.data if form and form.version.data is not None else dossier.part_version(part)
    return {"dossier": dossier, "saving_state": state, "version": version}


def _next(dossier: Dossier, part: Part) -> str:
    """The part after this one, or the check page after the last."""
    following = _ORDER.index(part) + 1
    if following == len(_ORDER):
        return url_for("dossiers.check", dossier_id=dossier.id)
    return url_for("dossiers.parts.show", dossier_id=dossier.id, part=_ORDER[following].value)
