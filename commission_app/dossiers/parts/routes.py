"""A page a part: each a plain form that also saves itself as one types."""

import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from flask import Blueprint, flash, render_template, request, url_for

from commission_app.accounts.web import me
from commission_app.core.db import commit, rollback
from commission_app.core.errors import InvalidInputError, NotFoundError
from commission_app.core.policies import require
from commission_app.core.web import invalid, is_htmx, render_fragment, see
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
    page_name,
)
from commission_app.dossiers.parts.row_forms import (
    AttemptsForm,
    LinesForm,
    ParcoursForm,
    without_line,
)
from commission_app.dossiers.parts.saving import Kept, keep, refusals
from commission_app.dossiers.parts.services import MOST_LINES, TOO_MANY_LINES
from commission_app.dossiers.parts.standing import Standing
from commission_app.dossiers.parts.words import terms_of
from commission_app.dossiers.person.forms import PersonForm
from commission_app.dossiers.person.queries import get_person
from commission_app.dossiers.person.routes import noting
from commission_app.dossiers.person.services import note_own_reading
from commission_app.dossiers.person.twins import MAY_EXIST, may_exist_already
from commission_app.dossiers.picture import picture_of
from commission_app.dossiers.policies import is_referent
from commission_app.dossiers.queries import get_dossier, get_dossier_to_change
from commission_app.dossiers.rights.queries import can_write_parts
from commission_app.dossiers.states import DiagnosisItem, Part, Sphere, sphere_of
from commission_app.dossiers.versions.queries import earlier_diagnoses
from commission_app.dossiers.writing.merging import fingerprints
from commission_app.dossiers.writing.queries import open_clashes, others_at
from commission_app.dossiers.writing.services import say_present

bp = Blueprint("parts", __name__)
RULE = (
    "/dossiers/<uuid:dossier_id>/<any(cadre,personne,blocage,diagnostic,parcours,tentatives,question):part>"
)
NOT_ANY_MORE = (
    "Ce dossier ne se modifie plus : il est soumis, retiré ou clos. "
    "Copiez votre texte avant de quitter la page."
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
    if not can_write_parts(me(), dossier):
        raise NotFoundError()
    return dossier


def _open_still(dossier: Dossier) -> Dossier:
    """The same for what is typed: the référent, on a page that stayed open, is told why it is not kept."""
    if is_referent(me(), dossier):
        require(can_write_parts(me(), dossier), NOT_ANY_MORE)
    return _open(dossier)


def _standing(dossier: Dossier, part: Part) -> Standing:
    """What is kept, and the form filled with it."""
    kind = PAGES[part].form
    data = kind.stored(dossier)
    if issubclass(kind, PersonForm):
        data |= kind.identity_of(get_person(me(), dossier))
    return Standing(data, lambda data: _filled(dossier, part, data))


def _filled(dossier: Dossier, part: Part, data: dict[str, Any]) -> PartForm:
    """The form with given data in its fields."""
    return _ready(PAGES[part].form(formdata=None, data=data), dossier)


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
        "remarks": [remark for remark in dossier.remarks if remark.part is part],
        "clashes": open_clashes(dossier.id, part), "kept": None, "version": form.version.data or 0,
        "page": form.page.data or str(uuid4()), "base": form.base.data, "line_act": "",
        "terms": terms_of(part), **more,
    }  # fmt: skip
    if part is Part.PERSON:
        context |= {"told": information_of(dossier.id), "agreement": current_agreement(dossier.id)}
    if part is Part.DIAGNOSIS:
        context |= {"picture": picture_of(dossier.diagnosis), "hints": NOTE_HINTS, "items_of": _items_of}
        context["earlier"] = earlier_diagnoses(dossier)
    return context


def _items_of(sphere_index: int) -> list[DiagnosisItem]:
    sphere = list(Sphere)[sphere_index]
    return [item for item in DiagnosisItem if sphere_of(item) is sphere]


@bp.get(RULE)
@noting(part=Part.PERSON.value)
def show(dossier_id: UUID, part: str) -> str:
    """One part, as it is kept."""
    dossier = _open(get_dossier(me(), dossier_id))
    which = Part(part)
    if which is Part.PERSON:
        note_own_reading(me(), dossier)
    form = _standing(dossier, which).form
    base = json.dumps(fingerprints(form.typed()))
    return render_template(PAGES[which].template, **_context(dossier, which, form, base=base))


