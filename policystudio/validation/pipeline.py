"""The validator as one question: text, catalogue, targets and the moment in; every finding and the size out.

The only way in for page, API, command line and release alike, so that all of them hear the same.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from policystudio.catalog.model import Catalogue
from policystudio.ram.document import Document, Kind
from policystudio.ram.finding import Finding, Severity, found, in_order
from policystudio.ram.parse import parse
from policystudio.ram.render import RegionMode, Target
from policystudio.validation.context import Context
from policystudio.validation.engine import judge
from policystudio.validation.severities import Own, own_severities
from policystudio.validation.size import LIMIT, Size

MAX_FINDINGS = 1000
"""How many findings are told of a document that RAM refuses for its length."""
MAX_PER_CHECK = 50
"""How often one check may find something in a document that RAM refuses for its length anyway."""
HOPELESS_BYTES = 10 * LIMIT
"""Beyond this length without blanks, no rule is asked."""

_TOO_LONG = "document-over-limit"
_TOLD_BY = {"not-resource-element": "not-resource-in-new-revision"}
"""Codes of structure that a rule tells more gravely of the same thing, so that one cause is told once."""


@dataclass(frozen=True)
class Validation:
    """What came of validating: the findings by severity, then place; `document` is None when there is no structure.

    `hidden` are the findings that are not among them because the team has turned their codes off.
    """

    text: str
    document: Document | None
    findings: tuple[Finding, ...]
    measured: Callable[[], Size] = field(compare=False, repr=False)
    hidden: tuple[Finding, ...] = ()

    @cached_property
    def size(self) -> Size:
        """The size for the worst target; measured when somebody asks, unless the rules had to know it."""
        return self.measured()

    @property
    def is_valid(self) -> bool:
        """Whether it may be released: no error."""
        return not any(finding.severity is Severity.ERROR for finding in self.findings)

    @property
    def security_warnings(self) -> tuple[Finding, ...]:
        """The findings that need a written reason."""
        return tuple(finding for finding in self.findings if finding.severity is Severity.SECURITY_WARNING)


def validate(
    text: str,
    *,
    catalogue: Catalogue,
    now: datetime,
    targets: Sequence[Target] = (),
    name: str | None = None,
    region_mode: RegionMode | str = RegionMode.SEPARATE,
    kind: Kind = Kind.IDENTITY,
    own_key_secrets: Collection[str] = (),
    stored: bool = True,
    enabled_regions: Mapping[str, Collection[str]] | None = None,
    published_versions: Mapping[tuple[str, str], int] | None = None,
    severities: Mapping[str, str] | None = None,
) -> Validation:
    """Judge `text` as it was typed; line, column and fixes refer to it. Never raises on what a person typed.

    `targets`: what it will be rendered for; a fault that several targets show is told once, naming the worst.
    `own_key_secrets`: names of secrets declared to have no key of their own. `stored`: whether this is to become a
    new revision, which may not use `NotResource`; documents that exist already are read with it. `enabled_regions`:
    account → the regions that it uses. `published_versions`: account and name of a RAM policy → how many versions of
    it have been published. What is not known of an account or policy is not judged. `severities`: a team's own, by
    code. `now` must have a zone. With faults of structure only these are told, since a rule could be misled by them.
    """
    own = own_severities(severities or {})
    parsed = parse(text, kind)
    if parsed.document is None:
        length = len(text.encode("utf-8", "replace"))
        told, hidden = own.adjusted(parsed.findings), own.hidden(parsed.findings)
        return Validation(text, None, in_order(told), lambda: Size(length, length), in_order(hidden))
    context = Context(
        parsed.document,
        catalogue,
        now,
        tuple(sorted(set(targets))),
        name,
        RegionMode(region_mode),
        frozenset(own_key_secrets),
        stored,
        enabled_regions or {},
        published_versions or {},
    )
    earlier = own.adjusted(parsed.findings)
    answers = _judged(context, earlier, own)
    judged, hidden = own.adjusted(answers), own.hidden([*parsed.findings, *answers])
    said = {finding.code for finding in judged}
    findings = [*(finding for finding in earlier if _TOLD_BY.get(finding.code) not in said), *judged]
    told_of = in_order(findings)
    if not context.is_clearly_short and context.size.bytes_compact > LIMIT:
        told_of = _limited(told_of)
    return Validation(text, parsed.document, told_of, lambda: context.size, in_order(hidden))


def _judged(context: Context, earlier: Sequence[Finding], own: Own) -> list[Finding]:
    """What the rules say, in a time that nobody can stretch.

    Decision: a document that RAM can take is always judged whole, so nothing in what may be released goes unsaid. A
    longer one is refused in any case: of each kind the first findings are told, and of a hopeless one only its length.
    """
    if context.is_clearly_short or context.size.bytes_compact <= LIMIT:
        return judge(context, own.rules, earlier, lowered=own.lowered)
    size = context.size
    if size.bytes_compact <= HOPELESS_BYTES:
        return judge(context, own.rules, earlier, MAX_PER_CHECK, own.lowered)
    message = (
        f"{size.bytes_compact} bytes without blanks, more than ten times RAM's limit of {LIMIT}; nothing else was "
        "judged, split it and validate again"
    )
    return [found(context.document.source, _TOO_LONG, Severity.ERROR, message, offset=0, path="")]


def _limited(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """The gravest of very many findings, and one that says so.

    Only of a document that RAM refuses for its length: of one that may be released everything has to be said, and
    that there is much to say must not keep it from being released.
    """
    if len(findings) <= MAX_FINDINGS:
        return findings
    message = f"{len(findings)} findings; the first {MAX_FINDINGS} are shown, mend these and validate again"
    more = Finding("too-many-findings", Severity.ERROR, message, "", 1, 1)
    return in_order((*findings[:MAX_FINDINGS], more))
