"""Requests to derive a document from, and a universe around them that is small enough to ask about all of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from itertools import product

from hypothesis import strategies as st

from policystudio.analysis.comparing import Change
from policystudio.analysis.request import Request
from tests.analysis.comparing.generating import speaks_of
from tests.reference import decisions

ACCOUNT = "1234567890123456"
TAG, ADDRESS, FLAG = "kms:tag/Project", "acs:SourceIp", "acs:MFAPresent"


def on(name: str, region: str = "cn-hangzhou") -> str:
    return f"acs:kms:{region}:{ACCOUNT}:{name}"


KEYS = [on("key/k1"), on("key/k2"), on("key/k1", "cn-shanghai")]
SECRETS = [on("secret/prod/db-a"), on("secret/prod/db-b"), on("secret/prod/x")]
CONTEXT: dict[str, list[str | None]] = {
    TAG: [None, "Apollo", "10.0.0.0/24"],
    ADDRESS: [None, "10.0.0.1", "10.0.0.2", "10.9.0.1"],
    FLAG: [None, "true", "false"],
}
# What nobody asks for, so that a widening shows.
ACTIONS = [
    "kms:Decrypt",
    "kms:Encrypt",
    "kms:GetSecretValue",
    "kms:DescribeSecret",
    "kms:GetRandomPassword",
    "kms:X",
]
RESOURCES = [
    *KEYS,
    *SECRETS,
    on("key/other"),
    on("secret/prod/db-z"),
    on("key/k1", "eu-central-1"),
    on("key"),
    "*",
]
OTHERS = {TAG: "Zeus", ADDRESS: "10.0.0.9"}
CONTEXTS = [
    {key: value for key, value in zip(CONTEXT, values, strict=True) if value is not None}
    for values in product(*(dict.fromkeys((*values, OTHERS.get(key))) for key, values in CONTEXT.items()))
]
Cell = tuple[int, int, int]
"""A request of the universe: the places of its action, its resource and its context."""
UNIVERSE = {
    (a, r, c): Request(action, resource, context)
    for (a, action), (r, resource), (c, context) in product(
        enumerate(ACTIONS), enumerate(RESOURCES), enumerate(CONTEXTS)
    )
}

_contexts = st.fixed_dictionaries({key: st.sampled_from(values) for key, values in CONTEXT.items()}).map(
    lambda values: {key: value for key, value in values.items() if value is not None}
)
# Few values for each, so that what is asked often fits together.
_contexts_few = (
    st.sampled_from([{}, {}, {ADDRESS: "10.0.0.1"}, {ADDRESS: "10.0.0.2"}, {TAG: "Apollo"}]) | _contexts
)
requests = st.lists(
    st.builds(Request, st.sampled_from(["kms:Decrypt", "KMS:encrypt"]), st.sampled_from(KEYS), _contexts_few)
    | st.builds(
        Request,
        st.sampled_from(["kms:GetSecretValue", "kms:DescribeSecret"]),
        st.sampled_from(SECRETS),
        _contexts_few,
    )
    | st.builds(Request, st.just("kms:GetRandomPassword"), st.just("*"), _contexts_few),
    min_size=1,
    max_size=10,
)


def asks_for(asked: Request, request: Request) -> bool:
    """Whether a request is one that was asked for: the same, with whatever it carries beside."""
    return (
        asked.action.lower() == request.action.lower()
        and (asked.resource in ("*", request.resource))
        and all(request.context.get(key) == value for key, value in asked.context.items())
    )


def one_by_one(asked: Iterable[Request]) -> str:
    """A document with a statement for each request."""
    operators = {TAG: "StringEquals", ADDRESS: "IpAddress", FLAG: "Bool"}
    statements = []
    for each in asked:
        condition: dict[str, dict[str, str]] = {}
        for key, value in each.context.items():
            condition.setdefault(operators[key], {})[key] = value
        statements.append(
            {"Effect": "Allow", "Action": each.action, "Resource": each.resource, "Condition": condition}
        )
        if not condition:
            del statements[-1]["Condition"]
    return json.dumps({"Version": "1", "Statement": statements})


def allowed(texts: Sequence[str]) -> set[Cell]:
    """The requests that one of the documents allows, by the reference evaluator."""
    found: set[Cell] = set()
    for statement in (each for text in texts for each in json.loads(text)["Statement"]):
        actions = [a for a, each in enumerate(ACTIONS) if decisions._acts(statement, each)]
        resources = [r for r, each in enumerate(RESOURCES) if decisions._applies(statement, each)]
        contexts = [c for c, each in enumerate(CONTEXTS) if all(decisions._entries(statement, each, True))]
        found.update(product(actions, resources, contexts))
    return found


def said(lines: Iterable[Change]) -> set[Cell]:
    """The requests that the lines speak of."""
    return {
        cell
        for line in lines
        for cell, each in UNIVERSE.items()
        if speaks_of(line, each.action, each.resource, dict(each.context))
    }
