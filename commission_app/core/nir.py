"""A social-security number is kept nowhere: found in a text, the text is refused."""

import re
from collections.abc import Iterable
from unicodedata import normalize

from commission_app.core.errors import InvalidInputError

REFUSAL = "Retirez le numéro de sécurité sociale : il n’a pas été enregistré"

_SEPARATOR = r"[\s.\-/_·\u2010-\u2015\u2212]"
_UNSEEN = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_GAP, _APART = _SEPARATOR + "{0,3}", _SEPARATOR + "{1,3}"
_MONTH = r"(?:0[1-9]|1[0-2]|[2-9]\d)"
_DEPARTEMENT = r"(?:\d\d|2[AB])"
_BEFORE, _AFTER = r"(?<!\d)", r"(?!\d)"
#: As the card prints it (2 85 05 78 006 084 36) or in one piece without the key.
_PRINTED = re.compile(
    _BEFORE
    + _GAP.join((r"[1-478]", r"\d\d", _MONTH, _DEPARTEMENT, r"\d{3}", r"\d{3}"))
    + rf"(?:{_GAP}\d\d)?"
    + _AFTER,
    re.IGNORECASE,
)
#: What names a line of a form: its digits are nobody's number, and one in a thousand looks like it.
_IDENTIFIER = re.compile(r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b")
#: Fifteen signs however they are spaced; the key then decides.
_SPACED = re.compile(rf"{_BEFORE}(?=([1-478](?:{_GAP}[\dAB]){{14}}){_AFTER})", re.IGNORECASE)

#: Thirteen signs, each apart from the next.
_ONE_BY_ONE = re.compile(
    _BEFORE
    + _APART.join((r"[1-478]", r"\d", r"\d", rf"(?:0{_APART}[1-9]|1{_APART}[0-2]|[2-9]{_APART}\d)"))
    + rf"{_APART}\d{_APART}[\dAB](?:{_APART}\d){{6}}(?!(?:{_APART})?\d)",
    re.IGNORECASE,
)


def has_nir(text: str) -> bool:
    """Whether a text holds a number of 13 or 15 digits that is a social-security number.

    Spaces, dots and dashes do not hide it, nor do digits of another width. Fifteen digits in one piece count
    when their key is right.
    """
    text = _IDENTIFIER.sub("|", _UNSEEN.sub("", normalize("NFKC", text)))
    if _ONE_BY_ONE.search(text):
        return True
    printed = any(_is_printed(found.group()) for found in _PRINTED.finditer(text))
    return printed or any(_key_is_right(found.group(1)) for found in _SPACED.finditer(text))


def refuse_nir(texts: Iterable[tuple[str, object]]) -> None:
    """Refuse (field, text) pairs when a text holds a social-security number; raises InvalidInputError."""
    for field, text in texts:
        if isinstance(text, str) and has_nir(text):
            raise InvalidInputError(REFUSAL, field=field)


def _is_printed(number: str) -> bool:
    signs = _signs(number)
    return len(signs) == 13 or signs != number.upper() or _key_is_right(number)


def _signs(number: str) -> str:
    return re.sub(r"[^\dAB]", "", number.upper())


def _key_is_right(number: str) -> bool:
    """The last two digits are 97 less the rest of the others divided by 97; Corsica counts as 19 and 18."""
    signs = _signs(number).replace("2A", "19").replace("2B", "18")
    return len(signs) == 15 and signs.isdigit() and int(signs[13:]) == 97 - int(signs[:13]) % 97
