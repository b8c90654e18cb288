"""Released documents to export."""

from __future__ import annotations

from policystudio.exports.released import Released, entry_of
from policystudio.ram.canonical import sha256

TEXT = '{\n  "Version": "1",\n  "Statement": []\n}\n'


def released(name: str = "crypto-user", region: str = "cn-hangzhou", text: str = TEXT) -> Released:
    return Released("1234567890123456", region, name, f"{name}-{region}", 3, sha256(text), text)


def entries(*documents: Released) -> list[str]:
    return [entry_of(document) for document in documents]
