"""What the core hands out is kept in caches and shared by requests, so nobody may change it."""

from __future__ import annotations

import dataclasses
import importlib
import inspect
import pkgutil
from collections.abc import Iterator

import pytest

from policystudio import catalog, ram, validation


def _classes() -> Iterator[type]:
    for package in (ram, catalog, validation):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            module = importlib.import_module(found.name)
            for _, member in inspect.getmembers(module, inspect.isclass):
                if member.__module__ == found.name and dataclasses.is_dataclass(member):
                    yield member


# A context lives for one question and works things out when asked; a crowd grows while one text is read.
GROWING = {"Context", "_Crowd"}
CLASSES = [pytest.param(each, id=f"{each.__module__}.{each.__name__}") for each in _classes()]


@pytest.mark.parametrize("of", CLASSES)
def test_a_value_of_the_core_cannot_be_changed(of):
    assert of.__dataclass_params__.frozen == (of.__name__ not in GROWING)
