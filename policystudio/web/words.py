"""What stands in English in the database, the catalogue and the API, and is read by people: marked for translation.

`said` looks a value up in the reader's language; what is not marked here stays as it is. A value that is marked
elsewhere in another sense (a role at the start of a line, a status of a region) has its own spelling here.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext

from policystudio.builders.words import N_

ROLES = (N_("viewer"), N_("author"), N_("reviewer"), N_("admin"))
SEVERITIES = (N_("error"), N_("security warning"), N_("warning"), N_("suggestion"))
RISKS = (N_("critical"), N_("high"), N_("medium"), N_("low"), N_("none"))
ACCESS_LEVELS = (
    N_("Read"),
    N_("Write"),
    N_("List"),
    N_("Tagging"),
    N_("Permissions management"),
    N_("unknown"),
)
KINDS_OF_RESOURCE = (N_("any"), N_("container"), N_("object"))
STATUS_OF_REGION = (N_("current"), N_("retired"))
RESOURCE_TYPES = (
    N_("All resources"),
    N_("Key container"),
    N_("Key"),
    N_("Alias container"),
    N_("Alias"),
    N_("Secret container"),
    N_("Secret"),
    N_("Certificate container"),
    N_("Certificate"),
    N_("KMS instance"),
    N_("Network access rule"),
    N_("Permission policy of an application access point"),
    N_("Application access point"),
)
# As Alibaba Cloud names them on its English and Chinese pages.
REGIONS = (
    N_("China (Beijing)"),
    N_("China (Chengdu)"),
    N_("China (Guangzhou)"),
    N_("China (Hangzhou)"),
    N_("China (Heyuan)"),
    N_("China (Hong Kong)"),
    N_("China (Hohhot)"),
    N_("China (Qingdao)"),
    N_("China (Shanghai)"),
    N_("China (Shenzhen)"),
    N_("China (Ulanqab)"),
    N_("China (Zhangjiakou)"),
    N_("Japan (Tokyo)"),
    N_("South Korea (Seoul)"),
    N_("Singapore"),
    N_("Malaysia (Kuala Lumpur)"),
    N_("Indonesia (Jakarta)"),
    N_("Philippines (Manila)"),
    N_("Thailand (Bangkok)"),
    N_("Germany (Frankfurt)"),
    N_("UK (London)"),
    N_("SAU (Riyadh - Partner Region)"),
    N_("UAE (Dubai)"),
    N_("Mexico"),
    N_("US (Virginia)"),
    N_("US (Silicon Valley)"),
    N_("China North 2 Finance"),
    N_("China East 1 Finance"),
    N_("China East 2 Finance"),
    N_("China South 1 Finance"),
    N_("China (Fuzhou - Local Region)"),
    N_("China (Wuhan - Local Region)"),
    N_("China (Zhengzhou, joint venture)"),
    N_("China (Heyuan, dedicated)"),
    N_("India (Mumbai)"),
    N_("Australia (Sydney)"),
)
# What CodeMirror says, spelled as it asks for it.
EDITOR = (
    N_("Find"),
    N_("Replace"),
    N_("next"),
    N_("previous"),
    N_("all"),
    N_("match case"),
    N_("regexp"),
    N_("by word"),
    N_("replace"),
    N_("replace all"),
    N_("close"),
    N_("current match"),
    N_("on line"),
    N_("replaced match on line $"),
    N_("replaced $ matches"),
    N_("Go to line"),
    N_("go"),
    N_("Fold line"),
    N_("Unfold line"),
    N_("folded code"),
    N_("unfold"),
    N_("Completions"),
    N_("Control character"),
)


def said(value: str) -> str:
    """The value in the reader's language; the empty text stays empty."""
    return gettext(value) if value else ""


def listed(names: Iterable[str]) -> str:
    """The names in a row, with the comma that the reader's language has between them."""
    return gettext(", ").join(names)
