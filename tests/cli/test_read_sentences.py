"""`manage.py read_sentences`: exit codes, both languages, standard input, and what the choices are."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

SENTENCE = "Allows decrypting with every key in the target's region and account.\n"


def run(*arguments):
    """Exit code, output and complaints."""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("read_sentences", *arguments, stdout=out, stderr=err)
    except SystemExit as ended:
        return ended.code, out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


@pytest.fixture
def file(tmp_path):
    def write(text):
        path = tmp_path / "policy.txt"
        path.write_text(text, encoding="utf-8")
        return str(path)

    return write


def test_sentences_become_a_document(file):
    code, told, _ = run(file(SENTENCE))
    assert code == 0
    assert json.loads(told)["Statement"][0]["Action"] == "kms:Decrypt"
    chinese = file("允许对目标地域、目标账号的所有密钥执行以下操作：解密。")
    assert run(chinese, "--language", "zh-hans") == (0, told, "")


def test_problems_are_told_with_place_and_choices(file):
    name = file(SENTENCE + SENTENCE.replace("decrypting", "decryptng"))
    code, told, complaints = run(name)
    assert (code, told) == (1, "")
    assert f"{name}:2:8: " in complaints
    assert f"did you mean: {SENTENCE.strip()}" in complaints
    code, told, _ = run(name, "--format", "json")
    assert code == 1
    (problem,) = json.loads(told)["problems"]
    assert problem["code"] == "expected"
    assert {"text": "decrypting", "start": problem["start"], "end": problem["end"]} in problem["choices"]


def test_a_choice_shows_the_line_that_it_changes_whatever_separators_stand_before(file):
    wrong = SENTENCE.replace("decrypting", "decryptng").strip()
    _, _, complaints = run(file(f"{SENTENCE}\u2028\x0b{wrong}\r\n{SENTENCE}"))
    assert f"did you mean: \u2028\x0b{SENTENCE.strip()}\n" in complaints


def test_what_cannot_be_read_is_an_error(tmp_path):
    with pytest.raises(CommandError) as raised:
        run(str(tmp_path / "absent"))
    assert raised.value.returncode == 3
