"""Every setting of the application: one environment variable each, read once at start."""

import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from commission_app.core.vault.keyring import draw_master_key

ROOT = Path(__file__).resolve().parents[2]

_YES = {"1", "true", "yes", "oui", "on"}
_NO = {"", "0", "false", "no", "non", "off"}  # PRODUCTION and FLASK_DEBUG: whatever is no clear no is a yes
KEY_FILE = "master.keys"
KEY_STORE = "keys.db"
SECRETS_FILE = "secrets.json"
#: Whole numbers: the variable is the name in capitals.
_WHOLE = (
    "trusted_proxies",
    "login_idle_minutes",
    "login_hours",
    "invitation_days",
    "reset_minutes",
    "urgent_delay_minutes",
    "retention_months",
    "erasure_notice_days",
    "guest_days",
    "reveals_per_hour",
)


class ConfigError(Exception):
    """A setting that must not start a server; the message says what to change."""


class Numbers:
    """Reads numbers of the environment; one that cannot be read is told by `unreadable`, with its default in
    place."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self.unreadable: list[str] = []
        self._environ = environ

    def whole(self, name: str, default: int) -> int:
        """A whole number."""
        return int(self._read(name, default, int))

    def several(self, defaults: Mapping[str, int]) -> dict[str, Any]:
        """Whole numbers by the names of the settings, each with its default."""
        return {name: self.whole(name.upper(), default) for name, default in defaults.items()}

    def decimal(self, name: str, default: float) -> float:
        """A number with a point."""
        return self._read(name, default, float)

    def _read(self, name: str, default: float, kind: type[int] | type[float]) -> float:
        try:
            return kind(self._environ.get(name, default))
        except ValueError:
            self.unreadable.append(name)
            return default


@dataclass(frozen=True)
class Config:
    """Settings of one running application. Durations carry their unit in the name."""

    database_url: str = "sqlite://"
    redis_url: str = ""
    secret_key: str = field(default_factory=lambda: secrets.token_urlsafe(32), repr=False)
    master_keys: str = field(default_factory=draw_master_key, repr=False)
    master_keys_file: Path | None = None
    keys_database_url: str = ""
    data_dir: Path = ROOT / "data"
    base_url: str = "http://127.0.0.1:8000"
    mail_backend: str = "file"
    smtp_url: str = field(default="smtp://127.0.0.1:25", repr=False)
    mail_sender: str = "commission-spie@localhost.localdomain"
    mail_domain: str = "commission-spie.localdomain"
    demo_mode: bool = False
    production: bool = False
    testing: bool = False
    https: bool = False
    trusted_proxies: int = 0
    vocabulary: str = "spie"
    login_idle_minutes: int = 30
    login_hours: int = 10
    invitation_days: int = 7
    reset_minutes: int = 60
    urgent_delay_minutes: int = 120
    retention_months: int = 24
    erasure_notice_days: int = 30
    guest_days: int = 90
    reveals_per_hour: int = 20
    security_contact: str = ""
    worker_poll_seconds: float = 1.0
    log_level: str = "INFO"
    debug: bool = False
    unreadable: tuple[str, ...] = ()

    @classmethod
    def from_env(cls, environ: Mapping[str, str] = os.environ) -> "Config":
        """Read the settings from the environment; a missing variable keeps its default."""
        data_dir = Path(environ.get("DATA_DIR", str(ROOT / "data"))).resolve()
        is_production = environ.get("PRODUCTION", "").lower() not in _NO
        if not is_production:
            environ = kept_secrets(data_dir, environ)
        numbers = Numbers(environ)
        key_file = environ.get("MASTER_KEYS_FILE", "")
        base_url = environ.get("BASE_URL", "http://127.0.0.1:8000").rstrip("/")
        return cls(
            database_url=environ.get("DATABASE_URL", f"sqlite:///{data_dir / 'commission.db'}"),
            redis_url=environ.get("REDIS_URL", ""),
            secret_key=environ.get("SECRET_KEY", ""),
            master_keys=environ.get("MASTER_KEYS", ""),
            master_keys_file=Path(key_file).resolve() if key_file else None,
            keys_database_url=environ.get("KEYS_DATABASE_URL", ""),
            data_dir=data_dir,
            base_url=base_url,
            mail_backend=environ.get("MAIL_BACKEND", "file"),
            smtp_url=environ.get("SMTP_URL", "smtp://127.0.0.1:25"),
            mail_sender=environ.get("MAIL_SENDER", "commission-spie@localhost.localdomain"),
            mail_domain=environ.get("MAIL_DOMAIN", "commission-spie.localdomain"),
            demo_mode=environ.get("DEMO_MODE", "").lower() in _YES,
            production=is_production,
            debug=environ.get("FLASK_DEBUG", "").lower() not in _NO,
            https=base_url.startswith("https://"),
            vocabulary=environ.get("VOCABULARY", "spie"),
            security_contact=environ.get("SECURITY_CONTACT", ""),
            worker_poll_seconds=numbers.decimal("WORKER_POLL_SECONDS", 1.0),
            log_level=environ.get("LOG_LEVEL", "INFO").upper(),
            **numbers.several({name: getattr(cls, name) for name in _WHOLE}),
            unreadable=tuple(numbers.unreadable),
        )

    @property
    def is_sqlite(self) -> bool:
        """Whether the embedded database is used."""
        return self.database_url.startswith("sqlite")

    @property
    def is_in_memory(self) -> bool:
        """Whether the embedded database lives and dies with the process."""
        return self.database_url in {"sqlite://", "sqlite:///:memory:"}

    @property
    def keys_url(self) -> str:
        """Where the keys of the dossiers are kept: a file beside an embedded database, a schema of its own in
        PostgreSQL, or wherever the setting says."""
        if self.keys_database_url:
            return self.keys_database_url
        if not self.is_sqlite:
            return self.database_url
        return "sqlite://" if self.database_url == "sqlite://" else f"sqlite:///{self.data_dir / KEY_STORE}"

    def problems(self) -> list[str]:
        """What forbids a start, in sentences; empty when the configuration is sound."""
        from commission_app.core.soundness import problems_of

        return problems_of(self)

    def check(self) -> None:
        """Refuse to go on with an unsound configuration; raises ConfigError naming every problem."""
        if problems := self.problems():
            raise ConfigError("\n".join(problems))


def kept_secrets(data_dir: Path, environ: Mapping[str, str]) -> dict[str, str]:
    """The environment, completed by what an installation without settings drew for itself at its first
    start."""
    path = data_dir / SECRETS_FILE
    found = {**(json.loads(path.read_text()) if path.is_file() else {}), **environ}
    if (data_dir / KEY_FILE).is_file() and "MASTER_KEYS" not in found:
        found.setdefault("MASTER_KEYS_FILE", str(data_dir / KEY_FILE))
    return found
