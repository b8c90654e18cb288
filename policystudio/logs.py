"""Writes the log: one JSON object a line, with the request's id, and never a secret.

What is worth a line is decided where it happens (`structlog.get_logger()`); audit events are not logs.
"""

import logging.config
import re
from typing import Any

import structlog
from django.http import HttpRequest, HttpResponse
from django_structlog.middlewares import RequestMiddleware
from structlog.typing import EventDict, WrappedLogger

from policystudio.clients import client_address

SECRET_NAMES = re.compile(r"passw|secret|token|authorization|cookie|api_?key|credential|csrf", re.IGNORECASE)
BEARER = re.compile(r"(?i)\b(bearer|basic)\s+\S+")
HIDDEN = "[hidden]"


def hide_secrets(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Replace values whose name or form tells that they are secret, at any depth of the entry."""
    return {name: _hidden(name, value) for name, value in event.items()}


def _hidden(name: str, value: Any) -> Any:
    if SECRET_NAMES.search(name) and not isinstance(value, bool | int | None):
        return HIDDEN
    if isinstance(value, str):
        return BEARER.sub(rf"\1 {HIDDEN}", value)
    if isinstance(value, dict):
        return {str(key): _hidden(str(key), inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_hidden("", inner) for inner in value]
    return value


def configure(options: dict[str, Any]) -> None:
    """Set up structlog and the standard library's logging; Django calls it once with the setting `LOGGING`.

    The renderer writes ASCII only: control characters, line separators and direction marks arrive as `\\uXXXX`, so
    that text from a request can neither start a line of its own nor move a terminal's cursor.
    """
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="time"),
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.PositionalArgumentsFormatter(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    formatter = {
        "()": structlog.stdlib.ProcessorFormatter,
        "foreign_pre_chain": shared,
        "processors": [
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.StackInfoRenderer(),
            structlog.processors.format_exc_info,
            hide_secrets,
            structlog.processors.JSONRenderer(ensure_ascii=True, default=str),
        ],
    }
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {"json": formatter},
            "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
            "root": {"handlers": ["stderr"], "level": options.get("level", "INFO")},
            "loggers": {
                # The request log has the same facts, with the request's id.
                "django.request": {"level": "CRITICAL"},
                "django.server": {"level": "WARNING"},
            },
        }
    )


class RequestLog(RequestMiddleware):
    """Gives each request an id, binds it to every line logged meanwhile, and answers with it in `X-Request-ID`.

    The query string is left out of the log: a person may have pasted anything there.
    """

    def prepare(self, request: HttpRequest) -> None:
        """Bind the id and the caller's address, and log the start."""
        structlog.contextvars.bind_contextvars(ip=client_address(request))
        super().prepare(request)
        request.request_id = structlog.contextvars.get_contextvars()["request_id"]  # type: ignore[attr-defined]

    def handle_response(self, request: HttpRequest, response: HttpResponse) -> None:
        """Log the end, with the person when the request asked who it is; the log alone never loads a session."""
        user = getattr(request, "_cached_user", None)
        if user is not None and user.pk is not None:
            structlog.contextvars.bind_contextvars(user_id=user.pk)
        response.headers["X-Request-ID"] = request.request_id  # type: ignore[attr-defined]
        super().handle_response(request, response)

    @staticmethod
    def format_request(request: HttpRequest) -> str:
        """Method and path."""
        return f"{request.method} {request.path}"
