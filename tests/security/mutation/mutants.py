"""What each guard becomes when a part of it is taken away."""

import ast
import copy
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from types import CodeType
from typing import Any

from commission_app.core.prepared import Prepared
from tests.security.mutation.guards import Guard, all_guards

TRUE, FALSE = ast.Constant(True), ast.Constant(False)
SQL_TRUE = ast.parse("__import__('sqlalchemy').true()", mode="eval").body
ANY_ROLE = "any(map({who}.holds_everywhere, type({role})))"
Change = tuple[ast.expr, str]
PLANNED = "nobody is in no territory: said for the planner of the database, not for the right"
NO_OTHER = "no other role stands there: the tables refuse it"
TYPED = "for the type checker: nobody holds a role on no territory"
ACTS = "sessions/policies:acts_everywhere"
#: Mutants that no question can tell from their guard, and why.
EQUIVALENT = {
    "dossiers/policies:is_seen · « if written » always": PLANNED,
    "dossiers/policies:is_seen · « if coordinated » always": PLANNED,
    "sessions/policies:_is_shared_by · « if not territory_ids » never": PLANNED,
    "followup/policies:reads_whole · any role in « actor.territory_ids(*READERS) »": NO_OTHER,
    "followup/policies:_readable · any role in « actor.territory_ids(*READERS) »": NO_OTHER,
    "followup/remontees/policies:visible_remontees · any role in « actor.territory_ids(*READERS) »": NO_OTHER,
    "library/situations/policies:visible_models · any role in « actor.territory_ids(*READERS) »": NO_OTHER,
    "library/documents/policies:visible_documents · any role in « actor.territory_ids(*READERS) »": NO_OTHER,
    "offers/policies:visible_offers · any role in « actor.territory_ids(*READERS) »": NO_OTHER,
    f"{ACTS} · any role in « actor.holds_everywhere(Role.PILOT) »": NO_OTHER,
    f"{ACTS} · any role in « actor.holds_everywhere(Role.ADMINISTRATOR) »": NO_OTHER,
    "library/policies:can_publish_document · without « territory_id is not None »": TYPED,
}


@dataclass(frozen=True)
class Mutant:
    """A guard without a part of itself."""

    guard: Guard
    what: str
    code: CodeType

    def __str__(self) -> str:
        return f"{self.guard} · {self.what}"


@cache
def all_mutants() -> list[Mutant]:
    """Those of every guard that something can tell from it."""
    found = [mutant for guard in all_guards() for mutant in mutants_of(guard)]
    unknown = EQUIVALENT.keys() - set(map(str, found))
    assert not unknown, unknown
    return [mutant for mutant in found if str(mutant) not in EQUIVALENT]


def mutants_of(guard: Guard) -> Iterator[Mutant]:
    """Every way to weaken a guard, or to take one of its reasons away; no two with the same text."""
    known, names = {ast.unparse(guard.tree)}, Counter[str]()
    for node, (new, what) in _changes(guard):
        tree = _with(guard.tree, node, new)
        if ast.unparse(tree) in known:
            continue
        known.add(ast.unparse(tree))
        names[what] += 1
        number = f" ({names[what]})" if names[what] > 1 else ""
        yield Mutant(guard, what + number, _code(tree, guard))


@contextmanager
def applied(mutant: Mutant) -> Iterator[None]:
    """The mutant stands in the place of its guard, for everybody who imported it; statements that are built
    once are built anew each time, and none of them is kept."""
    function, once = mutant.guard.function, Prepared.__call__
    true_one = function.__code__
    function.__code__ = mutant.code
    Prepared.__call__ = lambda self, **values: once(Prepared(self._build), **values)  # type: ignore[method-assign]
    try:
        yield
    finally:
        function.__code__ = true_one
        Prepared.__call__ = once  # type: ignore[method-assign]


def _changes(guard: Guard) -> Iterator[tuple[ast.expr, Change]]:
    is_answer = guard.tree.returns is not None and ast.unparse(guard.tree.returns) == "bool"
    for statement in (node for part in guard.tree.body for node in ast.walk(part)):
        if isinstance(statement, ast.Return) and statement.value and is_answer:
            yield statement.value, (TRUE, f"« {ast.unparse(statement)} » says yes")
        if isinstance(statement, ast.If | ast.IfExp):
            asked = ast.unparse(statement.test)
            yield statement.test, (TRUE, f"« if {asked} » always")
            yield statement.test, (FALSE, f"« if {asked} » never")
        if isinstance(statement, ast.expr):
            yield from ((statement, change) for change in _instead_of(statement))


