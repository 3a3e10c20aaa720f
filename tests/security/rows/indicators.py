"""Addresses of the figures."""

from tests.security.matrix import each, row

READERS = ("coordinator", "coordinator_elsewhere", "pilot")

ROWS = [
    row("GET", "indicators.show", allows=each(READERS, 200)),
    row("GET", "indicators.show", allows=each(READERS, 200), query="territoire=tous", note="everywhere"),
    row("POST", "indicators.export", {"format": "csv"}, allows=each(READERS, 200)),
    row("POST", "indicators.export", {"format": "xlsx"}, allows=each(READERS, 200), note="xlsx"),
]
