"""Every setting of the application: one environment variable each, read once at start."""

import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from commission_app.core.vault.keyring import draw_master_key, read_master_keys

ROOT = Path(__file__).resolve().parents[2]

_YES = {"1", "true", "yes", "oui", "on"}
KEY_FILE = "master.keys"
KEY_STORE = "keys.db"
SECRETS_FILE = "secrets.json"
_WEAK_SECRETS = {"", "dev", "secret", "changeme", "change-me", "development"}


class ConfigError(Exception):
    """A setting that must not start a server; the message says what to change."""


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
    reveals_per_hour: int = 20
    worker_poll_seconds: float = 1.0
    log_level: str = "INFO"

    @classmethod
    def from_env(cls, environ: Mapping[str, str] = os.environ) -> "Config":
        """Read the settings from the environment; a missing variable keeps its default."""
        data_dir = Path(environ.get("DATA_DIR", str(ROOT / "data"))).resolve()
        if not environ.get("PRODUCTION"):
            environ = kept_secrets(data_dir, environ)
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
            production=environ.get("PRODUCTION", "").lower() in _YES,
            https=base_url.startswith("https://"),
            trusted_proxies=int(environ.get("TRUSTED_PROXIES", "0")),
            vocabulary=environ.get("VOCABULARY", "spie"),
            login_idle_minutes=int(environ.get("LOGIN_IDLE_MINUTES", "30")),
            login_hours=int(environ.get("LOGIN_HOURS", "10")),
            invitation_days=int(environ.get("INVITATION_DAYS", "7")),
            reset_minutes=int(environ.get("RESET_MINUTES", "60")),
            urgent_delay_minutes=int(environ.get("URGENT_DELAY_MINUTES", "120")),
            retention_months=int(environ.get("RETENTION_MONTHS", "24")),
            erasure_notice_days=int(environ.get("ERASURE_NOTICE_DAYS", "30")),
            reveals_per_hour=int(environ.get("REVEALS_PER_HOUR", "20")),
            worker_poll_seconds=float(environ.get("WORKER_POLL_SECONDS", "1.0")),
            log_level=environ.get("LOG_LEVEL", "INFO"),
        )

    @property
    def is_sqlite(self) -> bool:
        """Whether the embedded database is used."""
        return self.database_url.startswith("sqlite")

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
        found = []
        if len(self.secret_key) < 32 or self.secret_key.lower() in _WEAK_SECRETS:
            found.append("SECRET_KEY doit compter au moins 32 caractères tirés au hasard.")
        if self.mail_backend not in {"smtp", "file", "memory"}:
            found.append("MAIL_BACKEND doit valoir smtp, file ou memory.")
        found += self._key_problems()
        if self.retention_months < 1 or self.erasure_notice_days < 1 or self.reveals_per_hour < 1:
            found.append("RETENTION_MONTHS, ERASURE_NOTICE_DAYS et REVEALS_PER_HOUR sont au moins 1.")
        if self.production:
            found += self._production_problems()
        return found

    def _key_problems(self) -> list[str]:
        path = self.master_keys_file
        try:
            read_master_keys(self.master_keys if path is None else path.read_text())
        except OSError:
            return ["MASTER_KEYS_FILE désigne un fichier illisible."]
        except ValueError as refused:
            return [str(refused)]
        if path is not None and os.name == "posix" and path.stat().st_mode & 0o077:
            return ["MASTER_KEYS_FILE est lisible par d’autres : limitez-le à son propriétaire (chmod 600)."]
        return []

    def _production_problems(self) -> list[str]:
        found = []
        if self.demo_mode:
            found.append("DEMO_MODE est refusé avec PRODUCTION : tout le monde pourrait entrer.")
        if self.testing:
            found.append("Le mode de test est refusé avec PRODUCTION.")
        if not self.https:
            found.append("BASE_URL doit commencer par https:// avec PRODUCTION.")
        if self.mail_backend != "smtp":
            found.append("MAIL_BACKEND doit valoir smtp avec PRODUCTION : sinon aucun courriel ne part.")
        if self.mail_sender.endswith("localdomain"):
            found.append("MAIL_SENDER doit être une adresse réelle avec PRODUCTION.")
        if self.mail_domain.endswith("localdomain"):
            found.append("MAIL_DOMAIN doit être fixé une fois pour toutes avec PRODUCTION.")
        return found

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
