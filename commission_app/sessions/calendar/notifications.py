"""What publishing a calendar sends: the dates, once to each member."""

from flask import render_template

from commission_app.core.events import Event, on
from commission_app.core.french import plural
from commission_app.core.mail import Mail, send_later
from commission_app.core.web import absolute_url
from commission_app.sessions.calendar.queries import year_of
from commission_app.sessions.hours import day_of
from commission_app.sessions.members import members_of
from commission_app.sessions.states import UPCOMING
from commission_app.territories.models import Territory


@on("calendar_published")
def send_dates(event: Event, territory: Territory) -> None:
    """One mail a member with the dates of the year that stand; publishing more dates writes again."""
    year = int(event.data["year"])
    days = [day for day in year_of(territory, year) if day.state in UPCOMING]
    subject = f"{territory.name} : {plural(len(days), 'session')} en {year}"
    context = {
        "subject": subject,
        "days": days,
        "place": territory.name,
        "url": absolute_url("calendar.mine"),
    }
    text = render_template("emails/sessions/calendrier.txt", **context)
    html = render_template("emails/sessions/calendrier.html", **context)
    for member in members_of([territory.id], day_of(days[0])):
        key = f"calendar:{territory.id}:{event.number}:{member.user.id}"
        send_later(Mail(member.user.email, subject, text, html), key=key)
