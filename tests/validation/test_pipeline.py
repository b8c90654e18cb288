"""The pipeline: what is judged, in which order it is told, and what the targets add."""

import json
import time
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policystudio.catalog import load
from policystudio.ram.document import Kind
from policystudio.ram.finding import Severity
from policystudio.ram.render import RegionMode, Target
from policystudio.validation import pipeline
from policystudio.validation.pipeline import MAX_FINDINGS, validate
from policystudio.validation.size import LIMIT
from tests.strategies import any_text, damaged_documents, documents, syntax_near_misses

NOW = datetime(2026, 11, 24, tzinfo=UTC)
ACCOUNT = "1234567890123456"
KEYS = "acs:kms:${region}:${account}:key/*"


def document(*statements):
    completed = [{"Effect": "Allow", "Action": "kms:DescribeKey", "Resource": KEYS, **s} for s in statements]
    return json.dumps({"Version": "1", "Statement": completed}, indent=2)


def judge(text, **options):
    return validate(text, catalogue=load(), now=NOW, **options)


def codes(validation):
    return [finding.code for finding in validation.findings]


class TestOrderAndPlace:
    def test_errors_come_first_then_by_place(self):
        text = document(
            {"Action": ["kms:Decrypt", "kms:decrypt"], "Resource": "*"},
            {"Condition": {"Bool": {"acs:MFAPresent": "maybe"}}},
        )
        findings = judge(text).findings
        ranks = [finding.severity.rank for finding in findings]
        assert ranks == sorted(ranks)
        assert findings[0].code == "malformed-boolean"

    def test_line_and_column_speak_of_the_text_as_typed(self):
        text = '{"Version":"1",\n"Statement":[{"Effect":"Allow",\n  "Action":["kms:Encypt"],"Resource":"*"}]}'
        finding = next(f for f in judge(text).findings if f.code == "unknown-action")
        assert (finding.path, finding.line, finding.column) == ("/Statement/0/Action/0", 3, 13)
        assert finding.choices[0].apply(text).count("kms:Encrypt") == 1

    def test_faults_of_structure_are_told_alone(self):
        validation = judge(document({"Effect": "allow", "Action": "kms:Encypt"}))
        assert codes(validation) == ["unknown-effect"]
        assert validation.document is None
        assert not validation.is_valid


class TestTargets:
    def test_fault_of_several_targets_is_told_once_for_the_worst(self):
        secrets = ["acs:kms:${region}:${account}:secret/" + "x" * 40 + str(n) for n in range(70)]
        text = document({"Action": "kms:DescribeSecret", "Resource": secrets})
        targets = [
            Target(ACCOUNT, "cn-hangzhou"),
            Target(ACCOUNT, "cn-shenzhen-finance-1"),
            Target(ACCOUNT, "us-east-1"),
        ]
        validation = judge(text, targets=targets)
        over = [finding for finding in validation.findings if finding.code == "document-over-limit"]
        assert len(over) == 1
        assert "cn-shenzhen-finance-1" in over[0].message
        single = [judge(text, targets=[target]).size.bytes_compact for target in targets]
        assert validation.size.bytes_compact == max(single)

    def test_size_is_that_of_the_text_that_would_be_sent(self):
        text = document({"Condition": {"StringEquals": {"kms:tag/Größe": "groß"}}})
        size = judge(text, targets=[Target(ACCOUNT, "cn-hangzhou")]).size
        sent = json.loads(text.replace("${region}", "cn-hangzhou").replace("${account}", ACCOUNT))
        assert size.bytes_compact == len(json.dumps(sent, separators=(",", ":"), ensure_ascii=False).encode())
        assert size.bytes_formatted == len((json.dumps(sent, indent=2, ensure_ascii=False) + "\n").encode())

    def test_combined_regions_make_one_longer_document(self):
        targets = [Target(ACCOUNT, "cn-hangzhou"), Target(ACCOUNT, "cn-shanghai")]
        separate = judge(document({}), targets=targets).size
        combined = judge(document({}), targets=targets, region_mode=RegionMode.COMBINED).size
        assert combined.bytes_compact > separate.bytes_compact

    def test_very_long_source_for_every_region_is_refused_quickly(self):
        regions = list(load().regions)
        targets = [Target(ACCOUNT, region) for region in regions]
        text = document(
            {"Resource": ["acs:kms:${region}:${account}:secret/" + "y" * 20 + str(n) for n in range(380)]}
        )
        start = time.process_time()
        validation = judge(text, targets=targets, region_mode="combined")
        assert "document-over-limit" in codes(validation)
        assert time.process_time() - start < 5

    def test_source_may_hold_placeholders_and_a_rendering_may_not(self):
        text = document(
            {
                "Resource": "acs:kms:${region}:${account}:secret/${acs:UserName}",
                "Action": "kms:DescribeSecret",
            }
        )
        assert "runtime-variable" in codes(judge(text))
        targeted = judge(text, targets=[Target(ACCOUNT, "cn-hangzhou")])
        assert codes(targeted) == ["unreplaced-placeholder", "runtime-variable"]
        assert targeted.findings[0].path == "/Statement/0/Resource"


