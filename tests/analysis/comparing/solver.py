"""The same question put to a solver: texts as regular languages, addresses as bit vectors, numbers as reals.

Shares no code with the product. Documents must be free of entries without meaning. Used in tests and benches only.
"""

from __future__ import annotations

from functools import reduce
from typing import Any

import z3

from tests.reference import evaluator

_ANY = z3.AllChar(z3.ReSort(z3.StringSort()))
_ANY_TEXT = z3.Star(_ANY)
_NO_COLON = z3.Intersect(_ANY, z3.Complement(z3.Re(":")))
_NO_CAPITAL = z3.Complement(z3.Concat(_ANY_TEXT, z3.Range("A", "Z"), _ANY_TEXT))


class Question:
    """A request with unknown parts."""

    def __init__(self) -> None:
        self.action = z3.String("action")
        self.is_star = z3.Bool("is_star")
        self.fields = [z3.String(name) for name in ("code", "region", "account", "rest")]
        self.keys: dict[str, dict[str | int, Any]] = {}
        self.domain = [
            z3.InRe(self.action, z3.Concat(z3.Plus(_NO_COLON), z3.Re(":"), z3.Plus(_NO_COLON))),
            z3.InRe(self.action, _NO_CAPITAL),
            z3.InRe(self.fields[0], z3.Plus(_NO_COLON)),
            *(z3.InRe(field, z3.Star(_NO_COLON)) for field in self.fields[1:3]),
            self.fields[3] != "",
        ]

    def key(self, key: str) -> dict[str | int, Any]:
        """The unknowns of a key: whether it is sent, and its value in every family."""
        if key not in self.keys:
            self.keys[key] = {
                "sent": z3.Bool(f"sent {key}"),
                "text": z3.String(f"text {key}"),
                "real": z3.Real(f"real {key}"),
                "flag": z3.Bool(f"flag {key}"),
                "is_6": z3.Bool(f"is_6 {key}"),
                4: z3.BitVec(f"v4 {key}", 32),
                6: z3.BitVec(f"v6 {key}", 128),
            }
        return self.keys[key]


def grants(before: list[Any], after: list[Any], milliseconds: int = 10_000) -> str:
    """Whether `after` allows what `before` does not: `yes`, `no` or `unknown`."""
    question = Question()
    solver = z3.Solver()
    solver.set("timeout", milliseconds)
    was, now = _allowed(question, before), _allowed(question, after)
    solver.add(*question.domain, now, z3.Not(was))
    return {"sat": "yes", "unsat": "no"}.get(str(solver.check()), "unknown")


def _allowed(question: Question, documents: list[Any]) -> Any:
    statements = [each for document in documents for each in document["Statement"]]
    matched: dict[str, list[Any]] = {"Allow": [], "Deny": []}
    for each in statements:
        matched[each["Effect"]].append(_matches(question, each))
    return z3.And(z3.Or(*matched["Allow"], False), z3.Not(z3.Or(*matched["Deny"], False)))


def _matches(question: Question, statement: Any) -> Any:
    is_out = "NotAction" in statement
    listed = evaluator.listed_of(statement["NotAction" if is_out else "Action"])
    acts = z3.Or(*(z3.InRe(question.action, language(evaluator.low(each))) for each in listed), False)
    is_without = "NotResource" in statement
    resources = evaluator.listed_of(statement["NotResource" if is_without else "Resource"])
    reaches = z3.Or(*(_reaches(question, each) for each in resources), False)
    holding = [
        _holds(question.key(key), operator, evaluator.listed_of(values))
        for operator, keys in statement.get("Condition", {}).items()
        for key, values in keys.items()
    ]
    return z3.And(z3.Not(acts) if is_out else acts, z3.Not(reaches) if is_without else reaches, *holding)


def _reaches(question: Question, pattern: str) -> Any:
    if pattern == "*":
        return z3.BoolVal(True)
    fields = pattern.split(":", 4)[1:]
    fitting = [
        z3.InRe(unknown, language(field)) for unknown, field in zip(question.fields, fields, strict=True)
    ]
    return z3.And(z3.Not(question.is_star), *fitting)


def language(pattern: str) -> Any:
    """The regular language of a pattern."""
    parts = [_ANY_TEXT if char == "*" else _ANY if char == "?" else z3.Re(char) for char in pattern]
    return reduce(z3.Concat, parts, z3.Re(""))


def _caseless(text: str) -> Any:
    parts = [
        z3.Union(z3.Re(char), z3.Re(char.upper())) if "a" <= char <= "z" else z3.Re(char)
        for char in evaluator.low(text)
    ]
    return reduce(z3.Concat, parts, z3.Re(""))


def _holds(key: dict[str | int, Any], operator: str, values: list[str]) -> Any:
    fits = z3.Or(*(_fits(key, operator.replace("Not", "", 1), value) for value in values), False)
    if "Not" in operator:
        return z3.Or(z3.Not(key["sent"]), z3.Not(fits))
    return z3.And(key["sent"], fits)


def _fits(key: dict[str | int, Any], operator: str, value: str) -> Any:
    if operator == "StringEquals":
        return key["text"] == z3.StringVal(value)
    if operator == "StringLike":
        return z3.InRe(key["text"], language(value))
    if operator == "StringEqualsIgnoreCase":
        return z3.InRe(key["text"], _caseless(value))
    if operator == "Bool":
        return key["flag"] == bool(evaluator.boolean(value))
    if operator == "IpAddress":
        network = evaluator.network(value)
        mine = key[network.version]
        first, last = int(network[0]), int(network[-1])
        inside = z3.And(z3.ULE(first, mine), z3.ULE(mine, last)) if first != last else mine == first
        return z3.And(key["is_6"] == (network.version == 6), inside)
    if operator.startswith("Numeric"):
        wanted = z3.RealVal(str(evaluator.number(value)))
    else:
        moment = evaluator.moment(value)
        assert moment is not None
        wanted = z3.RealVal(int(moment.timestamp()))
    given = key["real"]
    return {
        "Equals": given == wanted,
        "LessThan": given < wanted,
        "LessThanEquals": given <= wanted,
        "GreaterThan": given > wanted,
        "GreaterThanEquals": given >= wanted,
    }[operator.removeprefix("Numeric").removeprefix("Date")]
