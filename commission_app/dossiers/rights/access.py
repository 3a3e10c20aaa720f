"""Everything that is kept about a person, gathered for her: the right to know."""

from typing import Any

from sqlalchemy import select

from commission_app.accounts.models import User
from commission_app.core import clock, french
from commission_app.core.db import db
from commission_app.core.events import Event
from commission_app.dossiers.agreement.queries import agreements_of, information_of
from commission_app.dossiers.fiche_relais.queries import fiches_of
from commission_app.dossiers.history import history_of
from commission_app.dossiers.models import Dossier, Person
from commission_app.dossiers.person.queries import READ
from commission_app.dossiers.personal.decided import decided_on
from commission_app.dossiers.rights.queries import corrections_of
from commission_app.dossiers.states import Part
from commission_app.dossiers.versions.contents import lines_of
from commission_app.dossiers.versions.queries import versions_of
from commission_app.dossiers.writing.models import Clash

Rows = list[tuple[str, str]]
FICHE = (
    ("Analyse fine des étapes", "steps_analysis"), ("Freins travaillés", "freins_worked"),
    ("Suites, côté personnel", "personal_advice"), ("Accompagnement professionnel", "work_support"),
    ("Projet", "project"), ("Actions", "work_actions"), ("Formations", "trainings"),
    ("Suites, côté professionnel", "work_advice"), ("Préconisation", "recommendation"), ("Quoi", "goal_what"),
    ("Pourquoi", "goal_why"), ("Quand", "goal_when"), ("Prochaines étapes", "next_steps"),
)  # fmt: skip


def access_of(dossier: Dossier) -> dict[str, Any]:
    """The whole of it, as sections of (label, text) pairs: paper and data say the same."""
    sections = [
        ("Vous", _identity(dossier)),
        *((part.label, lines_of(dossier, part)) for part in Part),
        ("Ce qui vous a été dit et ce que vous avez accepté", _agreements(dossier)),
        ("Échanges entre professionnels", _talks(dossier)),
        ("Changements de référent", _fiches(dossier)),
        ("Ce que la commission a décidé", _decided(dossier)),
        ("Qui a lu votre nom et vos coordonnées", _readings(dossier)),
        ("Vos demandes de correction", _corrections(dossier)),
        ("Textes restés de côté, écrits en même temps que d’autres", _set_aside(dossier)),
        ("Versions gardées", _versions(dossier)),
        ("Ce qui s’est passé", _history(dossier)),
    ]
    return {
        "title": f"Ce qui est gardé sur vous – dossier {dossier.code}",
        "code": dossier.code,
        "made_on": french.long_date(clock.today()),
        "sections": [
            {"title": title, "rows": [list(row) for row in rows]} for title, rows in sections if rows
        ],
    }


def _identity(dossier: Dossier) -> Rows:
    person = db.session.get_one(Person, dossier.id)
    rows = [
        ("Nom", person.last_name),
        ("Prénom", person.first_name),
        ("Téléphone", person.phone),
        ("Adresse électronique", person.email),
    ]
    return [(label, text) for label, text in rows if text]


def _agreements(dossier: Dossier) -> Rows:
    names = {str(one.id): one.name for one in dossier.territory.structures}
    told = [
        (
            f"Information du {french.long_date(one.given_on)}",
            f"{one.form.label}, par {one.collector.full_name}, texte version {one.text_version}",
        )
        for one in information_of(dossier.id)
    ]
    agreed = [
        (
            f"Accord du {french.long_date(one.given_on)}",
            f"{one.form.label}, jusqu’au {french.long_date(one.expires_on)}, partagé avec "
            + (", ".join(names.get(key, "une structure") for key in one.scope) or "toute la commission")
            + (f", retiré le {french.long_date(one.withdrawn_at)}" if one.withdrawn_at else ""),
        )
        for one in agreements_of(dossier.id)
    ]
    return told + agreed


def _talks(dossier: Dossier) -> Rows:
    asked = [(f"Précision, {one.part.label}", f"{one.text}\n{one.answer}".strip()) for one in dossier.remarks]
    held = [
        (french.long_date(one.held_on), "\n".join(filter(None, (one.participants, one.tried, one.outcome))))
        for one in dossier.exchanges
    ]
    return asked + held


def _fiches(dossier: Dossier) -> Rows:
    return [
        (f"Fiche du {french.short_date(fiche.created_at)}, {label.lower()}", getattr(fiche, name))
        for fiche in fiches_of(dossier)
        for label, name in FICHE
        if getattr(fiche, name)
    ]


def _decided(dossier: Dossier) -> Rows:
    return [(french.long_date(one.held_on), "\n".join(one.paragraphs)) for one in decided_on(dossier.id)]


def _readings(dossier: Dossier) -> Rows:
    query = (
        select(Event.at, User.first_name, User.last_name)
        .join(User, User.id == Event.actor_id)
        .where(Event.subject_type == "Dossier", Event.subject_id == dossier.id, Event.name.in_(READ))
        .order_by(Event.number.desc())
    )
    return [(french.long_moment(at), f"{first} {last}") for at, first, last in db.session.execute(query)]


def _corrections(dossier: Dossier) -> Rows:
    return [
        (french.long_date(one.created_at), f"{one.text}\n{one.state.label}. {one.answer}".strip())
        for one in corrections_of(dossier.id)
    ]


def _set_aside(dossier: Dossier) -> Rows:
    query = select(Clash).where(Clash.dossier_id == dossier.id).order_by(Clash.created_at)
    rows = [
        (f"{one.label}, {french.short_moment(one.created_at)}", one.mine) for one in db.session.scalars(query)
    ]
    return [(label, text) for label, text in rows if text]


def _versions(dossier: Dossier) -> Rows:
    return [
        (f"Version {one.number}", f"{one.kind.label} du {french.long_date(one.made_on)}")
        for one in versions_of(dossier.id)
    ]


def _history(dossier: Dossier) -> Rows:
    return [
        (french.short_moment(change.at), f"{change.label}, {change.by}")
        for change in history_of(dossier, limit=None)
    ]
