"""Whether a column holds one of many numbers, sent as one value: as one parameter each they would be too many."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from django.db.models import BooleanField, F, Func

MOST_WRITTEN = 20_000


class IdIn(Func):
    """A condition for filters: `column` is one of `ids`."""

    output_field = BooleanField()

    def __init__(self, column: str | F, ids: Iterable[int], **extra: Any) -> None:
        super().__init__(F(column) if isinstance(column, str) else column, **extra)
        self.ids = sorted(map(int, ids))

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, tuple[str | int, ...]]:
        sql, parameters = compiler.compile(self.source_expressions[0])
        if len(self.ids) <= MOST_WRITTEN:
            # Written out, the planner sees how many there are. They are numbers, and the column's name is Django's.
            return f"{sql} IN ({', '.join(map(str, self.ids))})", tuple(parameters)
        return f"{sql} IN (SELECT value FROM json_each(%s))", (*parameters, json.dumps(self.ids))  # noqa: S608

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, list[Any]]:
        sql, parameters = compiler.compile(self.source_expressions[0])
        return f"{sql} = ANY(%s)", [*parameters, self.ids]
