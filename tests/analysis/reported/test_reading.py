"""Every shape in which a refusal comes is read, and what it does not say is said to be missing."""

from __future__ import annotations

import json
from typing import Any

import pytest

from policystudio.analysis.deciding import Decision
from policystudio.analysis.reported import Kind, Limits, Matched, Read, Reported, read_reported
from policystudio.catalog import load
from tests.analysis.reported import texts
from tests.analysis.reported.texts import ACCOUNT, ENCODED, KEY, SECRET, detail, diagnostic


def read(text: str, **limits: int) -> Read:
    """What is read of the text."""
    return read_reported(text, catalogue=load(), limits=Limits(**limits))


def one(text: str) -> Reported:
    """The only request of the text."""
    (found,) = read(text).reported
    return found


def codes(found: Reported) -> set[str]:
    """What is noted of it."""
    return {note.code for note in found.notes}


def test_a_decoded_diagnostic_is_a_whole_request() -> None:
    found = one(json.dumps(diagnostic()))
    assert found.kind is Kind.DIAGNOSTIC
    assert found.request is not None
    assert found.request.as_json() == {
        "action": "kms:Decrypt",
        "resource": KEY,
        "context": {"acs:SourceIp": "203.0.113.7"},
    }
    assert (found.is_refused, found.denial) == (True, Decision.IMPLICIT_DENY)
    assert found.policy_type == "AccountLevelIdentityBasedPolicy"
    assert (found.region, found.account) == ("cn-hangzhou", ACCOUNT)
    assert not found.notes


def test_a_diagnostic_tells_an_explicit_deny_and_its_policy() -> None:
    policy = {
        "PolicyIdentifier": "deny-outside",
        "PolicyType": "Custom",
        "Effect": "Deny",
        "AttachedEntityType": "SubUser",
    }
    found = one(json.dumps(diagnostic(ExplicitDeny="true", MatchedPolicies=[policy])))
    assert found.denial is Decision.EXPLICIT_DENY
    assert found.matched == (Matched("deny-outside", "Custom", "Deny", "SubUser"),)


def test_the_inner_part_of_a_diagnostic_is_enough() -> None:
    inner = diagnostic()["DecodedDiagnosticMessage"]
    assert one(json.dumps(inner)).request == one(json.dumps(diagnostic())).request


def test_a_key_with_several_values_counts_with_its_first_and_says_so() -> None:
    conditions = [{"ConditionKey": "acs:SourceIp", "ConditionValues": ["203.0.113.7", "203.0.113.8"]}]
    found = one(json.dumps(diagnostic(AuthConditions=conditions)))
    assert found.context == {"acs:SourceIp": "203.0.113.7"}
    assert "several-values" in codes(found)


@pytest.mark.parametrize("wrapped", [detail(), json.dumps(detail())], ids=["object", "text"])
def test_the_detail_of_a_denial_is_read_inside_its_error(wrapped: Any) -> None:
    error = {
        "Code": "Forbidden.NoPermission",
        "Message": f"This operation for {KEY} is forbidden by permission system.",
        "AccessDeniedDetail": wrapped,
    }
    found = one(json.dumps(error))
    assert found.kind is Kind.ACCESS_DENIED_DETAIL
    assert (found.action, found.resource) == ("kms:Encrypt", KEY)
    assert found.denial is Decision.IMPLICIT_DENY
    assert codes(found) == {"encoded-diagnostic"}


def test_the_detail_alone_has_no_resource_and_says_so() -> None:
    found = one(json.dumps(detail(NoPermissionType="ExplicitDeny")))
    assert (found.action, found.resource, found.request) == ("kms:Encrypt", "", None)
    assert found.denial is Decision.EXPLICIT_DENY
    assert "no-resource" in codes(found)


def test_an_error_of_ram_names_action_and_resource() -> None:
    found = one(texts.FROM_RAM)
    assert (found.kind, found.action, found.resource) == (Kind.MESSAGE, "kms:Encrypt", KEY)
    assert found.is_refused is True


def test_an_exception_of_an_sdk_names_the_resource_and_the_action_is_asked_for() -> None:
    found = one(texts.FROM_JAVA)
    assert (found.action, found.resource, found.is_refused) == ("", KEY, True)
    assert "no-action" in codes(found)


def test_the_operation_on_the_command_line_is_taken_and_said_to_be_assumed() -> None:
    found = one(texts.FROM_COMMAND_LINE)
    assert (found.action, found.resource) == ("kms:GetSecretValue", SECRET)
    assert "assumed-action" in codes(found)


