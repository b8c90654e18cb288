"""Who may do what over stored documents: as the evaluator decides document by document, and true after each release."""

from __future__ import annotations

import json
from random import Random
from typing import Any

import pytest

from policystudio.analysis.deciding import Decision, Policies
from policystudio.analysis.given import read_given
from policystudio.analysis.request import Request
from policystudio.errors import InvalidInput
from policystudio.search.answering import Answer, Hit, Verdict, who_may
from policystudio.search.models import SearchedDocument
from policystudio.search.question import Question
from policystudio.search.services.keep import Kept, add, keep
from policystudio.search.services.rebuild import disagreements, rebuild
from policystudio.teams.viewer import Viewer
from tests.analysis.deciding import generating
from tests.factories import DEVELOPMENT, HANGZHOU, SHANGHAI, make_policy, make_released, source_text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("development")]

KEY = f"acs:kms:{HANGZHOU}:{DEVELOPMENT}:key/a"


def stored(by: Viewer, *documents: Any) -> list[Kept]:
    """The documents in the index, each for a region of its own."""
    policy = make_policy(by)
    kept = [
        Kept(policy.pk, 1, f"p{number:04}", DEVELOPMENT, f"r-{number:04}", json.dumps(document))
        for number, document in enumerate(documents)
    ]
    add(by.team_id, kept)
    return kept


def statement(effect: str = "Allow", **changed: Any) -> dict[str, Any]:
    return {"Effect": effect, "Action": ["kms:Decrypt"], "Resource": [KEY], **changed}


def document(*statements: dict[str, Any]) -> dict[str, Any]:
    return {"Version": "1", "Statement": list(statements)}


def hits_of(answer: Answer) -> list[Hit]:
    return answer.hits(list(answer.documents.order_by("name", "pk")))


def ask(by: Viewer, action: str = "kms:Decrypt", resource: str = KEY, **more: Any) -> list[Hit]:
    return hits_of(who_may(by, Question(action, resource, **more)))


class TestAgreesWithTheEvaluator:
    @pytest.mark.parametrize("seed", range(12))
    def test_complete_questions_are_answered_document_by_document(self, seed: int, ada: Viewer) -> None:
        draw = Random(seed)
        documents = [generating.document(draw) for _ in range(60)]
        documents = [d for d in documents if read_given(json.dumps(d)).document is not None]
        kept = stored(ada, *documents)
        compiled = {
            each.region: Policies.of([found])
            for each in kept
            if (found := read_given(each.text).document) is not None
        }
        for _ in range(15):
            action, resource, context = generating.request(draw, documents)
            if "*" in action + resource.removeprefix("*") or "?" in action + resource:
                continue
            answer = who_may(ada, Question(action, resource, context, is_complete=True))
            decided = {
                region: policies.decide(Request(action, resource, context))
                for region, policies in compiled.items()
            }
            hits = hits_of(answer)
            assert {h.document.region for h in hits if h.verdict is Verdict.ALWAYS} == {
                region for region, decision in decided.items() if decision is Decision.ALLOW
            }
            # Where it cannot be told whether it is allowed, that is told as a condition and never left out.
            assert {h.document.region for h in hits if h.verdict is not Verdict.ALWAYS} == {
                region
                for region, policies in compiled.items()
                if policies.bounds(Request(action, resource, context)).is_allowed is None
            }
            counts = answer.counts()
            assert counts[Verdict.ALWAYS] == sum(h.verdict is Verdict.ALWAYS for h in hits)
            assert counts[Verdict.CONDITIONS] == sum(h.verdict is Verdict.CONDITIONS for h in hits)

    @pytest.mark.parametrize("seed", range(8))
    def test_an_open_question_holds_whatever_the_request_carries(self, seed: int, ada: Viewer) -> None:
        draw = Random(1000 + seed)
        documents = [generating.document(draw) for _ in range(40)]
        documents = [d for d in documents if read_given(json.dumps(d)).document is not None]
        kept = stored(ada, *documents)
        action, resource, _ = generating.request(draw, documents)
        if "*" in resource:
            resource = "acs:a:a:1:a"
        answer = who_may(ada, Question(action, resource))
        hits = hits_of(answer)
        verdicts = {hit.document.region: hit.verdict for hit in hits}
        proved = {hit.document.region for hit in hits if hit.is_by_proof}
        for each in kept:
            found = read_given(each.text).document
            assert found is not None
            policies = Policies.of([found])
            for _ in range(30):
                _, _, context = generating.request(draw, [json.loads(each.text)])
                decision = policies.decide(Request(action, resource, context))
                if verdicts.get(each.region) is Verdict.ALWAYS:
                    # A proof is about values that can be read; of others nothing can be told.
                    readable = each.region not in proved or decision is not Decision.UNKNOWN
                    assert not readable or decision is Decision.ALLOW
                if each.region not in verdicts:
                    assert decision is not Decision.ALLOW


