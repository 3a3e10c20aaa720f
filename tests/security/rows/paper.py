"""Addresses of a day held on paper."""

from tests.security.matrix import each, row

DAY = {"session_id": "live_day"}
ENTERS = ("coordinator", "facilitator")


def paper(world):
    """Every sheet of the day, nothing decided."""
    points = [world["live_point"], world["next_point"]]
    sheets = {f"sheets-{place}-item_id": str(item.id) for place, item in enumerate(points)}
    sheets |= {f"sheets-{place}-outcome": "seen" for place in range(len(points))}
    return {**sheets, "present": str(world.structure.id), "complete": "y"}


ROWS = [
    row("GET", "paper.show", DAY, allows=each(ENTERS, 200)),
    row("POST", "paper.enter", DAY, data=paper, allows=each(ENTERS, 303)),
    row("GET", "paper.show", {"session_id": "ready_day"}, note="to come"),
    row("GET", "paper.show", {"session_id": "held"}, note="closed"),
]