def test_the_options_of_the_command_line_name_what_the_message_does_not() -> None:
    found = one("aliyun kms Encrypt --KeyId key-1 --RegionId cn-hangzhou\nErrorCode: Forbidden.NoPermission")
    assert (found.relative_id, found.region, found.resource) == ("key/key-1", "cn-hangzhou", "")
    assert "no-place" in codes(found)
    assert found.placed(region="cn-shanghai", account=ACCOUNT).resource == KEY


@pytest.mark.parametrize("text", [texts.FROM_PYTHON, texts.FROM_GO], ids=["Python", "Go"])
def test_the_sentence_and_the_details_of_one_error_are_one_refusal(text: str) -> None:
    found = one(text)
    assert found.kind is Kind.ACCESS_DENIED_DETAIL
    assert (found.action, found.resource) == ("kms:Encrypt", KEY)
    assert found.denial is Decision.IMPLICIT_DENY
    assert codes(found) == {"encoded-diagnostic"}
    assert text[found.start : found.end].strip() == text.strip()


def test_refusals_of_different_requests_stay_apart() -> None:
    text = f"This operation for {SECRET} is forbidden.\n" + json.dumps(diagnostic())
    assert [each.resource for each in read(text).reported] == [SECRET, KEY]


def test_the_word_before_a_code_is_no_service_and_an_action_of_the_catalogue_goes_first() -> None:
    found = one(f"error:Forbidden.NoPermission oss:GetObject needs kms:Decrypt on {KEY}。")
    assert (found.action, found.resource) == ("kms:Decrypt", KEY)
    assert "several-actions" in codes(found)
    assert one(f"code:Forbidden error:NoPermission {KEY}").action == ""


def test_two_operations_are_not_guessed_between() -> None:
    found = one(f"NoPermission for {KEY}: called Encrypt, then Decrypt")
    assert found.action == ""
    assert "several-operations" in codes(found)


@pytest.mark.parametrize(
    ("said", "denial"),
    [
        ('"ExplicitDeny": false', Decision.IMPLICIT_DENY),
        ('\\"ExplicitDeny\\":\\"false\\"', Decision.IMPLICIT_DENY),
        ("<ExplicitDeny>false</ExplicitDeny>", Decision.IMPLICIT_DENY),
        ('"ExplicitDeny": true', Decision.EXPLICIT_DENY),
        ("<NoPermissionType>ExplicitDeny</NoPermissionType>", Decision.EXPLICIT_DENY),
    ],
)
def test_the_name_of_a_member_is_no_explicit_deny_where_its_value_is_false(
    said: str, denial: Decision
) -> None:
    assert one(f"NoPermission kms:Decrypt {KEY} {said}").denial is denial


def test_an_error_as_xml_tells_who_refused() -> None:
    found = one(
        f"<Error><Code>NoPermission</Code><Message>This operation for {KEY} is forbidden.</Message>"
        "<AccessDeniedDetail><AuthAction>kms:Encrypt</AuthAction><PolicyType>ControlPolicy</PolicyType>"
        "<NoPermissionType>ExplicitDeny</NoPermissionType></AccessDeniedDetail></Error>"
    )
    assert (found.action, found.resource, found.policy_type) == ("kms:Encrypt", KEY, "ControlPolicy")
    assert found.denial is Decision.EXPLICIT_DENY


def test_an_action_in_small_letters_is_found_where_the_catalogue_has_it() -> None:
    assert one(f"no permission for kms:decrypt on {KEY}").action == "kms:Decrypt"
    assert one(f"no permission for kms:nothing on {KEY}").action == ""


@pytest.mark.parametrize("cut", [3, 25, 60, 120])
def test_what_stands_before_the_place_where_a_text_breaks_off_is_read(cut: int) -> None:
    found = one("2026-01-01 answer: " + json.dumps(diagnostic(), indent=1)[:-cut])
    assert found.kind is Kind.DIAGNOSTIC
    assert (found.action, found.resource) == ("kms:Decrypt", KEY)
    assert found.denial is Decision.IMPLICIT_DENY
    assert "broken-off" in codes(found)


def test_an_event_that_breaks_off_is_not_said_to_have_gone_well() -> None:
    whole = json.dumps(texts.event(errorCode="Forbidden.NoPermission"))
    found = one(whole[: whole.index('"errorCode"')])
    assert (found.action, found.resource, found.is_refused) == ("kms:Decrypt", KEY, None)
    assert one(whole[:-1]).is_refused is True


def test_an_encoded_message_says_how_to_decode_it() -> None:
    found = one(ENCODED)
    assert "encoded-diagnostic" in codes(found)
    assert found.request is None


