"""Who is to be invited, who was, and what each structure answered."""

import uuid
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from commission_app.accounts.models import User
from commission_app.core import clock
from commission_app.core.db import db
from commission_app.core.errors import ExpiredLinkError, NotFoundError
from commission_app.core.tokens import hashed
from commission_app.sessions.convening.models import Invitation
from commission_app.sessions.convening.policies import can_answer
from commission_app.sessions.hours import day_of
from commission_app.sessions.members import Member, members_of
from commission_app.sessions.models import CommissionSession
from commission_app.sessions.queries import get_session, territory_ids_of
from commission_app.sessions.states import Answer, SessionState
from commission_app.territories.models import Structure

#: Days before a session from which silence puts an engagement of presence at risk.
RISK_DAYS = 15
COMING = frozenset({Answer.PRESENT, Answer.REPLACED})


@dataclass(frozen=True)
class Plan:
    """What convening now would do: who is new, who stays, who no longer sits."""

    new: list[Member]
    kept: list[Invitation]
    leaving: list[Invitation]

    @property
    def structures(self) -> int:
        """How many structures will have an invitation."""
        return len({m.structure.id for m in self.new} | {i.structure_id for i in self.kept})


@dataclass(frozen=True)
class StructureAnswers:
    """The invitations of one structure, and what they say together."""

    structure: Structure
    invitations: list[Invitation]
    is_near: bool

    @property
    def is_silent(self) -> bool:
        """Whether nobody of the structure answered."""
        return all(invitation.answer is Answer.NONE for invitation in self.invitations)

    @property
    def is_coming(self) -> bool:
        """Whether somebody comes for it."""
        return any(invitation.answer in COMING for invitation in self.invitations)

    @property
    def is_absent(self) -> bool:
        """Whether everybody of the structure said no."""
        return all(invitation.answer is Answer.ABSENT for invitation in self.invitations)

    @property
    def is_at_risk(self) -> bool:
        """Whether the engagement of presence of a labelled structure may not be kept."""
        if self.structure.label_on is None or self.is_coming:
            return False
        return self.is_absent or self.is_near


@dataclass(frozen=True)
class AnswerTable:
    """All answers to a convocation, by structure."""

    rows: list[StructureAnswers]

    @property
    def invitations(self) -> list[Invitation]:
        """Every invitation, in the order of the table."""
        return [invitation for row in self.rows for invitation in row.invitations]

    @property
    def silent(self) -> list[StructureAnswers]:
        """The structures that did not answer."""
        return [row for row in self.rows if row.is_silent]

    @property
    def at_risk(self) -> list[StructureAnswers]:
        """The labelled structures whose engagement is at risk."""
        return [row for row in self.rows if row.is_at_risk]

    @property
    def answered_count(self) -> int:
        """How many structures answered."""
        return len(self.rows) - len(self.silent)

    @property
    def lunch_count(self) -> int:
        """How many meals to order."""
        return sum(invitation.takes_lunch for invitation in self.invitations)

    @property
    def diets(self) -> list[tuple[str, int]]:
        """The diets asked for, with their number, without names."""
        asked = (i.diet.lower() for i in self.invitations if i.takes_lunch and i.diet)
        return sorted(Counter(asked).items())

    @property
    def count_present(self) -> int:
        """How many people come, stand-ins included."""
        return sum(invitation.answer in COMING for invitation in self.invitations)

    @property
    def count_partial(self) -> int:
        """How many of them for a part of the day."""
        return sum(bool(i.from_time or i.until_time) for i in self.invitations)

    @property
    def count_absent(self) -> int:
        """How many people said no."""
        return sum(invitation.answer is Answer.ABSENT for invitation in self.invitations)


def invitations_of(day: CommissionSession, *, removed: bool = False) -> list[Invitation]:
    """The invitations to a day with their people and structures, by structure and name."""
    query = (
        select(Invitation)
        .join(Invitation.structure)
        .join(Invitation.user)
        .where(Invitation.commission_session_id == day.id)
        .options(joinedload(Invitation.structure), joinedload(Invitation.user).lazyload(User.memberships))
        .order_by(Structure.search, Structure.name, User.last_name, User.first_name)
    )
    if not removed:
        query = query.where(Invitation.removed_at.is_(None))
    return list(db.session.scalars(query).unique())


def answers_to(day: CommissionSession) -> AnswerTable:
    """The table of answers that the coordination sees at a glance."""
    is_near = day.starts_at - clock.now() <= timedelta(days=RISK_DAYS)
    by_structure: dict[uuid.UUID, list[Invitation]] = {}
    for invitation in invitations_of(day):
        by_structure.setdefault(invitation.structure_id, []).append(invitation)
    return AnswerTable(
        [StructureAnswers(found[0].structure, found, is_near) for found in by_structure.values()]
    )


def plan_of(day: CommissionSession) -> Plan:
    """Who sits on the day's territories on that day, and the facilitators, against who is invited already."""
    wanted = {member.user.id: member for member in people_wanted(day)}
    present = invitations_of(day)
    invited = {invitation.user_id for invitation in present}
    return Plan(
        new=[member for user_id, member in wanted.items() if user_id not in invited],
        kept=[invitation for invitation in present if invitation.user_id in wanted],
        leaving=[invitation for invitation in present if invitation.user_id not in wanted],
    )


def people_wanted(day: CommissionSession) -> list[Member]:
    """The members of the territories on that day, and the two facilitators where they sit elsewhere."""
    members = members_of(territory_ids_of(day), day_of(day))
    known = {member.user.id for member in members}
    return members + [
        Member(facilitator.user, facilitator.user.structure, "Co-animation")
        for facilitator in day.facilitators
        if facilitator.user_id not in known and facilitator.user.structure is not None
    ]


def own_invitation(actor: User, day: CommissionSession) -> Invitation | None:
    """The person's own invitation to a day, if any."""
    return db.session.scalar(
        select(Invitation).where(
            Invitation.commission_session_id == day.id,
            Invitation.user_id == actor.id,
            Invitation.removed_at.is_(None),
        )
    )


def get_invitation(actor: User, session_id: uuid.UUID, invitation_id: uuid.UUID) -> Invitation:
    """An invitation that the person may answer; raises NotFoundError otherwise."""
    day = get_session(actor, session_id)
    found = select(Invitation).where(
        Invitation.id == invitation_id,
        Invitation.commission_session_id == day.id,
        Invitation.removed_at.is_(None),
    )
    invitation = db.session.scalar(found)
    if invitation is None or not can_answer(actor, invitation):
        raise NotFoundError()
    return invitation


def invitation_behind(token: str) -> Invitation:
    """The invitation that a link of a mail opens, for somebody without an account at hand.

    Raises ExpiredLinkError once the person is no longer invited, the day is over or cancelled, or the account
    closed.
    """
    invitation = db.session.scalar(select(Invitation).where(Invitation.token_hash == hashed(token)))
    if invitation is None or invitation.removed_at is not None or not invitation.user.is_active:
        raise ExpiredLinkError()
    day = invitation.commission_session
    if day.state is SessionState.CANCELLED:
        raise ExpiredLinkError("Cette session est annulée : il n’y a plus à répondre.")
    if day.ends_at <= clock.now() or day.state is SessionState.CLOSED:
        raise ExpiredLinkError("Cette session est passée : il n’y a plus à répondre.")
    return invitation
