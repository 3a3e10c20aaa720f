"""Addresses of mail: what every mail server on the way takes."""

import re

from commission_app.core.errors import InvalidInputError

_SHAPE = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")


def problem_of(address: str) -> str:
    """Why no mail would reach an address, in a sentence; '' for one that can be written to.

    Letters with accents need an extension (SMTPUTF8) that few servers have: the mail would come back, or wait
    for ever in the outbox.
    """
    if not _SHAPE.fullmatch(address):
        return "Écrivez une adresse complète, comme prenom.nom@exemple.fr."
    strange = next((letter for letter in address if not letter.isascii()), "")
    if strange:
        return f"Écrivez l’adresse sans « {strange} » : une adresse électronique ne porte pas d’accent."
    return ""


def expect_address(address: str, *, field: str = "email") -> None:
    """Refuse an address that no mail would reach."""
    if problem := problem_of(address):
        raise InvalidInputError(problem, field=field)
