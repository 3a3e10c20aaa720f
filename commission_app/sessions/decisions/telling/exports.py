"""The sheet that the référent hands to the person."""

from commission_app.core.french import long_date
from commission_app.core.pdf import render_pdf
from commission_app.sessions.decisions.telling.queries import Told


def sheet_pdf(told: Told) -> bytes:
    """One page: what was decided, who answers questions, what the person may ask. No name of hers."""
    day, referent = told.decision.commission_session, told.referent
    return render_pdf(
        "plain_words",
        {
            "title": "Ce qui a été décidé pour vous",
            "subtitle": long_date(day.starts_at).capitalize(),
            "paragraphs": told.paragraphs,
            "contact": [
                part for part in (referent.full_name, referent.structure_name, referent.phone) if part
            ],
        },
    )
