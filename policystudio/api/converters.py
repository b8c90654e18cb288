"""The parts of an address: only what an id or a name can be; anything else is no address of ours, so a 404."""

from __future__ import annotations

from typing import Any

from django.urls import register_converter


class Part:
    """A part of a path, kept as text."""

    regex = "[a-z0-9-]{1,64}"
    schema: dict[str, Any] = {"type": "string", "pattern": f"^{regex}$"}

    def to_python(self, value: str) -> Any:
        return value

    def to_url(self, value: Any) -> str:
        return str(value)


class Slug(Part):
    """The name of a builder or a rule."""


class Id(Part):
    """A positive number that fits every database's big integer."""

    regex = "[1-9][0-9]{0,17}"
    schema = {"type": "integer", "minimum": 1, "maximum": 10**18 - 1}

    def to_python(self, value: str) -> int:
        return int(value)


class AccountNumber(Part):
    """Alibaba Cloud's number of an account; leading zeros count."""

    regex = "[0-9]{1,20}"
    schema = {"type": "string", "pattern": f"^{regex}$", "example": "1234567890123456"}


class PolicyName(Part):
    """The name of a policy as RAM allows it."""

    regex = "[A-Za-z0-9-]{1,128}"
    schema = {"type": "string", "pattern": f"^{regex}$"}


CONVERTERS: dict[str, type[Part]] = {
    "slug_": Slug,
    "id_": Id,
    "account": AccountNumber,
    "policy_name": PolicyName,
}


def register() -> None:
    """Make them known to Django; called once, by `endpoints/__init__.py`."""
    for name, converter in CONVERTERS.items():
        register_converter(converter, name)
