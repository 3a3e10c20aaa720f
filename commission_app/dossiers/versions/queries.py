"""The kept versions of a dossier."""

import json
import uuid
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload, lazyload

from commission_app.accounts.models import User
from commission_app.core.db import db
from commission_app.core.errors import NotFoundError
from commission_app.dossiers.models import Dossier
from commission_app.dossiers.states import VersionKind
from commission_app.dossiers.versions.contents import content_of
from commission_app.dossiers.versions.models import DossierVersion

_NAME_ALONE = (lazyload(User.memberships), lazyload(User.structure))


def versions_of(dossier_id: uuid.UUID) -> list[DossierVersion]:
    """Every kept version of a dossier, the latest first."""
    return list(
        db.session.scalars(
            select(DossierVersion)
            .where(DossierVersion.dossier_id == dossier_id)
            .options(joinedload(DossierVersion.author).options(*_NAME_ALONE))
            .order_by(DossierVersion.number.desc())
        )
    )


def get_version(dossier: Dossier, version_id: uuid.UUID) -> DossierVersion:
    """One version of this dossier; raises NotFoundError for any other."""
    found = next((one for one in versions_of(dossier.id) if one.id == version_id), None)
    if found is None:
        raise NotFoundError()
    return found


def read_version(version: DossierVersion) -> dict[str, Any]:
    """What a version says; nothing once its dossier is erased."""
    content: dict[str, Any] = json.loads(version.content or "{}")
    return content


def earlier_diagnoses(dossier: Dossier) -> list[DossierVersion]:
    """The diagnoses of before, one a day, the latest first: those that were kept when it was done again, and
    those of a submission that said something else than today."""
    today = content_of(dossier)["levels"]
    found = {one.made_on: one for one in reversed(versions_of(dossier.id)) if _is_earlier(one, today)}
    return sorted(found.values(), key=lambda one: one.made_on, reverse=True)


def _is_earlier(version: DossierVersion, today: dict[str, Any]) -> bool:
    levels = read_version(version).get("levels")
    return bool(levels) and (version.kind is VersionKind.DIAGNOSIS or levels != today)
