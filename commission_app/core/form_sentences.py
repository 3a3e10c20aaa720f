"""What a form says of an input that it cannot read: plain sentences in place of the library's terms."""

from wtforms.i18n import get_translations

PLAIN = {
    "Not a valid integer value.": "Écrivez un nombre entier, en chiffres. Exemple : 30.",
    "Not a valid decimal value.": "Écrivez un nombre, en chiffres. Exemple : 12,5.",
    "Not a valid float value.": "Écrivez un nombre, en chiffres. Exemple : 12,5.",
    "Not a valid date value.": "Écrivez une date avec le jour, le mois et l’année. Exemple : 08/12/2026.",
    "Not a valid datetime value.": "Écrivez une date et une heure. Exemple : 08/12/2026 09:30.",
    "Not a valid time value.": "Écrivez une heure. Exemple : 09:30.",
    "Not a valid choice.": "Choisissez une réponse de la liste.",
    "Invalid Choice: could not coerce.": "Choisissez une réponse de la liste.",
    "Invalid choice(s): one or more data inputs could not be coerced.": "Choisissez dans la liste.",
    "'%(value)s' is not a valid choice for this field.": "Choisissez parmi les réponses proposées.",
    "Invalid email address.": "Écrivez une adresse électronique complète. Exemple : prenom.nom@exemple.fr.",
    "Field cannot be longer than %(max)d character.": "Raccourcissez ce texte : %(max)d signes au plus.",
    "This field is required.": "Remplissez ce champ.",
}


class PlainSentences:
    """The French of the library, except where the house says it more plainly."""

    def __init__(self) -> None:
        self._french = get_translations(["fr"])

    def gettext(self, message: str) -> str:
        """The sentence of one message."""
        return PLAIN.get(message) or str(self._french.gettext(message))

    def ngettext(self, one: str, many: str, count: int) -> str:
        """The sentence of a message that counts."""
        return PLAIN.get(one) or str(self._french.ngettext(one, many, count))
