"""Every component once, with invented data: for looking at, for axe and for screenshots. Only in development."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.urls import path
from django.utils.translation import gettext_lazy as _

from policystudio.access import PUBLIC
from policystudio.web.diff import compare
from policystudio.web.page import MenuEntry, Page, PageView

BEFORE = """{
  "Version": "1",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": [
        "kms:Encrypt",
        "kms:Decrypt",
        "kms:GenerateDataKey"
      ],
      "Resource": [
        "acs:kms:${region}:${account}:key",
        "acs:kms:${region}:${account}:key/*",
        "acs:kms:${region}:${account}:alias/*"
      ],
      "Condition": {
        "IpAddress": {
          "acs:SourceIp": ["10.0.0.0/8"]
        }
      }
    }
  ]
}
"""
AFTER = BEFORE.replace('"kms:Decrypt",', '"kms:Decrypt",\n        "kms:ReEncrypt",').replace(
    "10.0.0.0/8", "10.12.0.0/16"
)
ODD = AFTER.replace("kms:Encrypt", "kms:\u0415ncrypt\u200b").replace('"10.12', '"\u00a010.12')
FINDINGS: list[dict[str, Any]] = [
    {
        "code": "unknown-action",
        "severity": "error",
        "message": "unknown action `kms:Encypt`; did you mean `kms:Encrypt`?",
        "path": "/Statement/0/Action/0",
        "line": 7,
        "column": 9,
        "fix": {
            "title": "Replace by kms:Encrypt",
            "edits_json": json.dumps([{"start": 91, "end": 101, "text": "kms:Encrypt"}]),
        },
    },
    {
        "code": "wildcard-on-all-keys",
        "severity": "security_warning",
        "message": "every key of the account may be used, also keys that are created later",
        "path": "/Statement/0/Resource/1",
        "line": 13,
        "column": 9,
        "fix": None,
    },
    {
        "code": "alias-without-key",
        "severity": "warning",
        "message": "the alias is allowed but the key behind it is not",
        "path": "/Statement/0/Resource/2",
        "line": 14,
        "column": 9,
        "fix": None,
    },
    {
        "code": "repeated-action",
        "severity": "suggestion",
        "message": "`kms:Encrypt` is already listed",
        "path": None,
        "line": None,
        "column": None,
        "fix": None,
    },
]
AT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


def sample() -> dict[str, Any]:
    """What the components of the page are given."""
    return {
        "before": BEFORE,
        "after": AFTER,
        "odd": ODD,
        "findings": FINDINGS,
        "diff": compare(BEFORE, AFTER),
        "crumbs": [("Policies", "/style-guide/"), ("crypto-user", "/style-guide/")],
        "summary": [("cidr", "Source address: host bits are set; write 10.0.0.0/8")],
        "hash": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "at": AT,
        "size": SimpleNamespace(bytes_compact=5210, limit=6144),
        "size_free": SimpleNamespace(bytes_compact=812, limit=6144),
        "keys": ["key-hzz630494463ejqjx8l2k", "1234abcd-12ab-34cd-56ef-1234567890ab", "not a key"],
        "wrong": [{"value": "not a key", "message": "a key id has no spaces; copy it from the KMS console"}],
        "suggestions": [
            ("key-hzz630494463ejqjx8l2k", "payments, Aliyun_AES_256"),
            ("key-shh5f0a1b2c3d4e5f6a7b", "reports"),
        ],
        "choices": [
            {"value": "all", "label": "All keys", "help": "Also keys that are created later."},
            {"value": "these", "label": "These keys", "help": "Name each one.", "reveals": True},
        ],
        "options": [
            ("cn-hangzhou", "cn-hangzhou"),
            ("cn-shanghai", "cn-shanghai"),
            ("eu-central-1", "eu-central-1"),
        ],
        "steps": [
            {"name": "Proposed", "standing": "done", "by": "author", "at": AT},
            {"name": "Approved", "standing": "now", "fact": "1 of 2 approvals"},
            {"name": "Released", "standing": "later"},
        ],
        "conditions": [
            {"text": "No finding of severity error", "is_met": True},
            {
                "text": "2 approvals",
                "is_met": False,
                "detail": "1 of 2; reviewer2 or admin can give the next one",
            },
        ],
        "tabs": [
            {"text": "Targets", "href": "#", "count": 6, "is_current": True},
            {"text": "History", "href": "#", "count": 4},
            {"text": "Findings", "href": "#", "count": 0},
        ],
        "filters": [
            {"name": "State", "value": "in review", "remove": "?"},
            {"name": "Account", "value": "1234567890123456", "remove": "?"},
        ],
        "counts": {"error": 1, "security_warning": 2, "warning": 0, "suggestion": 3},
        "thread": {
            "place": "Statement 1, Resource",
            "is_outdated": True,
            "comments": [
                {"by": "reviewer", "at": AT, "body": "Why every key? The payments team has two."},
                {"by": "author", "at": AT, "body": "Narrowed in revision 4."},
            ],
        },
        "options_help": [
            ("separate", "One RAM policy per region", "Named name-region."),
            ("combined", "One per account", ""),
        ],
        "errors": ["this address has host bits set; write 10.0.0.0/8"],
    }


class StyleGuide(PageView):
    """The page."""

    access = {"GET": PUBLIC}

    def get(self, request: HttpRequest) -> HttpResponseBase:
        """All components."""
        return self.page("style_guide/style_guide.html", sample())


class Answers(PageView):
    """What the editor of the page asks for: invented findings and completions."""

    access = {"GET": PUBLIC, "POST": PUBLIC}

    def get(self, request: HttpRequest) -> HttpResponseBase:
        """Completions."""
        actions = [
            {"name": "kms:Encrypt", "info": "Encrypts up to 6 KB"},
            {"name": "kms:Decrypt", "info": "Decrypts"},
        ]
        return JsonResponse(
            {"actions": actions, "keys": [{"name": "acs:SourceIp", "info": "address"}], "resources": []}
        )

    def post(self, request: HttpRequest) -> HttpResponseBase:
        """Findings: the first three samples, whatever the text is."""
        return JsonResponse({"findings": FINDINGS[:3]})


PAGE = Page(
    urls=(
        path("style-guide/", StyleGuide.as_view(), name="style_guide"),
        path("style-guide/answers/", Answers.as_view(), name="style_guide_answers"),
    ),
    menu=MenuEntry(_("Style guide"), "builder", 990, "style_guide", shortcut="g y"),
    is_development_only=True,
)
