"""The hand-over of an accompaniment: prepared, sent, accepted, met."""

import uuid
from collections.abc import Mapping
from datetime import date

from sqlalchemy import select

from commission_app.accounts.models import User
from commission_app.core import clock
from commission_app.core.db import db
from commission_app.core.errors import InvalidInputError, WrongStateError
from commission_app.core.events import record
from commission_app.core.nir import refuse_nir
from commission_app.core.policies import require
from commission_app.core.states import expect
from commission_app.dossiers.fiche_relais.models import FicheRelais
from commission_app.dossiers.fiche_relais.policies import (
    can_accept_fiche,
    can_date_fiche,
    can_edit_fiche,
    can_prepare_fiche,
)
from commission_app.dossiers.fiche_relais.queries import next_referents
from commission_app.dossiers.models import Attempt, Dossier, ParcoursStep, months_between
from commission_app.dossiers.states import (
    FICHE_TRANSITIONS,
    DiagnosisItem,
    FicheState,
    Level,
    Sphere,
    sphere_of,
)

TEXTS = (
    "steps_analysis", "work_support", "recommendation", "freins_worked", "personal_advice", "project",
    "work_actions", "trainings", "work_advice", "goal_what", "goal_why", "goal_when", "next_steps",
)  # fmt: skip


def prepare_fiche(actor: User, dossier: Dossier) -> FicheRelais:
    """Begin a hand-over, filled in from the dossier; the référent of the dossier may.

    A fiche already begun and not yet accepted is given back instead of a second one.
    """
    require(can_prepare_fiche(actor, dossier), "Seul le référent d’étape prépare la fiche relais.")
    under_way = select(FicheRelais).where(
        FicheRelais.dossier_id == dossier.id, FicheRelais.state.in_({FicheState.DRAFT, FicheState.SENT})
    )
    if (found := db.session.scalars(under_way).first()) is not None:
        return found
    fiche = FicheRelais(dossier=dossier, from_id=actor.id, **_texts_from(dossier))
    db.session.add(fiche)
    record(actor, "fiche_prepared", dossier)
    return fiche


def save_fiche(
    actor: User,
    fiche: FicheRelais,
    *,
    version: int,
    to_id: uuid.UUID | None,
    agreed_on: date | None,
    texts: Mapping[str, str],
) -> None:
    """Keep what was completed; who hands over may, until it is sent.

    Refused when the next référent is not one of the territory, for an agreement still to come, for a text
    with a social-security number, and when it was saved since `version` was read.
    """
    require(can_edit_fiche(actor, fiche), "Cette fiche relais ne se modifie plus.")
    fiche.expect_version(version)
    refuse_nir(texts.items())
    if to_id is not None and to_id not in {person.id for person in next_referents(fiche)}:
        raise InvalidInputError("Choisissez un référent d’étape du territoire", field="to_id")
    if agreed_on is not None and agreed_on > clock.today():
        raise InvalidInputError("Indiquez un jour déjà passé, ou aujourd’hui", field="agreed_on")
    for name in TEXTS:
        setattr(fiche, name, texts.get(name, getattr(fiche, name)))
    fiche.to_id, fiche.agreed_on = to_id, agreed_on
    record(actor, "fiche_saved", fiche.dossier, fiche=str(fiche.id))


def send_fiche(actor: User, fiche: FicheRelais) -> None:
    """Hand the fiche to the next référent, the coordination in copy; who hands over may.

    Refused without a next référent, without the day on which the person agreed, without a goal.
    """
    require(can_edit_fiche(actor, fiche), "Cette fiche relais est déjà transmise.")
    missing = {
        "to_id": (fiche.to_id, "Choisissez le prochain référent d’étape"),
        "agreed_on": (fiche.agreed_on, "Indiquez quand la personne a donné son accord à ce relais"),
        "goal_what": (fiche.goal_what, "Écrivez l’objectif de la réorientation"),
    }
    for field, (value, sentence) in missing.items():
        if not value:
            raise InvalidInputError(sentence, field=field)
    fiche.state, fiche.sent_at = FICHE_TRANSITIONS.after(fiche.state, "send"), clock.now()
    record(actor, "fiche_sent", fiche.dossier, fiche=str(fiche.id), to=str(fiche.to_id))


