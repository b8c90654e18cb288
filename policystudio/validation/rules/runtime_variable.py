"""A variable is used that would be filled in at each request.

Why it matters: RAM documents no variables, so the text is compared literally.
What to do: list the values, or make one policy for each.
"""

from policystudio.ram.document import Text
from policystudio.ram.finding import Severity
from policystudio.ram.render import Target
from policystudio.validation.blanks import found_in, is_runtime_variable
from policystudio.validation.context import Context
from policystudio.validation.rule import Example, Notes, Rule

RULE = Rule(
    Severity.WARNING,
    triggers=[
        {"Resource": "acs:kms:${region}:${account}:secret/${acs:UserName}"},
        Example(
            {"Resource": "acs:kms:${region}:${account}:secret/${acs:UserName}"},
            targets=(Target("1234567890123456", "cn-hangzhou"),),
        ),
    ],
    clean=[{"Resource": "acs:kms:${region}:${account}:secret/app"}],
    silenced_by=["placeholder-out-of-place"],
)


@RULE.for_each_text
def check(text: Text, is_replaced: bool, context: Context) -> Notes:
    for found in found_in(text):
        if is_runtime_variable(found):
            yield RULE.finding(
                at=text, text="RAM documents no variables; this is compared literally, list the values"
            )
