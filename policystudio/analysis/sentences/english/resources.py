"""Resources in words: what they are, in which region, of which account; equal places are said once."""

from __future__ import annotations

from collections.abc import Sequence

from policystudio.analysis.sentences.english.words import listed, quoted
from policystudio.ram.patterns import has_wildcard, normal
from policystudio.ram.resources import Resource, is_everything, split

# Type in the relative id → one, and the name of its identifier.
_OBJECTS = {
    "key": ("key", "id"),
    "alias": ("alias", "name"),
    "secret": ("secret", "name"),
    "certificate": ("certificate", "id"),
    "keystore": ("KMS instance", "id"),
    "network": ("network rule", "name"),
    "policy": ("access policy", "name"),
    "applicationaccesspoint": ("application access point", "name"),
}
_CONTAINERS = {
    "key": "the collection of keys",
    "alias": "the collection of aliases",
    "secret": "the collection of secrets",
    "certificate": "the collection of certificates",
}
_REGION = "${region}"
_ACCOUNT = "${account}"


def resources_in_words(texts: Sequence[str]) -> str:
    """The resources joined by "and", those of one region and account together, in the given order."""
    groups: dict[tuple[str, str, str], list[str]] = {}
    others: list[str] = []
    for text in dict.fromkeys(texts):
        fields = split(text)
        if is_everything(text):
            others.append("every resource of every service")
        elif fields is None:
            others.append(f"whatever {quoted(text)} stands for")
        else:
            groups.setdefault(fields[:3], []).append(_thing(fields))
    phrases = [f"{listed(things)} {_place(*place)}" for place, things in groups.items()]
    # Commas join the things of one place, so several places need a stronger mark.
    return "; and on ".join([*phrases, *others])


def _thing(resource: Resource) -> str:
    relative_id = resource.relative_id
    if resource.service != "kms":
        return _of_another_service(resource)
    if normal(relative_id) == "*":
        return "every KMS resource"
    kind, slash, rest = relative_id.partition("/")
    if not slash:
        return _CONTAINERS.get(kind) or f"whatever fits {quoted(relative_id)}"
    if kind not in _OBJECTS:
        return (
            f"whatever fits {quoted(relative_id)}"
            if has_wildcard(relative_id)
            else f"the resource {quoted(relative_id)}"
        )
    word, identifier = _OBJECTS[kind]
    if not has_wildcard(rest):
        return f"the {word} {quoted(rest)}"
    if normal(rest) == "*":
        return f"every {word}"
    if rest.endswith("*") and not has_wildcard(rest[:-1]):
        return f"every {word} whose {identifier} begins with {quoted(rest[:-1])}"
    return f"every {word} whose {identifier} fits {quoted(rest)}"


def _of_another_service(resource: Resource) -> str:
    if normal(resource.service) == "*":
        service = "of any service"
    elif has_wildcard(resource.service):
        service = f"of every service that fits {quoted(resource.service)}"
    else:
        service = f"of the service {quoted(resource.service)}"
    if normal(resource.relative_id) == "*":
        return f"every resource {service}"
    fits = "whatever fits" if has_wildcard(resource.relative_id) else "the resource"
    return f"{fits} {quoted(resource.relative_id)} {service}"


def _place(_service: str, region: str, account: str) -> str:
    if (region, account) == (_REGION, _ACCOUNT):
        return "in the target's region and account"
    return f"{_region(region)} {_account(account)}"


def _region(region: str) -> str:
    if region == _REGION:
        return "in the target's region"
    if normal(region) == "*":
        return "in every region"
    if not region:
        return "with no region"
    return (
        f"in every region that fits {quoted(region)}"
        if has_wildcard(region)
        else f"in region {quoted(region)}"
    )


def _account(account: str) -> str:
    if account == _ACCOUNT:
        return "of the target's account"
    if normal(account) == "*":
        return "of any account"
    if not account:
        return "with no account"
    return (
        f"of every account that fits {quoted(account)}"
        if has_wildcard(account)
        else f"of account {quoted(account)}"
    )
