"""From text to document: values with their places, and every structural fault at once, one for each cause."""

import json

import pytest

from policystudio.ram.codes import CLEAN
from policystudio.ram.document import Effect, Kind
from policystudio.ram.finding import MAX_FINDINGS, Severity
from policystudio.ram.parse import parse
from tests.reading import document as document_of

GOOD = json.loads(CLEAN)


def with_statement(**members):
    """The clean document with members of its statement changed; None takes one out."""
    statement = {k: v for k, v in {**GOOD["Statement"][0], **members}.items() if v is not None}
    return json.dumps({"Version": "1", "Statement": [statement]}, ensure_ascii=False)


def codes(text, kind=Kind.IDENTITY):
    return [finding.code for finding in parse(text, kind).findings]


def test_document_knows_its_texts_and_their_places():
    text = CLEAN.replace(
        '"Effect"', '"Sid": "Keys", "Condition": {"Bool": {"a:b": "true", "c/d": ["x", ""]}}, "Effect"'
    )
    document = document_of(text)
    (statement,) = document.statements
    assert (statement.index, statement.path, statement.effect, statement.is_allow) == (
        0,
        "/Statement/0",
        Effect.ALLOW,
        True,
    )
    assert (text[statement.start], text[statement.end - 1]) == ("{", "}")
    assert [(t.text, t.path) for t in statement.actions] == [
        ("kms:Encrypt", "/Statement/0/Action/0"),
        ("kms:Decrypt", "/Statement/0/Action/1"),
    ]
    (resource,) = statement.resources
    assert (resource.path, text[resource.start : resource.end]) == (
        "/Statement/0/Resource",
        f'"{resource.text}"',
    )
    assert str(statement.sid) == "Keys"
    first, second = statement.conditions
    assert (first.operator.text, first.key.text, first.is_list, [v.path for v in first.values]) == (
        "Bool", "a:b", False, ["/Statement/0/Condition/Bool/a:b"],
    )  # fmt: skip
    assert (second.path, second.is_list, [v.text for v in second.values]) == (
        "/Statement/0/Condition/Bool/c~1d", True, ["x", ""],
    )  # fmt: skip
    assert text[second.key.start : second.key.end] == '"c/d"'


