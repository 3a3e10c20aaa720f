"""Building the world of the table in an empty database: its people, their dossiers, a day of commission."""

from datetime import timedelta
from typing import Any

from sqlalchemy import inspect

from commission_app.accounts.models import AccountLink, Membership, User
from commission_app.accounts.states import LinkPurpose, Role
from commission_app.core import clock
from commission_app.core.db import db
from commission_app.core.outbox import Job, JobState
from commission_app.core.tokens import hashed
from commission_app.dossiers.models import Dossier, Person
from commission_app.dossiers.states import DossierState
from tests.factories import (
    grant,
    make_commune,
    make_dossier,
    make_invitation,
    make_item,
    make_session,
    make_structure,
    make_territory,
    make_user,
)
from tests.security import fields
from tests.security.world import Key, Plan

PHONE = "06 39 98 77 0"
#: Follows what people typed: a page that shows it unescaped has an inline handler, which no page may have.
HOSTILE = "\"'><b onclick=a>{{7*7}}"


def build() -> Plan:
    """Put the world into an empty database."""
    made = Building()
    return Plan(
        actors={name: user and key_of(user) for name, user in made.actors.items()},
        objects={name: key_of(row) for name, row in made.objects.items()},
        canaries=made.canaries,
    )


def key_of(row: Any) -> Key:
    """The class and the primary key of a row."""
    found: Any = inspect(row)
    return found.class_, found.identity


class Building:
    """The rows while they are made."""

    def __init__(self) -> None:
        self.objects: dict[str, Any] = {}
        self.canaries: dict[str, set[str]] = {}
        self.arles, self.aix = make_territory(), make_territory("Pays d’Aix", "AIX")
        self.structure = make_structure("CCAS d’Arles" + HOSTILE, self.arles)
        self.other_structure = make_structure("Mission locale du Delta", self.arles, self.aix)
        self.actors = self._people()
        self._dossiers()
        self._day()
        self._others()
        db.session.flush()

    def _people(self) -> dict[str, User | None]:
        arles, aix, ours, theirs = self.arles, self.aix, self.structure, self.other_structure
        former = make_user("Ancienne", structure=ours)
        ended = clock.today() - timedelta(days=1)
        held = Membership(user=former, territory=arles, role=Role.COORDINATOR, ends_on=ended)
        held.starts_on = ended - timedelta(days=30)
        db.session.add(held)
        return {
            "anonymous": None,
            "referent": make_user("Inès", Role.REFERENT, arles, ours),
            "referent_other": make_user("Yves", Role.REFERENT, arles, theirs),
            "coordinator": make_user("Nora", Role.COORDINATOR, arles, ours),
            "coordinator_elsewhere": make_user("Solal", Role.COORDINATOR, aix, theirs),
            "participant": make_user("Léonie", Role.PARTICIPANT, arles, ours),
            "facilitator": make_user("Hugo", Role.PARTICIPANT, arles, theirs),
            "pilot": make_user("Régis", Role.PILOT),
            "administrator": make_user("Odile", Role.ADMINISTRATOR),
            "expired": former,
        }

    def _dossiers(self) -> None:
        far = make_user("Émile", Role.REFERENT, self.aix, self.other_structure)
        ines = self.actors["referent"]
        assert ines is not None
        self.objects |= {
            "dossier": self._dossier("arles", ines, self.arles, DossierState.SCHEDULED),
            "retained": self._dossier("arles", ines, self.arles, DossierState.RETAINED),
            "draft": self._dossier("arles", ines, self.arles, DossierState.DRAFT),
            "dossier_elsewhere": self._dossier("aix", far, self.aix, DossierState.RETAINED),
        }
        nora = self.actors["coordinator"]
        assert nora is not None
        fields.fill(self.objects["dossier"], nora.id, HOSTILE)
        self.canaries |= fields.words()

    def _dossier(self, place: str, referent: User, territory: Any, state: DossierState) -> Dossier:
        number = sum(len(tokens) for tokens in self.canaries.values())
        name, text, first = (
            f"Canari{place}{number}",
            f"texte canari {place} {number}",
            f"Serin{place}{number}",
        )
        dossier = make_dossier(referent, territory, state, last_name=name + HOSTILE, question=text + HOSTILE)
        person = db.session.get_one(Person, dossier.id)
        person.first_name, person.email = first + HOSTILE, f"serin{number}@{place}.invalid"
        person.phone = f"{PHONE}{number % 10}"
        identity = {name, first, person.email, person.phone}
        self.canaries.setdefault(f"identité {place}", set()).update(identity)
        self.canaries.setdefault(f"texte {place}", set()).add(text)
        return dossier

    def _day(self) -> None:
        hugo, leonie, nora = (self.actors[name] for name in ("facilitator", "participant", "coordinator"))
        assert hugo
        assert leonie
        assert nora
        day = make_session(self.arles, hugo, nora)
        self.objects |= {
            "day": day,
            "item": make_item(day, dossier=self.objects["dossier"], position=1),
            "news": make_item(day, position=2, title="Une nouvelle" + HOSTILE),
            "invitation": make_invitation(day, leonie),
            "invitation_of_facilitator": make_invitation(day, hugo),
            "day_elsewhere": make_session(self.aix),
        }

    def _others(self) -> None:
        somebody = make_user("Quelqu’un", structure=self.structure)
        moment = clock.now()
        job = Job(key="mail:late", kind="send_mail", run_at=moment, state=JobState.FAILED, tries=48)
        db.session.add(job)
        for purpose in LinkPurpose:
            token = hashed(f"{purpose.value}-token")
            lasts = moment + timedelta(minutes=50)
            link = AccountLink(token_hash=token, user_id=somebody.id, purpose=purpose, expires_at=lasts)
            db.session.add(link)
        self.objects |= {
            "arles": self.arles,
            "aix": self.aix,
            "territory": self.arles,
            "commune": make_commune(),
            "structure": self.structure,
            "other_structure": self.other_structure,
            "somebody": somebody,
            "membership": grant(somebody, Role.PARTICIPANT, self.arles),
            "job": job,
        }