class TestAnswers:
    def test_an_unconditional_allow_is_always(self, ada: Viewer) -> None:
        stored(ada, document(statement()))
        (hit,) = ask(ada)
        assert hit.verdict is Verdict.ALWAYS
        assert [(cause.path, cause.is_allow, cause.limits) for cause in hit.causes] == [
            ("/Statement/0", True, ())
        ]

    def test_conditions_that_are_left_open_are_told_and_given_ones_are_not(self, ada: Viewer) -> None:
        conditions = {
            "IpAddress": {"acs:SourceIp": ["10.0.0.0/8"]},
            "StringEquals": {"kms:tag/Project": "Apollo"},
        }
        stored(ada, document(statement(Condition=conditions)))
        (hit,) = ask(ada, context={"acs:SourceIp": "10.1.2.3"})
        assert hit.verdict is Verdict.CONDITIONS
        assert [limit.key.text for limit in hit.causes[0].limits] == ["kms:tag/Project"]
        assert ask(ada, context={"acs:SourceIp": "192.0.2.1"}) == []
        assert ask(ada, is_complete=True) == []

    def test_a_deny_takes_the_document_out_and_is_counted(self, ada: Viewer) -> None:
        stored(ada, document(statement(), statement("Deny", Action=["kms:*"])), document(statement()))
        answer = who_may(ada, Question("kms:Decrypt", KEY))
        assert [hit.document.name for hit in hits_of(answer)] == ["p0001"]
        assert answer.counts() == {Verdict.ALWAYS: 1, Verdict.CONDITIONS: 0, Verdict.DENIED: 1}

    def test_a_deny_under_conditions_makes_the_answer_depend_on_them(self, ada: Viewer) -> None:
        deny = statement("Deny", Condition={"Bool": {"acs:SecureTransport": "false"}})
        stored(ada, document(statement(), deny))
        (hit,) = ask(ada)
        assert hit.verdict is Verdict.CONDITIONS
        assert [(cause.is_allow, len(cause.limits)) for cause in hit.causes] == [(True, 0), (False, 1)]

    def test_an_open_resource_finds_what_is_allowed_on_some_of_it(self, ada: Viewer) -> None:
        stored(
            ada,
            document(statement()),
            document(statement(Resource=["*"])),
            document(statement(Resource=["acs:kms:*:*:secret/*"])),
        )
        hits = ask(ada, resource="acs:kms:*:*:key/*")
        assert [(h.document.name, h.verdict) for h in hits] == [
            ("p0000", Verdict.CONDITIONS),
            ("p0001", Verdict.ALWAYS),
        ]
        assert [h.causes[0].is_partial for h in hits] == [True, False]

    def test_any_resource_at_all_is_every_list_and_surely_the_lone_star(self, ada: Viewer) -> None:
        stored(ada, document(statement()), document(statement(Resource=["*"])))
        hits = hits_of(who_may(ada, Question("kms:Decrypt", None)))
        assert [hit.verdict for hit in hits] == [Verdict.CONDITIONS, Verdict.ALWAYS]

    def test_an_operation_without_a_resource_is_reached_by_the_lone_star(self, ada: Viewer) -> None:
        stored(
            ada,
            document(statement()),
            document(statement(Resource=["*"])),
            document(statement(Resource=["acs:*:*:*:*"])),
        )
        assert [hit.document.name for hit in ask(ada, "kms:ListKeys", "*")] == []
        assert [hit.document.name for hit in ask(ada, "kms:Decrypt", "*")] == ["p0001"]

    def test_patterns_that_no_name_fits_together_are_no_hit(self, ada: Viewer) -> None:
        stored(ada, document(statement(Resource=["acs:kms:*:*:key/*q*x"])))
        assert ask(ada, resource="acs:kms:*:*:key/a?") == []
        assert len(ask(ada, resource="acs:kms:*:*:key/q?")) == 1

    def test_documents_of_one_account_and_region_are_asked_alone(self, ada: Viewer) -> None:
        stored(ada, document(statement()), document(statement()))
        answer = who_may(ada, Question("kms:Decrypt", KEY, account=DEVELOPMENT, region="r-0001"))
        assert [h.document.name for h in hits_of(answer)] == ["p0001"]
        assert answer.counts()[Verdict.ALWAYS] == 1
        assert ask(ada, account="9999999999999999") == []

    @pytest.mark.parametrize(
        ("question", "pointer"),
        [
            (Question("Decrypt", KEY), "/action"),
            (Question("kms:*", KEY), "/action"),
            (Question("kms:Decrypt", "key/a"), "/resource"),
            (Question("kms:Decrypt", "acs:kms:cn-hangzhou:1:"), "/resource"),
            (Question("kms:Decrypt", KEY, {"": "x"}), "/context/"),
            (Question("kms:Decrypt", KEY, {"acs:SourceIp": "nonsense"}), "/context/acs:SourceIp"),
            (Question("kms:Decrypt", KEY, {"acs:SourceIp": "10.0.0.0/8"}), "/context/acs:SourceIp"),
            (Question("kms:Decrypt", KEY, {"acs:CurrentTime": "today"}), "/context/acs:CurrentTime"),
            (Question("kms:Decrypt", KEY, {"acs:MFAPresent": "1"}), "/context/acs:MFAPresent"),
        ],
    )
    def test_what_is_no_question_is_refused_at_its_place(
        self, question: Question, pointer: str, ada: Viewer
    ) -> None:
        with pytest.raises(InvalidInput) as refused:
            who_may(ada, question)
        assert [problem.pointer for problem in refused.value.problems] == [pointer]

    def test_another_team_sees_nothing(self, ada: Viewer, sam: Viewer) -> None:
        stored(ada, document(statement()))
        assert ask(sam) == []


