"""From a decision to what one says to the person: short sentences, no abbreviation left unexplained. Pure
functions."""

import re
from collections.abc import Sequence

from commission_app.core.french import NBSP, long_date
from commission_app.sessions.decisions.models import Decision
from commission_app.sessions.states import DecisionKind

OPENING = {
    DecisionKind.SOLUTION: "Une solution a été trouvée pour vous.",
    DecisionKind.ORIENTATION: "Un autre service, ou un autre professionnel, peut mieux vous accompagner.",
    DecisionKind.OFFER_USED: "Un service près de chez vous peut vous aider.",
    DecisionKind.REMONTEE: (
        "Le problème ne peut pas être réglé ici. Nous l’avons transmis au Département, qui doit répondre."
    ),
    DecisionKind.NEW_OFFER: (
        "Ce dont vous avez besoin n’existe pas encore près de chez vous. Nous cherchons à le créer."
    ),
    DecisionKind.DIAGNOSIS: (
        "Il nous manque des informations pour bien vous aider. Nous allons en parler avec vous."
    ),
    DecisionKind.POSTPONED: (
        "Nous n’avons pas pu finir ce jour-là. Votre situation sera vue à une prochaine réunion."
    ),
    DecisionKind.NO_SOLUTION: "Nous n’avons pas encore trouvé de solution. Nous continuons à chercher.",
}
#: Words of the trade and what to say instead.
PLAIN = {
    "CAF": "la Caisse d’allocations familiales",
    "CCAS": "le service social de la mairie",
    "CEJ": "votre contrat avec la Mission locale",
    "CER": "votre contrat d’engagement",
    "CSP": "la Caisse d’assurance maladie",
    "DALO": "le droit au logement",
    "FSL": "l’aide au logement du Département",
    "IAE": "un emploi avec un accompagnement",
    "MDPH": "la Maison du handicap",
    "MSAP": "la maison France Services",
    "PACEA": "votre contrat avec la Mission locale",
    "PLIE": "l’accompagnement vers l’emploi",
    "PMSMP": "un stage de découverte en entreprise",
    "PPAE": "votre projet pour l’emploi",
    "RSA": "le RSA",
    "SIAE": "une entreprise qui accompagne",
    "SIAO": "le service de l’hébergement",
    "SPIE": "les services qui vous accompagnent",
    "frein": "difficulté",
    "freins": "difficultés",
    "personne concernée": "personne",
    "préconise": "conseille",
    "référent d’étape": "référent",
}
KNOWN = frozenset({"RSA"})
_CODE = re.compile(r"\b(?:le |du |au )?(?:dossier )?[A-Z]{2,5}-20\d\d-\d{3}\b", re.IGNORECASE)
_SIGN = re.compile(r"\b[A-ZÉÈ]{2,6}\b")


def drafted(decision: Decision) -> str:
    """What the software proposes to say of a decision; whoever tells the person words it better."""
    held_on = long_date(decision.commission_session.starts_at)
    said = [
        f"Le {held_on}, des professionnels se sont réunis pour chercher avec vous une solution.",
        OPENING[decision.kind],
        f"Voici ce qui a été décidé{NBSP}: {plain(decision.text)}",
    ]
    if decision.structure is not None and decision.due_on is not None:
        said.append(f"{decision.structure.name} s’en occupe, avant le {long_date(decision.due_on)}.")
    elif decision.structure is not None:
        said.append(f"{decision.structure.name} s’en occupe.")
    return "\n".join(said)


def plain(text: str) -> str:
    """A text of the trade with its codes taken out and its words replaced where a plain one is known."""
    said = _CODE.sub("votre situation", text)
    for word, instead in PLAIN.items():
        said = _replaced(said, word, instead)
    return said


def unexplained(text: str) -> Sequence[str]:
    """The abbreviations that still stand in a text, in order, each once."""
    found = [sign for sign in _SIGN.findall(text) if sign not in KNOWN]
    return list(dict.fromkeys(found))


def _replaced(text: str, word: str, instead: str) -> str:
    """Replace a whole word; an abbreviation takes its article with it, so that none stands twice."""
    pattern = re.compile(rf"(?P<before>\b(?:le |la |l’|du |au |un |une )?)\b{re.escape(word)}\b")

    def say(found: re.Match[str]) -> str:
        before = found["before"]
        if not word.isupper():
            return before + instead
        return _with_article(before.lower(), instead)

    return pattern.sub(say, text)


def _with_article(before: str, instead: str) -> str:
    """« du CCAS » becomes « du service social », « au PLIE » « à l’accompagnement »."""
    if before == "du ":
        return f"du {instead[3:]}" if instead.startswith("le ") else f"de {instead}"
    if before == "au ":
        return f"au {instead[3:]}" if instead.startswith("le ") else f"à {instead}"
    return instead
