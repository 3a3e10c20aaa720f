"""What `dev.py` makes is made again when its sources changed, and only then."""

import os

import pytest

import dev


@pytest.fixture
def source(tmp_path, monkeypatch):
    """A source file in a project of its own."""
    monkeypatch.setattr(dev, "ROOT", tmp_path)
    monkeypatch.setattr(dev, "VENV", tmp_path)
    path = tmp_path / "source"
    path.write_text("one")
    return path


def test_a_thing_is_made_once(source):
    assert not dev.Stamp("thing", source).is_fresh()
    dev.Stamp("thing", source).set()
    assert dev.Stamp("thing", source).is_fresh()


def test_a_new_date_alone_makes_nothing_anew(source):
    dev.Stamp("thing", source).set()
    os.utime(source, (1, 1))
    assert dev.Stamp("thing", source).is_fresh()


def test_new_content_is_noticed(source):
    dev.Stamp("thing", source).set()
    source.write_text("two")
    assert not dev.Stamp("thing", source).is_fresh()


def test_what_was_made_and_is_gone_is_made_again(source, tmp_path):
    dev.Stamp("thing", source).set()
    assert not dev.Stamp("thing", source).is_fresh(tmp_path / "made")


def test_what_python_compiled_is_kept_whatever_the_machine_says(monkeypatch):
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.setattr("sys.argv", ["dev.py", "run"])
    monkeypatch.setitem(dev.COMMANDS, "run", lambda _options: int("PYTHONDONTWRITEBYTECODE" in os.environ))
    assert dev.main() == 0
