"""Structured logs: one JSON object a line on stderr, with ids and without secrets."""

import logging
import re
import sys
import uuid
from collections.abc import MutableMapping
from typing import Any

import structlog

from core import clock

_SECRET_NAMES = re.compile(r"passw|secret|token|cookie|authorization|csrf|api_?key|smtp_url", re.I)
_SECRET_TEXTS = (
    (re.compile(r"(://[^/\s:@]+:)[^/\s@]+@"), r"\1[redacted]@"),
    (re.compile(r"(/invite/)[\w-]+"), r"\1[redacted]"),
    (re.compile(r"(?i)(bearer\s+)[\w.~+/=-]+"), r"\1[redacted]"),
    (re.compile(r"(?m)^(DETAIL:\s+).*$"), r"\1[redacted]"),  # PostgreSQL's own, with a row's values
    (re.compile(r"(?i)\b((?:__Host-)?session|csrf)=[^;\s]+"), r"\1=[redacted]"),
)
_REDACTED = "[redacted]"


def configure(level: str = "INFO") -> None:
    """Set structlog up for this process; called once by each edge."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            _stamp,
            structlog.processors.format_exc_info,
            redact,
            structlog.processors.JSONRenderer(ensure_ascii=False, default=str),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(
            logging.getLevelNamesMapping().get(level.upper(), logging.INFO)
        ),
        logger_factory=_to_stderr,
        cache_logger_on_first_use=False,
    )


def error_id() -> str:
    """A new id that ties what a person saw to its line in the log."""
    return uuid.uuid4().hex[:12]


def report(error: BaseException, event: str, **details: Any) -> str:
    """Log an unexpected fault with its traceback and give back its id."""
    made = error_id()
    structlog.get_logger().error(event, error_id=made, exc_info=error, **details)
    return made


def redact(
    _logger: object, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Blot out values under secret names and secrets inside texts, at any depth."""
    return {key: _clean(key, value) for key, value in event.items()}


def _to_stderr(*_: object) -> structlog.PrintLogger:
    # Looked up anew, since whoever captures stderr puts another stream in its place.
    return structlog.PrintLogger(sys.stderr)


def _clean(key: object, value: Any) -> Any:
    if isinstance(key, str) and _SECRET_NAMES.search(key) and value is not None:
        return _REDACTED
    if isinstance(value, dict):
        return {name: _clean(name, inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(None, inner) for inner in value]
    return _clean_text(value) if isinstance(value, str) else value


def _clean_text(text: str) -> str:
    for pattern, replacement in _SECRET_TEXTS:
        text = pattern.sub(replacement, text)
    return text


def _stamp(
    _logger: object, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    event["at"] = clock.now().isoformat()
    return event
