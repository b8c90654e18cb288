"""A guardrail, and how it is broken, as sentences. In the language that is active; the API has English.

Names, patterns and values are shown as they are, between grave accents, which the pages set as code.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from policystudio.analysis.comparing import Answer
from policystudio.analysis.request import WITHOUT_RESOURCE, Request
from policystudio.guardrails.breaking import Broken
from policystudio.guardrails.definition import Definition, Entry, Kind, Scope, Shape

MAX_LISTED = 6


def sentence(definition: Definition) -> str:
    """The whole guardrail in one sentence."""
    never = definition.never
    said = {
        Kind.NEVER: _("%(where)s, no policy may allow %(shape)s%(unless)s."),
        Kind.SEPARATION: _("%(where)s, no policy may allow both %(shape)s and %(other)s."),
        Kind.DENY_FLOOR: _("%(where)s, every policy has to deny %(shape)s by a statement of its own."),
        Kind.EXACT_ACTIONS: _("%(where)s, every allowed action is named in full, without a wildcard."),
        Kind.LONG_NAMES: _(
            "%(where)s, whoever allows %(shape)s names the resources in full, or by at least %(n)d characters before a "
            "wildcard."
        ),
    }[definition.kind]
    return said % {
        "where": _where(definition.scope),
        "shape": shape_words(never),
        "other": shape_words(definition.other),
        "unless": "".join(_(", except %(shape)s") % {"shape": _exception(e)} for e in definition.unless),
        "n": definition.characters,
    }


def _where(scope: Scope) -> str:
    parts = []
    if scope.environments:
        parts.append(_("in %(names)s") % {"names": _or(scope.environments)})
    if scope.accounts:
        parts.append(_("in account %(names)s") % {"names": _or(scope.accounts)})
    if scope.regions:
        parts.append(_("in region %(names)s") % {"names": _or(scope.regions)})
    said = _(", ").join(parts) or _("everywhere")
    if scope.except_policies:
        said += _(" but in policies called %(names)s") % {"names": _or(scope.except_policies)}
    return said[:1].upper() + said[1:]


def shape_words(shape: Shape) -> str:
    """A set of requests: actions on resources under conditions."""
    said = _names(shape.actions, _("any action"))
    if shape.resources:
        said = _("%(actions)s on %(resources)s") % {"actions": said, "resources": _or(shape.resources)}
    if shape.conditions:
        conditions = _conditions(shape.conditions)
        said = _("%(requests)s where %(conditions)s") % {"requests": said, "conditions": conditions}
    return said


def _exception(shape: Shape) -> str:
    """The same after "except", where what is not said is as in the rule."""
    parts = []
    if shape.actions:
        parts.append(_or(shape.actions))
    if shape.resources:
        parts.append(_("on %(resources)s") % {"resources": _or(shape.resources)})
    if shape.conditions:
        parts.append(_("where %(conditions)s") % {"conditions": _conditions(shape.conditions)})
    return " ".join(parts)


def _conditions(conditions: Sequence[Entry]) -> str:
    return _(" and ").join(f"`{e.operator}` `{e.key}` {_or(e.values)}" for e in conditions)


def _names(names: Sequence[str], everything: str) -> str:
    return everything if not names or "*" in names else _or(names)


def _or(names: Iterable[str]) -> str:
    marked = [f"`{name}`" for name in names]
    if len(marked) < 2:
        return "".join(marked)
    return _("%(some)s or %(last)s") % {"some": _(", ").join(marked[:-1]), "last": marked[-1]}


def request_words(request: Request) -> str:
    """One request: what is asked for, on what, and what is sent along."""
    said = f"`{request.action}`"
    if request.resource != WITHOUT_RESOURCE:
        said = _("%(action)s on %(resource)s") % {"action": said, "resource": f"`{request.resource}`"}
    else:
        said = _("%(action)s without a resource of its own") % {"action": said}
    if request.context:
        sent = _(", ").join(f"`{key}` = `{value}`" for key, value in request.context.items())
        return _("%(request)s with %(sent)s") % {"request": said, "sent": sent}
    return said


def broken_how(kind: Kind, each: Broken) -> str:
    """A request that shows how a guardrail is broken, or why it cannot be told; without what is to blame."""
    outcome = each.outcome
    if outcome.answer is Answer.UNKNOWN:
        return _("it cannot be told whether this is kept (%(reason)s), which counts as broken") % {
            "reason": outcome.reason
        }
    if outcome.requests:
        said = _(" and ").join(request_words(request) for request in outcome.requests)
        is_floor = kind is Kind.DENY_FLOOR
        return (_("does not deny %(requests)s") if is_floor else _("allows %(requests)s")) % {
            "requests": said
        }
    return "" if outcome.paths else _("the document as a whole")


def broken_words(kind: Kind, each: Broken) -> str:
    """How a guardrail is broken, and what is to blame."""
    said, paths = broken_how(kind, each), each.outcome.paths
    if not paths:
        return said
    see = _("see %(paths)s") % {"paths": _or(paths[:MAX_LISTED])}
    return _("%(how)s: %(see)s") % {"how": said, "see": see} if said else see


def targets_words(each: Broken) -> str:
    """Where: the first few targets, and how many more."""
    shown = _(", ").join(f"{target.account} {target.region}" for target in each.targets[:3])
    more = len(each.targets) - 3
    if more > 0:
        shown += " " + ngettext("and %(n)d more", "and %(n)d more", more) % {"n": more}
    return shown


def outcome_words(name: str, kind: Kind, each: Broken) -> str:
    """The problem that a release is refused with."""
    with override("en"):  # what services say is English
        return f"breaks the guardrail “{name}”: {broken_words(kind, each)}; in {targets_words(each)}"
