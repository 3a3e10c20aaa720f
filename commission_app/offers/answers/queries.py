"""Offers and models near a dossier. The texts of the dossier are read here and leave this process nowhere."""

from dataclasses import dataclass

from commission_app.dossiers.models import Dossier
from commission_app.dossiers.states import DiagnosisItem, Level
from commission_app.library.models import SituationModel
from commission_app.library.situations.queries import similar_models
from commission_app.offers.models import Offer
from commission_app.offers.queries import offers_answering

MOST = 5


@dataclass(frozen=True)
class Answers:
    """The freins ticked, the offers of the territory that answer one, the solved situations most alike."""

    freins: tuple[DiagnosisItem, ...]
    offers: list[tuple[Offer, tuple[DiagnosisItem, ...]]]
    more_offers: int
    models: list[tuple[SituationModel, tuple[DiagnosisItem, ...]]]


def answers_to(dossier: Dossier) -> Answers:
    """What may answer a dossier as it is written so far; offers that answer more freins come first."""
    ticked = {line.item for line in dossier.diagnosis if line.level is Level.FREIN}
    freins = tuple(item for item in DiagnosisItem if item in ticked)
    offers = [
        (offer, _shared(offer.freins, freins)) for offer in offers_answering(dossier.territory_id, freins)
    ]
    offers.sort(key=lambda pair: (-len(pair[1]), pair[0].name))
    text = " ".join([dossier.question, *(line.fact for line in dossier.criteria)])
    models = similar_models([item.value for item in freins], text=text)
    return Answers(
        freins,
        offers[:MOST],
        max(0, len(offers) - MOST),
        [(model, _shared(model.freins, freins)) for model in models],
    )


def _shared(values: list[str], freins: tuple[DiagnosisItem, ...]) -> tuple[DiagnosisItem, ...]:
    return tuple(item for item in freins if item.value in values)
