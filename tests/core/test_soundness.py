"""A configuration that would let somebody in, tell something or lose something starts no server."""

import dataclasses
import os

import pytest

from commission_app import create_app
from commission_app.core.config import Config, ConfigError
from commission_app.core.vault.keyring import draw_master_key

SOUND = Config(
    database_url="postgresql://commission@db/commission",
    redis_url="redis://bus:6379/0",
    secret_key="W4v1Tn2mC0pQz8sXr7uYb3kHd6jLf5gA9eIoUa",
    master_keys=draw_master_key(),
    base_url="https://commission.departement.fr",
    https=True,
    mail_backend="smtp",
    mail_sender="commission@departement.fr",
    mail_domain="commission.departement.fr",
    trusted_proxies=1,
    production=True,
)
REFUSED = [
    ({"secret_key": ""}, "SECRET_KEY"),
    ({"secret_key": "trop court"}, "SECRET_KEY"),
    ({"secret_key": "x" * 64}, "SECRET_KEY"),
    ({"secret_key": "please-changeme-please-changeme-please"}, "SECRET_KEY"),
    ({"master_keys": ""}, "MASTER_KEYS"),
    ({"demo_mode": True}, "DEMO_MODE"),
    ({"testing": True}, "test"),
    ({"debug": True}, "FLASK_DEBUG"),
    ({"base_url": "http://commission.departement.fr", "https": False}, "https://"),
    ({"base_url": "https://localhost"}, "BASE_URL"),
    ({"base_url": "https://commission.departement.fr/spie"}, "BASE_URL"),
    ({"base_url": "https://"}, "BASE_URL"),
    ({"trusted_proxies": 0}, "TRUSTED_PROXIES"),
    ({"database_url": "sqlite:////srv/commission.db"}, "REDIS_URL"),
    ({"mail_backend": "file"}, "MAIL_BACKEND"),
    ({"mail_backend": "pigeon"}, "MAIL_BACKEND"),
    ({"mail_sender": "commission-spie@localhost.localdomain"}, "MAIL_SENDER"),
    ({"mail_domain": "commission-spie.localdomain"}, "MAIL_DOMAIN"),
    ({"login_idle_minutes": 0}, "LOGIN_IDLE_MINUTES"),
    ({"login_hours": 0}, "LOGIN_HOURS"),
    ({"guest_days": 0}, "GUEST_DAYS"),
    ({"security_contact": "la sécurité"}, "SECURITY_CONTACT"),
    ({"security_contact": "http://departement.fr/securite"}, "SECURITY_CONTACT"),
    ({"log_level": "LOUD"}, "LOG_LEVEL"),
    ({"unreadable": ("LOGIN_HOURS",)}, "LOGIN_HOURS"),
]


def test_a_sound_configuration_has_no_problem():
    assert SOUND.problems() == []


@pytest.mark.parametrize(("changes", "named"), REFUSED, ids=range(len(REFUSED)))
def test_an_unsound_one_starts_nothing_and_names_the_setting(changes, named):
    unsound = dataclasses.replace(SOUND, **changes)
    assert any(named in problem for problem in unsound.problems()), unsound.problems()
    with pytest.raises(ConfigError, match=named):
        create_app(unsound)


@pytest.mark.skipif(os.name != "posix", reason="no permissions of this kind")
def test_a_folder_of_data_that_others_read_is_refused(tmp_path):
    tmp_path.chmod(0o755)
    alone = dataclasses.replace(SOUND, redis_url="", database_url="sqlite:///x.db", data_dir=tmp_path)
    assert any("DATA_DIR" in problem for problem in alone.problems())
    tmp_path.chmod(0o700)
    assert alone.problems() == []


def test_all_problems_are_told_at_once():
    unsound = dataclasses.replace(SOUND, secret_key="", demo_mode=True, trusted_proxies=0)
    assert len(unsound.problems()) == 3


@pytest.mark.parametrize(
    ("said", "is_production"),
    [("1", True), ("oui", True), ("vrai", True), ("", False), ("0", False), ("non", False)],
)
def test_production_is_whatever_is_no_clear_no(tmp_path, said, is_production):
    found = Config.from_env({"PRODUCTION": said, "DATA_DIR": str(tmp_path)})
    assert found.production is is_production
    assert found.problems()  # no secret is made up by reading


def test_a_number_that_is_none_is_told_in_words(tmp_path):
    found = Config.from_env({"LOGIN_HOURS": "dix", "DATA_DIR": str(tmp_path)})
    assert found.login_hours == 10
    assert "LOGIN_HOURS doit être un nombre." in found.problems()
    assert Config.from_env({"LOGIN_HOURS": "8", "DATA_DIR": str(tmp_path)}).login_hours == 8


def test_secrets_stand_in_no_trace_of_the_settings():
    shown = repr(SOUND)
    assert SOUND.secret_key not in shown
    assert SOUND.master_keys not in shown
