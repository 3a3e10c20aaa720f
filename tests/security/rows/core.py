"""Addresses of the kernel."""

from tests.security.matrix import ACTORS, each, row

ROWS = [
    row("GET", "health.show", allows=each(ACTORS, 200), public=True),
    row("GET", "contact.security", allows=each(ACTORS, 404), public=True, note="without a contact"),
]
