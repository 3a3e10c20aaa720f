#!/usr/bin/env python3
"""Set up, run and check the platform with nothing but Python 3.11: see python3 dev.py --help."""

from __future__ import annotations  # an older Python must get as far as the sentence that refuses it

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
ON_WINDOWS = os.name == "nt"
BIN = VENV / ("Scripts" if ON_WINDOWS else "bin")
PYTHON = BIN / ("python.exe" if ON_WINDOWS else "python")
BROWSER = ROOT / "tests" / "browser"
CHROMIUM_DIR = VENV / "chromium"
SYSTEM_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
OLDEST_NODE = 20
LOCK_OPTIONS = ("--universal", "--python-version=3.11", "--generate-hashes", "--quiet")
LOCK_CLEANLY = ("--no-header", "--no-annotate", "--no-emit-index-url")
LOCK_SOURCES = {
    "run": ["pyproject.toml"],
    "dev": ["pyproject.toml", "--group", "dev"],
    "node": ["--group", "node"],
}


def call(*command: object, cwd: Path = ROOT, env: dict[str, str] | None = None, check: bool = True) -> int:
    """Run a program, showing the line first; a failure ends everything unless `check` is false."""
    words = [str(word) for word in command]
    print("+", " ".join(words), file=sys.stderr, flush=True)
    code = subprocess.run(words, cwd=cwd, env=env).returncode
    if code and check:
        sys.exit(code)
    return code


def digest(sources: Iterable[Path]) -> str:
    """What these files and folders hold, as one short text."""
    seen = hashlib.sha256(sys.version.encode())
    for source in sources:
        files = [source] if source.is_file() else sorted(p for p in source.rglob("*") if p.is_file())
        for path in files:
            seen.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    return seen.hexdigest()


class Stamp:
    """Remembers from which sources a thing was last made."""

    def __init__(self, name: str, *sources: Path) -> None:
        self.path = VENV / f".{name}.stamp"
        self.now = digest(sources)

    def is_fresh(self, *made: Path) -> bool:
        """Whether the sources are the same as last time and everything made from them still stands."""
        if not all(thing.exists() for thing in made):
            return False
        return self.path.exists() and self.path.read_text() == self.now

    def set(self) -> None:
        """Say that the thing is made."""
        self.path.write_text(self.now)


# Python


def make_venv() -> None:
    """A virtual environment in .venv; Debian's Python needs a package for it, installed when we may."""
    if PYTHON.exists():
        return
    command = (sys.executable, "-m", "venv", "--clear", VENV)
    if call(*command, check=False) == 0:
        return
    shutil.rmtree(VENV, ignore_errors=True)
    may_install = hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get")
    if not may_install:
        sys.exit(
            "Il manque le module « venv » de Python. Sous Debian ou Ubuntu : "
            "sudo apt install python3-venv, puis relancez la commande."
        )
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    call("apt-get", "update", "-q", env=quiet)
    call("apt-get", "install", "-y", "-q", "--no-install-recommends", "python3-venv", env=quiet)
    call(*command)


def install_uv() -> bool:
    """Whether uv, which installs much faster than pip, could be had."""
    if (BIN / ("uv.exe" if ON_WINDOWS else "uv")).exists():
        return True
    return call(PYTHON, "-m", "pip", "install", "-q", "--disable-pip-version-check", "uv", check=False) == 0


def install_packages(lock: str) -> None:
    """The locked packages of one lock, each checked against its hash."""
    make_venv()
    path = ROOT / "locks" / f"{lock}.txt"
    stamp = Stamp(f"packages-{lock}", path)
    if stamp.is_fresh():
        return
    options = ("-q", "--require-hashes", "-r", path)
    env = {**os.environ, "UV_PYTHON_DOWNLOADS": "never"}
    by_uv = (PYTHON, "-m", "uv", "pip", "install", "--python", PYTHON, *options)
    if not install_uv() or call(*by_uv, env=env, check=False):
        # uv does not read pip.conf: behind a proxy or a mirror pip may succeed where uv cannot.
        call(PYTHON, "-m", "pip", "install", "--disable-pip-version-check", *options)
    stamp.set()


def install_for_running() -> None:
    """The packages of the server; nothing to do where those of the developer, a larger set, are fresh."""
    if PYTHON.exists() and Stamp("packages-dev", ROOT / "locks" / "dev.txt").is_fresh():
        return
    install_packages("run")


# Node: the bundle and the tools of the browser


def node_environment() -> dict[str, str]:
    """An environment whose PATH has a recent node and npm: the machine's, else those of a Python package."""
    env = dict(os.environ)
    node = shutil.which("node")
    if node and shutil.which("npm"):
        version = subprocess.run([node, "--version"], capture_output=True, text=True).stdout
        if int(version.lstrip("v").split(".")[0] or 0) >= OLDEST_NODE:
            return env
    install_packages("node")
    env["PATH"] = f"{BIN}{os.pathsep}{env['PATH']}"
    return env


def npm(*words: object, folder: Path = ROOT, check: bool = True) -> int:
    """Run npm in a folder."""
    env = node_environment()
    program = shutil.which("npm", path=env["PATH"])
    return call(program, "--no-audit", "--no-fund", *words, cwd=folder, env=env, check=check)


