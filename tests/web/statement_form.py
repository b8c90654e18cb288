"""The statement editor's form as a browser without script sends it, for the tests of its pages."""

from __future__ import annotations

import json
from typing import Any

from django.test import Client

from policystudio.ram.canonical import text_of

NEW = "/policies/new/custom/"
CHANGE = f"{NEW}change/"
EMPTY = {"Effect": "Allow", "Action": [], "Resource": []}
ALLOW = {
    "Effect": "Allow",
    "Action": ["kms:Decrypt"],
    "Resource": ["acs:kms:${region}:${account}:key/*"],
    "Condition": {"IpAddress": {"acs:SourceIp": ["192.0.2.0/24"]}},
}
DENY = {"Effect": "Deny", "NotAction": "kms:List*", "Resource": "*", "Note": {"a": 1}}


def document(*statements: Any) -> str:
    return text_of({"Version": "1", "Statement": list(statements)})


class Editor:
    """The form as a browser without script sends it: the fields that the last answer held, and those that are typed."""

    def __init__(self, client: Client, source: str) -> None:
        self.client = client
        self.fields: dict[str, Any] = {"source": source, "action": "check"}
        self.page: Any = None
        self.send()

    def send(self, address: str = NEW, **fields: Any) -> Any:
        given = {name.replace("__", "."): value for name, value in fields.items()}
        self.page = self.client.post(address, {**self.fields, **given})
        if "desk" in (self.page.context or {}):
            desk = self.page.context["desk"]
            self.fields = {
                "source": desk.source,
                "readable": desk.readable,
                "open": sorted(desk.open),
                "picking": "" if desk.picking is None else desk.picking,
                "history": self.page.context["history"],
                **{f"s{index}.{rest}": values for (index, rest), values in desk.typed.fields.items()},
            }
        return self.page

    def do(self, command: str, **fields: Any) -> Any:
        return self.send(do=command, **fields)

    @property
    def statements(self) -> list[Any]:
        found: list[Any] = json.loads(self.fields["source"])["Statement"]
        return found

    @property
    def wrong(self) -> list[str]:
        return sorted(self.page.context["desk"].wrong)
