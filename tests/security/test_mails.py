"""What a mail may say, by hand: a template that reads anything else fails here.

What each act really sends is searched for canaries in `test_matrix.py`, what the clock sends by its feature.
"""

from pathlib import Path

import pytest
from jinja2 import meta, nodes

TEMPLATES = Path(__file__).parents[2] / "templates"
MAILS = sorted(path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.glob("emails/*/*.*"))
#: Days, places, structures, colleagues; never a person concerned, a dossier, what one wrote about it.
MAY_SAY = {
    "action.due_on", "action.structure.name", "action.territory.name", "asked.author.full_name",
    "asked.author.structure_name", "asked.escalates_at", "asked.taken_at", "asked.taken_by.full_name",
    "day.access", "day.cancelled_reason", "day.ends_at", "day.place", "day.remote_link", "day.starts_at",
    "day.state.value", "day.territory.name", "invitation.structure.name", "remontee.territory.name",
    "version.number",
}  # fmt: skip
#: What the code hands over as words or numbers of its own: `code` is that of a dossier, `reader` a colleague.
WORDS = {
    "awaited", "button", "closes_at", "code", "count", "days", "hours", "letter", "link", "minutes",
    "opens_at", "points", "reader", "sentence", "structure", "subject", "url",
}  # fmt: skip
OBJECTS = {one.split(".")[0] for one in MAY_SAY}


@pytest.mark.parametrize("name", MAILS)
def test_a_mail_says_what_mails_may_say(app, name):
    tree = app.jinja_env.parse(app.jinja_env.loader.get_source(app.jinja_env, name)[0])
    read = {path_of(node) for node in tree.find_all(nodes.Getattr)}
    whole = {one for one in read if not any(other.startswith(f"{one}.") for other in read)}
    assert whole <= MAY_SAY
    assert meta.find_undeclared_variables(tree) <= WORDS | OBJECTS


def test_there_are_mails_and_nothing_is_allowed_in_vain(app):
    said = "".join((TEMPLATES / name).read_text(encoding="utf-8") for name in MAILS)
    assert len(MAILS) >= 46
    assert not [one for one in (*MAY_SAY, *WORDS) if one not in said]


def path_of(node):
    """« day.territory.name », from the outside in."""
    if isinstance(node, nodes.Getattr):
        return f"{path_of(node.node)}.{node.attr}"
    return node.name if isinstance(node, nodes.Name) else type(node).__name__
