"""Reads what a list is narrowed to from the address; a value that no filter has is left out, and told."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.http import HttpRequest


def filters_of(
    request: HttpRequest, known: Mapping[str, Collection[str]]
) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """The values by filter, empty for what is not set; then name and value of those that mean nothing here.

    `known`: filter → the values that it can have.
    """
    given = {name: request.GET.get(name, "") for name in known}
    ignored = [(name, value[:100]) for name, value in given.items() if value and value not in known[name]]
    wrong = {name for name, _value in ignored}
    return {name: "" if name in wrong else value for name, value in given.items()}, ignored
