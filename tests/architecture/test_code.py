"""The shape of the code: who imports whom, how long, who commits, who looks at roles."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.sources import PACKAGE, ROOT, modules, name_of, templates, text_of, tree_of

MODULE_LINES = 300
FUNCTION_LINES = 40
VAGUE_NAMES = {"utils.py", "helpers.py", "manager.py", "managers.py", "common.py", "misc.py"}
EDGES = {"routes.py", "cli.py", "commands.py", "handlers.py", "notifications.py"}
EDGE_PLACES = {"core/db.py", "core/outbox.py", "realtime/watch.py"}
EDGE_FOLDERS = {"demo", "serve"}
MAY_NAME_ROLES = {"policies.py", "models.py"}
DOMAIN = {"services.py", "queries.py", "policies.py"}


def test_imports_only_look_down():
    program = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run([program, "--no-cache"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_a_module_is_about_one_subject():
    long = [name_of(path) for path in modules() if text_of(path).count("\n") > MODULE_LINES]
    assert not long, f"longer than {MODULE_LINES} lines: {long}"


def test_a_function_fits_on_one_screen():
    long = [
        f"{name_of(path)}:{function.name}"
        for path in modules()
        for function in functions(tree_of(path))
        if (function.end_lineno or 0) - function.lineno >= FUNCTION_LINES
    ]
    assert not long, f"longer than {FUNCTION_LINES} lines: {long}"


def test_a_module_is_named_after_its_subject():
    assert not [name_of(path) for path in modules() if path.name in VAGUE_NAMES]


def test_only_the_edges_commit():
    wrong = [name_of(path) for path in modules() if not is_edge(path) and commits(tree_of(path))]
    assert not wrong


def test_only_policies_and_models_look_at_roles():
    readers = [path for path in (*modules(), *templates()) if path.name not in MAY_NAME_ROLES]
    wrong = [name_of(path) for path in readers if re.search(r"\.role\b", text_of(path))]
    assert not wrong


def test_a_service_names_its_actor_first_and_says_its_rule():
    faults = [fault for path in services() for fault in service_faults(path)]
    assert not faults, "\n".join(faults)


def test_no_rule_is_swallowed():
    """A refusal is a DomainError that one place shows; a blind `except` in a route would hide it."""
    wrong = [
        f"{name_of(path)}:{node.lineno}"
        for path in modules()
        if path.name in {"routes.py", "services.py"}
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ExceptHandler) and is_blind(node)
    ]
    assert not wrong


def functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function of a module, methods and inner ones included."""
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def is_edge(path: Path) -> bool:
    """Whether a module stands at the border, where a transaction may end."""
    inside = path.relative_to(PACKAGE)
    return path.name in EDGES or inside.as_posix() in EDGE_PLACES or inside.parts[0] in EDGE_FOLDERS


def commits(tree: ast.Module) -> bool:
    """Whether a module ends a transaction."""
    calls = (node.func for node in ast.walk(tree) if isinstance(node, ast.Call))
    names = (getattr(function, "attr", getattr(function, "id", "")) for function in calls)
    return "commit" in names


def services() -> list[Path]:
    """The modules whose verbs people set in motion; the kernel knows no actor."""
    return [path for path in modules() if path.name == "services.py" and PACKAGE / "core" not in path.parents]


def service_faults(path: Path) -> Iterator[str]:
    """What is wrong with the public functions of a services module."""
    for node in tree_of(path).body:
        if not isinstance(node, ast.FunctionDef) or node.name.startswith(("_", "expect_")):
            continue  # an inner step, or the question whether the moment is right, has no actor
        where = f"{name_of(path)}:{node.name}"
        if not ast.get_docstring(node):
            yield f"{where} says no rule"
        first = node.args.args[0].arg if node.args.args else ""
        if first != "actor" and not acts_without_account(node):
            yield f"{where} takes {first or 'nothing'} first, not actor"


def acts_without_account(function: ast.FunctionDef) -> bool:
    """A verb of somebody who has no account (a link in a mail) or of the clock says so in its docstring."""
    return "without an account" in (ast.get_docstring(function) or "")


def is_blind(handler: ast.ExceptHandler) -> bool:
    """Whether a handler catches whatever comes."""
    return handler.type is None or (
        isinstance(handler.type, ast.Name) and handler.type.id.endswith("Exception")
    )
