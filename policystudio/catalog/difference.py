"""Compares the catalogue's operations with those of an SDK package; pure, and it changes nothing.

Only names, the version of the API and whether an SDK has the operation are compared: an SDK says nothing of resources,
condition keys or risk.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from policystudio.catalog.model import Action, Catalogue
from policystudio.catalog.sdk import Generation, SdkPackage
from policystudio.ram.patterns import fold


@dataclass(frozen=True, slots=True)
class Disagreement:
    """An operation that both know, and in what they differ."""

    operation: str
    reason: str


@dataclass(frozen=True, slots=True)
class Difference:
    """`missing`: the package has it and the catalogue does not; `gone`: the other way round."""

    missing: tuple[str, ...]
    gone: tuple[str, ...]
    differing: tuple[Disagreement, ...]

    def __bool__(self) -> bool:
        return bool(self.missing or self.gone or self.differing)


def difference(catalogue: Catalogue, package: SdkPackage) -> Difference:
    """Each list sorted by name.

    An action whose name is that of an operation says itself whether an SDK of the package's generation has it. An
    operation that only other actions stand for (`ReEncrypt` is `kms:ReEncryptFrom` and `kms:ReEncryptTo`) is expected
    in the current generation alone.
    """
    known = _operations(catalogue)
    by_fold = {fold(name): name for name in known}
    missing, differing = [], []
    for operation, version in package.operations.items():
        if operation not in known:
            other = by_fold.get(fold(operation))
            if other is None:
                missing.append(operation)
            else:
                differing.append(Disagreement(operation, f"the catalogue writes it {other}"))
            continue
        differing.extend(
            Disagreement(operation, why) for why in _reasons(catalogue, known, package, operation, version)
        )
    offered = {fold(operation) for operation in package.operations}
    gone = [
        name
        for name, actions in known.items()
        if fold(name) not in offered and _is_expected(catalogue, name, actions, package.generation)
    ]
    return Difference(
        tuple(sorted(missing)), tuple(sorted(gone)), tuple(sorted(differing, key=lambda d: d.operation))
    )


def _operations(catalogue: Catalogue) -> dict[str, list[Action]]:
    """Each operation of the catalogue with the actions that stand for it."""
    found: dict[str, list[Action]] = defaultdict(list)
    for action in catalogue.actions.values():
        for operation in action.api_operations:
            found[operation].append(action)
    return dict(found)


def _reasons(
    catalogue: Catalogue,
    known: dict[str, list[Action]],
    package: SdkPackage,
    operation: str,
    version: str | None,
) -> Iterator[str]:
    if version is not None and version != catalogue.api_version:
        yield f"it is of the API {version}, the catalogue of {catalogue.api_version}"
    own = _namesake(catalogue, operation, known[operation])
    if own is None:
        return
    if package.generation is Generation.CURRENT and not own.existence.in_current_sdk:
        yield "the catalogue says that the current SDK does not have it"
    if package.generation is Generation.CURRENT and own.status == "legacy":
        yield "the catalogue says that it is withdrawn"
    if package.generation is Generation.OLDER and not own.existence.in_older_sdk:
        yield "the catalogue says that the older SDK does not have it"


def _is_expected(catalogue: Catalogue, operation: str, actions: list[Action], generation: Generation) -> bool:
    own = _namesake(catalogue, operation, actions)
    if own is None:
        return generation is Generation.CURRENT
    return own.existence.in_current_sdk if generation is Generation.CURRENT else own.existence.in_older_sdk


def _namesake(catalogue: Catalogue, operation: str, actions: list[Action]) -> Action | None:
    """The action that is called like the operation."""
    return next((a for a in actions if a.name == f"{catalogue.service}:{operation}"), None)
