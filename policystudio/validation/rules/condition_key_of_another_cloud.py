"""A condition key belongs to another cloud.

Why it matters: RAM never sends it, so the condition never holds.
What to do: write the key of this cloud, such as `acs:SourceIp`.
"""

from policystudio.catalog.lookup import condition_key
from policystudio.ram.document import Condition, Kind, Statement
from policystudio.ram.finding import Severity, shown
from policystudio.ram.patterns import fold
from policystudio.validation.choices.conditions import DropCondition
from policystudio.validation.choices.widening import Widening
from policystudio.validation.context import Context
from policystudio.validation.repairs import Replace
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.ERROR,
    triggers=[
        {"Condition": {"IpAddress": {"aws:SourceIp": ["8.8.8.0/24"]}}},
        {"Condition": {"StringEquals": {"qcs:tag": "a"}}},
    ],
    clean=[{"Condition": {"IpAddress": {"acs:SourceIp": ["8.8.8.0/24"]}}}],
    kinds=tuple(Kind),
)

_CLOUDS = ("aws:", "qcs:", "azure:", "gcp:")
# Keys of another cloud whose name differs here, in lower case.
_OTHER_NAMES = {
    "multifactorauthpresent": "acs:MFAPresent",
    "sourcevpc": "acs:SourceVpc",
    "vpcsourceip": "acs:VpcSourceIp",
    "principalarn": "acs:PrincipalARN",
}


@RULE.for_each_condition
def check(condition: Condition, statement: Statement, context: Context) -> Notes:
    key = condition.key.text
    if not fold(key).startswith(_CLOUDS):
        return
    name, slash, tag = key.partition(":")[2].partition("/")
    here = f"acs:{name}/{tag}" if slash else _OTHER_NAMES.get(fold(name), f"acs:{name}")
    known = condition_key(context.catalogue, here) is not None
    advice = f"write {shown(here)}" if known else "look for the key of this cloud"
    fix = Replace(condition.key, here) if known else None
    removal = DropCondition(condition, "Remove the condition")
    choices = () if known else (Widening(removal) if statement.is_allow else removal,)
    yield RULE.finding(
        at=condition, text=f"{shown(key)} is a key of another cloud; {advice}", fix=fix, choices=choices
    )
