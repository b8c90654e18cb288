"""Reads what people and programs print: a sentence of an error, the lines of the command line, a request on one line.

Source: KMS and RAM, public error codes; printed by SDKs as seen in public reports: "You are not authorized to do this
action. Resource: acs:… Action: ram:…", "This operation for acs:kms:… is forbidden by permission system",
`Forbidden.NoPermission`, `NoPermission`, `Forbidden.RAM`. Unconfirmed: the Chinese wording of consoles, and
the parameters of the command line where they differ from those of the API.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from policystudio.analysis.deciding.reading import Decision
from policystudio.analysis.reported.drafts import Draft, Where
from policystudio.analysis.reported.model import Kind, Left, Reported
from policystudio.analysis.reported.naming import default_word, operations, relative_id

# Each pattern begins with a literal text or a bounded class, so that a search is linear.
_ACTION = re.compile(r"(?<![\w:.*/-])([a-z][a-z0-9-]{0,40}):([A-Z][A-Za-z0-9]{1,80})(?![\w:*])")
_KNOWN = re.compile(r"(?<![\w:.*/-])[A-Za-z]{2,40}:[A-Za-z]{2,80}(?![\w:*])")
"""An action in any letter case, where the catalogue has it."""
_ANY_CASE = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,40}:[A-Za-z][A-Za-z0-9]{1,80}")
_RESOURCE = re.compile(
    r"(?<![\w:])acs:[a-z0-9*-]{1,40}:[a-z0-9*-]{0,40}:[A-Za-z0-9*]{0,40}:[^\s\"'`<>,;()\\，。；（）]{1,1024}"
)
_FORBIDDEN_FOR = re.compile(r"operation for [\"'`]?([^\s\"'`]{1,1024}?)[\"'`]? is forbidden", re.IGNORECASE)
_CODE = re.compile(r"\b(?:Forbidden|NoPermission|NotAuthorized|AccessDenied|Unauthorized)[A-Za-z.]{0,40}")
_SAID = re.compile(
    r"not authori[sz]ed|no permission|permission denied|access denied|forbidden by permission|没有权限|无权限|未授权",
    re.IGNORECASE,
)
# `ExplicitDeny` is also the name of a member, whose value says whether it is one.
_EXPLICIT = re.compile(r"(?<!/)explicit[ _]?deny(?![\s\"'\\]{0,4}[:=>][\s\"'\\]{0,4}false)", re.IGNORECASE)
_IMPLICIT = re.compile(
    r"implicit[ _]?deny|explicit[ _]?deny[\s\"'\\]{0,4}[:=>][\s\"'\\]{0,4}false", re.IGNORECASE
)
_POLICY_TYPE = re.compile(r"PolicyType[\s\"'\\]{0,4}[:=>][\s\"'\\]{0,4}([A-Za-z]{1,80})")
_WORD = re.compile(r"(?<![\w.:/-])[A-Z][A-Za-z]{2,60}(?![\w:/-])")
_OPTION = re.compile(
    r"--(KeyId|SecretName|AliasName|RegionId|region)[= ]+[\"']?([^\s\"']{1,256})", re.IGNORECASE
)
_ENCODED = re.compile(r"(?<![A-Za-z0-9+/])AQ[A-Za-z0-9+/]{38,}={0,2}")
_PAIR = re.compile(r"[^\s=]{1,128}=[^\s]{1,1024}")
_BLANK_LINES = re.compile(r"\n[ \t\r]*\n")
_LINE = re.compile(r"[^\n]+")
_REFUSALS = (
    "nopermission",
    "forbidden.ram",
    "notauthorized",
    "accessdenied",
    "unauthorized",
    "forbidden.unauthorized",
)
_NO_SERVICES = (
    "acs",
    "code",
    "error",
    "errorcode",
    "exception",
    "http",
    "https",
    "message",
    "reason",
    "status",
    "type",
)
"""What stands before a colon and a capital in messages, and is no service."""
_LONGEST = 1024 * 1024

HOW_TO_DECODE = (
    "the message is encoded, and only the account can open it: pass it to "
    "`aliyun ram DecodeDiagnosticMessage --EncodedDiagnosticMessage …` and paste the answer here"
)


def is_refusal_code(code: str) -> bool:
    """Whether an error code says that a permission is missing; `Forbidden.KeyNotFound` and the like do not."""
    folded = code.lower()
    return any(word in folded for word in _REFUSALS)


def resource_in(text: str) -> str:
    """The first resource name in a sentence, without the full stop that ends the sentence; "" when there is none."""
    found = _RESOURCE.search(text)
    return found.group().rstrip(".:") if found else ""


def read_lines(text: str, where: Where) -> Iterator[Reported | Left]:
    """What the lines say: requests on a line of their own, and messages of one or more lines."""
    at = 0
    for gap in _BLANK_LINES.finditer(text):
        yield from _block(text[at : gap.start()], where.start + at, where)
        at = gap.end()
    yield from _block(text[at:], where.start + at, where)


def _block(text: str, start: int, where: Where) -> Iterator[Reported | Left]:
    """Lines that stand together: each request apart, each refusal apart where there are several, else one message."""
    kept: list[tuple[int, str]] = []
    for line in _LINE.finditer(text):
        own = line.group().strip()
        if not own:
            continue
        request = _request(own, _at(line, start, where))
        if request is not None:
            yield from _message(kept, where)
            kept = []
            yield request
        else:
            kept.append((start + line.start(), line.group()))
    yield from _message(kept, where)


def _at(line: re.Match[str], start: int, where: Where) -> Where:
    return Where(start + line.start(), start + line.end(), where.catalogue, where.limits)


def _request(line: str, where: Where) -> Reported | None:
    """A line such as `kms:Decrypt acs:kms:… acs:SourceIp=203.0.113.7`: an action, a resource, and what is carried."""
    words = line.split()[: where.limits.max_keys + 3]
    if (
        len(words) < 2
        or not _ANY_CASE.fullmatch(words[0])
        or not (words[1] == "*" or _RESOURCE.fullmatch(words[1]))
    ):
        return None
    if not all(_PAIR.fullmatch(word) for word in words[2:]):
        return None
    draft = Draft(Kind.REQUEST, where)
    draft.name(words[0])
    for word in words[2:]:
        key, _sign, value = word.partition("=")
        draft.carry(key, value)
    return draft.finished(words[1])


def _message(lines: list[tuple[int, str]], where: Where) -> Iterator[Reported | Left]:
    """One report for the lines, or one for each that names a resource of its own."""
    if not lines:
        return
    named = [(at, line) for at, line in lines if _FORBIDDEN_FOR.search(line) or _names_both(line)]
    if len(named) > 1:
        for at, line in named:
            yield from _one(line, Where(at, at + len(line), where.catalogue, where.limits))
        return
    start, last = lines[0][0], lines[-1]
    text = "\n".join(line for _at_, line in lines)
    yield from _one(text, Where(start, last[0] + len(last[1]), where.catalogue, where.limits))


def _names_both(line: str) -> bool:
    return _ACTION.search(line) is not None and _RESOURCE.search(line) is not None


def _one(text: str, where: Where) -> Iterator[Reported | Left]:
    draft = Draft(Kind.MESSAGE, where)
    code = next((each.group() for each in _CODE.finditer(text) if is_refusal_code(each.group())), "")
    draft.is_refused = True if code or _SAID.search(text) or _FORBIDDEN_FOR.search(text) else None
    if _EXPLICIT.search(text):
        draft.is_refused, draft.denial = True, Decision.EXPLICIT_DENY
    elif _IMPLICIT.search(text):
        draft.is_refused, draft.denial = True, Decision.IMPLICIT_DENY
    if draft.is_refused and (policy_type := _POLICY_TYPE.search(text)):
        draft.policy_type = policy_type[1]
    options = {name.lower(): value for name, value in _OPTION.findall(text)}
    draft.region = options.get("regionid") or options.get("region", "")
    _name_action(text, draft, guesses=draft.is_refused is True or "aliyun kms" in text)
    encoded = _ENCODED.search(text)
    if encoded is not None:
        draft.note("encoded-diagnostic", HOW_TO_DECODE)
    resource = _resource(text, options, draft)
    if draft.action or resource or draft.is_refused or encoded:
        yield draft.finished(relative_id=resource)
    elif text.strip(" \t\r\n\ufeff\ufffd"):
        yield Left(
            where.start, where.end, "no-request", "this says neither an action nor that something was refused"
        )


def _name_action(text: str, draft: Draft, *, guesses: bool) -> None:
    """The action that the text names; else, where guessing is asked for, the one operation that it names."""
    catalogue = draft.where.catalogue
    found = (each.group() for each in _ACTION.finditer(text) if each[1] not in _NO_SERVICES)
    named = sorted(dict.fromkeys(found), key=lambda each: catalogue.action(each) is None)
    if not named:
        any_case = (each.group() for each in _KNOWN.finditer(text))
        named = [each for each in dict.fromkeys(any_case) if catalogue.action(each) is not None]
    if named:
        draft.name(named[0])
        if len(named) > 1:
            draft.note("several-actions", f"{len(named)} actions are named; the first is taken")
        return
    if not guesses:
        return
    known = operations(catalogue)
    guessed = list(dict.fromkeys(word for word in _WORD.findall(text[:_LONGEST]) if word.lower() in known))
    if len(guessed) == 1:
        operation = guessed[0]
        draft.action = known[operation.lower()][0].name
        draft.note(
            "assumed-action", f"the text names the operation `{operation}`; that this was refused is assumed"
        )
    elif guessed:
        names = ", ".join(f"`{name}`" for name in guessed[:5])
        draft.note(
            "several-operations",
            f"several operations are named ({names}); choose the one that was refused",
        )


def _resource(text: str, options: dict[str, str], draft: Draft) -> str:
    """The resource: in full, or the bare id of the sentence or of the command line."""
    full = resource_in(text)
    if full:
        return full
    catalogue = draft.where.catalogue
    bare = _FORBIDDEN_FOR.search(text)
    if bare is not None and bare[1].lower() not in ("operation", "this"):
        word = default_word(catalogue, draft.action) or ("key" if bare[1].startswith("key-") else "")
        if word:
            return relative_id(word, bare[1])
    for option, word in (("keyid", "key"), ("secretname", "secret"), ("aliasname", "alias")):
        if option in options:
            return relative_id(word, options[option])
    return ""
