"""People who sign in, what they are where and until when, and each of their logins."""

import uuid
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import (
    BindParameter,
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    String,
    and_,
    bindparam,
    or_,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from commission_app.accounts.states import AccountState, LinkPurpose, Role
from commission_app.core import clock
from commission_app.core.db import Dated, Identified, Model, Moment, Versioned, enum_of
from commission_app.core.prepared import NOW, TODAY
from commission_app.territories.models import Structure, Territory
from commission_app.territories.names import folded


def _since(minutes: int) -> BindParameter[Any]:
    """So many minutes before each run of a statement."""
    return bindparam(
        "since", type_=Moment(), unique=True, callable_=lambda: clock.now() - timedelta(minutes=minutes)
    )


def _searched(row: Any) -> str:
    """What a search looks through: names and mail address without accents, in lower case."""
    values = row.get_current_parameters()
    return folded(f"{values['first_name']} {values['last_name']} {values['email']}")


class User(Identified, Dated, Versioned, Model):
    """A professional with an account. The mail address, in lower case, is the name to sign in with."""

    __tablename__ = "user_account"

    email: Mapped[str] = mapped_column(String(200), unique=True)
    search: Mapped[str] = mapped_column(String(400), default=_searched, index=True)
    first_name: Mapped[str] = mapped_column(String(80))
    last_name: Mapped[str] = mapped_column(String(80))
    phone: Mapped[str] = mapped_column(String(20), default="")
    job_title: Mapped[str] = mapped_column(String(120), default="")
    structure_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("structure.id"), index=True)
    password_hash: Mapped[str] = mapped_column(String(200), default="")
    closed_at: Mapped[datetime | None]
    is_demo: Mapped[bool] = mapped_column(default=False)

    structure: Mapped[Structure | None] = relationship(lazy="joined")
    memberships: Mapped[list["Membership"]] = relationship(
        back_populates="user", lazy="selectin", foreign_keys="Membership.user_id"
    )

    # Flask-Login asks these of the signed-in person; the token of the login stands in for an identifier.
    login_token: str = ""

    is_authenticated = True
    is_anonymous = False

    @property
    def is_active(self) -> bool:
        """A closed account signs in nowhere."""
        return self.closed_at is None

    def get_id(self) -> str:
        """What the cookie carries: the token of this login, never the identifier of the person."""
        return self.login_token

    @property
    def full_name(self) -> str:
        """First name and name."""
        return f"{self.first_name} {self.last_name}"

    @property
    def state(self) -> AccountState:
        """Invited until a password is chosen, then open until closed."""
        if self.closed_at is not None:
            return AccountState.CLOSED
        return AccountState.OPEN if self.password_hash or self.is_demo else AccountState.INVITED

    @property
    def structure_name(self) -> str:
        """The structure's name, or ''."""
        return self.structure.name if self.structure else ""

    @property
    def summary(self) -> str:
        """Structure and roles of the day in one line, for lists."""
        held = [f"{one.role_label} ({one.place_label})" for one in self.memberships if one.holds_today]
        return " · ".join(filter(None, (self.structure_name, ", ".join(held) or "aucun rôle")))

    def territory_ids(self, *roles: Role) -> set[uuid.UUID]:
        """Where the person holds one of these roles today (any role when none is named)."""
        return {
            m.territory_id
            for m in self.memberships
            if m.territory_id is not None and m.holds_today and (not roles or m.role in roles)
        }

    def holds(self, role: Role, territory_id: uuid.UUID) -> bool:
        """Whether the person holds this role on this territory today."""
        return territory_id in self.territory_ids(role)

    @property
    def is_administrator(self) -> bool:
        """Whether the person administers the platform for the département today."""
        return self.is_active and self.holds_everywhere(Role.ADMINISTRATOR)

    def holds_everywhere(self, role: Role) -> bool:
        """Whether the person holds this role for the whole département today."""
        return any(m.territory_id is None and m.role == role and m.holds_today for m in self.memberships)


