"""Making models of situations out of what the commission treated."""

import re
import uuid
from collections.abc import Sequence

from commission_app.accounts.models import User
from commission_app.binomes.states import Competence
from commission_app.core.db import db
from commission_app.core.errors import InvalidInputError
from commission_app.core.events import record
from commission_app.core.nir import refuse_nir
from commission_app.core.policies import require
from commission_app.library.models import SituationModel
from commission_app.library.policies import can_change_model, can_write_model
from commission_app.library.situations.queries import search_words
from commission_app.library.states import DiagnosisItem

_TELLING = (
    (re.compile(r"\b[A-Z]{3}-?\d{4}-?\d{1,5}\b"), "un code de dossier"),
    (re.compile(r"\b0\d(?:[ .\-]?\d\d){4}\b"), "un numéro de téléphone"),
    (re.compile(r"\S@\S+\.\S"), "une adresse électronique"),
)


def create_model(
    actor: User,
    *,
    territory_id: uuid.UUID,
    title: str,
    pattern: str,
    what_worked: str,
    freins: Sequence[str],
    needed: Sequence[str],
) -> SituationModel:
    """Write an anonymous model down; the coordination and the members of the commission do.

    Refused when a text holds what leads back to a person: the code of a dossier, a phone number, a mail
    address, a social-security number.
    """
    require(can_write_model(actor, territory_id), "Les membres de la commission écrivent les modèles.")
    model = SituationModel(territory_id=territory_id, author_id=actor.id)
    _write(model, title, pattern, what_worked, freins, needed)
    db.session.add(model)
    db.session.flush()
    record(actor, "model_created", model, freins=len(model.freins))
    return model


def change_model(
    actor: User,
    model: SituationModel,
    *,
    title: str,
    pattern: str,
    what_worked: str,
    freins: Sequence[str],
    needed: Sequence[str],
    version: int,
) -> None:
    """Correct a model; its author and the coordination of the territory do. The same texts are refused."""
    require(can_change_model(actor, model.territory_id, model.author_id))
    model.expect_version(version)
    _write(model, title, pattern, what_worked, freins, needed)
    record(actor, "model_changed", model, freins=len(model.freins))


def _write(
    model: SituationModel,
    title: str,
    pattern: str,
    what_worked: str,
    freins: Sequence[str],
    needed: Sequence[str],
) -> None:
    texts = {"title": title, "pattern": pattern, "what_worked": what_worked}
    for field, text in texts.items():
        _refuse_telling(text, field)
    model.title, model.pattern, model.what_worked = title, pattern, what_worked
    model.freins = [item.value for item in DiagnosisItem if item.value in set(freins)]
    model.needed = [item.value for item in Competence if item.value in set(needed)]
    model.search = search_words(title, pattern, what_worked, model.freins)


def _refuse_telling(text: str, field: str) -> None:
    refuse_nir([(field, text)])
    for sign, what in _TELLING:
        if sign.search(text):
            raise InvalidInputError(f"Retirez {what} : un modèle ne mène à personne.", field=field)
