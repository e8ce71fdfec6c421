import base64
import hashlib
import re
from pathlib import Path

import streamlit
from starlette.testclient import TestClient

from api.headers import content_security_policy
from tests.api.visiting import sign_in

INDEX = Path(streamlit.__file__).parent / "static" / "index.html"


def test_every_answer_carries_the_headers(client: TestClient) -> None:
    for path in ("/signin", "/campaigns", "/health", "/media/x", "/static/js/none.js"):
        headers = client.get(path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert "camera=()" in headers["permissions-policy"]
        assert "strict-transport-security" not in headers


def test_pages_get_the_policy_under_which_streamlit_works(client: TestClient) -> None:
    sign_in(client)

    assert client.get("/campaigns").headers["content-security-policy"] == content_security_policy()


def test_every_script_inside_the_document_is_allowed_by_its_hash() -> None:
    scripts = re.findall(r"<script>(.*?)</script>", INDEX.read_text("utf-8"), re.S)
    policy = content_security_policy()

    assert scripts != []
    for script in scripts:
        digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy
    assert "'unsafe-inline'" not in policy.partition("script-src")[2].partition(";")[0]
    assert "'unsafe-eval'" not in policy


def test_a_request_keeps_a_proxys_id_and_no_other(client: TestClient) -> None:
    kept = client.get("/health", headers={"x-request-id": "abcdef-123456"})
    made = client.get("/health", headers={"x-request-id": "a b\tc"})

    assert kept.headers["x-request-id"] == "abcdef-123456"
    assert re.fullmatch(r"[0-9a-f]{12}", made.headers["x-request-id"])


def test_an_unnamed_fault_shows_an_id_and_no_trace(client: TestClient) -> None:
    sign_in(client)

    answer = client.get("/fails")

    assert answer.status_code == 500
    assert re.search(r"Tell an administrator the number [0-9a-f]{12}\.", answer.text)
    assert "a fault nobody named" not in answer.text
    assert "Traceback" not in answer.text
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_what_a_person_takes_away_is_kept_by_no_cache(client: TestClient) -> None:
    assert client.get("/media/x").headers["cache-control"] == "private, no-store"


def test_operators_figures_are_closed_to_everybody_signed_in_too(client: TestClient) -> None:
    sign_in(client)

    assert client.get("/_stcore/metrics").status_code == 403
