"""Actions and action patterns in English. What is not in the table is said by its name."""

from __future__ import annotations

from policystudio.analysis.sentences.clause import Act, Clause, Do
from policystudio.analysis.sentences.english.phrases import PHRASES
from policystudio.analysis.sentences.english.scope import PLAIN, Scope, scope_of
from policystudio.analysis.sentences.pieces import Parts, joined, quoted
from policystudio.analysis.sentences.sentence import Part

EVERYTHING = "{every} action of {every} service"
EXCEPT = f"{EVERYTHING} except "
BEGINS = "{every} action that begins with "
WORDS = {
    Do.EVERYTHING: EVERYTHING,
    Do.EVERY_KMS: "{every} KMS action",
    Do.EVERY_OF_SERVICE: "{every} {} action",
    Do.OF_TEAM: "{} (added by your team)",
    Do.UNKNOWN: "the unknown action {}",
    Do.NAMED: "the action {}",
    Do.FITS: "{every} action that fits {}",
    Do.FITS_ANY_SERVICE: "{every} action of any service that fits {}",
}


def acts_in_words(clause: Clause) -> Parts:
    """`encrypting, decrypting and every action that begins with kms:List or kms:Get`, in the given order.

    Beginnings are gathered where the first of them stands.
    """
    head = scope_of(clause)
    scope = PLAIN if clause.all_acts_but else head
    beginnings = [act for act in clause.acts if act.kind is Do.BEGINS]
    items = []
    for act in clause.acts:
        if act.kind is not Do.BEGINS:
            items.append([Part(act_in_words(act, scope), act.path)])
        elif act is beginnings[0]:
            values = joined(
                [[Part(quoted(b.text), b.path)] for b in beginnings], ", ", " or ", clause.acts_path
            )
            items.append([Part(BEGINS.format(every=scope.every), clause.acts_path), *values])
    # The comma ends a list of beginnings, whose own last word may be the same.
    last = f",{scope.last}" if beginnings and scope is not PLAIN else scope.last
    found = joined(items, ", ", last, clause.acts_path)
    if not clause.all_acts_but:
        return found
    return [Part(EXCEPT.format(every=head.every), clause.acts_path), *found]


def act_in_words(act: Act, scope: Scope) -> str:
    """One act that is no beginning."""
    if act.kind is Do.KNOWN:
        return PHRASES.get(act.text) or quoted(act.text)
    return WORDS[act.kind].format(quoted(act.text), every=scope.every)
