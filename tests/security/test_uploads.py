"""No file is kept: two lists are read and forgotten, everything else is text in bounds."""

import ast
import io
from pathlib import Path

import pytest

from commission_app.accounts.states import Role
from commission_app.core.web import MAX_BODY_BYTES
from tests.clients import signed_in
from tests.factories import make_user
from tests.security.conftest import nothing_written
from tests.security.test_forgery import acts

PACKAGE = Path(__file__).parents[2] / "commission_app"
READ_AND_FORGOTTEN = {"territories/imports/forms.py"}
TAKES_FILES = {"FileField", "MultipleFileField", "FileStorage"}


def test_one_form_alone_takes_a_file():
    found = set()
    for path in PACKAGE.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
        attributes = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
        if names & TAKES_FILES or "files" in attributes:
            found.add(path.relative_to(PACKAGE).as_posix())
    assert found == READ_AND_FORGOTTEN


def test_a_body_beyond_its_bound_is_refused_everywhere(app):
    client = signed_in(app, make_user("Odile", Role.ADMINISTRATOR))
    client.get("/mon-compte")
    large = {"csrf_token": client.csrf_token, "text": "x" * (MAX_BODY_BYTES + 1)}
    with nothing_written():
        got = {url: client.open(url, method=method, data=large).status_code for method, url in acts(app)}
    assert {url: status for url, status in got.items() if status != 413} == {}


@pytest.mark.parametrize("name", ["../../etc/passwd", "charge.exe", "x.php\x00.csv", "photo.jpg"])
def test_a_file_sent_to_a_page_without_one_is_not_looked_at(app, name, run_folder):
    client = signed_in(app, make_user("Odile", Role.ADMINISTRATOR))
    client.get("/mon-compte")
    before = {path for path in run_folder.rglob("*") if "-" not in path.name}
    form = {"csrf_token": client.csrf_token, "file": (io.BytesIO(b"MZ" * 50_000), name), "version": "1"}
    answer = client.post("/mon-compte", data=form, content_type="multipart/form-data")
    assert answer.status_code == 422
    assert {path for path in run_folder.rglob("*") if "-" not in path.name} == before
