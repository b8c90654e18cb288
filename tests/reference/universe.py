"""Requests worth asking about: those that tell two documents apart if any do, and the first that only one allows.

Derived from the documents' own patterns and conditions, the catalogue's actions and a few names that occur in practice.
A combination is left out only where every statement of both documents answers it like another one that is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from itertools import islice, product
from typing import Any, NamedTuple

from tests.reference import evaluator

FOREIGN_ACTIONS = (
    "oss:GetObject",
    "oss:PutObject",
    "ram:PassRole",
    "ram:CreatePolicyVersion",
    "kms:NotYetKnown",
)
SERVICES = ("kms", "oss", "ram", "ecs", "sts", "log")
FOREIGN_SERVICES = tuple(f"{service}:" for service in SERVICES[1:])
REGIONS = ("cn-hangzhou", "cn-shanghai", "eu-central-1", "")
ACCOUNTS = ("1234567890123456", "6543210987654321", "9999999999999999", "")
NAMES = (
    *(
        "key",
        "key/key-hzz1234567890abcdefgh",
        "key/a",
        "alias",
        "alias/app",
        "alias/acs/oss",
        "alias/alias/a",
    ),
    *("secret", "secret/app", "secret/ab", "secret/rds!db", "keystore/x", "certificate", "certificate/c"),
)
TYPICAL = {
    "acs:SourceIp": ("8.8.8.8", "1.1.1.1", "2001:4860::1"),
    "acs:VpcSourceIp": ("10.0.0.1", "8.8.8.8"),
    "acs:SourceVpc": ("vpc-1", "production"),
    "acs:MFAPresent": ("true", "false"),
    "acs:SecureTransport": ("true", "false"),
    "acs:CurrentTime": (
        "2026-01-01T00:00:00Z",
        "2026-11-24T00:00:00Z",
        "2027-03-01T00:00:00Z",
        "2031-01-01T00:00:00Z",
    ),
}
ALWAYS_SENT = ("acs:CurrentTime",)
MOST_CONTEXTS = 400


class Request(NamedTuple):
    action: str
    resource: str
    context: dict[str, str]


class World(NamedTuple):
    """What there is of the service: actions, condition keys with `${…}` for a name, regions, words of types."""

    actions: tuple[str, ...]
    keys: tuple[str, ...]
    regions: tuple[str, ...]
    words: tuple[str, ...]
    now: datetime
    """No request is made before."""

    def sends(self, key: str) -> bool:
        """Whether some request carries the key; letter case counts, and of other services everything may be."""
        if key.partition(":")[0] not in ("acs", "kms", *evaluator.OTHER_CLOUDS):
            return True
        return any(
            key == known or ("$" in known and key.startswith(known.partition("$")[0])) for known in self.keys
        )

    def holds(self, resource: str) -> bool:
        """Whether a request may name the resource; of other services every name and account may be."""
        service, region, account, name = resource.split(":", 4)[1:]
        if service not in SERVICES or region not in ("", *self.regions):
            return False
        word, slash, rest = name.partition("/")
        is_name = word in self.words and bool(slash) == bool(rest) and not name.startswith("alias/alias/")
        return service != "kms" or (is_name and re.fullmatch("([0-9]{16})?", account) is not None)


def newly_allowed(before: Any, after: Any, world: World) -> Request | None:
    """A request that `after` may allow and `before` certainly does not; None when no request asked is one."""
    both = (before, after)
    asked_actions = {*world.actions, *FOREIGN_ACTIONS, *_own_actions(both)}
    old, new = evaluator.statements_of(before), evaluator.statements_of(after)
    by_action = _classes(sorted(asked_actions), evaluator.acts, old, new)
    by_resource = _classes(sorted(filter(world.holds, _resources(both))), evaluator.applies, old, new)
    by_context = _classes(_contexts(both, world), evaluator.holds, old, new)
    for (action, acting), (resource, applying), (context, holding) in product(
        by_action, by_resource, by_context
    ):
        matching = zip(acting, applying, holding, strict=True)
        answers = [evaluator.both(evaluator.both(act, apply), hold) for act, apply, hold in matching]
        was = evaluator.combined(zip(map(_effect, old), answers[: len(old)], strict=True))
        now = evaluator.combined(zip(map(_effect, new), answers[len(old) :], strict=True))
        if evaluator.ALLOW in now and evaluator.ALLOW not in was:
            return Request(action, resource, context)
    return None


def filled(document: Any, account: str, region: str) -> Any:
    """The document with both placeholders replaced in resources and in the values of conditions."""

    def fill(value: Any) -> Any:
        if isinstance(value, str):
            for name, text in (("region", region), ("account", account)):
                value = value.replace("${" + name + "}", text).replace(f"$<{name}>", text)
            return value
        if isinstance(value, list):
            return [fill(item) for item in value]
        return {name: fill(inner) for name, inner in value.items()} if isinstance(value, dict) else value

    replaced = ("Resource", "NotResource", "Condition")
    statements = [
        {name: fill(value) if name in replaced else value for name, value in statement.items()}
        for statement in evaluator.statements_of(document)
    ]
    return {**document, "Statement": statements}


def _effect(statement: Mapping[str, Any]) -> Any:
    return statement.get("Effect")


def _classes(
    things: Iterable[Any], ask: Any, old: list[Any], new: list[Any]
) -> list[tuple[Any, tuple[Any, ...]]]:
    """One of all things that every statement answers alike, with the answers."""
    found: dict[tuple[Any, ...], Any] = {}
    for thing in things:
        found.setdefault(tuple(ask(statement, thing) for statement in [*old, *new]), thing)
    return [(thing, answers) for answers, thing in found.items()]


def _own_actions(documents: Iterable[Any]) -> Iterator[str]:
    for document in documents:
        for statement in evaluator.statements_of(document):
            for element in ("Action", "NotAction"):
                for entry in evaluator.listed_of(statement.get(element, [])):
                    # Of KMS the catalogue lists what there is, and a mistyped service is none.
                    if isinstance(entry, str) and evaluator.low(entry).startswith(FOREIGN_SERVICES):
                        yield from _instances(entry)


def _resources(documents: Iterable[Any]) -> set[str]:
    """Typical names, and those that fit the documents' patterns, each also beside a typical region and account."""
    asked = {
        ":".join(("acs", "kms", region, account, name))
        for region, account, name in product(REGIONS, ACCOUNTS, NAMES)
    }
    for document in documents:
        for statement in evaluator.statements_of(document):
            for element in ("Resource", "NotResource"):
                for entry in evaluator.listed_of(statement.get(element, [])):
                    fields = entry.split(":", 4) if isinstance(entry, str) else []
                    if len(fields) == 5:
                        asked |= set(_like(fields))
    return asked


