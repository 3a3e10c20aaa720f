"""Where a point is seen again, and whether it comes back by itself."""

from collections.abc import Sequence

from wtforms import BooleanField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from commission_app.core.forms import Form, uuid_or_none
from commission_app.core.french import long_date
from commission_app.sessions.models import CommissionSession


class ReviewForm(Form):
    """The session at which a point is seen again."""

    to = SelectField("À quelle session", coerce=uuid_or_none)

    def offer(self, days: Sequence[CommissionSession]) -> "ReviewForm":
        """The sessions to choose among."""
        self.to.choices = [SelectChoice(day.id, long_date(day.starts_at)) for day in days]
        return self


class RecurringForm(Form):
    """Whether a topic comes back at each session."""

    recurring = BooleanField("Ce sujet revient à chaque session")
