import json
from collections.abc import Iterator

import pytest
import structlog

from core import logs


@pytest.fixture(autouse=True)
def configured(capsys: pytest.CaptureFixture[str]) -> Iterator[None]:
    logs.configure("INFO")
    yield
    structlog.reset_defaults()


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().err.splitlines()]


@pytest.mark.parametrize(
    ("details", "expected"),
    [
        ({"password": "p"}, {"password": "[redacted]"}),
        ({"api_key": "k", "n": 3}, {"api_key": "[redacted]", "n": 3}),
        ({"form": {"csrf_token": "x", "email": "a@b.org"}},
         {"form": {"csrf_token": "[redacted]", "email": "a@b.org"}}),
        ({"headers": [{"Cookie": "session=abc"}]}, {"headers": [{"Cookie": "[redacted]"}]}),
        ({"url": "postgresql://app:hush@db/app"}, {"url": "postgresql://app:[redacted]@db/app"}),
        ({"path": "/invite/aBc-123_x"}, {"path": "/invite/[redacted]"}),
        ({"text": "session=abc; language=es"}, {"text": "session=[redacted]; language=es"}),
    ],
)  # fmt: skip
def test_secrets_never_reach_the_log(
    capsys: pytest.CaptureFixture[str], details: dict[str, object], expected: dict[str, object]
) -> None:
    structlog.get_logger().info("something", **details)

    (line,) = lines(capsys)
    assert {key: line[key] for key in expected} == expected


def test_a_fault_is_found_by_the_id_a_person_saw(capsys: pytest.CaptureFixture[str]) -> None:
    with structlog.contextvars.bound_contextvars(request_id="r1"):
        try:
            raise RuntimeError("at postgresql://app:hush@db/app")
        except RuntimeError as error:
            made = logs.report(error, "page_failed")

    (line,) = lines(capsys)
    assert (line["event"], line["error_id"], line["request_id"]) == ("page_failed", made, "r1")
    assert "RuntimeError: at postgresql://app:[redacted]@db/app" in str(line["exception"])


def test_the_level_leaves_quieter_lines_out(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure("WARNING")

    structlog.get_logger().info("quiet")

    assert lines(capsys) == []
