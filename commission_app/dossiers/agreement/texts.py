"""The text that the référent reads with the person: kept here, so that its version and its digest are
facts."""

from dataclasses import dataclass
from hashlib import sha256


@dataclass(frozen=True)
class InformationText:
    """One version of the text, in short paragraphs to be read aloud."""

    version: str
    label: str
    paragraphs: tuple[str, ...]

    @property
    def digest(self) -> str:
        """The fingerprint of the words: who changes them changes it."""
        return sha256("\n".join(self.paragraphs).encode()).hexdigest()


TEXTS = (
    InformationText(
        version="3",
        label="Version 3, septembre 2026",
        paragraphs=(
            "Votre référent d’étape souhaite présenter votre situation à la commission : des "
            "professionnels de plusieurs structures y cherchent ensemble une solution avec et pour "
            "vous.",
            "La commission ne connaît ni votre nom, ni votre adresse, ni votre téléphone. Elle lit un "
            "code, une tranche d’âge, votre commune, votre foyer, et ce qui bloque aujourd’hui votre "
            "parcours.",
            "Votre nom et vos coordonnées ne sont lus que par votre référent d’étape et par la "
            "coordination du territoire. Chaque lecture est notée ; vous pouvez demander la liste.",
            "Aucun numéro de sécurité sociale ni aucune maladie ne sont écrits. Un obstacle de santé "
            "n’est noté que si vous le dites vous-même.",
            "Vous choisissez les structures avec lesquelles l’information est partagée et jusqu’à "
            "quand, un an au plus. Vous pouvez changer d’avis à tout moment, sans avoir à dire pourquoi "
            ": le dossier quitte alors aussitôt la commission.",
            "Vous pouvez lire ce qui est écrit, le faire corriger ou effacer, et demander à être "
            "présent quand votre situation est étudiée. Refuser ne change rien à vos droits ni à votre "
            "accompagnement.",
        ),
    ),
)
CURRENT = TEXTS[0]
