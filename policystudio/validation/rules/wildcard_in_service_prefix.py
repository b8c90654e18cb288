"""An action has a wildcard in its service.

Why it matters: it reaches services that nobody thought of, and those that are launched later.
What to do: name the service, such as `kms:`.
"""

from policystudio.ram.document import Statement, Text
from policystudio.ram.finding import Severity, shown
from policystudio.ram.patterns import has_wildcard
from policystudio.validation.choices.actions import named, written_for_kms
from policystudio.validation.choices.entries import drop
from policystudio.validation.context import Context
from policystudio.validation.entries import service_of
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.SECURITY_WARNING,
    triggers=[{"Action": "*:Decrypt"}, {"Action": "k*:Decrypt"}],
    clean=[{"Action": "kms:De*"}, {"Action": "*"}],
    silenced_by=["placeholder-out-of-place", "every-action-of-every-service"],
)


@RULE.for_each_action_by_itself
def check(entry: Text, statement: Statement, context: Context) -> Notes:
    if statement.is_allow and has_wildcard(service_of(entry)):
        yield RULE.finding(
            at=entry,
            text=f"{shown(entry.text)} reaches every service that fits {shown(service_of(entry))}; name one",
            choices=(
                *written_for_kms(entry, context),
                *named(entry, statement, context),
                drop(entry, "Remove it, with all that it grants"),
            ),
        )