def _like(fields: list[str]) -> Iterator[str]:
    services, regions, accounts, names = map(_instances, fields[1:])
    for service, region, account, name in product(
        services, [*regions, *REGIONS[:2]], [*accounts, *ACCOUNTS[:2]], [*names, *NAMES[:3]]
    ):
        yield f"acs:{service}:{region}:{account}:{name}"


def _instances(pattern: str) -> list[str]:
    """A few texts that fit a pattern, and the pattern as it stands."""
    return list(dict.fromkeys(pattern.replace("?", "x").replace("*", star) for star in ("", "x", "*")))


def _contexts(documents: Iterable[Any], world: World) -> list[dict[str, str]]:
    """The values that satisfy and miss each condition, and the key left out, in every combination or many of them."""
    values: dict[str, dict[str | None, None]] = {}
    for document in documents:
        for statement in evaluator.statements_of(document):
            block = statement.get("Condition", {})
            for keys in block.values() if isinstance(block, dict) else ():
                for key, listed in keys.items() if isinstance(keys, dict) else ():
                    tried = values.setdefault(key, {} if key in ALWAYS_SENT else {None: None})
                    if world.sends(key):
                        texts = [text for text in evaluator.listed_of(listed) if isinstance(text, str)]
                        near = [found for text in texts for found in _near(text) if _is_sent(key, found)]
                        sent = (*TYPICAL.get(key, ("other",)), *near)
                        tried.update(
                            dict.fromkeys(text for text in sent if not _is_past(key, text, world.now))
                        )
    for key in TYPICAL:
        values.setdefault(key, {None: None})
    keys = sorted(values, key=lambda key: len(values[key]))
    combinations = islice(product(*(values[key] for key in keys)), MOST_CONTEXTS)
    usual = tuple(next(iter(values[key])) for key in keys)
    singles = ((*usual[:at], value, *usual[at + 1 :]) for at, key in enumerate(keys) for value in values[key])
    asked = dict.fromkeys((*combinations, *singles))
    return [{key: value for key, value in zip(keys, one, strict=True) if value is not None} for one in asked]


def _is_past(key: str, text: str, now: datetime) -> bool:
    moment = evaluator.moment(text) if key == "acs:CurrentTime" else None
    return moment is not None and moment < now


def _is_sent(key: str, text: str) -> bool:
    """Whether a service would send `text` for the key: of typed keys only what has the type."""
    if key in ("acs:SourceIp", "acs:VpcSourceIp"):
        found = None if "/" in text else evaluator.network(text)
        # Source: the catalogue: `acs:SourceIp` is the caller's public address.
        return found is not None and (key != "acs:SourceIp" or found[0].is_global)
    if key == "acs:CurrentTime":
        return evaluator.moment(text) is not None
    return key not in ("acs:MFAPresent", "acs:SecureTransport") or text in ("true", "false")


def _near(value: str) -> Iterator[str]:
    """What satisfies a comparison with `value`, and what just misses it."""
    yield from _instances(value)
    yield evaluator.low(value)
    number, moment, network = evaluator.number(value), evaluator.moment(value), evaluator.network(value)
    if number is not None:
        yield from (str(number - 1), str(number + 1))
    if moment is not None and 1 < moment.year < 9999:
        yield from ((moment + timedelta(seconds=step)).isoformat() for step in (-1, 1))
    if network is not None:
        yield from (str(network[0]), str(network[-1]))
        if int(network[-1]) + 1 < 2**network.max_prefixlen:
            yield str(network[-1] + 1)
