"""A condition holds for every request.

Why it matters: it reads like a limit and limits nothing.
What to do: write the condition that was meant, or remove it.

Told of are negated operators on a key that no request of the statement carries, addresses that no caller has, and, as a
suggestion, a lone start that has passed. `acs:SecureTransport` is not among them: that KMS takes HTTPS calls only is
inferred, and whoever asks for it says on purpose what must stay so.
"""

from policystudio.catalog.model import INFERRED
from policystudio.ram.document import Condition, Statement
from policystudio.ram.finding import Severity, shown
from policystudio.ram.operators import split_operator
from policystudio.validation.addresses import SOURCE_KEY, is_private, is_reserved, ranges
from policystudio.validation.choices.conditions import DropCondition
from policystudio.validation.choices.widening import Widening
from policystudio.validation.context import Context
from policystudio.validation.repairs import Repair
from policystudio.validation.rule import Notes, Rule
from policystudio.validation.shape import Only
from policystudio.validation.terms import (
    first_start,
    is_negated,
    is_start,
    key_of_other_service,
    known_key,
    last_end,
)

RULE = Rule(
    Severity.WARNING,
    triggers=[
        {"Condition": {"StringNotEquals": {"oss:Prefix": "a"}}},
        {
            "Action": "kms:ListKeys",
            "Resource": "acs:kms:${region}:${account}:key",
            "Condition": {"StringNotEquals": {"kms:tag/Project": "Billing"}},
        },
        {"Condition": {"NotIpAddress": {"acs:SourceIp": ["10.0.0.0/8"]}}},
        {"Condition": {"DateGreaterThan": {"acs:CurrentTime": "2025-01-01T00:00:00Z"}}},
    ],
    clean=[
        {"Condition": {"StringEquals": {"oss:Prefix": "a"}}},
        {"Condition": {"StringNotEquals": {"kms:tag/Project": "Billing"}}},
        {"Condition": {"NotIpAddress": {"acs:SourceIp": ["10.0.0.0/8", "8.8.8.8"]}}},
        {"Condition": {"Bool": {"acs:SecureTransport": "true"}}},
        {
            "Condition": {
                "DateGreaterThan": {"acs:CurrentTime": "2025-01-01T00:00:00Z"},
                "DateLessThan": {"acs:CurrentTime": "2026-12-31T00:00:00Z"},
            }
        },
    ],
    silenced_by=["private-address-excluded", "every-address", "empty-condition-values"],
    silenced_in_statement_by=["window-never-open"],
    only=(Only.CONDITIONS,),
)


@RULE.for_each_condition
def check_absent_key(condition: Condition, statement: Statement, context: Context) -> Notes:
    if not is_negated(condition) or split_operator(condition.operator.text)[0]:
        return
    key = shown(condition.key.text)
    if key_of_other_service(condition, statement, context):
        text = f"KMS probably never sends {key}, and a negated operator holds without it; remove it"
        yield RULE.finding(
            at=condition, text=text, confidence=INFERRED, choices=_without(condition, statement)
        )
        return
    known, grants = known_key(condition, context), context.reach(statement).grants
    if known is None or known.actions is None or not grants or not context.reach(statement).only_kms:
        return
    if all(name not in known.actions for name in grants):
        text = f"none of these actions probably carries {key}, and a negated operator holds without it; remove it"
        yield RULE.finding(
            at=condition, text=text, confidence=INFERRED, choices=_without(condition, statement)
        )


@RULE.for_each_condition
def check_addresses(condition: Condition, statement: Statement, context: Context) -> Notes:
    found = [item.network for _, item in ranges(condition)]
    if condition.key.text != SOURCE_KEY or not is_negated(condition) or len(found) < len(condition.values):
        return
    if found and all(is_private(network) or is_reserved(network) for network in found):
        text = f"`{SOURCE_KEY}` sees public addresses only, so this excludes nobody; write the public ones"
        removal = DropCondition(condition, "Remove the condition, which changes nothing")
        yield RULE.finding(at=condition, text=text, choices=(removal,))


@RULE.for_each_statement
def check_start(statement: Statement, context: Context) -> Notes:
    start = first_start(statement)
    if not statement.is_allow or start is None or last_end(statement) is not None or start[1] > context.now:
        return
    if all(
        is_start(condition) for condition in statement.conditions if condition.key.text == "acs:CurrentTime"
    ):
        text = f"{shown(start[0].text)} is past, so this limits nothing any more; remove it or set an end"
        past = next(condition for condition in statement.conditions if start[0] in condition.values)
        removal = DropCondition(past, "Remove the start, which changes nothing any more")
        yield RULE.finding(at=start[0], text=text, severity=Severity.SUGGESTION, choices=(removal,))


def _without(condition: Condition, statement: Statement) -> tuple[Repair, ...]:
    removal = DropCondition(condition, "Remove the condition")
    return (Widening(removal) if statement.is_allow else removal,)