def install_front() -> None:
    """The locked npm packages, then the bundle of static/src into static/dist."""
    locked = (ROOT / "package.json", ROOT / "package-lock.json")
    packages = Stamp("npm", *locked)
    if not packages.is_fresh(ROOT / "node_modules"):
        npm("ci")
        packages.set()
    bundle = Stamp("bundle", *locked, ROOT / "static" / "src", ROOT / "static" / "build.mjs")
    if not bundle.is_fresh(ROOT / "static" / "dist"):
        npm("run", "--silent", "build")
        bundle.set()


def browser_environment() -> dict[str, str]:
    """Where the tests find a real Chromium: $CHROMIUM, the machine's, else the one an npm package carries."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, SYSTEM_BROWSERS)), None)
    if found:
        return {"CHROMIUM": found}
    stamp = Stamp("chromium", BROWSER / "package-lock.json")
    if not stamp.is_fresh(CHROMIUM_DIR / "chromium"):
        npm("ci", folder=BROWSER)
        call(PYTHON, BROWSER / "unpack.py", CHROMIUM_DIR)
        shutil.rmtree(BROWSER / "node_modules")
        stamp.set()
    return {
        "CHROMIUM": str(CHROMIUM_DIR / "chromium"),
        "CHROMIUM_LD_LIBRARY_PATH": str(CHROMIUM_DIR / "lib"),
        "FONTCONFIG_FILE": str(CHROMIUM_DIR / "fonts.conf"),
    }


def playwright_environment() -> dict[str, str]:
    """Playwright brings a node of its own that lacks a library on a bare Debian: then ours serves."""
    script = (
        "import subprocess as s; from playwright._impl._driver import compute_driver_executable as c;"
        "raise SystemExit(s.run([c()[0], '--version'], capture_output=True).returncode)"
    )
    if subprocess.run([PYTHON, "-c", script], stderr=subprocess.DEVNULL).returncode == 0:
        return {}
    return {"PLAYWRIGHT_NODEJS_PATH": str(shutil.which("node", path=node_environment()["PATH"]))}


# The commands


def run(options: Sequence[str]) -> int:
    """Set up what is missing, then become the server."""
    install_for_running()
    install_front()
    command = [str(PYTHON), "-P", "-m", "commission_app.serve", *options]
    # No change of folder: --data is said from where the user stands.
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    if not ON_WINDOWS:
        os.execve(command[0], command, env)
    return subprocess.call(command, env=env)


def test(options: Sequence[str]) -> int:
    """The whole suite in parts; with arguments, one pytest with these arguments."""
    install_packages("dev")
    install_front()
    env = {**os.environ, **browser_environment(), **playwright_environment()}
    module = ("pytest", *options) if options else ("tests.parts",)
    return call(PYTHON, "-m", *module, env=env, check=False)


def lint(options: Sequence[str]) -> int:
    """Every check that reads the code without running it; all of them run, any failure counts."""
    install_packages("dev")
    install_front()
    programs = (
        (PYTHON, "-m", "ruff", "check", *options, "."),
        (PYTHON, "-m", "ruff", "format", "--check", "."),
        (PYTHON, "-m", "djlint", "templates", "--lint", "--quiet"),
        (PYTHON, "-m", "mypy"),
        (BIN / "lint-imports", "--no-cache"),
    )
    failures = [program for program in programs if call(*program, check=False)]
    return int(bool(npm("run", "--silent", "lint", check=False) or failures))


def bench(options: Sequence[str]) -> int:
    """Measure; the names and --quick are those of `python -m tests.bench`."""
    install_packages("dev")
    install_front()
    env = {**os.environ, **browser_environment(), **playwright_environment()}
    return call(PYTHON, "-m", "tests.bench", *options, env=env, check=False)


def lock(options: Sequence[str]) -> int:
    """Write the lock files anew (`--upgrade`: the newest versions); none names a registry or this machine."""
    make_venv()
    if not install_uv():
        sys.exit("Il faut uv pour écrire les verrous : pip n’a pas pu l’installer.")
    for name, sources in LOCK_SOURCES.items():
        output = ("-o", f"locks/{name}.txt")
        call(PYTHON, "-m", "uv", "pip", "compile", *LOCK_OPTIONS, *LOCK_CLEANLY, *options, *sources, *output)
    for folder in (ROOT, BROWSER):
        npm("install", "--package-lock-only", "--omit-lockfile-registry-resolved", folder=folder)
    return 0


COMMANDS = {"run": run, "test": test, "lint": lint, "bench": bench, "lock": lock}


def main() -> int:
    """Read the command; what follows it belongs to the command."""
    if sys.version_info < (3, 11):  # noqa: UP036
        sys.exit("Python 3.11 ou plus récent est requis.")
    parser = argparse.ArgumentParser(
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog="\n".join(f"  {name:6} {command.__doc__}" for name, command in COMMANDS.items())
        + "\n\n  run takes --port N, --data DIR, --no-browser, --empty; test takes the arguments of pytest.",
    )
    parser.add_argument("command", choices=COMMANDS)
    parser.add_argument("options", nargs=argparse.REMAINDER)
    arguments = parser.parse_args()
    # A server imports two thousand modules: what was compiled once is kept, or a start takes twice as long.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    return COMMANDS[arguments.command](arguments.options)


if __name__ == "__main__":
    sys.exit(main())
