"""Documents and wrappings for the tests of imports."""

from __future__ import annotations

import json
from collections.abc import Mapping
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from tests.factories import DEVELOPMENT, HANGZHOU


def document(*actions: str, resource: str = "acs:kms:${region}:${account}:key/*") -> str:
    """A clean document, different for every `actions`."""
    statement = {"Effect": "Allow", "Action": list(actions or ["kms:Encrypt"]), "Resource": [resource]}
    return json.dumps({"Version": "1", "Statement": [statement]}, indent=2) + "\n"


def concrete(*actions: str, account: str = DEVELOPMENT, region: str = HANGZHOU) -> str:
    """The same as one account has it."""
    return document(*actions, resource=f"acs:kms:{region}:{account}:key/*")


def zipped(files: Mapping[str, bytes | str], method: int = ZIP_DEFLATED) -> bytes:
    """A zip archive."""
    packed = BytesIO()
    with ZipFile(packed, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


def reply(text: str, *, name: str = "crypto-user", version: str = "v1") -> dict[str, Any]:
    """What RAM answers to GetPolicy, as `aliyun ram GetPolicy` prints it."""
    return {
        "RequestId": "697852FB-50D7-44D9-9774-530C31EAC572",
        "Policy": {
            "PolicyName": name,
            "PolicyType": "Custom",
            "Description": "as it is in the account",
            "DefaultVersion": version,
        },
        "DefaultPolicyVersion": {
            "VersionId": version,
            "IsDefaultVersion": True,
            "CreateDate": "2026-01-01T00:00:00Z",
            "PolicyDocument": text,
        },
    }
