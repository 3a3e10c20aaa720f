"""What the acts on a day send: invitations, changes, cancellations, reminders."""

from commission_app.core.events import Event, on
from commission_app.sessions.convening import letters
from commission_app.sessions.convening.models import Invitation
from commission_app.sessions.convening.queries import invitations_of
from commission_app.sessions.convening.reminders import plan_reminders
from commission_app.sessions.hours import day_of
from commission_app.sessions.members import members_of
from commission_app.sessions.models import CommissionSession
from commission_app.sessions.queries import territory_ids_of
from commission_app.sessions.states import Answer, SessionState

NEVER_SENT = -1


@on("session_convened")
def invite_who_is_new(_event: Event, day: CommissionSession) -> None:
    """A second convening writes only to who has not been written to."""
    for invitation in invitations_of(day):
        if invitation.sent_sequence == NEVER_SENT:
            letters.send_invitation(day, invitation)
    plan_reminders(day)


@on("session_changed")
def tell_the_change(event: Event, day: CommissionSession) -> None:
    """Calendars learn of another date, hour, place or title; before convening, members are told plainly."""
    changed = event.data["changed"]
    if not changed:
        return
    if day.convened_at is not None:
        for invitation in _reached(day):
            letters.send_update(day, invitation)
        plan_reminders(day)
    elif day.state is SessionState.PUBLISHED and "starts_at" in changed:
        for member in members_of(territory_ids_of(day), day_of(day)):
            letters.send_moved(day, member.user)


@on("session_cancelled")
def take_out_of_calendars(_event: Event, day: CommissionSession) -> None:
    """Everybody who has the day in the calendar is told."""
    for invitation in _reached(day):
        letters.send_cancellation(day, invitation)


@on("invitation_removed")
def tell_who_is_removed(_event: Event, invitation: Invitation) -> None:
    """Only the person who is no longer awaited."""
    if invitation.sent_sequence != NEVER_SENT:
        letters.send_cancellation(invitation.commission_session, invitation)


@on("answers_asked_again")
def ask_the_silent(_event: Event, day: CommissionSession) -> None:
    """The people of the structures where nobody answered."""
    people = invitations_of(day)
    answered = {invitation.structure_id for invitation in people if invitation.answer is not Answer.NONE}
    for invitation in people:
        if invitation.structure_id not in answered:
            letters.send_again(day, invitation)


def _reached(day: CommissionSession) -> list[Invitation]:
    return [invitation for invitation in invitations_of(day) if invitation.sent_sequence != NEVER_SENT]
