"""An address is written with a wildcard.

Why it matters: it is documented for other services only.
What to do: write a range, such as `10.0.0.0/16` for `10.0.*`.

Source: OSS and VOD document it; RAM and KMS do not.
"""

import re

from policystudio.ram.document import Condition, Kind, Statement
from policystudio.ram.finding import Severity, shown
from policystudio.ram.operators import address
from policystudio.validation.context import Context
from policystudio.validation.repairs import Replace
from policystudio.validation.rule import Notes, Rule
from policystudio.validation.terms import unreadable

RULE = Rule(
    Severity.WARNING,
    triggers=[{"Condition": {"IpAddress": {"acs:SourceIp": ["8.8.*"]}}}],
    clean=[{"Condition": {"IpAddress": {"acs:SourceIp": ["8.8.0.0/16"]}}}],
    kinds=tuple(Kind),
)

_LEADING = re.compile(r"((?:[0-9]{1,3}\.){1,3})[*](?:\.[*]){0,2}")


@RULE.for_each_condition
def check(condition: Condition, statement: Statement, context: Context) -> Notes:
    for value, problem in unreadable(condition, "address"):
        if problem != "a wildcard":
            continue
        leading = _LEADING.fullmatch(value.text)
        octets = leading.group(1).strip(".").split(".") if leading else []
        written = ".".join(octets + ["0"] * (4 - len(octets))) + f"/{8 * len(octets)}"
        is_range = leading is not None and address.parse(written) is not None
        fix = Replace(value, written) if is_range else None
        yield RULE.finding(
            at=value, text=f"wildcards in {shown(value.text)} are not documented here; write a range", fix=fix
        )
