"""The name of the policy is none that RAM takes.

Why it matters: RAM refuses it.
What to do: use 1 to 128 letters, digits and hyphens.
"""

import re

from policystudio.ram.document import Document
from policystudio.ram.finding import Severity, shown
from policystudio.validation.context import Context
from policystudio.validation.rule import Example, Notes, Rule
from policystudio.validation.shape import Only

RULE = Rule(
    Severity.ERROR,
    triggers=[Example({}, name="key admin"), Example({}, name=""), Example({}, name="x" * 129)],
    clean=[Example({}, name="key-admin"), {}],
    only=(Only.NAME,),
)

_NAME = re.compile(r"[A-Za-z0-9-]{1,128}")


@RULE.for_document
def check(document: Document, context: Context) -> Notes:
    if context.name is not None and not _NAME.fullmatch(context.name):
        text = f"the name {shown(context.name)} is not 1 to 128 letters, digits and hyphens"
        yield RULE.finding(at=document, text=text)
