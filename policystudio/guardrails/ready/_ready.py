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
    "kms:GetManagedDataKey",
    "kms:CertificatePrivateKey*",
    "kms:CertificatePublicKey*",
)
"""Use of keys. The patterns reach every action of the name, also those that the vendor adds."""

DELETION = ("kms:ScheduleKeyDeletion", "kms:DeleteKeyMaterial", "kms:DeleteSecret", "kms:ReleaseKmsInstance")
"""What cannot be undone. An alias is made anew, and certificates are kept by another service by now."""

KEY_MANAGEMENT = (
    "kms:CreateKey",
    "kms:CreateKeyVersion",
    "kms:EnableKey",
    "kms:DisableKey",
    "kms:ScheduleKeyDeletion",
    "kms:CancelKeyDeletion",
    "kms:DeleteKeyMaterial",
    "kms:ImportKeyMaterial",
    "kms:SetDeletionProtection",
    "kms:UpdateRotationPolicy",
    "kms:CreateAlias",
    "kms:UpdateAlias",
    "kms:DeleteAlias",
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
