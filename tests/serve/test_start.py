"""What a start makes up for an installation without settings, and what it refuses."""

import json
import socket
import stat

import pytest

from commission_app.core.config import Config
from commission_app.serve.options import draw_secrets, read_options, settings
from tests.processes import answers


def options(*words):
    return read_options(["--no-browser", *words])


def test_secrets_are_drawn_once_and_kept_for_the_owner(tmp_path):
    files = [tmp_path / "secrets.json", tmp_path / "master.keys"]
    draw_secrets(tmp_path)
    first = [path.read_text() for path in files]
    draw_secrets(tmp_path)
    assert [path.read_text() for path in files] == first
    assert len(json.loads(first[0])["SECRET_KEY"]) >= 32
    assert [stat.S_IMODE(path.stat().st_mode) for path in files] == [0o600, 0o600]
    assert Config.from_env({"DATA_DIR": str(tmp_path)}).problems() == []


def test_a_lost_master_key_is_not_replaced_behind_the_operator(tmp_path):
    (tmp_path / "keys.db").touch()
    draw_secrets(tmp_path)
    assert not (tmp_path / "master.keys").exists()
    assert "MASTER_KEYS" in Config.from_env({"DATA_DIR": str(tmp_path)}).problems()[0]


def test_given_master_keys_are_preferred(tmp_path):
    found = settings(options("--data", str(tmp_path)), {"MASTER_KEYS": "given"})
    assert "MASTER_KEYS_FILE" not in found
    assert not (tmp_path / "master.keys").exists()


def test_a_given_secret_is_preferred(tmp_path):
    found = settings(options("--data", str(tmp_path)), {"SECRET_KEY": "given"})
    assert found["SECRET_KEY"] == "given"


def test_nothing_is_made_up_in_production(tmp_path):
    found = settings(options("--data", str(tmp_path)), {"PRODUCTION": "1"})
    assert set(found) == {"PRODUCTION", "DATA_DIR"}
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(("words", "demo"), [((), "1"), (("--empty",), "")])
def test_the_demo_is_there_unless_refused(tmp_path, words, demo):
    assert settings(options("--data", str(tmp_path), *words), {})["DEMO_MODE"] == demo


def test_a_port_that_is_taken_is_refused_with_what_to_do():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        with pytest.raises(SystemExit, match="--port"):
            options("--port", str(other.getsockname()[1]))


@pytest.mark.server
def test_an_empty_start_makes_one_administrator_and_a_second_start_none(start_server, tmp_path):
    admin = {"ADMIN_EMAIL": "chef@exemple.fr", "ADMIN_PASSWORD": "un-bon-mot-de-passe-42"}
    server = start_server("--empty", data=tmp_path / "data", **admin)
    server.stop()
    again = start_server("--empty", data=tmp_path / "data")
    assert answers(again.url)


@pytest.mark.server
def test_an_empty_start_without_an_administrator_says_what_is_missing(start_server):
    with pytest.raises(AssertionError, match="ADMIN_EMAIL"):
        start_server("--empty")
