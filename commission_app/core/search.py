"""Text as people search for it: without accents, without capitals."""

import re
import unicodedata

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "’": "'"})


def folded(text: str) -> str:
    """« Épicerie sociale d’Arles » becomes « epicerie sociale d'arles »; kept beside a name to search it."""
    plain = unicodedata.normalize("NFKD", text.lower().translate(_LIGATURES))
    return " ".join("".join(sign for sign in plain if not unicodedata.combining(sign)).split())


def pattern(text: str) -> str:
    """What to give to LIKE (with the escape sign « \\ ») to find a text anywhere in a folded column."""
    safe = folded(text).replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{safe}%"


# ---- words as French people mean them: « logements » finds « logement », « hôpitaux » finds « hôpital »

#: Two letters with which no French word begins: they tell a code from a word.
MARK = "zz"
_WORD = re.compile(r"[a-z]+|\d+")
_ENDINGS = (
    ("eaux", "eau"),
    ("ails", "al"),
    ("aux", "al"),
    ("als", "al"),
    ("ail", "al"),
    ("eux", "eu"),
    ("oux", "ou"),
)
_EMPTY = frozenset(
    re.findall(
        r"\w+",
        "au aux avec ce ces cette d dans de des du elle en est et il l la le les leur ma mais me n ne ni on "
        "ou par pas plus pour qu que qui s sa se ses si son sont sous sur un une vers y",
    )
)


def stems(text: str) -> list[str]:
    """The words of a text without accents, plural marks and empty words, each once, in order.

    « Des hébergements près des hôpitaux » becomes hebergement, pre, hopital. Both databases are given these
    stems, so that both find the same things.
    """
    words = (word for word in _WORD.findall(folded(text)) if not word.startswith(MARK))
    found = (stem(word) for word in words if word not in _EMPTY)
    return list(dict.fromkeys(found))


def stem(word: str) -> str:
    """One folded word without its mark of plural."""
    if len(word) <= 3 or word.isdigit():
        return word
    for ending, singular in _ENDINGS:
        if word.endswith(ending) and len(word) > len(ending) + 1:
            return word[: -len(ending)] + singular
    return word[:-1] if word[-1] in "sx" and word[-2] != "s" else word


def mark(value: str) -> str:
    """A code (« garde_enfants ») as a word that no text holds, to search it beside the words."""
    return MARK + re.sub(r"[^a-z]", "", folded(value))
