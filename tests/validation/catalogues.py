"""Catalogues that were never compiled: one without facts, and one in which every fact is only inferred."""

from dataclasses import replace

from policystudio.catalog import load
from policystudio.catalog.model import INFERRED


def without_facts():
    """The catalogue with its name and date, and nothing in it."""
    return replace(
        load(), actions={}, resource_types={}, condition_keys={}, regions={}, operators={}, general={}
    )


def all_inferred():
    """The catalogue with every fact marked as inferred."""
    known = load()
    return replace(
        known,
        actions={name: _action(action) for name, action in known.actions.items()},
        resource_types={
            key: replace(
                kind, confidence=INFERRED, identifier=replace(kind.identifier, regex_confidence=INFERRED)
            )
            for key, kind in known.resource_types.items()
        },
        condition_keys={
            name: replace(key, confidence=INFERRED, actions_confidence=INFERRED)
            for name, key in known.condition_keys.items()
        },
        regions={
            name: replace(region, confidence=INFERRED, name_confidence=INFERRED)
            for name, region in known.regions.items()
        },
    )


def _action(action):
    return replace(
        action,
        existence=replace(action.existence, confidence=INFERRED),
        access_level_confidence=INFERRED,
        resource_types_confidence=INFERRED,
        dependent_actions=tuple(replace(need, confidence=INFERRED) for need in action.dependent_actions),
    )
