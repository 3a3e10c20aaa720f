"""The home and the pages about the platform."""

from tests.security.matrix import ACTORS, EVERYONE, each, row

ROWS = [
    row("GET", "home.show", allows=each(EVERYONE, 200)),
    row("GET", "home.help_page", allows=each(EVERYONE, 200)),
    row("GET", "home.privacy", allows=each(ACTORS, 200), public=True),
    row("GET", "home.accessibility", allows=each(ACTORS, 200), public=True),
]
