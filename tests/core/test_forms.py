"""What every form says of input that it cannot read."""

import pytest
from flask import get_template_attribute
from werkzeug.datastructures import MultiDict
from wtforms import (
    DateField,
    EmailField,
    FieldList,
    FormField,
    HiddenField,
    IntegerField,
    PasswordField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms import Form as PlainForm
from wtforms.validators import InputRequired

from commission_app.core.forms import Form
from commission_app.core.nir import REFUSAL

NIR = "2 99 99 99 999 999 99"


class Sample(Form):
    """One field of each kind."""

    count = IntegerField()
    day = DateField()
    kind = SelectField(choices=[("one", "Un")])
    name = IntegerField(validators=[InputRequired()])


class Line(PlainForm):
    """What repeats: two answers."""

    count = IntegerField(validators=[InputRequired()])
    minutes = IntegerField(validators=[InputRequired()])


class Meeting(PlainForm):
    """A form in which lines repeat."""

    title = IntegerField(validators=[InputRequired()])
    lines = FieldList(FormField(Line), min_entries=2)


def test_the_summary_counts_every_answer_to_correct_those_of_repeated_lines_too(app):
    with app.test_request_context(method="POST"):
        form = Meeting(MultiDict({"lines-0-count": "2", "lines-0-minutes": "", "lines-1-minutes": "20"}))
        assert not form.validate()
        summary = get_template_attribute("components/forms.html", "error_summary")(form)
    assert str(summary).count("<li>") == 3
    assert "Trois réponses sont à corriger" in summary


class Named(Form):
    """What must be written."""

    name = StringField(validators=[InputRequired("Écrivez le nom.")])
    text = TextAreaField(validators=[InputRequired("Écrivez le texte.")])


@pytest.mark.parametrize("blanks", ["", " ", "\t\r\n", "\u00a0"])
def test_blanks_alone_answer_nothing(app, blanks):
    with app.test_request_context(method="POST"):
        form = Named(MultiDict({"name": blanks, "text": blanks}), meta={"csrf": False})
        assert not form.validate()
    assert form.errors == {"name": ["Écrivez le nom."], "text": ["Écrivez le texte."]}


def test_unreadable_input_is_answered_in_plain_french_and_kept(app):
    with app.test_request_context(method="POST"):
        form = Sample(MultiDict({"count": "dix", "day": "demain", "kind": "two", "name": ""}))
        assert not form.validate()
        assert form.count.errors == ["Écrivez un nombre entier, en chiffres. Exemple : 30."]
        assert form.day.errors[0].startswith("Écrivez une date avec le jour, le mois et l’année.")
        assert form.kind.errors == ["Choisissez une réponse de la liste."]
        assert form.name.errors == ["Remplissez ce champ."]
        assert form.count._value() == "dix"


class Letter(Form):
    """What people write, and what they do not."""

    class Meta(Form.Meta):
        """The token is another test's matter."""

        csrf = False

    exported = ("rows",)
    title, text, mail = StringField(), TextAreaField(), EmailField()
    secret, base, rows = PasswordField(), HiddenField(), TextAreaField()


@pytest.mark.parametrize("name", ["title", "text", "mail"])
def test_no_form_takes_a_social_security_number(app, name):
    with app.test_request_context(method="POST"):
        form = Letter(MultiDict({name: f"pour {NIR}, merci"}))
        assert not form.validate()
    assert form.errors == {name: [REFUSAL]}


@pytest.mark.parametrize("name", ["secret", "base", "rows"])
def test_what_no_person_wrote_for_others_is_not_searched(app, name):
    with app.test_request_context(method="POST"):
        assert Letter(MultiDict({name: NIR})).validate()


@pytest.mark.parametrize("address", ["/connexion?suite=%00", "/connexion%00", "/ma-situation/%00?mot=a"])
def test_an_address_that_nobody_typed_is_refused(client, address):
    assert client.get(address).status_code == 400
