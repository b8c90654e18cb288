"""A log line is one JSON object; it names the request and holds no secret and no raw control character."""

import json
import logging

import pytest
import structlog
from django_structlog.middlewares import request as request_log

from policystudio.logs import HIDDEN, hide_secrets


def rendered(caplog_record):
    """The line that the handler writes for a record."""
    handler = next(
        handler for handler in logging.getLogger().handlers if type(handler) is logging.StreamHandler
    )
    return handler.format(caplog_record)


def line(caplog, event, **values):
    caplog.clear()
    structlog.get_logger("tests.logs").error(event, **values)
    return rendered(caplog.records[-1])


def test_a_line_is_one_object_with_time_level_and_values(caplog):
    entry = json.loads(line(caplog, "released", policy=7))
    assert entry["event"] == "released"
    assert entry["policy"] == 7
    assert entry["level"] == "error"
    assert entry["time"].endswith("Z")


@pytest.mark.parametrize("text", ["a\nb", "a\r\nb", "\x1b[2J", "\u202e", "\u2028", "\x00", "\ud800"])
def test_text_from_outside_stays_within_its_line(caplog, text):
    written = line(caplog, "odd", text=text)
    assert written.isascii()
    assert written.isprintable()
    assert json.loads(written)["text"] == text


@pytest.mark.parametrize(
    "name", ["password", "new_password", "token", "SECRET_KEY", "Authorization", "cookie", "csrf"]
)
def test_secrets_are_hidden_by_name_at_any_depth(name):
    event = hide_secrets(
        None, "error", {"event": "x", name: "s3cret", "inside": {"list": [{name: "s3cret"}]}}
    )
    assert "s3cret" not in repr(event)
    assert event[name] == HIDDEN


def test_credentials_are_hidden_within_text():
    event = hide_secrets(
        None, "error", {"event": "sent Authorization: Bearer abc.def", "token_id": 4, "token": None}
    )
    assert "abc.def" not in event["event"]
    assert event["token_id"] == 4
    assert event["token"] is None


def test_a_request_is_logged_with_the_id_that_the_answer_carries(client, monkeypatch):
    # A fresh logger, since one that was used before keeps to what was configured then.
    monkeypatch.setattr(request_log, "logger", structlog.get_logger(request_log.__name__))
    with structlog.testing.capture_logs(processors=[structlog.contextvars.merge_contextvars]) as entries:
        answer = client.get("/healthz?q=pasted-by-a-person", headers={"X-Request-ID": "chosen-by-caller"})
    finished = next(entry for entry in entries if entry["event"] == "request_finished")
    assert finished["request_id"] == answer.headers["X-Request-ID"] != "chosen-by-caller"
    assert finished["request"] == "GET /healthz"
    assert finished["code"] == 200
    assert "pasted-by-a-person" not in json.dumps(entries, default=str)
