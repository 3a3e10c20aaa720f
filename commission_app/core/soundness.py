"""What forbids a start: settings that would let somebody in, tell something, or lose something."""

import logging
import os
from collections.abc import Iterator
from urllib.parse import urlsplit

from commission_app.core.config import Config
from commission_app.core.mailboxes import problem_of
from commission_app.core.vault.keyring import read_master_keys

SHORTEST_SECRET = 32
FEWEST_CHARACTERS = 8  # of different kinds: a word repeated is no secret
PLACEHOLDERS = ("changeme", "change-me", "secret-key", "your-secret", "development")
OWN_MACHINE = ("localhost", "127.0.0.1", "::1")
UNSET_DOMAIN = "localdomain"
SMALLEST = {
    "LOGIN_IDLE_MINUTES": 5,
    "LOGIN_HOURS": 1,
    "INVITATION_DAYS": 1,
    "RESET_MINUTES": 5,
    "RETENTION_MONTHS": 1,
    "ERASURE_NOTICE_DAYS": 1,
    "GUEST_DAYS": 1,
    "REVEALS_PER_HOUR": 1,
}


def problems_of(config: Config) -> list[str]:
    """What forbids a start, in sentences; empty when the configuration is sound."""
    found = [*_everywhere(config), *_keys(config)]
    return [*found, *_production(config)] if config.production else found


def _everywhere(config: Config) -> Iterator[str]:
    for name in config.unreadable:
        yield f"{name} doit être un nombre."
    if not is_secret(config.secret_key):
        yield "SECRET_KEY doit compter au moins 32 caractères tirés au hasard."
    if config.mail_backend not in {"smtp", "file", "memory"}:
        yield "MAIL_BACKEND doit valoir smtp, file ou memory."
    if config.log_level not in logging.getLevelNamesMapping():
        yield "LOG_LEVEL doit valoir DEBUG, INFO, WARNING, ERROR ou CRITICAL."
    if config.security_contact and not _is_contact(config.security_contact):
        yield "SECURITY_CONTACT doit être une adresse électronique ou une page en https://."
    for name, least in SMALLEST.items():
        if getattr(config, name.lower()) < least:
            yield f"{name} vaut au moins {least}."


def is_secret(text: str) -> bool:
    """Whether a key is long enough, varied enough, and none that a manual would print."""
    is_placeholder = any(word in text.lower() for word in PLACEHOLDERS)
    return len(text) >= SHORTEST_SECRET and len(set(text)) >= FEWEST_CHARACTERS and not is_placeholder


def _is_contact(text: str) -> bool:
    parts = urlsplit(text)
    return bool(parts.scheme == "https" and parts.hostname) or not problem_of(text)


def _keys(config: Config) -> Iterator[str]:
    path = config.master_keys_file
    try:
        read_master_keys(config.master_keys if path is None else path.read_text())
    except OSError:
        yield "MASTER_KEYS_FILE désigne un fichier illisible."
        return
    except ValueError as refused:
        yield str(refused)
        return
    if path is not None and os.name == "posix" and path.stat().st_mode & 0o077:
        yield "MASTER_KEYS_FILE est lisible par d’autres : limitez-le à son propriétaire (chmod 600)."


def _production(config: Config) -> Iterator[str]:
    if config.demo_mode:
        yield "DEMO_MODE est refusé avec PRODUCTION : tout le monde pourrait entrer."
    if config.testing:
        yield "Le mode de test est refusé avec PRODUCTION."
    if config.debug:
        yield "FLASK_DEBUG est refusé avec PRODUCTION."
    if config.is_sqlite and config.keys_url == config.database_url:
        yield "KEYS_DATABASE_URL doit désigner un autre fichier : une copie des données emporterait les clés."
    if config.redis_url and config.is_sqlite:
        yield "REDIS_URL annonce plusieurs processus : DATABASE_URL doit désigner PostgreSQL, pas SQLite."
    yield from _address(config)
    if config.mail_backend != "smtp":
        yield "MAIL_BACKEND doit valoir smtp avec PRODUCTION : sinon aucun courriel ne part."
    if config.mail_sender.endswith(UNSET_DOMAIN):
        yield "MAIL_SENDER doit être une adresse réelle avec PRODUCTION."
    if config.mail_domain.endswith(UNSET_DOMAIN):
        yield "MAIL_DOMAIN doit être fixé une fois pour toutes avec PRODUCTION."
    if _is_open_to_others(config):
        yield "DATA_DIR est lisible par d’autres : limitez-le à son propriétaire (chmod 700)."


def _address(config: Config) -> Iterator[str]:
    parts = urlsplit(config.base_url)
    if not config.https or parts.scheme != "https":
        yield "BASE_URL doit commencer par https:// avec PRODUCTION."
    if not parts.hostname or parts.hostname in OWN_MACHINE or parts.username or parts.path or parts.query:
        yield "BASE_URL est l’adresse que les gens tapent, sans chemin, avec PRODUCTION."
    if config.trusted_proxies < 1:
        yield (
            "TRUSTED_PROXIES vaut au moins 1 avec PRODUCTION : un mandataire porte le HTTPS, et sans lui les "
            "essais de connexion de tous seraient comptés ensemble."
        )


def _is_open_to_others(config: Config) -> bool:
    holds_data = config.is_sqlite and os.name == "posix" and config.data_dir.is_dir()
    return holds_data and bool(config.data_dir.stat().st_mode & 0o077)