class TestSilence:
    """One cause, one finding."""

    @pytest.mark.parametrize(
        ("statement", "expected"),
        [
            ({"Action": "kms:Encypt"}, ["unknown-action"]),
            (
                {"Action": "kms:Decrypt", "Resource": "acs:kms:${region}:${account}:keys/abc"},
                ["unknown-resource-type"],
            ),
            ({"Action": "kms:*", "Resource": "*"}, ["every-kms-action-on-every-resource"]),
            ({"Action": "*", "Resource": "*"}, ["every-action-of-every-service"]),
            ({"Action": "kms:ListKeys"}, ["missing-container-resource"]),
            ({"Action": "kms:SetKeyPolicy"}, ["rewrites-key-policy"]),
            ({"Resource": "arn:aws:kms:eu-west-1:123456789012:key/*"}, ["resource-of-another-cloud"]),
            ({"Condition": {"IpAddress": {"acs:SourceIp": ["10.0.0.0/40"]}}}, ["prefix-length-out-of-range"]),
            ({"Condition": {"StringEquals": {"kms:tag": "a"}}}, ["missing-tag-key"]),
            ({"Condition": {"DateLessThan": {"acs:CurrentTime": "2027-01-01"}}}, ["date-without-zone"]),
            (
                {"Action": "kms:UpdateAlias", "Resource": "acs:kms:${region}:${account}:alias/a"},
                ["alias-change-without-key"],
            ),
        ],
    )
    def test_single_fault_gives_a_single_finding(self, statement, expected):
        assert codes(judge(document(statement))) == expected

    def test_fault_in_one_statement_does_not_silence_another(self):
        text = document({"Action": "kms:*", "Resource": "*"}, {"Action": "kms:Decrypt", "Resource": "*"})
        assert codes(judge(text)) == [
            "every-kms-action-on-every-resource",
            "every-resource",
            "statement-covered-by-other",
        ]


class TestKinds:
    PRINCIPAL = '{"Service":["a.aliyuncs.com"]}'
    STATEMENT = f'{{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{PRINCIPAL}}}'
    TRUST = f'{{"Version":"1","Statement":[{STATEMENT}]}}'

    def test_trust_policy_is_judged_as_one_and_said_to_be_one(self):
        assert codes(judge(self.TRUST, kind=Kind.TRUST)) == ["not-an-identity-policy"]

    def test_trust_policy_as_custom_policy_is_refused(self):
        assert "principal-in-identity-policy" in codes(judge(self.TRUST))


class TestStored:
    TEXT = document({}).replace('"Resource"', '"NotResource"')

    def test_not_resource_is_refused_in_a_new_revision(self):
        assert "not-resource-in-new-revision" in codes(judge(self.TEXT))

    def test_not_resource_of_an_existing_document_is_read_with_a_warning(self):
        validation = judge(self.TEXT, stored=False)
        assert validation.is_valid
        assert "not-resource-element" in [finding.code for finding in validation.security_warnings]


class TestEveryInput:
    @given(st.one_of(any_text, syntax_near_misses()), st.sampled_from(Kind))
    def test_no_text_makes_it_raise(self, text, kind):
        validation = judge(text, kind=kind, targets=[Target(ACCOUNT, "cn-hangzhou")], name="x")
        assert validation.is_valid == all(f.severity is not Severity.ERROR for f in validation.findings)

    @given(st.one_of(documents(), damaged_documents()), st.booleans())
    def test_no_document_makes_it_raise(self, value, stored):
        text = json.dumps(value, ensure_ascii=False)
        for finding in judge(text, stored=stored, targets=[Target(ACCOUNT, "cn-hangzhou")]).findings:
            assert finding.message
            if finding.fix is not None:
                finding.fix.apply(text)

    def test_order_of_statements_does_not_change_what_is_found(self):
        statements = [{"Action": "kms:*", "Resource": "*"}, {"Action": "kms:Encypt"}, {"Action": "kms:List*"}]
        assert sorted(codes(judge(document(*statements)))) == sorted(
            codes(judge(document(*reversed(statements))))
        )


class TestSizeOfTheWork:
    def test_very_many_findings_are_cut(self, monkeypatch):
        monkeypatch.setattr(pipeline, "MAX_PER_CHECK", 10_000)
        text = document(*[{"Action": ["kms:Encypt"] * 4} for _ in range(400)])
        validation = judge(text)
        assert len(validation.findings) == MAX_FINDINGS + 1
        assert "too-many-findings" in codes(validation)

    @pytest.mark.parametrize("make", ["statements", "entries"])
    def test_time_grows_with_the_document_and_not_faster(self, make, monkeypatch):
        # As if RAM took documents of any length, so that every rule looks at all of it.
        monkeypatch.setattr(pipeline, "LIMIT", 10**9)

        def seconds(count):
            if make == "statements":
                text = document(
                    *[{"Action": ["kms:Encrypt", "kms:Get*"], "Resource": f"{KEYS}{n}"} for n in range(count)]
                )
            else:
                resources = [f"acs:kms:*:*:key/{n}*" for n in range(count)]
                text = document({"Action": ["kms:Encrypt"] * count, "Resource": resources})
            best = min(self._once(text) for _ in range(3))
            return best

        # Eight times the document may take sixteen times as long on a busy machine, and not sixty-four.
        assert seconds(800) < 24 * seconds(100)

    @staticmethod
    def _once(text):
        start = time.process_time()
        judge(text)
        return time.process_time() - start


def test_document_that_ram_can_take_is_releasable_however_much_is_said_of_it():
    """Every finding is told, as each may need a written reason; their number alone is no error."""
    patterns = [f"kms:*{chr(97 + i % 26)}{'?' * (i % 9)}" for i in range(420)]
    text = json.dumps(
        {"Version": "1", "Statement": [{"Effect": "Allow", "Action": patterns, "Resource": "*"}]},
        separators=(",", ":"),
    )
    found = judge(text)
    assert found.size.bytes_compact <= LIMIT
    assert len(found.findings) > MAX_FINDINGS
    assert found.is_valid
