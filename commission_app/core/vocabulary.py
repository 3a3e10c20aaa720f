"""The names of things change with the law: the département chooses a pack, screens and mails take the words
from it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """What the things are called on screen and in mails."""

    product: str
    network: str
    job_agency: str
    contract: str
    label: str


PACKS = {
    "spie": Words(
        product="Commission SPIE",
        network="Service public de l’insertion et de l’emploi",
        job_agency="France Travail",
        contract="contrat d’engagement",
        label="Label SPIE",
    ),
    "rpe": Words(
        product="Commission d’insertion",
        network="Réseau pour l’emploi",
        job_agency="France Travail",
        contract="contrat d’engagement",
        label="Label Réseau pour l’emploi",
    ),
}


def words_of(name: str) -> Words:
    """The pack of that name; an unknown name is a fault of the configuration."""
    return PACKS[name]