class TestTakesTheStatementsTogether:
    @pytest.mark.parametrize(
        "statements",
        [
            [
                statement(
                    Condition={
                        "IpAddress": {"acs:SourceIp": ["10.0.0.0/8"]},
                        "NotIpAddress": {"acs:SourceIp": ["10.0.0.0/7"]},
                    }
                )
            ],
            [
                statement(Condition={"StringEquals": {"kms:tag/a": ["x"]}}),
                statement("Deny", Condition={"StringLike": {"kms:tag/a": ["*"]}}),
            ],
            [
                statement(Resource=["acs:kms:*:*:key/a"]),
                statement("Deny", Condition={"Bool": {"acs:SecureTransport": ["true"]}}),
                statement("Deny", Condition={"StringNotEquals": {"x": ["1"]}}),
                statement("Deny", Condition={"StringEquals": {"x": ["1"]}}),
            ],
        ],
    )
    def test_what_leaves_nothing_is_no_condition(self, statements: list[dict[str, Any]], ada: Viewer) -> None:
        stored(ada, document(*statements))
        (hit,) = ask(ada)
        assert (hit.verdict, hit.is_by_proof) == (Verdict.DENIED, True)

    @pytest.mark.parametrize(
        "statements",
        [
            [
                statement(Condition={"StringEquals": {"x": ["1"]}}),
                statement(Condition={"StringNotEquals": {"x": ["1"]}}),
            ],
            [
                statement(),
                statement("Deny", Condition={"StringEquals": {"x": ["1"]}, "StringNotLike": {"x": ["*"]}}),
            ],
        ],
    )
    def test_what_always_holds_is_no_condition(self, statements: list[dict[str, Any]], ada: Viewer) -> None:
        stored(ada, document(*statements))
        (hit,) = ask(ada)
        assert (hit.verdict, hit.is_by_proof) == (Verdict.ALWAYS, True)

    def test_a_pattern_is_always_allowed_where_lists_cover_it_together(self, ada: Viewer) -> None:
        split = [statement(Resource=["acs:kms:*:*:key/?*"]), statement(Resource=["acs:kms:*:*:key/"])]
        stored(ada, document(*split), document(split[0]))
        assert [hit.verdict for hit in ask(ada, resource="acs:kms:*:*:key/*")] == [
            Verdict.ALWAYS,
            Verdict.CONDITIONS,
        ]

    def test_an_operation_without_a_resource_is_proved_for_itself(self, ada: Viewer) -> None:
        denied = statement("Deny", Resource=["*"], Condition={"StringLike": {"x": ["*"]}})
        stored(ada, document(statement(Resource=["*"], Condition={"StringEquals": {"x": ["1"]}}), denied))
        assert [hit.verdict for hit in ask(ada, resource="*")] == [Verdict.DENIED]

    @pytest.mark.parametrize("seed", range(6))
    def test_a_proof_never_speaks_against_the_evaluator(self, seed: int, ada: Viewer) -> None:
        draw = Random(7000 + seed)
        documents = [generating.document(draw) for _ in range(60)]
        documents = [d for d in documents if read_given(json.dumps(d)).document is not None]
        texts = {each.region: each.text for each in stored(ada, *documents)}
        for _ in range(6):
            action, resource, given = generating.request(draw, documents)
            if "*" in action + resource or "?" in action + resource:
                continue
            context = dict(list(given.items())[:1])
            try:
                hits = ask(ada, action, resource, context=context)
            except InvalidInput:
                continue
            for hit in [hit for hit in hits if hit.is_by_proof]:
                text = texts[hit.document.region]
                found = read_given(text).document
                assert found is not None
                for _ in range(40):
                    _, _, more = generating.request(draw, [json.loads(text)])
                    bounds = Policies.of([found]).bounds(Request(action, resource, {**more, **context}))
                    assert bounds.is_allowed in (hit.verdict is Verdict.ALWAYS, None)