def _instead_of(node: ast.expr) -> Iterator[Change]:
    match node:
        case ast.BoolOp():
            yield from _without_each(node, node.values, "values")
            if isinstance(node.op, ast.Or):
                yield TRUE, f"« {ast.unparse(node)} » says yes"
        case ast.BinOp(left=left, op=ast.BitOr() | ast.BitAnd(), right=right):
            yield right, f"without « {ast.unparse(left)} »"
            yield left, f"without « {ast.unparse(right)} »"
        case ast.Call(func=ast.Name(id="or_")):
            yield from _without_each(node, node.args, "args")
            yield SQL_TRUE, f"« {ast.unparse(node)} » says yes"
        case ast.Call(func=ast.Name(id="and_") | ast.Attribute(attr="where")):
            yield from _without_each(node, node.args, "args")
        case ast.Call(func=ast.Attribute(attr="territory_ids" | "held_today"), args=[_, *_]):
            yield _copy(node, args=[]), f"any role in « {ast.unparse(node)} »"
        case ast.Call(func=ast.Attribute(value=who, attr="holds"), args=[role, place]):
            here, actor = ast.unparse(place), ast.unparse(who)
            yield _expression(f"{here} in {actor}.territory_ids()"), f"any role in « {ast.unparse(node)} »"
            anywhere = _expression(f"bool({actor}.territory_ids({ast.unparse(role)}))")
            yield anywhere, f"any place in « {ast.unparse(node)} »"
        case ast.Call(func=ast.Attribute(value=who, attr="holds_everywhere"), args=[ast.Attribute() as role]):
            wide = ANY_ROLE.format(who=ast.unparse(who), role=ast.unparse(role))
            yield _expression(wide), f"any role in « {ast.unparse(node)} »"
        case ast.Dict(values=values):
            for place, value in enumerate(values):
                if isinstance(value, ast.Call) and ast.unparse(value.func).startswith(("is_", "can_")):
                    made = [*values[:place], TRUE, *values[place + 1 :]]
                    yield _copy(node, values=made), f"« {ast.unparse(value)} » says yes"
        case ast.SetComp() | ast.GeneratorExp() | ast.ListComp():
            for one in node.generators[0].ifs:
                rest = [other for other in node.generators[0].ifs if other is not one]
                first = ast.comprehension(**{**vars(node.generators[0]), "ifs": rest})
                yield _copy(node, generators=[first]), f"without « if {ast.unparse(one)} »"


def _without_each(node: ast.expr, parts: list[ast.expr], field: str) -> Iterator[Change]:
    for part in parts:
        rest: list[ast.expr] = [other for other in parts if other is not part]
        if rest:
            left = rest[0] if field == "values" and len(rest) == 1 else _copy(node, **{field: rest})
        else:
            left = node.func.value if isinstance(node.func, ast.Attribute) else node
        yield left, f"without « {ast.unparse(part)} »"


def _copy(node: Any, **fields: Any) -> Any:
    return type(node)(**{**{name: getattr(node, name) for name in node._fields}, **fields})


def _expression(text: str) -> ast.expr:
    return ast.parse(text, mode="eval").body


class _Exchange(ast.NodeTransformer):
    def __init__(self, old: ast.AST, new: ast.AST) -> None:
        self.old, self.new = old, new

    def visit(self, node: ast.AST) -> Any:
        return copy.deepcopy(self.new) if node is self.old else self.generic_visit(node)


def _with(tree: ast.FunctionDef, old: ast.expr, new: ast.expr) -> ast.FunctionDef:
    known: dict[int, Any] = {}
    made = copy.deepcopy(tree, known)
    changed: ast.FunctionDef = _Exchange(known[id(old)], new).visit(made)
    changed.decorator_list = []
    return ast.fix_missing_locations(changed)


def _code(tree: ast.FunctionDef, guard: Guard) -> CodeType:
    names = dict(vars(sys.modules[guard.function.__module__]))
    exec(compile(ast.Module([tree], []), guard.path, "exec"), names)
    code: CodeType = names[tree.name].__code__
    return code