def test_one_text_and_a_list_of_it_are_the_same():
    texts = [
        document_of(with_statement(Action=action)).statements[0].actions for action in ("kms:*", ["kms:*"])
    ]
    assert [t.text for t in texts[0]] == [t.text for t in texts[1]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{}", ["missing-statement-list", "missing-version"]),
        ('{"Version": "1", "Statement": "x"}', ["value-of-wrong-type"]),
        ('{"Version": 1, "Statement": [5]}', ["wrong-version", "value-of-wrong-type"]),
        ('{"Version": "1", "Statement": [{}]}', ["missing-action", "missing-effect", "missing-resource"]),
        ('{"version": "1", "Statements": []}', ["wrong-case-in-element", "misspelt-element"]),
        ('{"Effect": "Allow", "Action": "*", "Resource": "*"}', ["missing-version", "element-at-wrong-level"]),
        (with_statement(Effect="ALLOW"), ["unknown-effect"]),
        (with_statement(Effect=["Allow"]), ["unknown-effect"]),
        (with_statement(Effect=None, effect="Allow"), ["wrong-case-in-element"]),
        (with_statement(Action=None, Actions="kms:*"), ["misspelt-element"]),
        (with_statement(Resource=None, resources="*"), ["misspelt-element"]),
        (with_statement(Action=None, Resource=None, RESOURCE="*", ACTION="*"), ["wrong-case-in-element"] * 2),
        (with_statement(Action=5), ["value-of-wrong-type"]),
        (with_statement(Action=[5, None, ["a"]]), ["value-of-wrong-type"] * 3),
        (with_statement(Action="", Resource=["", "a"]), ["empty-text-in-list"] * 2),
        (with_statement(Resource=[" a", "b\u3000"]), ["space-around-value"] * 2),
        (with_statement(Resource="a\nb"), ["control-character-in-string"]),
        (with_statement(Resource="a\n"), ["control-character-in-string"]),
        (with_statement(Action=[], Resource=[]), ["empty-action-list", "empty-resource-list"]),
        (with_statement(NotAction="a"), ["action-and-not-action"]),
        (with_statement(NotResource="a"), ["resource-and-not-resource"]),
        (with_statement(Principal={"RAM": ["*"]}), ["principal-in-identity-policy"]),
        (with_statement(NotPrincipal={}), ["principal-in-identity-policy"]),
        (with_statement(Version="1"), ["element-at-wrong-level"]),
        (with_statement(Id="x"), ["unknown-element"]),
        (with_statement(__proto__={}), ["unknown-element"]),
        (with_statement(Sid=5), ["value-of-wrong-type"]),
        (with_statement(Sid=""), ["empty-text-in-list"]),
        (with_statement(Sid="with spaces"), []),
        (with_statement(Condition=[]), ["condition-not-an-object"]),
        (with_statement(Condition={}), []),
        (with_statement(Condition={"Bool": {}}), []),
        (with_statement(Condition={"Bool": "true"}), ["value-of-wrong-type"]),
        (with_statement(Condition={"Bool": {"a:b": True}}), ["unquoted-condition-value"]),
        (with_statement(Condition={"Bool": {"a:b": [1.5, "x"]}}), ["unquoted-condition-value"]),
        (with_statement(Condition={"Bool": {"a:b": None}}), ["value-of-wrong-type"]),
        (with_statement(Condition={"Bool": {"a:b": {}}}), ["value-of-wrong-type"]),
        (with_statement(Condition={"Bool": {"a:b": []}}), []),
        (with_statement(Condition={"StringLike": {"a:b": ["", " x "]}}), []),
        (with_statement(Condition={"Bool": {" a:b": "true"}}), ["space-around-value"]),
        (with_statement(Condition={"Bool": {"a\tb": "true"}}), ["control-character-in-string"]),
        (with_statement(Condition={"Null": {"a:b": "true"}}), ["operator-of-another-cloud"]),
        (with_statement(Condition={"BoolIfExists": {}}), ["operator-of-another-cloud"]),
        (with_statement(Condition={"ForAnyValue:ArnLike": {}}), ["operator-of-another-cloud"]),
        (with_statement(Condition={"stringEquals": {"a:b": "c"}}), ["wrong-case-in-operator"]),
        (with_statement(Condition={"ForAllValues:StringLike": {"a:b": "c"}}), []),
        (with_statement(Condition={"ForAllValues:Bool": {"a:b": "c"}}), ["unknown-operator"]),
        (with_statement(Condition={"acs:SourceIp": "10.0.0.1"}), ["unknown-operator"]),
        (with_statement(Condition={"IPAddres": {"a:b": "c"}}), ["unknown-operator"]),
    ],
)  # fmt: skip
def test_faults_are_told_once_each(text, expected):
    assert sorted(codes(text)) == sorted(expected)
    errors = [f for f in parse(text).findings if f.severity is Severity.ERROR]
    assert (parse(text).document is None) == bool(errors)


def test_lone_statement_is_judged_inside_too_with_pointers_as_typed():
    text = '{"Version": "1", "Statement": {"Effect": "allow", "Action": "*", "Resource": "*"}}'
    assert [(f.code, f.path) for f in parse(text).findings] == [
        ("statement-not-in-list", "/Statement"),
        ("unknown-effect", "/Statement/Effect"),
    ]


def test_not_resource_is_read_with_a_security_warning():
    text = with_statement(Resource=None, NotResource=["acs:kms:*:*:key/a"])
    assert [(f.code, f.severity) for f in parse(text).findings] == [
        ("not-resource-element", Severity.SECURITY_WARNING)
    ]
    assert [t.text for t in document_of(text).statements[0].not_resources] == ["acs:kms:*:*:key/a"]


def test_findings_are_capped_and_the_last_says_so():
    text = json.dumps({"Version": "1", "Statement": [{}] * 100})
    findings = parse(text).findings
    assert len(findings) == MAX_FINDINGS + 1
    assert findings[-1].code == "too-many-findings"


TRUST = {
    "Effect": "Allow",
    "Action": "sts:AssumeRole",
    "Principal": {"RAM": ["acs:ram::1234567890123456:root"]},
}
KEY_POLICY = {**TRUST, "Action": "kms:*", "Resource": "*"}


