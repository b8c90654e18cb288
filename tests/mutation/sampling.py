"""Which mutants are worth a run: those that can change what the product does, and of these a seeded sample."""

from __future__ import annotations

import ast
import random
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from cosmic_ray.work_item import MutationSpec, WorkItem

from tests.mutation.swapping import mutated_source

Span = tuple[tuple[int, int], tuple[int, int]]

EQUIVALENT = re.compile(
    # Equal short texts, small numbers and members of an enumeration are one object in CPython.
    r"Comparison.*_(Eq_Is|NotEq_IsNot|Is_Eq|IsNot_NotEq)$"
)
# `slots` saves memory; `strict` asserts what the code around it has made sure of.
WITHOUT_EFFECT = {("dataclass", "slots"), ("zip", "strict")}
# The last two are the product's own memories: caches for short texts alone.
ONLY_SPEED = ("cache", "lru_cache", "cached_property", "wraps", "remembered", "_remembered")


def sampled(items: Iterable[WorkItem], size: int, seed: int) -> tuple[list[WorkItem], int]:
    """The sample in an order by chance, and how many mutants are worth a run."""
    worth = [item for item in items if _can_matter(item.mutations[0])]
    worth.sort(key=lambda item: _order(item.mutations[0]))
    return random.Random(seed).sample(worth, min(size, len(worth))), len(worth)


def _order(mutation: MutationSpec) -> tuple[str, str, int]:
    return str(mutation.module_path), mutation.operator_name, mutation.occurrence


def _can_matter(mutation: MutationSpec) -> bool:
    """False for what nobody could notice: types in annotations, caches, identity in place of equality, and the like."""
    if EQUIVALENT.search(mutation.operator_name):
        return False
    if mutation.operator_name == "core/ExceptionReplacer" and not _can_be_made(mutation):
        return False
    without_effect = _without_effect(Path(mutation.module_path))
    return not any(start <= mutation.start_pos < end for start, end in without_effect)


def _can_be_made(mutation: MutationSpec) -> bool:
    """False for exceptions that are named with their module: cosmic-ray stumbles over the dot."""
    try:
        mutated_source(mutation)
    except AttributeError:
        return False
    return True


@cache
def _without_effect(path: Path) -> tuple[Span, ...]:
    """Where annotations stand, which Python does not look at here, and decorators that only save time."""
    # One column more in front, as a decorator begins with its sign.
    return tuple(
        ((node.lineno, node.col_offset - 1), (node.end_lineno or node.lineno, node.end_col_offset or 0))
        for node in _idle_nodes(ast.parse(path.read_text(encoding="utf-8")))
    )


def _idle_nodes(tree: ast.AST) -> Iterator[ast.expr]:
    sizes = _sizes_of_caches(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.arg | ast.AnnAssign) and node.annotation is not None:
            yield node.annotation
        if isinstance(node, ast.FunctionDef):
            if node.returns is not None:
                yield node.returns
            for decorator in node.decorator_list:
                called = decorator.func if isinstance(decorator, ast.Call) else decorator
                if ast.unparse(called).rpartition(".")[2] in ONLY_SPEED:
                    yield decorator
        if isinstance(node, ast.Call):
            name = ast.unparse(node.func)
            yield from (each.value for each in node.keywords if (name, each.arg) in WITHOUT_EFFECT)
        if isinstance(node, ast.Assign) and (_is_alias_of_types(node) or _names_of(node) <= sizes):
            yield node.value


def _sizes_of_caches(tree: ast.AST) -> set[str]:
    """Names that are given as `maxsize` of a cache and not read elsewhere: more or less of it costs only time."""
    given = [
        k.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        for k in node.keywords
        if k.arg == "maxsize"
    ]
    reads = [n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)]
    names = [each.id for each in given if isinstance(each, ast.Name)]
    return {name for name in names if reads.count(name) == names.count(name)}


def _names_of(node: ast.Assign) -> set[str]:
    return {ast.unparse(target) for target in node.targets}


def _is_alias_of_types(node: ast.Assign) -> bool:
    """Such as `Json = JsonObject | JsonArray`: names in capital letters joined by bars."""
    names = [each.id for each in ast.walk(node.value) if isinstance(each, ast.Name)]
    return isinstance(node.value, ast.BinOp) and bool(names) and all(name[0].isupper() for name in names)