@pytest.mark.parametrize(
    "text",
    [
        f'{{"action": "kms:Decrypt", "resource": "{KEY}", "context": {{"acs:SourceIp": "203.0.113.7"}}}}',
        '{"request": {"action": "kms:Decrypt", "resource": "'
        + KEY
        + '", "context": {"acs:SourceIp": "203.0.113.7"}}}',
        f"kms:Decrypt {KEY} acs:SourceIp=203.0.113.7",
        f"kms:decrypt   {KEY}\tacs:SourceIp=203.0.113.7",
        f"{{“action”: “kms:Decrypt”, “resource”: “{KEY}”, “context”: {{“acs:SourceIp”: “203.0.113.7”}}}}",
        f"{{&quot;action&quot;: &quot;kms:Decrypt&quot;, &quot;resource&quot;: &quot;{KEY}&quot;,"
        " &quot;context&quot;: {&quot;acs:SourceIp&quot;: &quot;203.0.113.7&quot;}}",
    ],
    ids=["json", "as the API takes it", "line", "letter case", "curly quotes", "entities"],
)
def test_a_request_of_the_simulator_is_itself(text: str) -> None:
    found = one(text)
    assert found.kind is Kind.REQUEST
    assert found.is_refused is None
    assert found.request is not None
    assert found.request.as_json() == {
        "action": "kms:Decrypt",
        "resource": KEY,
        "context": {"acs:SourceIp": "203.0.113.7"},
    }


def test_escaped_json_of_a_log_is_read() -> None:
    found = one("level=error answer=" + json.dumps(json.dumps(diagnostic())))
    assert found.kind is Kind.DIAGNOSTIC
    assert found.resource == KEY


def test_a_text_of_two_bytes_a_letter_is_read() -> None:
    found = one(json.dumps(diagnostic()).encode("utf-16-le").decode("latin-1"))
    assert found.resource == KEY


def test_requests_and_prose_keep_their_places() -> None:
    text = f"today:\n\n  kms:Decrypt {KEY}\n{json.dumps(diagnostic())}\nregards"
    found = read(text)
    line, record = found.reported
    assert text[line.start : line.end].strip() == f"kms:Decrypt {KEY}"
    assert json.loads(text[record.start : record.end]) == diagnostic()
    assert [text[each.start : each.end].strip() for each in found.left] == ["today:", "regards"]


def test_each_refusal_of_a_log_is_its_own() -> None:
    lines = [f"This operation for {each} is forbidden by permission system." for each in (KEY, SECRET)]
    assert [each.resource for each in read("\n".join(["log", *lines])).reported] == [KEY, SECRET]


def test_a_policy_is_left_and_told_from_a_refusal() -> None:
    found = read('{"Version": "1", "Statement": []}')
    assert not found.reported
    assert [each.code for each in found.left] == ["a-policy"]


@pytest.mark.parametrize("text", ["", "hello", "[]", "{}", "[1, null]", '"kms:Decrypt"', "\ufeff"])
def test_what_says_nothing_gives_no_request(text: str) -> None:
    assert not any(each.request for each in read(text).reported)


def test_an_error_that_is_no_refusal_is_not_called_one() -> None:
    found = read('{"Code": "Forbidden.KeyNotFound", "Message": "The specified Key is not found."}')
    assert not any(each.is_refused for each in found.reported)


def test_masked_ids_are_noted() -> None:
    assert "masked" in codes(one("kms:Decrypt acs:kms:cn-hangzhou:1234:key/08ec3bb9-****"))


def test_what_is_over_a_limit_is_left_and_said() -> None:
    text = "\n".join(f"kms:Decrypt {KEY}" for _ in range(5))
    found = read(text, max_reported=3)
    assert len(found.reported) == 3
    assert [each.code for each in found.left] == ["too-many"]
    found = read(text, max_characters=10)
    assert (found.reported, [each.code for each in found.left]) == ((), ["text-too-large"])
    context = {f"acs:Key{number}": "x" for number in range(5)}
    many = json.dumps({"action": "kms:Decrypt", "resource": KEY, "context": context})
    (found_one,) = read(many, max_keys=2).reported
    assert len(found_one.context) == 2
    assert "too-many-keys" in codes(found_one)


def test_what_nobody_sees_is_not_carried_on() -> None:
    found = one('{"action": "kms:De\\u202ecrypt", "resource": "*", "context": {"acs:X": "a\\ud800\\u0000"}}')
    shown = json.dumps(found.as_json(), ensure_ascii=False)
    assert not {"\u202e", "\ud800", "\x00"} & set(shown)
