"""What a policy does not allow at once it allows in several steps, by way of another key.

Two ways are told here: what is under a key that may not be decrypted with is re-encrypted with one that may, and an
alias that others encrypt with is pointed at a key of one's own. Shorter causes have findings of their own: tags, key
policies, imported material, aliases beside the use of keys. Found by a search of a small model of KMS; the page *In
several steps* shows the way.

Why it matters: a reviewer reads that nobody may decrypt, and somebody can.
What to do: take out the action that opens the way.
"""

from collections.abc import Iterator

from policystudio.analysis.comparing import Limits
from policystudio.analysis.escalation import Answer, Goal, Path, escalate
from policystudio.analysis.escalation.writing import step_text
from policystudio.ram.document import Document
from policystudio.ram.finding import Severity
from policystudio.validation.choices.actions import leave_out
from policystudio.validation.confidence import of_action, weakest
from policystudio.validation.context import Context
from policystudio.validation.reach import Grant
from policystudio.validation.rule import Notes, Rule

_POINTING = ("kms:UpdateAlias", "kms:CreateAlias")
RULE = Rule(
    Severity.SECURITY_WARNING,
    triggers=[
        [
            {"Action": "kms:ReEncryptFrom"},
            {"Action": "kms:CreateKey", "Resource": "acs:kms:${region}:${account}:key"},
        ],
        [
            {"Action": "kms:ReEncryptFrom", "Resource": "acs:kms:*:1234567890123456:key/a"},
            {"Action": ["kms:ReEncryptTo", "kms:Decrypt"], "Resource": "acs:kms:*:1234567890123456:key/b"},
        ],
        {
            "Action": ["kms:CreateKey", "kms:UpdateAlias"],
            "Resource": [
                "acs:kms:*:1234567890123456:key",
                "acs:kms:*:1234567890123456:key/*",
                "acs:kms:*:1234567890123456:alias/*",
            ],
        },
    ],
    clean=[
        {"Action": "kms:ReEncryptFrom"},
        {"Action": ["kms:ReEncryptFrom", "kms:ReEncryptTo", "kms:Decrypt"]},
        [
            {"Action": "kms:ReEncryptFrom", "Resource": "acs:kms:*:1234567890123456:key/a"},
            {"Action": "kms:ReEncryptTo", "Resource": "acs:kms:*:1234567890123456:key/b"},
        ],
        {
            "Action": "kms:UpdateAlias",
            "Resource": ["acs:kms:*:1234567890123456:key/*", "acs:kms:*:1234567890123456:alias/*"],
        },
    ],
    naming=("kms:ReEncryptFrom", *_POINTING),
)
# Steps of which another rule tells, so that one cause has one finding.
_TOLD = frozenset(
    {
        *("tag_resource", "untag_resource", "set_key_policy", "set_secret_policy"),
        *("set_deletion_protection", "import_key_material"),
    }
)
# The time is a safeguard for a machine that stands still; the steps run out long before.
_LIMITS = Limits(states=10_000, nodes=5_000, milliseconds=1_000)


@RULE.for_document
def check(document: Document, context: Context) -> Notes:
    if not _may_lead_on(context):
        return
    ways: dict[str, Path] = {}
    for reach in escalate([document], catalogue=context.catalogue, limits=_LIMITS).of(Answer.STEPS):
        names = [step.name for step in reach.path or ()]
        if reach.path is None or reach.is_from_odd_state or not _TOLD.isdisjoint(names):
            continue
        if reach.goal is Goal.DECRYPT:
            for opening in _openings(reach.path, context):
                ways.setdefault(opening, reach.path)
    for opening, path in ways.items():
        grant = _grant(opening, path, context)
        if grant is not None:
            steps = "; ".join(f"{number}. {step_text(step)}" for number, step in enumerate(path, 1))
            text = f"`{opening}` opens a way in {len(path)} steps to what may not be decrypted: {steps}; take it out"
            choices = tuple(leave_out([opening], [grant.statement], context))
            yield RULE.finding(at=grant.at, text=text, choices=choices, confidence=_confidence(path, context))


def _may_lead_on(context: Context) -> bool:
    """A glance, since the search costs more than all other rules together."""
    if any(context.on_everything("key/*", "kms:SetKeyPolicy")):
        # Whoever may let themselves in needs no other way.
        return False
    if any(context.grants("kms:ReEncryptFrom")):
        return True
    makes_keys = any(context.grants("kms:CreateKey"))
    return makes_keys and any((*context.grants(*_POINTING), *context.shared(*_POINTING)))


def _openings(path: Path, context: Context) -> Iterator[str]:
    """The action that makes the way, unless another rule tells of it."""
    names = {step.name for step in path}
    if "re_encrypt" in names:
        yield "kms:ReEncryptFrom"
    elif "update_alias" in names and not context.using:
        yield "kms:UpdateAlias"
    elif "create_alias" in names and not context.using:
        yield "kms:CreateAlias"


def _grant(name: str, path: Path, context: Context) -> Grant | None:
    """Where the document allows the action, as the way uses it."""
    used = {
        grant.by.path for step in path for grant in step.grants if grant.by and grant.request.action == name
    }
    granting = (*context.grants(name), *context.shared(name))
    return next((each for each in granting if each.statement.path in used), None)


def _confidence(path: Path, context: Context) -> str:
    """How sure it is that all actions of the way exist and act on their resources."""
    names = dict.fromkeys(grant.request.action for step in path for grant in step.grants)
    actions = (context.catalogue.action(name) for name in names)
    return weakest(*(of_action(action) for action in actions if action is not None))
