"""What every form says of input that it cannot read."""

from werkzeug.datastructures import MultiDict
from wtforms import DateField, IntegerField, SelectField
from wtforms.validators import InputRequired

from commission_app.core.forms import Form


class Sample(Form):
    """One field of each kind."""

    count = IntegerField()
    day = DateField()
    kind = SelectField(choices=[("one", "Un")])
    name = IntegerField(validators=[InputRequired()])


def test_unreadable_input_is_answered_in_plain_french_and_kept(app):
    with app.test_request_context(method="POST"):
        form = Sample(MultiDict({"count": "dix", "day": "demain", "kind": "two", "name": ""}))
        assert not form.validate()
        assert form.count.errors == ["Écrivez un nombre entier, en chiffres. Exemple : 30."]
        assert form.day.errors[0].startswith("Écrivez une date avec le jour, le mois et l’année.")
        assert form.kind.errors == ["Choisissez une réponse de la liste."]
        assert form.name.errors == ["Remplissez ce champ."]
        assert form.count._value() == "dix"
