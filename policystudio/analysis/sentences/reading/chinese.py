"""The Chinese grammar, out of the words that Chinese sentences are said with."""

from __future__ import annotations

from functools import cache

from policystudio.analysis.sentences.chinese import (
    CLOSING,
    CONDITIONS,
    LEGEND,
    VERBS,
    actions,
    conditions,
    resources,
)
from policystudio.analysis.sentences.chinese.phrases import PHRASES
from policystudio.analysis.sentences.chinese.scope import NEGATED, PLAIN, Scope
from policystudio.analysis.sentences.clause import Act, Comparison, Do, Match
from policystudio.analysis.sentences.pieces import quoted
from policystudio.analysis.sentences.reading.grammar import (
    KINDS,
    Asked,
    Doubted,
    Ending,
    Grammar,
    Key,
    Lone,
    Scoped,
    Truth,
    Where,
    act_wordings,
    between,
    single,
    thing_wordings,
    where_wordings,
)
from policystudio.analysis.sentences.reading.vocabulary import words_of
from policystudio.analysis.sentences.reading.wordings import wordings
from policystudio.ram.document import Effect

_SCOPES = {Effect.ALLOW: PLAIN, Effect.DENY: NEGATED}


@cache
def grammar() -> Grammar:
    """Made once; the tables never change while the product runs."""
    made = Grammar(
        verbs=wordings((text, effect) for effect, text in VERBS.items()),
        plain=_scoped(PLAIN),
        negated=_scoped(NEGATED),
        acts_except={e: single(actions.EXCEPT.format(every=s.every)) for e, s in _SCOPES.items()},
        on=single(resources.ON),
        does=single(*resources.DOES),
        places_except={e: single(resources.EXCEPT[0].format(every=s.every)) for e, s in _SCOPES.items()},
        between_excepted=single(PLAIN.place),
        excepted=single(resources.EXCEPT[1]),
        first_condition=single(CONDITIONS[0]),
        next_condition=single(CONDITIONS[1]),
        heads=wordings(_heads()),
        asked=wordings(_asked()),
        values={
            comparison: wordings({f"{{{kind}}}": True, conditions.EMPTY: False})
            for comparison, kind in KINDS.items()
        },
        again={comparison: single(f"{verb} ") for comparison, verb in conditions.ORDERS.items()},
        alternatives=between("、", " 或 ", also=["，或 "]),
        none_of=between("、"),
        none=single(f" {conditions.NONE_OF}"),
        endings=wordings(
            [
                (conditions.CASE, Ending("case")),
                (conditions.LITERAL, Ending("literal")),
                (conditions.ABSENT, Ending("absent")),
                (conditions.OF_TEAM, Ending("team")),
            ]
        ),
        doubted_values=wordings({"{text}": True, conditions.EMPTY: False}),
        no_value=single(conditions.NO_VALUE),
        held=single(conditions.HELD),
        doubts=wordings((text, doubt) for doubt, text in conditions.DOUBTS.items()),
        team=single(conditions.OF_TEAM),
        stop=single("。"),
        closing=(single(CLOSING), single(LEGEND)),
        somewhere={effect: _somewhere(scope) for effect, scope in _SCOPES.items()},
        phrases={phrase: name for name, phrase in PHRASES.items()},
        literal=conditions.LITERAL,
        absent=conditions.ABSENT,
        fits=(*conditions.VERBS[Comparison.FITS], conditions.VERBS[Comparison.FITS][1]),
        equal=(*conditions.VERBS[Comparison.IS], conditions.VERBS[Comparison.IS][1]),
        doubt_words=conditions.DOUBTS,
        say_condition=lambda condition: "".join(
            part.text for part in conditions.condition_in_words(condition)
        ),
        words=frozenset(),
        is_place_first=True,
    )
    return words_of(made)


def _somewhere(scope: Scope) -> tuple[str, ...]:
    of_target = resources.PLACE.format(
        region=resources.REGIONS[Match.TARGET], account=resources.ACCOUNTS[Match.TARGET]
    )
    things = resources.thing_words("", Match.EVERY, scope.every, is_of_kms=True)
    return (
        f"{resources.ON}{of_target}{things}",
        f"{resources.ON}{resources.EVERYTHING.format(every=scope.every)}",
    )


def _scoped(scope: Scope) -> Scoped:
    def say_act(act: Act) -> str:
        if act.kind is Do.BEGINS:
            return f"{actions.BEGINS[0]}{quoted(act.text)}{actions.BEGINS[1].format(every=scope.every)}"
        return actions.act_in_words(act, scope)

    def say_thing(type: str, match: Match, is_of_kms: bool) -> str:
        return resources.thing_words(type, match, scope.every, is_of_kms=is_of_kms)

    services = {
        match: text.format("{service}", every=scope.every) for match, text in resources.SERVICES.items()
    }
    where: list[tuple[str, Where | Lone]] = [
        (resources.EVERYTHING.format(every=scope.every), Lone(is_everything=True)),
        (resources.UNREADABLE.format("{text}"), Lone(is_everything=False)),
        *where_wordings(resources.REGIONS, resources.ACCOUNTS, resources.PLACE, scope.every),
    ]
    begins = f"{actions.BEGINS[0]}{{beginning}}"
    return Scoped(
        acts=wordings(act_wordings(PHRASES, actions.WORDS, begins, scope.every)),
        last=between("、", scope.last, also=[f"，{scope.last}"]),
        alternatives=between("、", " 或 "),
        places=wordings({}),
        things=wordings(
            thing_wordings(
                say_thing, resources.CONTAINERS, services, lambda thing, service: f"{service}{thing}"
            )
        ),
        where=wordings(where),
        between=single(scope.place),
        begun=single(actions.BEGINS[1].format(every=scope.every)),
        say_act=say_act,
        say_thing=say_thing,
    )


def _heads() -> list[tuple[str, Truth | Key | Doubted]]:
    holds, and_ = conditions.HOLDS
    return [
        *(
            (text, Truth(key, not index))
            for key, texts in conditions.TRUTHS.items()
            for index, text in enumerate(texts)
        ),
        *((text, Key(key)) for key, text in conditions.SUBJECTS.items()),
        *((f"{text} {{tag key}} ", Key(prefix)) for prefix, text in conditions.TAGS.items()),
        (conditions.KEY.format("{condition key}"), Key("")),
        (conditions.NAMELESS, Key("")),
        *(
            (f"{operator}{holds}{key}{and_}", Doubted())
            for operator in ("{operator}", conditions.EMPTY)
            for key in ("{condition key}", conditions.EMPTY)
        ),
    ]


def _asked() -> list[tuple[str, Asked | bool]]:
    found: list[tuple[str, Asked | bool]] = [(conditions.TRUTH[0], True), (conditions.TRUTH[1], False)]
    found += [(f"{verb} ", Asked(comparison, False)) for comparison, verb in conditions.ORDERS.items()]
    for comparison, verbs in conditions.VERBS.items():
        found += [(f"{verb} ", Asked(comparison, bool(index))) for index, verb in enumerate(verbs)]
    return found
