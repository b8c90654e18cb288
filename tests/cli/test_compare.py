"""`manage.py compare`: exit codes, both formats, files and stored documents, and kind refusals."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from policystudio.policies.models import Policy
from tests import factories


def statement(**more):
    return {"Effect": "Allow", "Action": "kms:Decrypt", "Resource": "acs:kms:*:*:key/*", **more}


@pytest.fixture
def file(tmp_path):
    def write(name, *statements):
        path = tmp_path / name
        path.write_text(json.dumps({"Version": "1", "Statement": list(statements)}))
        return str(path)

    return write


def run(*arguments):
    """Exit code and output."""
    out = io.StringIO()
    try:
        call_command("compare", *arguments, stdout=out)
    except SystemExit as ended:
        return ended.code, out.getvalue()
    return 0, out.getvalue()


def test_the_exit_code_says_whether_anything_is_new(file):
    narrow, wide = file("narrow.json", statement()), file("wide.json", statement(Action="kms:*"))
    assert run(narrow, "--after", narrow)[0] == 0
    assert run(wide, "--after", narrow)[0] == 0
    code, told = run(narrow, "--after", wide)
    assert code == 1
    assert "+ kms:* except kms:Decrypt" in told
    doubtful = file("d.json", statement(Condition={"ForAnyValue:StringEquals": {"k:a": "x"}}))
    code, told = run(doubtful, "--after", narrow)
    assert code == 2
    assert "undetermined" in told


def test_json_is_what_the_api_answers(file):
    code, told = run(
        file("a.json", statement()), "--after", file("b.json", statement(Resource="*")), "--format", "json"
    )
    answer = json.loads(told)
    assert code == 1
    assert answer["grants_new_access"] == "yes"
    assert answer["added"][0]["resources"]["text"] == "* except acs:kms:*:*:key/*"


def test_a_placeholder_that_is_left_is_warned_of_in_both_formats(file, capsys):
    plain, left = (
        file("plain.json", statement()),
        file("left.json", statement(Resource="acs:kms:${region}:*:*")),
    )
    answer = json.loads(run(plain, "--after", left, "--format", "json")[1])
    (warned,) = answer["warnings"]
    assert (warned["side"], warned["document"], warned["code"]) == ("after", 0, "unreplaced-placeholder")
    assert answer["not_considered"]
    run(plain, left, "--after", plain)
    said = capsys.readouterr().err
    assert f"{left}: `${{region}}` is compared as it stands" in said
    assert "[unreplaced-placeholder]" in said


def test_several_files_stand_together(file):
    one, two = file("one.json", statement()), file("two.json", statement(Action="kms:Encrypt"))
    assert (
        run(one, two, "--after", file("both.json", statement(Action=["kms:Encrypt", "kms:Decrypt"])))[0] == 0
    )


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["no-such.json", "--after", "no-such.json"], "cannot be read"),
        (["-", "--after", "-"], "once"),
        (["--after", "no-such.json"], "--policy"),
        (["--account", "1", "--after", "no-such.json"], "--policy"),
        (["--policy", "x", "--after", "no-such.json"], "--account and --region"),
    ],
)
def test_what_cannot_be_compared_is_an_error_with_a_code_of_its_own(arguments, told):
    with pytest.raises(CommandError) as caught:
        run(*arguments)
    assert caught.value.returncode == 3
    assert told in str(caught.value)


def test_a_document_with_faults_is_refused_with_line_and_column(file, tmp_path):
    bad = tmp_path / "bad.json"
    bad.write_text('{\n  "Version": "1",\n}')
    with pytest.raises(CommandError) as caught:
        run(file("a.json", statement()), "--after", str(bad))
    assert caught.value.returncode == 3
    assert "bad.json:3:1: a value must follow" in str(caught.value)


@pytest.mark.django_db
def test_a_stored_document_is_compared_with_a_file(ada, rui, development, file):
    place = (factories.DEVELOPMENT, factories.HANGZHOU)
    policy: Policy = factories.make_released(ada, rui, name="App-Read", targets=[place])
    everything = file("everything.json", statement(Action="*", Resource="*"))
    stored = ["--policy", policy.name, "--account", place[0], "--region", place[1]]
    assert run(*stored, "--after", everything)[0] == 1
    assert run(*stored, "--revision", "1", "--after", everything)[0] == 1
    for wrong, told in (("--revision", "no revision 99"), ("--team", "no one policy")):
        with pytest.raises(CommandError, match=told) as caught:
            run(*stored, wrong, "99", "--after", everything)
        assert caught.value.returncode == 3


@pytest.mark.django_db
def test_a_revision_of_a_policy_whose_regions_share_a_document_is_what_is_exported(
    ada, rui, development, file
):
    places = [(factories.DEVELOPMENT, region) for region in (factories.HANGZHOU, factories.SHANGHAI)]
    policy: Policy = factories.make_released(
        ada,
        rui,
        name="App-Read",
        targets=places,
        region_mode="combined",
        source=json.dumps(
            {"Version": "1", "Statement": [statement(Resource="acs:kms:${region}:${account}:key/*")]}
        ),
    )
    resources = [f"acs:kms:{region}:{account}:key/*" for account, region in places]
    both, one = (
        file("both.json", statement(Resource=resources)),
        file("one.json", statement(Resource=resources[:1])),
    )
    stored = ["--policy", policy.name, "--account", places[0][0], "--region", places[0][1]]
    for chosen in (stored, [*stored, "--revision", "1"]):
        answer = json.loads(run(*chosen, "--after", both, "--format", "json")[1])
        assert (answer["grants_new_access"], answer["revokes_access"]) == ("no", "no")
        assert json.loads(run(*chosen, "--after", one, "--format", "json")[1])["revokes_access"] == "yes"
