"""Shared documents: reading, publishing with a confirmation, signing."""

from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from commission_app.accounts.models import User
from commission_app.accounts.policies import is_administrator
from commission_app.accounts.queries import territories_for
from commission_app.accounts.states import Role
from commission_app.accounts.web import me
from commission_app.core.db import commit, rollback
from commission_app.core.errors import InvalidInputError, NotFoundError, StaleError
from commission_app.core.web import see
from commission_app.library.blueprint import bp
from commission_app.library.documents.forms import DocumentForm, VersionForm
from commission_app.library.documents.policies import SIGNED_KINDS, can_sign_document
from commission_app.library.documents.queries import (
    get_document,
    listed_documents,
    signature_of,
    signing_of,
    version_of,
)
from commission_app.library.documents.services import (
    create_document,
    publish_version,
    sign_version,
)
from commission_app.library.models import SharedDocument, digest_of
from commission_app.library.policies import READERS, can_publish_document


@bp.get("/documents")
def documents() -> str:
    """The documents that hold on one's territories, by kind."""
    return render_template(
        "library/documents.html",
        lines=listed_documents(me()),
        may_publish=_may_publish(me()),
        has_inventory=bool(me().territory_ids(*READERS) or territories_for(me(), Role.ADMINISTRATOR)),
    )


@bp.get("/documents/nouveau")
def new_document() -> str:
    """The form of a new document."""
    return render_template("library/document_new.html", form=_new_form())


@bp.post("/documents/nouveau")
def create() -> ResponseReturnValue:
    """Publish a first version, once confirmed."""
    form = _new_form()
    if not form.validate():
        return render_template("library/document_new.html", form=form), 422
    if not _is_confirmed():
        return render_template(
            "library/document_confirm.html", form=form, document=None, digest=_digest(form)
        )
    values = {name: form[name].data for name in ("kind", "title", "territory_id", "text")}
    document = create_document(me(), **values)
    commit()
    return see(_url(document.id), "Le document est publié.")


@bp.get("/documents/<uuid:document_id>")
def document(document_id: UUID) -> str:
    """A version of a document with its signatures, the latest unless `version` names another."""
    found = get_document(me(), document_id)
    version = version_of(found, request.args.get("version", type=int))
    is_latest = version is found.versions[0]
    structure_id = me().structure_id
    own = signature_of(version, structure_id) if structure_id else None
    return render_template(
        "library/document.html",
        document=found,
        version=version,
        is_latest=is_latest,
        signing=signing_of(found, version) if found.kind in SIGNED_KINDS else None,
        own=own,
        may_sign=is_latest and own is None and can_sign_document(me(), found),
        may_publish=can_publish_document(me(), found.territory_id),
    )


@bp.get("/documents/<uuid:document_id>/nouvelle-version")
def edit_document(document_id: UUID) -> str:
    """The form of the next version, begun with the text in force."""
    found = _publishable(document_id)
    latest = found.versions[0]
    form = VersionForm(formdata=None, text=latest.text, after=latest.number)
    return render_template("library/document_edit.html", form=form, document=found)


@bp.post("/documents/<uuid:document_id>/nouvelle-version")
def publish(document_id: UUID) -> ResponseReturnValue:
    """Publish the next version, once confirmed."""
    found = _publishable(document_id)
    form = VersionForm()
    if not form.validate():
        return render_template("library/document_edit.html", form=form, document=found), 422
    if not _is_confirmed():
        return render_template(
            "library/document_confirm.html", form=form, document=found, digest=_digest(form)
        )
    try:
        publish_version(me(), found, text=form.text.data or "", after=form.after.data or 0)
        commit()
    except InvalidInputError as error:
        form.refuse(error.message, field=error.field)
        return render_template("library/document_edit.html", form=form, document=found), error.status
    except StaleError as error:
        rollback()
        latest = found.versions[0]
        form.keep_beside(latest.text, after=latest.number, message=error.message)
        return render_template("library/document_edit.html", form=form, document=found), error.status
    return see(_url(document_id), "La version est publiée. Chaque structure peut la signer.")


@bp.post("/documents/<uuid:document_id>/signer")
def sign(document_id: UUID) -> ResponseReturnValue:
    """Sign the version that was read, for the own structure."""
    found = get_document(me(), document_id)
    version = version_of(found, request.form.get("version", type=int))
    sign_version(me(), found, version)
    commit()
    return see(_url(document_id), f"La version {version.number} est signée pour {me().structure_name}.")


def _is_confirmed() -> bool:
    """Whether the page that says what publishing does was answered."""
    return request.form.get("confirmed") == "y"


def _url(document_id: UUID) -> str:
    return url_for("library.document", document_id=document_id)


def _digest(form: VersionForm) -> str:
    return digest_of(form.text.data or "")


def _publishable(document_id: UUID) -> SharedDocument:
    found = get_document(me(), document_id)
    if not can_publish_document(me(), found.territory_id):
        raise NotFoundError()
    return found


def _may_publish(actor: User) -> bool:
    return is_administrator(actor) or bool(actor.territory_ids(Role.COORDINATOR))


def _new_form() -> DocumentForm:
    if not _may_publish(me()):
        raise NotFoundError()
    form = DocumentForm()
    everywhere = is_administrator(me())
    roles = (Role.COORDINATOR, Role.ADMINISTRATOR) if everywhere else (Role.COORDINATOR,)
    form.offer(territories_for(me(), *roles), everywhere=everywhere)
    return form
