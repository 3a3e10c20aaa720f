"""The command line of the server and the settings it completes."""

import argparse
import contextlib
import json
import os
import secrets
import socket
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from commission_app.core.config import KEY_FILE, KEY_STORE, ROOT, SECRETS_FILE, kept_secrets
from commission_app.core.vault.keyring import draw_key_file

PORTS = range(8000, 8020)


def read_options(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """The command line, with a free port where none was asked for."""
    parser = argparse.ArgumentParser(prog="dev.py run", description="Lance la plateforme.")
    parser.add_argument("--port", type=int, help="port d’écoute (à défaut, le premier libre dès 8000)")
    parser.add_argument("--host", default="127.0.0.1", help="adresse d’écoute (127.0.0.1 à défaut)")
    parser.add_argument("--data", type=Path, help="dossier des données (à défaut ./data)")
    parser.add_argument("--empty", action="store_true", help="sans données de démonstration")
    parser.add_argument("--no-browser", action="store_true", help="ne pas ouvrir le navigateur")
    options = parser.parse_args(arguments)
    options.port = options.port or _first_free(options.host)
    if not _is_free(options.host, options.port):
        sys.exit(f"Le port {options.port} est déjà pris : choisissez-en un autre avec --port.")
    return options


def settings(options: argparse.Namespace, environ: Mapping[str, str]) -> dict[str, str]:
    """The environment, completed by the command line and by what an installation without settings needs.

    In production nothing is made up: what is missing stays missing, and the configuration is refused.
    """
    found = dict(environ)
    if options.data:
        found["DATA_DIR"] = str(options.data.resolve())
    if found.get("PRODUCTION"):
        return found
    folder = Path(found.setdefault("DATA_DIR", str(ROOT / "data")))
    folder.mkdir(parents=True, exist_ok=True)
    found.setdefault("BASE_URL", f"http://{options.host}:{options.port}")
    if sys.stdout.isatty():
        found.setdefault("LOG_LEVEL", "WARNING")  # the address and the people stay in sight
    found.setdefault("DEMO_MODE", "" if options.empty else "1")
    draw_secrets(folder, keys="MASTER_KEYS" not in found and "MASTER_KEYS_FILE" not in found)
    return kept_secrets(folder, found)


def draw_secrets(folder: Path, *, keys: bool = True) -> None:
    """The secrets of an installation that was given none: drawn once, kept for the folder's owner alone.

    A master key is drawn for a store that is still to be made, never for one whose key was lost.
    """
    with contextlib.suppress(FileExistsError):
        descriptor = os.open(folder / SECRETS_FILE, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(descriptor, "w") as file:
            json.dump({"SECRET_KEY": secrets.token_urlsafe(48)}, file)
    if keys and not (folder / KEY_STORE).exists():
        draw_key_file(folder / KEY_FILE)


def _first_free(host: str) -> int:
    for port in PORTS:
        if _is_free(host, port):
            return port
    sys.exit(f"Aucun port libre de {PORTS.start} à {PORTS.stop - 1} : indiquez-en un avec --port.")


def _is_free(host: str, port: int) -> bool:
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError:
            return False
    return True
