"""Secrets, each with the key that encrypts it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import QueryDict

from policystudio.web.forms.kind import At, every, own
from policystudio.web.forms.kinds._rows import Rows


class SecretRows(Rows):
    """Name, key id, and a check box for "no own key", which wins over a key that was typed."""

    template = "components/parameters/secrets_with_keys.html"

    def read_row(self, data: QueryDict, name: str) -> dict[str, Any] | None:
        secret, key = data.get(f"{name}.name", "").strip(), data.get(f"{name}.key", "").strip()
        has_no_key = f"{name}.no_key" in data
        if not secret and not key:
            return None
        return {"name": secret, "key": None if has_no_key else key}

    def row(self, entry: dict[str, Any], problems: Sequence[At]) -> dict[str, Any]:
        return {
            "secret": entry.get("name", ""),
            "key": entry.get("key") or "",
            "has_no_key": bool(entry) and entry.get("key", "") is None,
            "name_errors": [*every([p for p in problems if p.path[:1] == ("name",)]), *own(problems)],
            "key_errors": every([p for p in problems if p.path[:1] == ("key",)]),
        }


KIND = SecretRows()
