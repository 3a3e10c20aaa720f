"""Rows for tests: plain functions, each making one thing with sensible values that the test may name."""

import itertools
import uuid
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from commission_app.accounts.models import Membership, User
from commission_app.accounts.passwords import password_hash
from commission_app.accounts.states import Role
from commission_app.binomes.models import Binome
from commission_app.core import clock
from commission_app.core.db import db
from commission_app.dossiers.agreement.models import SharingAgreement
from commission_app.dossiers.models import Dossier, Person
from commission_app.dossiers.states import AgeBand, AgreementForm, DossierState
from commission_app.sessions.agenda.models import AgendaItem
from commission_app.sessions.convening.models import Invitation
from commission_app.sessions.models import CommissionSession, Facilitator
from commission_app.sessions.states import ItemKind, SessionState
from commission_app.territories.models import Commune, Structure, Territory
from commission_app.territories.states import StructureKind

_count = itertools.count(1)
AFTER_WHAT_IS_KEPT = 500


def restart(number: int = 1) -> None:
    """Count from here: each test numbers its rows alike, whatever ran before; what is kept has the first."""
    global _count  # noqa: PLW0603
    _count = itertools.count(number)


@cache
def hash_of(password: str) -> str:
    """The hash of a password, once a run: it takes its time by design."""
    return password_hash(password)


def _save(row: Any) -> Any:
    db.session.add(row)
    db.session.flush()
    return row


def make_territory(name: str = "Pays d’Arles", code: str = "ARL") -> Territory:
    """A territory without communes."""
    return _save(Territory(name=name, code=code))


def make_commune(insee: str = "13004", name: str = "Arles") -> Commune:
    """A commune."""
    return _save(Commune(insee=insee, name=name, search=name.lower(), postal_code="13200", departement="13"))


def make_structure(
    name: str = "", *territories: Territory, kind: StructureKind = StructureKind.CCAS
) -> Structure:
    """A structure that acts on these territories."""
    name = name or f"Structure {next(_count)}"
    return _save(Structure(name=name, search=name.lower(), kind=kind, territories=list(territories)))


def make_user(
    first_name: str = "Amina",
    role: Role | None = None,
    territory: Territory | None = None,
    structure: Structure | None = None,
    **values: Any,
) -> User:
    """A person with an account, holding a role on a territory (on the département when there is none)."""
    number = next(_count)
    user = User(
        email=values.pop("email", f"{first_name.lower()}.{number}@exemple.invalid"),
        first_name=first_name,
        last_name=values.pop("last_name", f"Essai{number}"),
        structure=structure,
        **values,
    )
    _save(user)
    if role is not None:
        grant(user, role, territory)
    return user


def grant(user: User, role: Role, territory: Territory | None = None) -> Membership:
    """A role held since last month."""
    since = clock.today() - timedelta(days=30)
    membership = Membership(user=user, territory=territory, role=role, starts_on=since)
    return _save(membership)


def make_binome(
    territory: Territory,
    structure: Structure,
    cadre: User | None = None,
    technicien: User | None = None,
    competences: tuple[str, ...] = (),
) -> Binome:
    """A structure's pair on a territory, since last month."""
    return _save(
        Binome(
            territory=territory,
            structure=structure,
            starts_on=clock.today() - timedelta(days=30),
            cadre=cadre,
            technicien=technicien,
            competences=list(competences),
        )
    )


def make_dossier(
    referent: User, territory: Territory, state: DossierState = DossierState.DRAFT, **values: Any
) -> Dossier:
    """A dossier with a person behind it; give `agreed=True` for an agreement that holds for a year."""
    number = next(_count)
    agreed = values.pop("agreed", state is not DossierState.DRAFT)
    last_name = values.pop("last_name", f"Canari{number}")
    dossier = Dossier(
        code=f"{territory.code}-2026-{number:03d}",
        year=2026,
        number=number,
        territory=territory,
        state=state,
        referent=referent,
        structure=referent.structure,
        age_band=AgeBand.FROM_35,
        question=values.pop("question", "Quelle solution d’hébergement ?"),
        **values,
    )
    _save(dossier)
    _save(Person(dossier_id=dossier.id, first_name="Prénom", last_name=last_name, phone="06 39 98 00 00"))
    if agreed:
        make_agreement(dossier, referent)
    return dossier


def make_agreement(dossier: Dossier, collector: User) -> SharingAgreement:
    """An agreement to share that holds from a week ago for a year."""
    day = clock.today()
    return _save(
        SharingAgreement(
            dossier_id=dossier.id,
            given_on=day - timedelta(days=7),
            form=AgreementForm.WRITTEN,
            collector=collector,
            text_version="1",
            text_digest="0" * 64,
            expires_on=day + timedelta(days=365),
        )
    )


def make_session(
    territory: Territory,
    *facilitators: User,
    state: SessionState = SessionState.CONVENED,
    starts_at: datetime | None = None,
    **values: Any,
) -> CommissionSession:
    """A day of commission of eight hours, in two weeks unless told otherwise."""
    starts_at = starts_at or clock.now().replace(hour=8, minute=0, second=0, microsecond=0) + timedelta(
        days=14
    )
    day = CommissionSession(
        territory=territory,
        territories=[territory],
        state=state,
        title="Session d’hiver",
        place="Salle des Alyscamps",
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=8),
        ics_uid=f"commission-{uuid.uuid4()}@tests.invalid",
        facilitators=[Facilitator(user=user, position=place) for place, user in enumerate(facilitators, 1)],
        **values,
    )
    return _save(day)


def make_item(day: CommissionSession, kind: ItemKind = ItemKind.NEWS, **values: Any) -> AgendaItem:
    """A point at the end of a day; give `dossier=` for a situation."""
    kind = ItemKind.DOSSIER if values.get("dossier") else kind
    position = values.pop("position", next(_count))
    return _save(AgendaItem(commission_session=day, position=position, kind=kind, **values))


def make_invitation(day: CommissionSession, user: User, **values: Any) -> Invitation:
    """An invitation of a person for the own structure."""
    assert user.structure is not None
    return _save(Invitation(commission_session=day, user=user, structure=user.structure, **values))
