"""Short ways to a document and to what a repair leaves of it."""

from __future__ import annotations

import json
from typing import Any

from policystudio.ram.document import Document
from policystudio.validation.repairs import Repair
from tests.reading import document
from tests.validation.contexts import HERE

KEY, OTHER = f"{HERE}:key/a", f"{HERE}:key/b"


def after(repair: Repair, of: Document) -> Any:
    """The statements after a repair; None when it makes no edit."""
    fix = repair.fix(of)
    return None if fix is None else json.loads(fix.apply(of.source.text))["Statement"]


def written(*statements: Any, indent: int | None = None) -> Document:
    """A document of these statements."""
    return document(json.dumps({"Version": "1", "Statement": list(statements)}, indent=indent))
