"""Documents and requests that meet often: everything is drawn from a few letters, names and neighbouring values."""

from __future__ import annotations

from random import Random
from typing import Any

LETTERS = ("a", "b", "A", "é", "𝒜", "K")
SERVICES = ("kms", "a", "KMS", "ab")
NUMBERS = ("0", "-0", "1", "1.0", "1.50", "-2", "10", "9007199254740993", "9007199254740992.5")
BAD_NUMBERS = ("07.0", "+1", "1e3", "", "abc")
DATES = (
    *(
        "2026-01-01T00:00:00Z",
        "2026-01-01T08:00:00+08:00",
        "2025-12-31T23:59:59Z",
        "2026-01-01T00:00:00+00:00",
    ),
    *("2026-06-01T12:00:00-03:30", "2026-01-01T00:00:01Z"),
)
BAD_DATES = ("2026-01-01", "2026-01-01T00:00:00", "2026-02-30T00:00:00Z", "2026-01-01T00:00:00+15:00")
ADDRESSES = (
    *("10.0.0.1", "10.0.0.0", "10.0.0.255", "10.0.1.0", "9.255.255.255", "255.255.255.255", "0.0.0.0"),
    *("2001:db8::1", "2001:db8::", "::", "2001:DB8:0:0:0:0:0:1", "fe80::ffff"),
)
BLOCKS = (
    *("10.0.0.0/24", "10.0.0.7/24", "10.0.0.1/32", "0.0.0.0/0", "10.0.0.0/31", "2001:db8::/32"),
    *("2001:db8::5/126", "::/0", "10.0.0.1", "2001:db8::1"),
)
BAD_ADDRESSES = ("10.0.0", "10.0.0.0/33", "10.0.0.*", "::ffff:10.0.0.1", "010.0.0.1", "10.0.0.0/255.0.0.0")
BOOLEANS = ("true", "false", "True", "FALSE")
OPERATORS = {
    "text": (
        *("StringEquals", "StringNotEquals", "StringLike", "StringNotLike"),
        *("StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase"),
    ),
    "number": tuple(
        f"Numeric{order}"
        for order in ("Equals", "NotEquals", "LessThan", "LessThanEquals", "GreaterThan", "GreaterThanEquals")
    ),
    "date": tuple(
        f"Date{order}"
        for order in ("Equals", "NotEquals", "LessThan", "LessThanEquals", "GreaterThan", "GreaterThanEquals")
    ),
    "boolean": ("Bool",),
    "address": ("IpAddress", "NotIpAddress"),
}
READABLE: dict[str, tuple[str, ...]] = {
    "number": NUMBERS,
    "date": DATES,
    "boolean": BOOLEANS,
    "address": BLOCKS,
}
UNREADABLE: dict[str, tuple[str, ...]] = {
    "number": BAD_NUMBERS,
    "date": BAD_DATES,
    "boolean": ("yes", ""),
    "address": BAD_ADDRESSES,
}
SENT = {**READABLE, "address": ADDRESSES}
UNDOCUMENTED = (
    "ForAllValues:StringEquals",
    "ForAnyValue:StringLike",
    "StringEqualsIfExists",
    "Null",
    "stringequals",
)
KEYS = {kind: (f"t:{kind}/1", f"t:{kind}/2") for kind in OPERATORS}


def text(draw: Random, longest: int = 4, *, shortest: int = 0) -> str:
    """A text without wildcards."""
    return "".join(draw.choice(LETTERS) for _ in range(draw.randint(shortest, longest)))


def pattern(draw: Random, longest: int = 4) -> str:
    """A text of letters and wildcards, not empty."""
    return "".join(draw.choice((*LETTERS, "*", "*", "?")) for _ in range(draw.randint(1, longest)))


def action_pattern(draw: Random) -> str:
    if draw.random() < 0.15:
        return "*"
    service = draw.choice(SERVICES) if draw.random() < 0.8 else pattern(draw, 2)
    return f"{service}:{draw.choice((pattern, text))(draw) or 'a'}"


def resource_pattern(draw: Random) -> str:
    if draw.random() < 0.1:
        return "*"
    service = draw.choice(SERVICES) if draw.random() < 0.6 else draw.choice(("*", pattern(draw, 2)))
    region = draw.choice(("", "a", "b", "*", "?", "a*"))
    account = draw.choice(("", "1", "12", "*", "1?", "*2"))
    name = pattern(draw) if draw.random() < 0.7 else f"{pattern(draw, 2)}:{pattern(draw, 2)}"
    return f"acs:{service}:{region}:{account}:{name}"


