"""What stays on a device once somebody has left: nothing of anybody."""

import re
from pathlib import Path

from tests.checks import words_in
from tests.security.matrix import all_rows

SCRIPTS = Path(__file__).parents[2] / "static" / "src" / "js"
STORES = re.compile(r"localStorage|sessionStorage|indexedDB|caches\.|serviceWorker|document\.cookie")
#: The switch of the keyboard shortcuts, and the hour at which a page of the day was last in sight.
KEPT = {"controllers/shortcuts.js", "controllers/missed.js"}


def test_two_scripts_alone_keep_something_in_the_browser():
    found = {
        path.relative_to(SCRIPTS).as_posix()
        for path in SCRIPTS.rglob("*.js")
        if STORES.search(path.read_text(encoding="utf-8"))
    }
    assert found == KEPT


def test_what_they_keep_is_a_word_and_an_hour():
    written = [
        kept
        for name in KEPT
        for kept in re.findall(r"setItem\((.*)\);", (SCRIPTS / name).read_text(encoding="utf-8"))
    ]
    assert sorted(written) == ['KEPT, this.switchTarget.checked ? "oui" : "non"', "this.key, String(now)"]


def test_canaries_are_looked_for_inside_of_files(attempts):
    """The search for canaries would find one in a PDF: who may read it finds it there."""
    row = next(one for one in all_rows() if one.endpoint == "dossiers.fiche_relais.pdf" and one.allows)
    if row.state:
        row.state(attempts.world)
    answer = attempts.ask(row, "referent")
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    words = words_in(answer.get_data(), answer.mimetype)
    assert any(token in words for token in attempts.world.canaries["identité arles"])
