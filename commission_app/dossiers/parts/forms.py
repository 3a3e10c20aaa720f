"""The forms of the parts. Nothing is obligatory in a draft: what is missing is said on the check page."""

from typing import Any, ClassVar

from wtforms import HiddenField, SelectField, SelectMultipleField
from wtforms.validators import Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from commission_app.binomes.states import Competence
from commission_app.core.forms import Form, spoken
from commission_app.dossiers.fields import (
    IntegerField,
    PastDateField,
    StringField,
    TextAreaField,
    choices_of,
    member_or_none,
)
from commission_app.dossiers.models import Dossier
from commission_app.dossiers.parts.services import COLUMNS
from commission_app.dossiers.states import Contract, Criterion, DiagnosisItem, Level, Part, Urgency
from commission_app.dossiers.writing.merging import APART, Data

TOO_LONG = Length(max=4000, message="Raccourcissez ce texte : 4 000 signes au plus")


PAGE_LENGTH = 36


def page_name(sent: str | None) -> str:
    """The name that an open page gave itself, as it is kept."""
    return (sent or "").replace("\0", "")[:PAGE_LENGTH]


class PartForm(Form):
    """A form on one part. `version` counts the saves of the part, `base` holds the fingerprint of each field
    that the page was given, `page` names the open page; they stand in the fragment of the saving."""

    part: ClassVar[Part]
    #: Fields that only the button keeps.
    by_button: ClassVar[tuple[str, ...]] = ()
    version = IntegerField(default=0)
    base = HiddenField()
    page = HiddenField(filters=[page_name])

    @classmethod
    def stored(cls, dossier: Dossier) -> dict[str, Any]:
        """What the dossier holds now, as the data of this form: all of it, since it is compared with what was
        typed without a form around it."""
        columns = {name: getattr(dossier, name) for name in COLUMNS[cls.part]}
        return {"version": dossier.part_version(cls.part), **columns}

    def prepare(self, dossier: Dossier) -> None:
        """Fill in the choices that depend on the dossier."""

    @classmethod
    def values(cls, data: Data) -> dict[str, Any]:
        """What the service is to keep of the data of such a form."""
        return {name: data[name] for name in COLUMNS[cls.part]}

    def typed(self) -> dict[str, Any]:
        """Everything on the page that belongs to the dossier."""
        return {name: value for name, value in self.data.items() if name not in {*APART, *self.by_button}}

    def said(self, name: str) -> tuple[str, str, bool]:
        """(label, value in words, whether it is a text) of a field by its name in the merging."""
        field = self[name]
        return field.label.text, spoken(field), isinstance(field, StringField | TextAreaField)


class FrameForm(PartForm):
    """1. Cadre."""

    part = Part.FRAME
    contract = SelectField(
        "Contrat", choices=choices_of(Contract, "Choisir"), coerce=member_or_none(Contract)
    )
    entered_on = PastDateField("Date d’entrée dans le dispositif")
    step = StringField("Étape en cours", [Length(max=150)], description="Exemple : « Lever les freins »")
    step_started_on = PastDateField("Début de l’étape")
    step_expected_months = IntegerField(
        "Durée attendue, en mois",
        [Optional(), NumberRange(1, 120, "Écrivez un nombre de mois entre 1 et 120")],
    )
    previous_referent = StringField(
        "Précédent référent d’étape et son contact",
        [Optional(), Length(max=200)],
        description="Nom, structure, téléphone. Ne fait pas partie de ce que lit la commission.",
    )


class BlockForm(PartForm):
    """3. Pourquoi la situation est bloquée: a reason holds when a fact shows it."""

    part = Part.BLOCK

    @classmethod
    def stored(cls, dossier: Dossier) -> dict[str, Any]:
        """The fact of each criterion."""
        facts = dict.fromkeys((f"fact_{criterion.value}" for criterion in Criterion), "")
        facts |= {f"fact_{line.criterion.value}": line.fact for line in dossier.criteria}
        return {**super().stored(dossier), **facts}

    @classmethod
    def values(cls, data: Data) -> dict[str, Any]:
        """The criteria that have a fact."""
        typed = {criterion: data[f"fact_{criterion.value}"] or "" for criterion in Criterion}
        return {"criteria": {criterion: fact for criterion, fact in typed.items() if fact}}


