"""The built front end: names that change with the content, served in the encodings the build prepared."""

import json
import mimetypes
import time
from pathlib import Path
from typing import Any, cast

from flask import Flask, Response, abort, request, send_from_directory

from commission_app.core.config import ROOT

URL_PATH = "/static"
DIST = ROOT / "static" / "dist"
CACHE_CONTROL = "public, max-age=31536000, immutable"
ENCODINGS = (("br", ".br"), ("gzip", ".gz"))
LOOK_AGAIN_SECONDS = 1.0

mimetypes.add_type("font/woff2", ".woff2")
mimetypes.add_type("text/javascript", ".js")


class Manifest:
    """Which file of the build stands behind a name; read again when a new build replaced it.

    A page names hundreds of icons: the disk is asked once a second, not once a name.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._read_at = 0
        self._looked_at = -LOOK_AGAIN_SECONDS
        self._content: dict[str, Any] = {}

    def file(self, name: str) -> str:
        """The hashed file of a name; a KeyError when the build made no such file."""
        return cast(str, self._fresh()[name])

    def preloads(self, name: str) -> list[str]:
        """The files that a script imports, so that the browser fetches them without waiting for it."""
        return cast(list[str], self._fresh()["preload"].get(name, []))

    def _fresh(self) -> dict[str, Any]:
        moment = time.monotonic()
        if moment - self._looked_at >= LOOK_AGAIN_SECONDS:
            self._read()
            self._looked_at = moment
        return self._content

    def _read(self) -> None:
        try:
            changed_at = self._path.stat().st_mtime_ns
        except FileNotFoundError:
            raise RuntimeError("static/dist is not built: run `npm ci` then `npm run build`.") from None
        if changed_at != self._read_at:
            self._content = json.loads(self._path.read_text(encoding="utf-8"))
            self._read_at = changed_at


def init_assets(app: Flask, dist: Path = DIST) -> None:
    """Serve the build under /static and give the templates `asset_url` and `module_preloads`.

    Neither needs a request: live fragments are rendered by the worker too.
    """
    manifest = Manifest(dist / "manifest.json")

    def asset_url(name: str) -> str:
        return f"{URL_PATH}/{manifest.file(name)}"

    def module_preloads(name: str) -> list[str]:
        return [f"{URL_PATH}/{file}" for file in manifest.preloads(name)]

    def static(filename: str) -> Response:
        return send_asset(dist, filename)

    static.is_public = True  # type: ignore[attr-defined]
    app.jinja_env.globals.update(asset_url=asset_url, module_preloads=module_preloads)
    app.add_url_rule(f"{URL_PATH}/<path:filename>", "static", static)


def send_asset(dist: Path, filename: str) -> Response:
    """One file of the build in the best encoding the browser accepts; hashed names never change."""
    if filename.endswith((".json", ".br", ".gz")):
        abort(404)
    for encoding, suffix in ENCODINGS:
        if request.accept_encodings[encoding] and (dist / (filename + suffix)).is_file():
            return _send(dist, filename, suffix=suffix, encoding=encoding)
    return _send(dist, filename)


def _send(dist: Path, filename: str, *, suffix: str = "", encoding: str = "") -> Response:
    mimetype = mimetypes.guess_type(filename)[0]
    response = send_from_directory(dist, filename + suffix, mimetype=mimetype)
    response.headers["Cache-Control"] = CACHE_CONTROL
    response.headers["Vary"] = "Accept-Encoding"
    if encoding:
        response.headers["Content-Encoding"] = encoding
    return response
