"""A long day with as many people as one likes: facilitators, the coordination, members, room screens."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from commission_app.accounts.models import User
from commission_app.accounts.states import Role
from commission_app.core import clock
from commission_app.dossiers.states import DossierState
from commission_app.sessions.convening.guests.links import guest_url
from commission_app.sessions.convening.guests.services import invite_guest
from commission_app.sessions.day.fragments import Audience
from commission_app.sessions.day.room.services import create_screen_link
from commission_app.sessions.models import CommissionSession
from commission_app.sessions.states import ItemKind
from tests.databases import settle
from tests.factories import make_dossier, make_invitation, make_item, make_session, make_structure, make_user
from tests.sessions.day.scene import Scene, make_scene

KINDS = (ItemKind.NEWS, ItemKind.NEW_ACTION, ItemKind.MODEL, ItemKind.NEWS)


@dataclass(frozen=True)
class Seat:
    """Somebody with a page open, or the link of a room screen or a guest, who has no audience."""

    audience: Audience | None
    user: User | None = None
    screen: str = ""
    guest: str = ""

    @property
    def link(self) -> dict[str, str]:
        """The cookie of the link."""
        return {"screen": self.screen} if self.screen else {"guest": self.guest}


@dataclass(frozen=True)
class Crowd:
    """A day and who is there; the metronome is a member who acts at checkpoints alone."""

    scene: Scene
    metronome: Seat
    seats: list[Seat]


def gather(count: int) -> Crowd:
    """A live day followed on so many pages, the metronome's not counted."""
    scene = make_scene()
    _fill_the_day(scene)
    beat = Seat(Audience.MEMBERS, _member(scene, 0))
    token = create_screen_link(scene.salome, scene.day)
    desks = [Seat(Audience.FACILITATION, user) for user in (scene.salome, scene.yves)]
    seats = [*desks, Seat(Audience.SCREEN, screen=token)]
    seats += [Seat(Audience.MEMBERS, scene.leonie), Seat(None, guest=_guest(scene))]
    more: list[Any] = [scene.yves, scene.hugo, scene.ines, "desk", "screen"]
    for number in range(5, count):
        one = more.pop(0) if more else _member(scene, number)
        seats.append(_seat(one, scene, token))
    settle()
    return Crowd(scene, beat, seats)


def _seat(one: Any, scene: Scene, token: str) -> Seat:
    if one == "desk":
        return Seat(Audience.FACILITATION, scene.salome)  # a second window
    if one == "screen":
        return Seat(Audience.SCREEN, screen=token)
    return Seat(Audience.MEMBERS, one)


def _guest(scene: Scene) -> str:
    """The secret of the link of an expert who comes for the first points."""
    points = [scene.first.id, scene.second.id]
    guest = invite_guest(
        scene.ines,
        scene.day,
        name="Iris",
        email="iris@exemple.invalid",
        organisation="Atelier",
        points=points,
    )
    return guest_url(guest).rpartition("/")[2]


def _member(scene: Scene, number: int) -> User:
    structure = make_structure(f"Structure {number // 2}", scene.territory) if number % 2 else scene.ccas
    user = make_user(f"Membre{number}", Role.PARTICIPANT, scene.territory, structure)
    make_invitation(scene.day, user)
    return user


def _fill_the_day(scene: Scene) -> None:
    """More than fits, with a lunch at its hour: the assistant has something to propose."""
    day: CommissionSession = scene.day
    noon = clock.now() + timedelta(hours=2)
    for number, kind in enumerate(KINDS):
        make_item(day, kind, title=f"Point {number}", text="De quoi il s’agit.", planned_minutes=30)
        dossier = make_dossier(
            scene.referent, scene.territory, DossierState.SCHEDULED, question="Que faire ?"
        )
        make_item(day, dossier=dossier, planned_minutes=40, presenter=scene.referent)
    make_item(day, ItemKind.LUNCH, planned_minutes=60, fixed_at=noon)
    for number in range(4):
        make_item(day, ItemKind.NEWS, title=f"Suite {number}", text="Encore.", planned_minutes=20)
    make_session(scene.territory, scene.salome, scene.yves)
