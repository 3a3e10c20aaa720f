"""Whole servers, each a process of its own, on the database of a test."""

from typing import Any

from commission_app.core.config import Config


def settings_of(config: Config) -> dict[str, Any]:
    """What makes a server serve the same people, logins and dossiers as the application of the test."""
    return {
        "data": config.data_dir,
        "DATABASE_URL": config.database_url,
        "SECRET_KEY": config.secret_key,
        "MASTER_KEYS": config.master_keys,
        "MAIL_BACKEND": "memory",
    }