@bp.post(RULE)
def save(dossier_id: UUID, part: str) -> Any:
    """Keep a part: by the button (then the next page), or as one types (then the line of the saving)."""
    dossier = _open_still(get_dossier_to_change(me(), dossier_id))
    which = Part(part)
    form = _ready(PAGES[which].form(), dossier)
    if request.form.get("line") and isinstance(form, LinesForm):
        changed = _with_lines_changed(form, request.form["line"])
        verb = "" if changed.form_errors else request.form["line"].partition("-")[0]
        context = _context(dossier, which, changed, is_unsaved=True, line_act=verb)
        return render_template(PAGES[which].template, **context)
    if not form.validate() and (not is_htmx() or not refusals(form)):
        return _refused(dossier, which, form)
    try:
        kept = _keep(dossier, which, form)
    except InvalidInputError as refusal:
        rollback()  # before the page reads what is there: nothing of this form is
        form.refuse(refusal.message, field=refusal.field)
        return _refused(dossier, which, form)
    if which is Part.PERSON and not is_htmx() and may_exist_already(dossier):
        flash(MAY_EXIST, "warn")
    answer = _answer(dossier, which, kept)  # in the same transaction: nothing is read twice, as one types
    commit()
    return answer


def _keep(dossier: Dossier, part: Part, form: PartForm) -> Kept:
    """Save the part; information and agreement are written down by the button alone, never half typed."""
    kept = keep(me(), dossier, form, _standing(dossier, part), wish=request.form.get("settle", ""))
    if not isinstance(form, PersonForm) or is_htmx():
        return kept
    if told := form.information():
        record_information(me(), dossier, **told)
    if agreed := form.agreement():
        record_agreement(me(), dossier, **agreed)
    return kept


def _with_lines_changed(form: LinesForm, wish: str) -> LinesForm:
    """The same form with a line more or less; nothing typed is lost and nothing is saved yet."""
    verb, _, position = wish.partition("-")
    if verb == "add" and len(form.lines) == MOST_LINES:
        form.refuse(TOO_MANY_LINES)
    elif verb == "add":
        form.lines.append_entry()
    if verb == "remove" and position.isdigit():
        return type(form)(formdata=without_line(request.form, form.list_name, int(position)))
    return form


def _answer(dossier: Dossier, part: Part, kept: Kept) -> Any:
    """The line of the saving, the page again where texts met, or the page after."""
    state = 409 if kept.clashes else 422 if kept.refused else 200
    base = json.dumps(kept.base)
    if is_htmx():
        return render_fragment(
            "dossiers/_saving.html", dossier=dossier, part=part, kept=kept, version=kept.version, base=base,
            page=page_name(request.form.get("page")), clashes=open_clashes(dossier.id, part),
        ), state  # fmt: skip
    if kept.clashes:
        form = _filled(dossier, part, {**kept.shown, "version": kept.version})
        context = _context(dossier, part, form, kept=kept, base=base)
        return render_template(PAGES[part].template, **context), state
    if request.form.get("settle"):
        return see(url_for("dossiers.parts.show", dossier_id=dossier.id, part=part.value))
    return see(_next(dossier, part))


def _refused(dossier: Dossier, part: Part, form: PartForm) -> Any:
    if is_htmx():
        return invalid("dossiers/_saving.html", **_context(dossier, part, form), is_refused=True)
    return invalid(PAGES[part].template, **_context(dossier, part, form))


@bp.post(RULE + "/presence")
def presence(dossier_id: UUID, part: str) -> str:
    """Say that this page is open, and hear who else has the dossier open."""
    dossier = _open(get_dossier(me(), dossier_id))
    page = page_name(request.form.get("page")) or str(uuid4())
    is_first = say_present(me(), dossier, Part(part), page=page)
    commit()
    others = others_at(dossier.id, reader=me(), page=page, is_first=is_first)
    return render_template("dossiers/_presence.html", others=others, part=Part(part))


def _next(dossier: Dossier, part: Part) -> str:
    """The part after this one, or the check page after the last."""
    following = _ORDER.index(part) + 1
    if following == len(_ORDER):
        return url_for("dossiers.check", dossier_id=dossier.id)
    return url_for("dossiers.parts.show", dossier_id=dossier.id, part=_ORDER[following].value)
