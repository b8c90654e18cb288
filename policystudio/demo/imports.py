"""A prepared import of the demo: what somebody pasted, waiting to be looked at, none of it stored yet."""

from __future__ import annotations

import json

from policystudio.demo.people import DEVELOPMENT, REGIONS, person
from policystudio.importing.services.create_import import create_import
from policystudio.ram.render import Target
from policystudio.ram.unpacking import unpack

# As a page of documentation gives it to the clipboard: a no-break space and a comma too many.
PAGE = """Policy for the signing service

{
  "Version": "1",
  "Statement": [
    {
      "Effect":\u00a0"Allow",
      "Action": ["kms:AsymmetricSign", "kms:AsymmetricVerify",],
      "Resource": ["acs:kms:${region}:${account}:key/*"]
    }
  ]
}

What RAM answers for the policy of the archive:

%s
"""
ARCHIVE = {
    "Version": "1",
    "Statement": [
        {
            "Effect": "Allow",
            "Action": ["kms:Decrypt"],
            "Resource": [f"acs:kms:{REGIONS[0]}:{DEVELOPMENT}:key/*"],
        }
    ],
}
REPLY = {
    "Policy": {
        "PolicyName": "archive-decrypt",
        "Description": "The archive reads what the shop has written.",
    },
    "DefaultPolicyVersion": {"VersionId": "v3", "PolicyDocument": json.dumps(ARCHIVE)},
}


def make_import() -> None:
    """One import of two documents by the author."""
    unpacked = unpack(PAGE % json.dumps(REPLY, indent=2))
    create_import(
        by=person("author"),
        found=unpacked.found,
        notes=unpacked.notes,
        label="From the wiki",
        targets=[Target(DEVELOPMENT, REGIONS[0])],
    )
