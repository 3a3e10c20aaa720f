"""The spaces of French: no line begins with « : ; ? ! % » », none ends with « « »."""

import re
from collections.abc import Iterable

from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from markupsafe import Markup, escape

NBSP = "\u00a0"
_MARK = r" (?=[:;?!»%][!?]?(?:[\s\u00a0.,;)…»<*]|$))"
_BEFORE = re.compile(rf"(?<=[^\s\"'({{\[:]){_MARK}|(?<=«) ")
_AT_START = re.compile(rf"^{_MARK}")
_REFERENCE = re.compile(r"\b[A-Z]{2,5}-\d{4}-\d+\b")


def spaced(text: str) -> str:
    """« Il manque : logement » with spaces that hold together what belongs together; markup stays markup."""
    if " " not in text:
        return text
    held = _BEFORE.sub(NBSP, text)
    return Markup(held) if isinstance(text, Markup) else held  # noqa: S704: it was markup before


def unbroken(text: str) -> str:
    """« Dossier ARL-2026-014 » as markup whose reference no line end cuts in two."""
    if "-20" not in text:
        return text
    return Markup(_REFERENCE.sub(r'<span class="text-nowrap">\g<0></span>', str(escape(text))))  # noqa: S704: escaped


class FrenchSpaces(Extension):
    """Set the spaces of a template once, when it is compiled: in its text and in the sentences that it hands
    to macros. What is computed is left alone (the filter `spaced` is there for it)."""

    def filter_stream(self, stream: TokenStream) -> Iterable[Token]:
        """The same template, spaced."""
        return map(_spaced_token, stream)


def _spaced_token(token: Token) -> Token:
    if token.type not in ("data", "string"):
        return token
    return Token(token.lineno, token.type, spaced(_AT_START.sub(NBSP, token.value)))
