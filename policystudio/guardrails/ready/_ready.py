"""What a ready-made guardrail is: words, a definition as it is sent, and which of its lists a team has to fill."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

CRYPTO = (
    "kms:Encrypt",
    "kms:Decrypt",
    "kms:GenerateDataKey",
    "kms:GenerateDataKeyWithoutPlaintext",
    "kms:GenerateAndExportDataKey",
    "kms:ExportDataKey",
    "kms:ReEncrypt*",
    "kms:AdvanceEncrypt",
    "kms:GenerateMac",
    "kms:VerifyMac",
    "kms:Asymmetric*",
)
"""Use of keys. The patterns reach every action of the name, also those that the vendor adds."""

DELETION = ("kms:ScheduleKeyDeletion", "kms:DeleteKeyMaterial", "kms:DeleteSecret", "kms:ReleaseKmsInstance")
KEY_MANAGEMENT = (
    "kms:CreateKey",
    "kms:DisableKey",
    "kms:ScheduleKeyDeletion",
    "kms:DeleteKeyMaterial",
    "kms:ImportKeyMaterial",
    "kms:SetDeletionProtection",
    "kms:UpdateRotationPolicy",
    "kms:UpdateAlias",
    "kms:SetKeyPolicy",
)
TAGGING = ("kms:TagResource", "kms:TagResources", "kms:UntagResource", "kms:UntagResources")


@dataclass(frozen=True, slots=True)
class Ready:
    """`definition` is what `reading.py` reads once the `blanks` are filled: pointer of a list → what belongs there."""

    title: str
    about: str
    definition: Mapping[str, Any]
    blanks: Mapping[str, str] = field(default_factory=dict)
