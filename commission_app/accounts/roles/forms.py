"""Forms about roles."""

from collections.abc import Sequence

from wtforms import DateField, SelectField
from wtforms.validators import InputRequired, Optional

from commission_app.accounts.states import Role
from commission_app.core import clock
from commission_app.core.forms import Form, uuid_or_none
from commission_app.territories.models import Territory

NOT_A_DATE = "Écrivez une date comme 08/12/2026."


class MembershipForm(Form):
    """A role, where, from when to when."""

    role_held = SelectField("Rôle", coerce=Role, choices=Role.choices())
    territory_id = SelectField("Où", coerce=uuid_or_none)
    starts_on = DateField("Premier jour", [InputRequired(NOT_A_DATE)], default=clock.today)
    ends_on = DateField("Dernier jour", [Optional()])


class EndMembershipForm(Form):
    """The last day of a role."""

    last_day = DateField("Dernier jour", [InputRequired(NOT_A_DATE)])


def membership_form(*, blank: bool, territories: Sequence[Territory]) -> MembershipForm:
    """The form of a further role, blank or as sent, offering these territories."""
    first = territories[0].id if territories else None
    form = MembershipForm(formdata=None, territory_id=first) if blank else MembershipForm()
    places = [(str(one.id), one.name) for one in territories]
    form.territory_id.choices = [*places, ("", "Tout le département")]
    return form
