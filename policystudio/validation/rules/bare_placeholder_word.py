"""A word stands where something is to be filled in.

Why it matters: RAM compares it literally, so the entry fits nothing.
What to do: write the value, or `${region}` and `${account}`.
"""

from policystudio.ram.document import Text
from policystudio.ram.finding import Severity, shown
from policystudio.ram.position import pointer_parts
from policystudio.ram.resources import split
from policystudio.validation.blanks import bare_words
from policystudio.validation.choices.widening import offer
from policystudio.validation.context import Context
from policystudio.validation.repairs import Replace
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.WARNING,
    triggers=[
        {"Resource": "acs:kms:region:account:key/*"},
        {"Resource": "acs:kms:${region}:${account}:secret/<your-secret>"},
        {"Resource": "acs:kms:{{region}}:${account}:key/*"},
    ],
    clean=[{"Resource": "acs:kms:${region}:${account}:key/*"}],
)


@RULE.for_each_text
def check(text: Text, is_replaced: bool, context: Context) -> Notes:
    if not is_replaced:
        return
    fields = split(text.text)
    for word, written in bare_words(text):
        if fields is not None and word == fields.account:
            continue  # RAM refuses a word there, which `malformed-account-number` says
        advice = f"write {shown(written)}" if written else "write the value"
        statement = context.document.statements[int(pointer_parts(text.path)[1])]
        offered = offer(Replace(text, written) if written else None, widens=statement.is_allow)
        yield RULE.finding(at=text, text=f"{shown(word)} was to be filled in; {advice}", **offered)