@pytest.mark.parametrize(
    ("kind", "statement", "expected"),
    [
        (Kind.TRUST, TRUST, []),
        (Kind.TRUST, {**TRUST, "Principal": {"Service": "ecs.aliyuncs.com"}}, []),
        (Kind.TRUST, {**TRUST, "Resource": "*"}, ["unknown-element"]),
        (Kind.TRUST, {**TRUST, "Principal": {}}, ["missing-principal"]),
        (Kind.TRUST, {**TRUST, "Principal": "*"}, ["value-of-wrong-type"]),
        (Kind.TRUST, {**TRUST, "Principal": {"ram": ["x"]}}, ["wrong-case-in-element"]),
        (Kind.TRUST, {**TRUST, "Principal": {"RAM": []}}, ["empty-principal-list"]),
        (Kind.TRUST, {**TRUST, "Principal": {"AWS": ["x"]}}, ["unknown-element"]),
        (Kind.KEY_POLICY, KEY_POLICY, []),
        (Kind.KEY_POLICY, {**KEY_POLICY, "Resource": ["*"]}, []),
        (Kind.KEY_POLICY, {**KEY_POLICY, "Resource": "acs:kms:*:*:key/a"}, ["resource-in-key-policy"]),
        (Kind.KEY_POLICY, {**KEY_POLICY, "Action": ["kms:*", "ecs:*"]}, ["action-outside-kms"]),
        (
            Kind.KEY_POLICY,
            {**KEY_POLICY, "Principal": {"Service": "x"}},
            ["missing-principal", "unknown-element"],
        ),
        (Kind.KEY_POLICY, {**KEY_POLICY, "Sid": "a" * 129}, ["statement-id-too-long"]),
        (Kind.KEY_POLICY, TRUST, ["action-outside-kms", "missing-resource"]),
    ],
)
def test_other_kinds_have_a_grammar_of_their_own(kind, statement, expected):
    text = json.dumps({"Version": "1", "Statement": [statement]})
    assert sorted(codes(text, kind)) == sorted(expected)


@pytest.mark.parametrize(
    ("elements", "is_offered"),
    [
        ({"Action": None, "Actoin": "kms:*"}, True),
        ({"Action": None, "NotAction": "kms:*", "Actoin": "kms:*"}, False),
        ({"NotActoin": "kms:*"}, False),
        ({"Action": None, "NotActoin": "kms:*"}, True),
        ({"Resource": None, "NotResource": "*", "Resources": "*"}, False),
        ({"NotResources": "*"}, False),
        ({"Resource": None, "NotResources": "*"}, True),
        ({"Action": None, "NotAction": "kms:*", "Resource": None, "Resources": "*"}, True),
    ],
)
def test_element_is_not_renamed_beside_one_that_excludes_it(elements, is_offered):
    misnamed = [f for f in parse(with_statement(**elements)).findings if f.code == "misspelt-element"]
    assert [finding.fix is not None for finding in misnamed] == [is_offered]


@pytest.mark.parametrize(("name", "is_offered"), [("Action", False), ("NotAction", False), ("Effect", True)])
def test_element_is_not_moved_beside_one_that_excludes_it(name, is_offered):
    statement = {"Effect": "Allow", "NotAction": "kms:*", "Resource": "*"}
    statement.pop(name if is_offered else "", None)
    outside = "Allow" if name == "Effect" else "kms:*"
    text = json.dumps({"Version": "1", name: outside, "Statement": [statement]})
    found = [f for f in parse(text).findings if f.code == "element-at-wrong-level"]
    titles = [f.fix.title if f.fix else "" for f in found]
    assert [title.startswith("move") for title in titles] == [is_offered]


@pytest.mark.parametrize(
    ("documented", "other", "widens"),
    [
        ("Deny", "Allow", {"effect"}),
        ("Deny", "x", {"effect"}),
        ("Allow", "Deny", {"Effect"}),
        ("Allow", "x", {"Effect"}),
        ("x", "y", set()),
        ("Deny", "Deny", set()),
    ],
)
def test_of_two_effects_the_one_that_denies_less_is_said_to_allow_more(documented, other, widens):
    text = with_statement(Effect=documented, effect=other)
    (offered,) = [f.choices for f in parse(text).findings if f.code == "members-differ-only-in-case"]
    kept = [json.loads(choice.apply(text))["Statement"][0]["Effect"] for choice in offered]
    assert kept == [documented, other]
    assert {
        title for title, choice in zip(("Effect", "effect"), offered, strict=True) if choice.widens
    } == widens
    assert [choice.title.endswith(", which allows more") for choice in offered] == [c.widens for c in offered]


def test_other_elements_in_two_spellings_are_a_matter_of_choice():
    text = with_statement(action="kms:Encrypt")
    (offered,) = [f.choices for f in parse(text).findings if f.code == "members-differ-only-in-case"]
    assert [choice.widens for choice in offered] == [False, False]