class TestKeptTrue:
    def test_a_release_is_found_at_once_and_its_successor_replaces_it(self, ada: Viewer, rui: Viewer) -> None:
        policy = make_released(ada, rui, targets=((DEVELOPMENT, HANGZHOU), (DEVELOPMENT, SHANGHAI)))
        resource = f"acs:kms:{HANGZHOU}:{DEVELOPMENT}:key/key-hzz0000000000001"
        (hit,) = ask(ada, "kms:Encrypt", resource)
        assert (hit.document.policy_id, hit.document.region) == (policy.pk, HANGZHOU)
        assert list(disagreements(ada.team_id, [])) != []

    def test_equal_lists_are_kept_once_and_all_documents_of_a_policy_are_replaced(self, ada: Viewer) -> None:
        kept = stored(ada, *[document(statement())] * 3)
        keep(ada.team_id, kept[0].policy_id, kept[:1])
        assert SearchedDocument.objects.count() == 1
        assert len(ask(ada)) == 1
        keep(ada.team_id, kept[0].policy_id, [])
        assert ask(ada) == []

    def test_a_rebuild_gives_the_same_answers(self, ada: Viewer) -> None:
        kept = stored(
            ada, *[document(statement(), statement("Deny", Resource=[f"{KEY}/{n}"])) for n in range(5)]
        )
        before = [(h.document.name, h.verdict) for h in ask(ada)]
        assert rebuild(ada.team_id, iter(kept)) == 5
        assert [(h.document.name, h.verdict) for h in ask(ada)] == before
        assert list(disagreements(ada.team_id, kept)) == []

    def test_what_differs_from_the_documents_is_told(self, ada: Viewer) -> None:
        kept = stored(ada, document(statement()), document(statement()))
        changed = [kept[0]._replace(text=source_text()), kept[1]._replace(region="r-9999")]
        told = list(disagreements(ada.team_id, changed))
        assert [text.split(" ", 1)[0] for text in told] == ["p0000", "p0001", "policy"]

    @pytest.mark.parametrize("count", [1, 500])
    def test_many_entries_and_long_ones_are_kept(self, count: int, ada: Viewer) -> None:
        resources = [f"acs:kms:*:*:key/{'k' * 300}{n}*" for n in range(count)]
        stored(ada, document(statement(Resource=resources)))
        (hit,) = ask(ada, resource=f"acs:kms:{HANGZHOU}:{DEVELOPMENT}:key/{'k' * 300}0x")
        assert hit.verdict is Verdict.ALWAYS
