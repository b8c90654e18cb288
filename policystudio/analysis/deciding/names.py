"""Lists of actions and of resource names, compiled once to be asked about many requests.

Source: ram-language, sections 2 and 3: actions regardless of ASCII letter case, resource names field by field.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import NamedTuple

from policystudio.analysis.deciding.globs import Fits, any_glob, glob
from policystudio.analysis.request import WITHOUT_RESOURCE
from policystudio.ram.memory import remembered
from policystudio.ram.patterns import fold, has_wildcard
from policystudio.ram.resources import is_everything, split


class Named(NamedTuple):
    """The resource of a request, cut once; `fields` are service, region, account and name, None for the lone `*`."""

    text: str
    fields: tuple[str, str, str, str] | None


def named(resource: str) -> Named:
    """The resource of a request that has no faults. Raises: ValueError for another."""
    if resource == WITHOUT_RESOURCE:
        return Named(resource, None)
    _, service, region, account, name = resource.split(":", 4)
    return Named(resource, (service, region, account, name))


ResourceFits = Callable[[Named], bool]


def any_action(patterns: Iterable[str]) -> Fits:
    """Whether an action, already folded, fits one of the patterns."""
    return any_glob(map(fold, patterns))


def any_resource(patterns: Iterable[str]) -> ResourceFits:
    """Whether a resource fits one of the patterns; a pattern that is no resource name fits nothing."""
    whole: list[str] = []
    by_head: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for pattern in patterns:
        fields = split(pattern)
        if is_everything(pattern):
            return lambda resource: True
        if fields is None:
            continue
        head = fields[:3]
        # Without a wildcard before the name no star can cross a colon, so the text may be compared as a whole.
        if any(map(has_wildcard, head)):
            by_head[head].append(fields.relative_id)
        else:
            whole.append(pattern)
    of_text = any_glob(whole)
    heads = [(*map(glob, head), any_glob(names)) for head, names in by_head.items()]
    if not heads:
        return lambda resource: resource.fields is not None and of_text(resource.text)

    def fits(resource: Named) -> bool:
        fields = resource.fields
        if fields is None:
            return False
        if whole and of_text(resource.text):
            return True
        service, region, account, name = fields
        for of_service, of_region, of_account, of_name in heads:
            if of_service(service) and of_region(region) and of_account(account) and of_name(name):
                return True
        return False

    return fits


@remembered
def action_fits(pattern: str) -> Fits:
    """Whether an action, already folded, fits the pattern."""
    return glob(fold(pattern))


@remembered
def resource_fits(pattern: str) -> ResourceFits:
    """Whether a resource fits the pattern; one that is no resource name fits nothing."""
    return any_resource((pattern,))
