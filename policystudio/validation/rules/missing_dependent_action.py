"""A call needs a further action that no statement grants.

Why it matters: the call is refused, though its own action is allowed.
What to do: allow the other action as well, on the resource that it is asked for.

Where a need depends on a key of the secret's own, it is told only if the document lets keys be used at all, as secrets
under the service's own key need nothing more. Reading and creating secrets, and re-encryption, have rules of their own.
Source: catalogue, dependent actions.
"""

from collections.abc import Iterator
from functools import lru_cache

from policystudio.catalog.model import Action, Catalogue, DependentAction
from policystudio.ram.document import Document
from policystudio.ram.finding import Severity
from policystudio.validation.choices.widening import Widening
from policystudio.validation.confidence import surest, weakest
from policystudio.validation.context import Context
from policystudio.validation.reach import Grant
from policystudio.validation.repairs import Add
from policystudio.validation.rule import Example, Notes, Rule

_APP = "acs:kms:${region}:${account}:secret/app"

RULE = Rule(
    Severity.WARNING,
    triggers=[[{"Action": "kms:PutSecretValue", "Resource": _APP}, {"Action": "kms:Decrypt"}]],
    clean=[
        {"Action": "kms:PutSecretValue", "Resource": _APP},
        [
            {"Action": "kms:PutSecretValue", "Resource": _APP},
            {"Action": ["kms:Decrypt", "kms:GenerateDataKey"]},
        ],
        Example(
            [{"Action": "kms:PutSecretValue", "Resource": _APP}, {"Action": "kms:Decrypt"}],
            own_key_secrets=("app",),
        ),
    ],
    silenced_by=["api-name-instead-of-action", "api-name-instead-of-action-in-deny", "withdrawn-action"],
)

_TOLD_ELSEWHERE = ("kms:GetSecretValue", "kms:CreateSecret", "kms:ReEncryptFrom", "kms:ReEncryptTo")


@RULE.for_document
def check(document: Document, context: Context) -> Notes:
    for grant in context.grants(*_depending(context.catalogue)):
        for need in _unmet(grant.action, context):
            text = f"`{grant.action.name}` also asks for `{need.action}` {_when(need)}; allow it too"
            choices = [
                Widening(Add(using.statement, "Action", (need.action,), _beside(need, using)))
                for using in context.using[:1]
            ]
            sure = weakest(grant.confidence, need.confidence, *_reasons(need, context))
            yield RULE.finding(at=grant.at, text=text, confidence=sure, choices=choices)


@lru_cache(maxsize=64)
def _depending(catalogue: Catalogue) -> tuple[str, ...]:
    """The names of the actions that ask for others."""
    names = [action.name for action in catalogue.actions.values() if action.dependent_actions]
    return tuple(name for name in names if name not in _TOLD_ELSEWHERE)


def _beside(need: DependentAction, using: Grant) -> str:
    return f"Add {need.action} on the same resources as {using.action.name}"


def _unmet(action: Action, context: Context) -> Iterator[DependentAction]:
    for need in action.dependent_actions:
        is_certain = _is_always(need) or (context.using and not context.own_key_secrets)
        if is_certain and action.status != "unconfirmed" and not context.allows([need.action]):
            yield need


def _is_always(need: DependentAction) -> bool:
    return need.when.startswith("always")


def _reasons(need: DependentAction, context: Context) -> Iterator[str]:
    """How sure it is that keys are used, where the need is told for that."""
    if not _is_always(need):
        yield surest(grant.action for grant in context.using)


def _when(need: DependentAction) -> str:
    """The catalogue's words for the circumstances, as a part of a sentence."""
    return f"({need.when.partition(';')[0]})"
