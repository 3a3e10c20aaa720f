"""The fiche relais on paper."""

from typing import Any

from commission_app.core import french
from commission_app.core.pdf import render_pdf
from commission_app.dossiers.fiche_relais.models import FicheRelais
from commission_app.dossiers.models import Person
from commission_app.dossiers.presentation import Presentation, presentation_of


def fiche_pdf(fiche: FicheRelais, person: Person | None) -> bytes:
    """The fiche as a document; the identity stands on it only when the reader was given it."""
    return render_pdf("fiche-relais", content_of(fiche, person))


def content_of(fiche: FicheRelais, person: Person | None) -> dict[str, Any]:
    """What stands on the sheet, section by section, as (label, text) pairs."""
    dossier = fiche.dossier
    shown = presentation_of(dossier)
    sections = [
        (
            "Personne accompagnée",
            [
                *_identity(person),
                ("Code", dossier.code),
                ("Situation", shown.header),
                ("Entrée dans le dispositif", _day(dossier.entered_on)),
                ("Structure", shown.referent_structure),
                ("Contrat", shown.contract),
            ],
        ),
        ("Référents d’étape", _referents(fiche)),
        ("Origine de l’orientation", list(shown.origin)),
        (
            "Historique : les principales étapes",
            [(span, f"{title}. {detail}" if detail else title) for span, title, detail, _ in shown.path],
        ),
        ("Historique : analyse", _analysis(fiche, shown)),
        *_advice(fiche),
    ]
    return {
        "title": f"Fiche relais – dossier {dossier.code}",
        "state": fiche.state.label,
        "sections": [
            {"title": title, "rows": [[label, text] for label, text in rows if text]}
            for title, rows in sections
            if any(text for _, text in rows)
        ],
    }


def _advice(fiche: FicheRelais) -> list[tuple[str, list[tuple[str, str]]]]:
    return [
        (
            "Approche personnelle",
            [("Freins travaillés", fiche.freins_worked), ("Suites préconisées", fiche.personal_advice)],
        ),
        (
            "Approche professionnelle",
            [
                ("Projet professionnel", fiche.project),
                ("Actions et activités", fiche.work_actions),
                ("Formations", fiche.trainings),
                ("Suites préconisées", fiche.work_advice),
            ],
        ),
        (
            "Objectifs de la réorientation",
            [
                ("Quoi", fiche.goal_what),
                ("Pourquoi", fiche.goal_why),
                ("Quand", fiche.goal_when),
                ("Prochaines étapes", fiche.next_steps),
            ],
        ),
        (
            "Accord et rencontre",
            [
                ("Accord de la personne", _day(fiche.agreed_on)),
                ("Rencontre à trois", _day(fiche.meeting_on)),
                ("Premier rendez-vous", _day(fiche.first_appointment_on)),
                ("Signature de la personne", "." * 40),
            ],
        ),
    ]


def _step(shown: Presentation) -> str:
    if not shown.step or shown.step_months is None:
        return shown.step
    expected = f", pour {shown.step_expected_months} attendus" if shown.step_expected_months else ""
    return f"{shown.step}, depuis {shown.step_months} mois{expected}"


def _diagnosis(shown: Presentation) -> str:
    made = f"Fait avec la personne le {french.long_date(shown.diagnosed_on)}" if shown.diagnosed_on else ""
    assets = _said(shown, "atout")
    return "\n".join(text for text in (made, f"Points d’appui : {assets}" if assets else "") if text)


def _said(shown: Presentation, position: str) -> str:
    rows = (row for _sphere, subjects, _wide in shown.spheres for row in subjects)
    return ", ".join(subject.lower() for subject, where, _note in rows if where == position)


def _contact(person: Any) -> str:
    parts = (person.full_name, person.structure_name, person.phone, person.email)
    return ", ".join(part for part in parts if part)


def _analysis(fiche: FicheRelais, shown: Presentation) -> list[tuple[str, str]]:
    return [
        ("Étape en cours", _step(shown)),
        ("Analyse fine des étapes", fiche.steps_analysis),
        ("Diagnostic", _diagnosis(shown)),
        ("Freins identifiés", _said(shown, "frein")),
        ("Freins levés", _said(shown, "frein_leve")),
        ("Accompagnement professionnel", fiche.work_support),
        ("Préconisation explicitée", fiche.recommendation),
    ]


def _referents(fiche: FicheRelais) -> list[tuple[str, str]]:
    return [
        ("Référent d’étape", _contact(fiche.giver)),
        ("Précédent référent", fiche.dossier.previous_referent),
        ("Prochain référent", _contact(fiche.taker) if fiche.taker else ""),
    ]


def _identity(person: Person | None) -> list[tuple[str, str]]:
    if person is None:
        return []
    return [
        ("Nom", person.last_name), ("Prénom", person.first_name),
        ("Téléphone", person.phone), ("Adresse électronique", person.email),
    ]  # fmt: skip


def _day(day: Any) -> str:
    return french.long_date(day) if day else ""