class Membership(Identified, Dated, Model):
    """A role held on a territory (on the whole département when there is none), from a day to a day, both
    included.

    `ended_at` is when the end was told to those who follow it (sockets, lists), once.
    """

    __tablename__ = "membership"
    __table_args__ = (
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="dates"),
        CheckConstraint(
            "territory_id IS NOT NULL OR role IN ('administrator', 'pilot')", name="departement_roles"
        ),
        Index("ix_membership_territory_role", "territory_id", "role"),
    )

    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"), index=True)
    territory_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("territory.id"))
    role: Mapped[Role] = mapped_column(enum_of(Role))
    starts_on: Mapped[date] = mapped_column(default=clock.today)
    ends_on: Mapped[date | None]
    ended_at: Mapped[datetime | None]
    granted_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("user_account.id"))

    user: Mapped[User] = relationship(back_populates="memberships", foreign_keys=[user_id])
    territory: Mapped[Territory | None] = relationship(lazy="joined")

    @property
    def role_label(self) -> str:
        """What the person is, in words."""
        return self.role.label

    @property
    def place_label(self) -> str:
        """Where the role is held, in words."""
        return self.territory.name if self.territory else "Tout le département"

    @property
    def is_over(self) -> bool:
        """Whether its last day has passed."""
        return self.ends_on is not None and self.ends_on < clock.today()

    def is_same(self, role: Role, territory_id: uuid.UUID | None) -> bool:
        """Whether this is that role at that place."""
        return self.role is role and self.territory_id == territory_id

    @classmethod
    def held_today(cls, *roles: Role) -> ColumnElement[bool]:
        """The criterion of roles (any when none is named) that hold on the present day."""
        held = and_(cls.starts_on <= TODAY, or_(cls.ends_on.is_(None), cls.ends_on >= TODAY))
        return and_(held, cls.role.in_(roles)) if roles else held

    @property
    def holds_today(self) -> bool:
        """Whether the present day stands between its days."""
        day = clock.today()
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


class Login(Identified, Dated, Model):
    """One sign-in on one device: the cookie carries its token, the table its hash. Ended, it opens nothing
    more.

    `seen_at` is the last gesture of the person. `followed_at` is when a page of this login was last found to
    follow a day of commission under way: such a page goes on following, everything else asks who is there.
    """

    __tablename__ = "login"

    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"), index=True)
    seen_at: Mapped[datetime] = mapped_column(default=clock.now)
    followed_at: Mapped[datetime | None]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    device: Mapped[str] = mapped_column(String(80), default="")

    user: Mapped[User] = relationship(lazy="joined")

    @classmethod
    def is_open(cls, idle_minutes: int) -> ColumnElement[bool]:
        """The criterion of logins that still open every page: not ended, not too old, seen lately."""
        return and_(cls._lasts(), cls.seen_at > _since(idle_minutes))

    @classmethod
    def may_follow(cls, idle_minutes: int) -> ColumnElement[bool]:
        """The criterion of logins that may follow a day: the open ones, and those that followed it lately
        without a gesture. Ended or too old, a login follows nothing."""
        return and_(
            cls._lasts(), or_(cls.seen_at > _since(idle_minutes), cls.followed_at > _since(idle_minutes))
        )

    @classmethod
    def _lasts(cls) -> ColumnElement[bool]:
        return and_(cls.ended_at.is_(None), cls.expires_at > NOW)


class AccountLink(Identified, Dated, Model):
    """An invitation or a reset: single use, short life, bound to one account; only its hash is kept."""

    __tablename__ = "account_link"

    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"), index=True)
    purpose: Mapped[LinkPurpose] = mapped_column(enum_of(LinkPurpose))
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]

    user: Mapped[User] = relationship(lazy="joined")


class SignInDelay(Model):
    """How often a name or an address failed to sign in lately, whether or not such an account exists.

    `key` is a keyed hash: the row tells nobody whom it is about. No password is
    looked at before `next_try_at`.
    """

    __tablename__ = "sign_in_delay"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    tries: Mapped[int] = mapped_column(default=0)
    last_try_at: Mapped[datetime] = mapped_column(default=clock.now, index=True)
    next_try_at: Mapped[datetime | None]
