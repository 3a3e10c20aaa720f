"""Names as a search compares them."""

import unicodedata

LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "’": " ", "'": " ", "-": " "})


def folded(text: str) -> str:
    """A name without accents, hyphens or capitals: « Port-Saint-Louis » and « port saint louis » are one."""
    plain = unicodedata.normalize("NFKD", text.lower().translate(LIGATURES))
    return " ".join("".join(letter for letter in plain if not unicodedata.combining(letter)).split())
