"""The guards of the platform: every function that says who may, as it stands in its source."""

import ast
import importlib
import inspect
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import FunctionType
from typing import Any

ROOT = Path(__file__).parents[3]
#: What policies stand on: which roles hold today, which field an audience reads, what a refusal does.
BENEATH = {
    "accounts/models.py": (
        "User.is_active",
        "User.territory_ids",
        "User.holds",
        "User.is_administrator",
        "User.holds_everywhere",
        "Membership.held_today",
        "Membership.holds_today",
        "Login.is_open",
        "Login.may_follow",
        "Login._lasts",
    ),
    "dossiers/visibility.py": ("sees", "sees_all"),
}
#: Policies that guard nothing: the menu shows the places, their doors say who enters.
SHOWN = ("home/policies.py",)


@dataclass(frozen=True)
class Guard:
    """A function that says who may."""

    path: str
    name: str
    tree: ast.FunctionDef = field(compare=False)

    def __str__(self) -> str:
        return f"{self.path.removesuffix('.py')}:{self.name}"

    @property
    def feature(self) -> str:
        """The package it belongs to."""
        return self.path.split("/")[0]

    @property
    def function(self) -> FunctionType:
        """The function that everybody calls: its code can be exchanged wherever it was imported."""
        module = f"commission_app/{self.path}".removesuffix(".py").replace("/", ".")
        found: Any = importlib.import_module(module)
        for part in self.name.split("."):
            found = inspect.getattr_static(found, part)
        found = getattr(found, "fget", None) or getattr(found, "__func__", None) or found
        assert isinstance(found, FunctionType), self
        return found


def all_guards() -> list[Guard]:
    """Each function of each policy, and what policies stand on."""
    folder = ROOT / "commission_app"
    policies = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("policies.py"))
    policies = [path for path in policies if path not in SHOWN]
    found = [guard for path in policies for guard in _in_file(path) if "." not in guard.name]
    return found + [one for path, names in BENEATH.items() for one in _in_file(path) if one.name in names]


def _in_file(path: str) -> Iterator[Guard]:
    tree = ast.parse((ROOT / "commission_app" / path).read_text(encoding="utf-8"))
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            yield Guard(path, node.name, node)
        if isinstance(node, ast.ClassDef):
            methods = [one for one in node.body if isinstance(one, ast.FunctionDef)]
            yield from (Guard(path, f"{node.name}.{one.name}", one) for one in methods)