CRITERION_HINTS = {
    Criterion.STEP_TOO_LONG: "La durée est calculée : dites ce qui la prolonge. "
    "Exemple : « Chaque solution trouvée tombe faute d’une autre. »",
    Criterion.SEVERAL_FREINS: "Exemple : « Logement, garde et mobilité se bloquent l’un l’autre. »",
    Criterion.CHAINED_ACTIONS: "Exemple : « Trois ateliers suivis depuis mars, sans suite. »",
    Criterion.EXHAUSTED: "Exemple : « Trois demandes de logement refusées ou sans réponse. »",
    Criterion.NON_ADHESION: "Dites ce qui a été proposé et ce qui n’a pas pris, sans jugement.",
    Criterion.NO_OFFER: "Exemple : « Aucune garde avant 7 h 45 dans le secteur. »",
    Criterion.NO_CARE: "Dites l’accueil qui manque sur le territoire, jamais une maladie.",
    Criterion.TRANSITION: "Exemple : « Quatre mois sans solution entre deux contrats. »",
    Criterion.COLLECTIVE_SEARCH: "Dites pourquoi il faut plusieurs structures ensemble.",
}
for _criterion in Criterion:
    setattr(
        BlockForm,
        f"fact_{_criterion.value}",
        StringField(_criterion.label, [Length(max=500)], description=CRITERION_HINTS[_criterion]),
    )


class DiagnosisForm(PartForm):
    """4. Diagnostic: the level of each item of the socle commun, and a note where there is a fact."""

    part = Part.DIAGNOSIS
    diagnosed_on = PastDateField("Fait avec la personne le")

    @classmethod
    def stored(cls, dossier: Dossier) -> dict[str, Any]:
        """Level and note of each item."""
        found = {line.item: (line.level, line.note) for line in dossier.diagnosis}
        lines = {item: found.get(item, (Level.NOT_DISCUSSED, "")) for item in DiagnosisItem}
        levels = {f"level_{item.value}": level for item, (level, _) in lines.items()}
        notes = {f"note_{item.value}": note for item, (_, note) in lines.items()}
        return {**super().stored(dossier), **levels, **notes}

    @classmethod
    def values(cls, data: Data) -> dict[str, Any]:
        """(level, note) of each item."""
        lines = {
            item: (data[f"level_{item.value}"], data[f"note_{item.value}"] or "") for item in DiagnosisItem
        }
        return {**super().values(data), "diagnosis": lines}


NOTE_HINTS = {
    DiagnosisItem.HEALTH: "Un obstacle à l’activité, avec les mots de la personne : « ne peut pas porter ». "
    "Jamais une maladie ni un traitement."
}
for _item in DiagnosisItem:
    setattr(
        DiagnosisForm,
        f"level_{_item.value}",
        SelectField(
            _item.label, choices=choices_of(Level), coerce=Level, default=Level.NOT_DISCUSSED,
        ),
    )  # fmt: skip
    setattr(
        DiagnosisForm,
        f"note_{_item.value}",
        StringField(f"{_item.label} : fait à retenir", [Optional(), Length(max=300)]),
    )


class QuestionForm(PartForm):
    """7. La question à la commission."""

    part = Part.QUESTION
    question = TextAreaField(
        "Votre question",
        [TOO_LONG],
        description="Une seule question, avec ce qui est attendu et pour quand. Sans nom ni adresse.",
    )
    needed = SelectMultipleField(
        "Compétences à réunir autour de la table",
        choices=choices_of(Competence),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    urgency = SelectField("Urgence", choices=choices_of(Urgency), coerce=Urgency, default=Urgency.NORMAL)
    urgency_reason = StringField(
        "Ce qui presse",
        [Optional(), Length(max=300)],
        description="Exemple : « Réponse attendue avant le 18 décembre »",
    )
    minutes_needed = IntegerField(
        "Temps demandé, en minutes",
        [NumberRange(5, 180, "Écrivez un nombre de minutes entre 5 et 180")],
        default=30,
    )
