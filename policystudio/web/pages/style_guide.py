"""Every component once, with invented data: for looking at, for axe and for screenshots. Only in development."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.urls import path
from django.utils.translation import gettext_lazy as _

from policystudio.access import PUBLIC
from policystudio.catalog import load
from policystudio.ram.canonical import text_of
from policystudio.ram.render import Target
from policystudio.standards.selectors import Standards
from policystudio.web.diff import compare
from policystudio.web.forms.result import result_of
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
FAULTY = BEFORE.replace(
    '"kms:Decrypt",', '"kms:Decrypt",\n        "kms:Decrypt",\n        "kms:Encypt",\n        "kms:*",'
)
SOUND = text_of(
    {
        "Version": "1",
        "Statement": [
            {
                "Effect": "Allow",
                "Action": ["kms:DescribeKey"],
                "Resource": ["acs:kms:${region}:${account}:key/key-hzz630494463ejqjx8l2k"],
            }
        ],
    }
)
TARGETS = (Target("1234567890123456", "cn-hangzhou"), Target("6543210987654321", "eu-central-1"))
AT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


def standards() -> Standards:
    """Those of a team that has decided nothing."""
    return Standards(load(), {})


def sample() -> dict[str, Any]:
    """What the components of the page are given."""
    return {
        "before": BEFORE,
        "after": AFTER,
        "odd": ODD,
        "faulty": FAULTY,
        "result": result_of(FAULTY, standards(), targets=TARGETS),
        "no_findings": result_of(SOUND, standards(), targets=TARGETS),
        "diff": compare(BEFORE, AFTER),
        "crumbs": [("Policies", "/style-guide/"), ("crypto-user", "/style-guide/")],
        "summary": [("cidr", "Source address: host bits are set; write 10.0.0.0/8")],
        "hash": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "at": AT,
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
        """Findings, as in the real editor."""
        text = request.POST.get("text", "").replace("\r\n", "\n")
        return JsonResponse(
            {"findings": [each.as_json() for each in result_of(text, standards()).validation.findings]}
        )


PAGE = Page(
    urls=(
        path("style-guide/", StyleGuide.as_view(), name="style_guide"),
        path("style-guide/answers/", Answers.as_view(), name="style_guide_answers"),
    ),
    menu=MenuEntry(_("Style guide"), "builder", 990, "style_guide", shortcut="g y"),
    is_development_only=True,
)
