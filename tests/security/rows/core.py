"""Addresses of the kernel."""

from tests.security.matrix import ACTORS, each, row

ROWS = [row("GET", "health.show", allows=each(ACTORS, 200), public=True)]