def _condition(draw: Random) -> dict[str, Any]:
    block: dict[str, Any] = {}
    for _ in range(draw.choice((0, 0, 1, 1, 2, 3))):
        kind = draw.choice(tuple(OPERATORS))
        operator = draw.choice(OPERATORS[kind])
        if draw.random() < 0.04:
            operator = draw.choice(UNDOCUMENTED)
        count = draw.choice((0, 1, 1, 1, 2, 3)) if kind != "boolean" else draw.choice((1, 1, 1, 1, 2))
        values = [_value(draw, kind) for _ in range(count)]
        key = draw.choice(KEYS[kind])
        block.setdefault(operator, {})[key] = values[0] if count == 1 and draw.random() < 0.5 else values
    return block


def _value(draw: Random, kind: str) -> str:
    if kind == "text":
        return draw.choice((pattern, text))(draw, 3)
    return draw.choice(UNREADABLE[kind] if draw.random() < 0.03 else READABLE[kind])


def document(draw: Random) -> dict[str, Any]:
    """A document whose form RAM accepts, but for operators and values whose meaning is open."""
    statements = []
    for _ in range(draw.randint(1, 4)):
        statement: dict[str, Any] = {"Effect": draw.choice(("Allow", "Allow", "Deny"))}
        for name, made in (("Action", action_pattern), ("Resource", resource_pattern)):
            element = f"Not{name}" if draw.random() < 0.15 else name
            listed = [made(draw) for _ in range(draw.choice((1, 1, 2, 4)))]
            statement[element] = listed[0] if len(listed) == 1 and draw.random() < 0.5 else listed
        condition = _condition(draw)
        if condition:
            statement["Condition"] = condition
        statements.append(statement)
    return {"Version": "1", "Statement": statements}


def request(draw: Random, documents: list[Any]) -> tuple[str, str, dict[str, str]]:
    """Action, resource and context, mostly close to what one of the statements speaks of."""
    statement = draw.choice(draw.choice(documents)["Statement"])
    action = f"{draw.choice(SERVICES)}:{text(draw, shortest=1)}"
    region, account = draw.choice(("", "a", "ab")), draw.choice(("", "1", "12"))
    region, account = draw.choice(("", "a", "ab")), draw.choice(("", "1", "12"))
    resource = f"acs:{draw.choice(SERVICES)}:{region}:{account}:{text(draw, shortest=1)}"
    if draw.random() < 0.8:
        action = _filled(draw, _one(draw, statement, "Action"), action, ":")
    if draw.random() < 0.8:
        resource = _filled(draw, _one(draw, statement, "Resource"), resource, "acs:")
    if draw.random() < 0.05:
        resource = "*"
    context = {}
    for kind, keys in KEYS.items():
        for key in keys:
            if draw.random() < 0.6:
                context[key] = _sent(draw, kind)
    for keys_of in statement.get("Condition", {}).values():
        for key, values in keys_of.items():
            listed = values if isinstance(values, list) else [values]
            if listed and draw.random() < 0.4:
                context[key] = draw.choice(listed).replace("*", text(draw)).replace("?", draw.choice(LETTERS))
    return action, resource, context


def _sent(draw: Random, kind: str) -> str:
    if kind == "text":
        return text(draw, 3)
    return draw.choice(UNREADABLE[kind] if draw.random() < 0.05 else SENT[kind])


def _one(draw: Random, statement: dict[str, Any], name: str) -> str:
    value = statement.get(name, statement.get(f"Not{name}"))
    return str(draw.choice(value) if isinstance(value, list) else value)


def _filled(draw: Random, entry: str, otherwise: str, needs: str) -> str:
    """A text that fits the entry, or `otherwise` where it would be none that a request may carry."""
    if entry == "*":
        return otherwise
    made = "".join(
        text(draw, 2) if char == "*" else draw.choice(LETTERS) if char == "?" else char for char in entry
    )
    fields = made.split(":", 4)
    if needs == ":":
        is_fit = len(fields) == 2 and all(fields)
    else:
        is_fit = len(fields) == 5 and bool(fields[1]) and bool(fields[4])
    return made if is_fit else otherwise
