"""The form that brings a list."""

from flask_wtf.file import FileField
from wtforms import TextAreaField
from wtforms.validators import Length, ValidationError

from commission_app.core.forms import Form
from commission_app.territories.imports.reading import decoded

MAX_BYTES = 900_000
TOO_LONG = "La liste dépasse 900 000 caractères : partagez-la en plusieurs."


class ImportForm(Form):
    """A list pasted, or a file that is read and forgotten."""

    file = FileField("Fichier CSV", description="Le fichier est lu puis oublié : il n’est gardé nulle part.")
    text = TextAreaField(
        "Ou collez la liste ici",
        [Length(max=MAX_BYTES, message=TOO_LONG)],
        filters=(),
        description="Copiez les cellules du tableur, noms de colonnes compris.",
    )

    def validate_text(self, field: TextAreaField) -> None:
        """The file, when there is one, takes the place of the text; one of the two is needed."""
        sent = self.file.data
        if sent:
            field.data = decoded(sent.read(MAX_BYTES))
        if not (field.data or "").strip():
            raise ValidationError("Choisissez un fichier ou collez une liste.")
