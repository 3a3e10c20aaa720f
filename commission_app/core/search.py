"""Text as people search for it: without accents, without capitals."""

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
