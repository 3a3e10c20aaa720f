"""A territory with its people, and a dossier that misses nothing."""

from dataclasses import dataclass
from datetime import date, timedelta

from commission_app.accounts.models import User
from commission_app.accounts.states import Role
from commission_app.core import clock
from commission_app.core.db import db
from commission_app.dossiers.agreement.models import InformationGiven
from commission_app.dossiers.models import (
    Attempt,
    BlockCriterion,
    DiagnosisLine,
    Dossier,
    Exchange,
    ParcoursStep,
    Person,
)
from commission_app.dossiers.states import (
    AgreementForm,
    AttemptScope,
    Contract,
    Criterion,
    DiagnosisItem,
    DossierState,
    Household,
    Level,
    StepOutcome,
)
from commission_app.territories.models import Territory
from tests.factories import make_commune, make_dossier, make_structure, make_territory, make_user


@dataclass
class Place:
    """Arles, with Inès and Karim who write, Noémie who coordinates, and Paul who does neither."""

    territory: Territory
    ines: User
    karim: User
    noemie: User
    paul: User


def make_place() -> Place:
    """A territory, one commune, two structures and four people."""
    territory = make_territory("Arles – Crau – Camargue", "ARL")
    territory.communes.append(make_commune())
    pole, ccas = make_structure("Pôle d’insertion", territory), make_structure("CCAS d’Arles", territory)
    return Place(
        territory=territory,
        ines=make_user("Inès", Role.REFERENT, territory, pole, phone="06 39 98 11 22"),
        karim=make_user("Karim", Role.REFERENT, territory, ccas),
        noemie=make_user("Noémie", Role.COORDINATOR, territory, pole),
        paul=make_user("Paul", Role.PARTICIPANT, territory, ccas),
    )


def make_complete(
    place: Place, state: DossierState = DossierState.DRAFT, *, agreed: bool = True, **values: object
) -> Dossier:
    """A dossier of Inès in which no part misses anything."""
    texts = {"step": "Lever les freins", "question": "Quel hébergement stable ?", **values}
    dossier = make_dossier(
        place.ines, place.territory, state, agreed=agreed, contract=Contract.CER, insee="13004",
        step_started_on=date(2025, 9, 10), step_expected_months=6, household=Household.SINGLE_PARENT,
        children_count=2, **texts,
    )  # fmt: skip
    day = clock.today() - timedelta(days=100)
    dossier.criteria.append(BlockCriterion(criterion=Criterion.EXHAUSTED, fact="Trois demandes sans réponse"))
    for item in (DiagnosisItem.HOUSING, DiagnosisItem.SKILLS, DiagnosisItem.ASPIRATIONS):
        dossier.diagnosis.append(DiagnosisLine(item=item, level=Level.FREIN, note="un fait"))
    dossier.parcours.append(ParcoursStep(starts_on=day, action="Saison", outcome=StepOutcome.DONE))
    for scope in AttemptScope:
        dossier.attempts.append(Attempt(scope=scope, tried_on=day, what="Une demande"))
    db.session.add(
        InformationGiven(
            dossier_id=dossier.id, given_on=day, form=AgreementForm.ORAL, collector_id=place.ines.id,
            text_version="3", text_digest="0" * 64,
        )
    )  # fmt: skip
    db.session.flush()
    return dossier


def make_exchange(place: Place, dossier: Dossier) -> Exchange:
    """A talk that was held."""
    exchange = Exchange(held_on=clock.today(), participants="Inès", author_id=place.noemie.id)
    dossier.exchanges.append(exchange)
    db.session.flush()
    return exchange


def person_of(dossier: Dossier) -> Person:
    """The identity behind a dossier."""
    return db.session.get_one(Person, dossier.id)
