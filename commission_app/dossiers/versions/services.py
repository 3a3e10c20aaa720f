"""Keeping a dossier as it stands."""

import json
from datetime import date

from commission_app.accounts.models import User
from commission_app.core import clock
from commission_app.core.db import db
from commission_app.core.errors import InvalidInputError
from commission_app.core.events import record
from commission_app.core.policies import require
from commission_app.dossiers.models import Dossier
from commission_app.dossiers.policies import can_edit_dossier
from commission_app.dossiers.states import VersionKind
from commission_app.dossiers.versions.contents import content_of
from commission_app.dossiers.versions.models import DossierVersion
from commission_app.dossiers.versions.queries import read_version, versions_of


def keep_version(actor: User, dossier: Dossier, *, kind: VersionKind, made_on: date) -> DossierVersion:
    """Keep the dossier as it stands now. Called by who submits it or does the diagnosis again, whose services
    have checked who may."""
    latest = versions_of(dossier.id)
    number = latest[0].number + 1 if latest else 1
    version = DossierVersion(
        dossier_id=dossier.id,
        number=number,
        kind=kind,
        made_on=made_on,
        author_id=actor.id,
        content=json.dumps(content_of(dossier), ensure_ascii=False),
    )
    db.session.add(version)
    record(actor, "version_kept", dossier, number=number, kind=kind.value)
    return version


def begin_new_diagnosis(actor: User, dossier: Dossier) -> DossierVersion:
    """Keep the diagnosis under its day and begin the next one from its answers, dated today; the référent
    may, while the dossier may be written in.

    Refused while the diagnosis holds nothing, and when it was already done today.
    """
    require(can_edit_dossier(actor, dossier))
    if not dossier.diagnosis:
        raise InvalidInputError("Faites d’abord un premier diagnostic.")
    if dossier.diagnosed_on == clock.today():
        raise InvalidInputError("Le diagnostic est déjà daté d’aujourd’hui : complétez-le.")
    made_on = dossier.diagnosed_on or clock.local(dossier.saved_at).date()
    version = keep_version(actor, dossier, kind=VersionKind.DIAGNOSIS, made_on=made_on)
    dossier.diagnosed_on = clock.today()
    return version


def keep_diagnosis_before(actor: User, dossier: Dossier, *, new_day: date | None) -> None:
    """A diagnosis that gets another day is a new one: keep the present one first, unless it is kept already.
    Called by the saving of the part, which has checked who may."""
    old_day = dossier.diagnosed_on
    if old_day is None or new_day is None or new_day <= old_day or not dossier.diagnosis:
        return
    levels = content_of(dossier)["levels"]
    if not any(read_version(one).get("levels") == levels for one in versions_of(dossier.id)):
        keep_version(actor, dossier, kind=VersionKind.DIAGNOSIS, made_on=old_day)