def accept_fiche(actor: User, fiche: FicheRelais) -> None:
    """Take the accompaniment over: the dossier then belongs to the actor, in whatever state it is.

    The chosen référent alone; refused once accepted and when the dossier changed hands meanwhile.
    """
    require(can_accept_fiche(actor, fiche), "Seul le prochain référent d’étape accepte ce relais.")
    after = FICHE_TRANSITIONS.after(fiche.state, "accept")
    dossier = fiche.dossier
    if dossier.referent_id != fiche.from_id:
        raise WrongStateError("Ce dossier a déjà changé de référent d’étape.")
    fiche.state, fiche.accepted_at = after, clock.now()
    dossier.previous_referent = _contact(fiche.giver)
    dossier.referent_id, dossier.structure_id = actor.id, actor.structure_id
    record(actor, "fiche_accepted", dossier, fiche=str(fiche.id), giver=str(fiche.from_id))


def date_meeting(actor: User, fiche: FicheRelais, *, meeting_on: date) -> None:
    """Fix the day on which the person and both référents meet; either of them or the coordination may, once
    the fiche is sent."""
    require(can_date_fiche(actor, fiche))
    expect(fiche.state, {FicheState.SENT, FicheState.ACCEPTED}, "Transmettez d’abord la fiche relais.")
    fiche.meeting_on = meeting_on
    record(actor, "fiche_meeting_dated", fiche.dossier, fiche=str(fiche.id), day=meeting_on.isoformat())


def note_first_appointment(actor: User, fiche: FicheRelais, *, first_appointment_on: date) -> None:
    """Write down the first appointment with the new référent: the hand-over is done.

    Either référent or the coordination may, once accepted; refused for a day still to come.
    """
    require(can_date_fiche(actor, fiche))
    after = FICHE_TRANSITIONS.after(fiche.state, "meet")
    if first_appointment_on > clock.today():
        raise InvalidInputError("Notez le premier rendez-vous une fois tenu", field="first_appointment_on")
    fiche.state, fiche.first_appointment_on = after, first_appointment_on
    record(actor, "fiche_met", fiche.dossier, fiche=str(fiche.id), day=first_appointment_on.isoformat())


def _contact(person: User) -> str:
    return ", ".join(part for part in (person.full_name, person.structure_name, person.phone) if part)[:200]


def _texts_from(dossier: Dossier) -> dict[str, str]:
    """What the dossier already says, under the headings of the fiche."""
    return {
        "steps_analysis": "\n".join(_step_line(step) for step in dossier.parcours),
        "work_support": "\n".join(_attempt_line(one) for one in dossier.attempts),
        "freins_worked": _diagnosis_lines(dossier, Sphere.PERSONAL, {Level.FREIN, Level.LIFTED}),
        "project": _diagnosis_lines(dossier, Sphere.PROJECTION, set(Level) - {Level.NOT_DISCUSSED}),
        "work_actions": "\n".join(
            f"{step.action} ({step.outcome.label.lower()})" + (f" : {step.result}" if step.result else "")
            for step in dossier.parcours
        ),
        "work_advice": _diagnosis_lines(dossier, Sphere.PROFESSIONAL, set(Level) - {Level.NOT_DISCUSSED}),
    }


def _step_line(step: ParcoursStep) -> str:
    """« Saison en maraîchage, 5 mois, réalisée : contrat tenu »."""
    length = f", {months_between(step.starts_on, step.ends_on)} mois" if step.ends_on else ""
    result = f" : {step.result}" if step.result else ""
    return f"{step.action}{length}, {step.outcome.label.lower()}{result}"


def _attempt_line(attempt: Attempt) -> str:
    whom = f", avec {attempt.with_whom}" if attempt.with_whom else ""
    result = f" : {attempt.result}" if attempt.result else ""
    return f"{attempt.what}{whom}{result}"


def _diagnosis_lines(dossier: Dossier, sphere: Sphere, levels: set[Level]) -> str:
    lines = {line.item: line for line in dossier.diagnosis}
    found = (lines[item] for item in DiagnosisItem if item in lines and sphere_of(item) is sphere)
    return "\n".join(
        f"{line.item.label} : {line.level.label.lower()}" + (f", {line.note}" if line.note else "")
        for line in found
        if line.level in levels
    )
