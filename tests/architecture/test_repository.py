"""What stands in the repository and what never does."""

import json
import re
import tomllib

from tests.architecture.sources import ROOT, committed, name_of

AT_THE_TOP = {
    ".ci",
    ".gitignore",
    ".npmrc",
    "LICENSE",
    "Makefile",
    "README.md",
    "commission_app",
    "dev.py",
    "docs",
    "locks",
    "package-lock.json",
    "package.json",
    "pyproject.toml",
    "static",
    "templates",
    "tests",
}
THIRD_PARTY = re.compile(r"(^|/)(node_modules|dist|vendor)/|\.min\.(js|css)$|\.(woff2?|ttf|otf|eot|map)$")
MACHINE_PATH = re.compile(
    "|".join((r"/wor" r"k/(?:main|shared)", r"/ro" r"ot/", r"/ho" r"me/\w+/", r"/tm" r"p/brief"))
)
REGISTRY = re.compile(r"https?://[^\s\"']*(?:pypi|pythonhosted|npmjs|registry|debian)\.")
READABLE = {
    ".py",
    ".html",
    ".txt",
    ".js",
    ".mjs",
    ".scss",
    ".toml",
    ".json",
    ".md",
    ".yml",
    ".typ",
    ".csv",
    "",
}


def test_only_what_belongs_there_stands_at_the_top():
    assert {path.relative_to(ROOT).parts[0] for path in committed()} <= AT_THE_TOP


def test_nothing_third_party_is_committed():
    assert not [name for path in committed() if THIRD_PARTY.search(name := name_of(path))]


def test_the_python_locks_name_no_host():
    assert not [path.name for path in (ROOT / "locks").iterdir() if "://" in path.read_text()]


def test_every_locked_python_package_has_its_hashes():
    for path in (ROOT / "locks").iterdir():
        pins = re.findall(r"^[a-z0-9][^\n]*==[^\n]*\n(?!    --hash)", path.read_text(), re.MULTILINE)
        assert not pins, f"{path.name}: {pins}"


def test_the_npm_locks_name_no_host_but_those_of_funding():
    for path in (ROOT / "package-lock.json", ROOT / "tests" / "browser" / "package-lock.json"):
        packages = json.loads(path.read_text())["packages"]
        without_funding = [
            {key: value for key, value in one.items() if key != "funding"} for one in packages.values()
        ]
        assert "://" not in json.dumps(without_funding), name_of(path)


def test_every_declared_python_package_is_locked():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    locked = (ROOT / "locks" / "dev.txt").read_text()
    declared = project["project"]["dependencies"] + project["dependency-groups"]["dev"]
    names = [re.split(r"[\[<>=; ]", line)[0] for line in declared]
    assert not [name for name in names if f"\n{name}==" not in f"\n{locked}"]


def test_no_file_names_a_machine_or_a_registry():
    wrong = [name_of(path) for path in committed() if path.suffix in READABLE and names_a_place(path)]
    assert not wrong


def names_a_place(path):
    """Whether a file holds the path of somebody's machine or the address of a package registry."""
    text = path.read_text(encoding="utf-8", errors="replace")
    if path.name == "package-lock.json":
        return MACHINE_PATH.search(text)
    return MACHINE_PATH.search(text) or REGISTRY.search(text)
